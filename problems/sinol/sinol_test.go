package sinol

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"judge/problems"
	"judge/problems/folder/foldertest"
)

// tree creates a directory of files.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	return foldertest.Write(t, t.TempDir(), files)
}

const config = `title: Sums
sinol_task_id: sum
time_limit: 1500
memory_limit: 65536
scores: {1: 40, 2: 60}
sinol_expected_scores:
  sum.cpp: {points: 100, expected: {1: {points: 40, status: OK}, 2: {points: 60, status: OK}}}
  sum1.cpp: {points: 40, expected: {1: {points: 40, status: OK}, 2: {points: 0, status: TL}}}
  sum2.cpp: {points: 30, expected: {2: {points: 30, status: OK}, 7: {points: 1, status: WA}}}
`

// task returns the files of a task.
func task(over map[string]string) map[string]string {
	files := map[string]string{
		"config.yml": config, "prog/sumingen.cpp": "", "prog/suminwer.cpp": "", "prog/sumchk.cpp": "", "prog/sum.cpp": "",
		"prog/sum1.cpp": "", "prog/sum2.cpp": "", "prog/sums1.py": "", "prog/sumb2_x.cpp": "", "prog/oi.h": "",
		"in/sum0.in": "", "out/sum0.out": "", "in/sum1a.in": "",
	}
	for name, content := range over {
		if files[name] = content; content == "gone" {
			delete(files, name)
		}
	}
	return files
}

// testLines describes the tests of a problem.
func testLines(p *problems.Problem) []string {
	var lines []string
	for _, test := range p.Tests {
		from := "file"
		if r := test.Recipe; r != nil {
			from = fmt.Sprintf("%d:%s", r.Input.Origin, filepath.Base(r.Input.Name))
		}
		lines = append(lines, fmt.Sprintf("%s %s %v %s", test.Name, test.Groups, test.Sample, from))
	}
	return lines
}

func TestTask(t *testing.T) {
	dir := tree(t, task(nil))
	p, err := Read(dir)
	if err != nil || !Detect(dir) {
		t.Fatal(err)
	}
	if p.Name != "Sums" || p.Limits.Time != 1500*time.Millisecond || p.Limits.Memory != 64*problems.MiB ||
		p.Checker.External.Protocol != problems.Sinol || len(p.InputValidators) != 1 || len(p.Batches) != 1 {
		t.Errorf("got %+v", p)
	}
	if got := testLines(p); !slices.Equal(got, []string{"sum0 [0] true file", "sum1a [1] false 4:sum1a.in"}) {
		t.Errorf("got %q", got)
	}
	err = p.Batches[0].Complete([]string{"log.txt", "sum0.in", "sum1a.in", "sum1ocen.in", "sum2b.in", "sum10.in", "sum2a.in"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"sum0 [0] true 3:sum0.in", "sum1ocen [0] true 3:sum1ocen.in", "sum1a [1] false 4:sum1a.in",
		"sum2a [2] false 3:sum2a.in", "sum2b [2] false 3:sum2b.in", "sum10 [10] false 3:sum10.in",
	}
	if got := testLines(p); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nexpected\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if g := p.Scoring.Groups(); len(g) != 4 || g[1].Points != 40 || g[2].Points != 60 || len(g[2].Items) != 2 {
		t.Errorf("got %+v", g)
	}
	var got []string
	for _, s := range p.Submissions {
		words := fmt.Sprintf("%s %v %v", filepath.Base(s.Path), s.Model, s.Expect)
		for _, d := range s.Demands {
			words += fmt.Sprintf(" %s%v:%v/%v/%v", d.Group, d.Tests, d.Permitted, d.Required, d.Score)
		}
		got = append(got, words)
	}
	want = []string{
		"sum.cpp true [AC]",
		"sum1.cpp false [] 1[sum1a]:[AC]/[]/<nil> 2[sum2a sum2b]:[]/[TLE]/<nil>",
		"sum2.cpp false [] 2[sum2a sum2b]:[]/[]/&{29 30}",
		"sumb2_x.cpp false [] []:[]/[WA TLE MLE RTE OLE]/<nil>",
		"sums1.py false [] []:[]/[TLE]/<nil>",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nexpected\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPointsWithoutScores(t *testing.T) {
	p, err := Read(tree(t, task(map[string]string{
		"config.yml": "time_limit: 1\n", "in/sum2.in": "", "in/sum3.in": "", "prog/sumingen.cpp": "gone", "prog/sumingen.sh": "",
	})))
	if err != nil {
		t.Fatal(err)
	}
	var points []float64
	for _, g := range p.Scoring.Groups() {
		points = append(points, g.Points)
	}
	if !slices.Equal(points, []float64{0, 33, 33, 34}) {
		t.Errorf("got %v", points)
	}
	if len(p.Batches) != 0 || !strings.Contains(p.Remarks[0].Msg, "shell scripts are not run") {
		t.Errorf("got %v, %v", p.Batches, p.Remarks)
	}
}

func TestLibrariesAreGraders(t *testing.T) {
	p, err := Read(tree(t, task(map[string]string{
		"config.yml":      config + "extra_compilation_args: {cpp: sumlib.cpp}\nextra_compilation_files: [sumlib.h]\n",
		"prog/sumlib.cpp": "", "prog/sumlib.h": "",
	})))
	if err != nil || p.Grader == nil || p.Grader.Name != "sum" || len(p.Grader.Files["cpp"]) != 2 ||
		filepath.Base(p.Grader.Files["cpp"][0]) != "sumlib.cpp" {
		t.Errorf("got %+v, %v", p, err)
	}
}

func TestFaults(t *testing.T) {
	for _, row := range []struct {
		over map[string]string
		want string
	}{
		{map[string]string{"config.yml": config + "time_limits: {1: 100}\n"}, `config.yml:10:1: group "1" has its own limit`},
		{map[string]string{"config.yml": strings.Replace(config, "1500", "-1", 1)}, "config.yml:3:1: -1 is out of range"},
		{map[string]string{"config.yml": strings.Replace(config, "40", "-4", 1)}, `group "1": -4 points are out of range`},
		{map[string]string{"config.yml": "sinol_task_id: ../x\n"}, "is not the short name of a task"},
		{map[string]string{"config.yml": config + "extra_compilation_args: {cpp: -O1}\n"}, "flags of compilers are not supported"},
		{map[string]string{"config.yml": config + "subtask_dependencies: {2: [1]}\n"}, "dependencies of groups are not"},
		{map[string]string{"prog/sumsoc.cpp": ""}, "prog/sumsoc.cpp: interactors are not supported"},
		{map[string]string{"in/x1.in": ""}, "in/x1.in: not the name of a test"},
		{map[string]string{"in/sum0.in": "gone", "in/sum1a.in": "gone", "prog/sumingen.cpp": "gone"}, "no tests, and no generator"},
		{map[string]string{
			"in/sum0.in": "gone", "in/sum1a.in": "gone", "prog/sumingen.sh": "",
		}, "generators that are shell scripts are not supported"},
	} {
		if _, err := Read(tree(t, task(row.over))); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%v: got %v, expected %s", row.over, err, row.want)
		}
	}
}

func TestGeneratorsThatMakeNothing(t *testing.T) {
	p, err := Read(tree(t, task(map[string]string{"in/sum0.in": "gone", "in/sum1a.in": "gone"})))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Batches[0].Complete([]string{"x.in"}); err == nil || !strings.Contains(err.Error(), "made no test") {
		t.Errorf("got %v", err)
	}
}
