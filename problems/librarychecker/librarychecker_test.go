package librarychecker

import (
	"fmt"
	"os/exec"
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

const description = `title = 'Sums'
timelimit = 2.5

[[tests]]
    name = "example.in"
    number = 1
[[tests]]
    name = "max.cpp"
    number = 2
[[tests]]
    name = "small.cpp"
    number = 1

[[solutions]]
    name = "wa.cpp"
    expect = "WA"
[[solutions]]
    name = "slow.py"
    allow_tle = true
[[solutions]]
    name = "fine.cpp"
[[solutions]]
    name = "f.cpp"
    function = true
[[solutions]]
    name = "re.cpp"
    expect = "RE"
    allow_tle = true

[params]
    N_MAX = 1_000
    EPS = 1e-9
    HALF = 2.0
    WORD = "abc"
`

// problem returns the files of a problem.
func problem(over map[string]string) map[string]string {
	files := map[string]string{
		"info.toml": description, "checker.cpp": "", "verifier.cpp": "", "gen/example_00.in": "1", "gen/max.cpp": "",
		"gen/small.cpp": "", "sol/correct.cpp": "", "sol/wa.cpp": "", "sol/slow.py": "", "sol/fine.cpp": "", "sol/re.cpp": "",
		"hash.json": `{"max_01.in": "aa", "max_01.out": "bb"}`, "common/random.h": "",
	}
	for name, content := range over {
		if files[name] = content; content == "gone" {
			delete(files, name)
		}
	}
	return files
}

func TestProblem(t *testing.T) {
	dir := tree(t, problem(nil))
	p, err := Read(dir)
	if err != nil || !Detect(dir) {
		t.Fatal(err)
	}
	if p.Name != "Sums" || p.Limits.Time != 2500*time.Millisecond || p.Checker.External.Protocol != problems.Testlib ||
		len(p.InputValidators) != 1 || !p.InputValidators[0].Testlib {
		t.Errorf("got %+v", p)
	}
	var tests []string
	for _, test := range p.Tests {
		r := test.Recipe
		tests = append(tests, fmt.Sprintf("%s %s%q %d %s:%s %v", test.Name, r.Command, r.Args, r.Row, r.InputSHA256,
			r.AnswerSHA256, test.Sample))
	}
	want := []string{
		"example_00 gen/example_00.in[] 4 : true", `max_00 gen/max.cpp 0["0"] 7 : false`,
		`max_01 gen/max.cpp 1["1"] 7 aa:bb false`, `small_00 gen/small.cpp 0["0"] 10 : false`,
	}
	if !slices.Equal(tests, want) {
		t.Errorf("got\n%s\nexpected\n%s", strings.Join(tests, "\n"), strings.Join(want, "\n"))
	}
	if s := p.Stress; s == nil || s.Recipe.Command != "gen/small.cpp {seed}" || !slices.Equal(s.Words, []string{"{seed}"}) {
		t.Errorf("got %+v, expected random tests of gen/small.cpp", p.Stress)
	}
	var submissions []string
	for _, s := range p.Submissions {
		words := fmt.Sprintf("%s %v %v %d", s.Listed, s.Model, s.Expect, s.Pace)
		for _, d := range s.Demands {
			words += fmt.Sprintf(" %v of %v", d.Required, d.Permitted)
		}
		submissions = append(submissions, words)
	}
	want = []string{
		"sol/correct.cpp true [AC] 0", "sol/wa.cpp false [] 3 [WA] of [AC WA]", "sol/slow.py false [] 3 [] of [AC TLE]",
		"sol/fine.cpp false [AC] 0", "sol/re.cpp false [] 3 [RTE MLE OLE] of [AC TLE MLE OLE RTE]",
	}
	if !slices.Equal(submissions, want) {
		t.Errorf("got\n%s\nexpected\n%s", strings.Join(submissions, "\n"), strings.Join(want, "\n"))
	}
	params := "#define EPS 1e-09\n#define HALF 2.0\n#define N_MAX (long long)1000\n#define WORD \"abc\"\n"
	if f := p.Headers.Files[0]; f.Name != "params.h" || string(f.Data) != params {
		t.Errorf("got %s %s, expected %s", f.Name, f.Data, params)
	}
	if len(p.Remarks) != 1 || !strings.Contains(p.Remarks[0].Msg, "functions for grader/ are left out: 1") {
		t.Errorf("got the notes %v", p.Remarks)
	}
}

// TestCommonHeaders: they are found in the git repository around a problem, and not beyond it.
func TestCommonHeaders(t *testing.T) {
	files := map[string]string{"repo/common/random.h": "r", "repo/common/README": "", "common/random.h": "outside"}
	for name, content := range problem(map[string]string{"common/random.h": "gone"}) {
		files["repo/sample/sums/"+name] = content
	}
	dir := filepath.Join(tree(t, files), "repo")
	path := filepath.Join(dir, "sample/sums")
	p, err := Read(path)
	if err != nil || len(p.Headers.Files) != 1 || !strings.Contains(p.Remarks[0].Msg, "no common/random.h") {
		t.Errorf("without a repository: got %v, %v", p.Remarks, err)
	}
	if out, err := exec.Command("git", "init", "-q", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	p, err = Read(path)
	if err != nil || len(p.Headers.Files) != 2 || string(p.Headers.Files[1].Data) != "r" ||
		p.Headers.Files[1].Name != "common/random.h" {
		t.Errorf("in a repository: got %+v, %v", p.Headers, err)
	}
}

// TestTestsThatHaveBeenMade: the files are used, and the recipe stays.
func TestTestsThatHaveBeenMade(t *testing.T) {
	p, err := Read(tree(t, problem(map[string]string{
		"in/max_00.in": "", "out/max_00.out": "", "in/max_01.in": "",
	})))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := p.Tests[1], p.Tests[2]; a.Input == "" || a.Answer == "" || a.Recipe == nil || b.Input != "" {
		t.Errorf("got %+v, %+v", a, b)
	}
}

func TestFaults(t *testing.T) {
	edit := func(pairs ...string) map[string]string {
		return map[string]string{"info.toml": strings.NewReplacer(pairs...).Replace(description)}
	}
	for _, row := range []struct {
		over map[string]string
		want string
	}{
		{map[string]string{"info.toml": "x = \n"}, "info.toml:1:"},
		{edit("timelimit = 2.5", "timelimit = \"2\""), "info.toml:2:"},
		{edit("timelimit = 2.5", "timelimit = -1"), "timelimit -1 is out of range"},
		{edit("timelimit = 2.5", ""), `the key "timelimit" is missing`},
		{edit("max.cpp", "none.cpp"), `info.toml:7:1: no generator "gen/none.cpp"`},
		{edit("max.cpp", "../max.cpp"), `info.toml:7:1: "../max.cpp" is not a generator`},
		{edit("max.cpp", "max.sh"), `info.toml:7:1: "max.sh" is not a generator`},
		{edit("number = 2", "number = 2000000000"), "info.toml:7:1: 2000000000 tests"},
		{edit("number = 2", "number = -1"), "info.toml:7:1: -1 tests"},
		{edit("small.cpp", "max.cpp"), `info.toml:10:1: second test "max_00"`},
		{map[string]string{"gen/example_00.in": "gone"}, `info.toml:4:1: no file "gen/example_00.in"`},
		{edit("\"WA\"", "\"XX\""), `unknown verdict "XX"`},
		{edit("N_MAX = 1_000", "N_MAX = [1]"), "params: N_MAX is not a number or a text"},
		{edit("N_MAX", "\"N MAX\""), `params: "N MAX" is not the name of a macro`},
		{map[string]string{"sol/correct.cpp": "gone"}, "sol/correct.cpp"},
		{map[string]string{"checker.cpp": "gone"}, "checker.cpp"},
		{map[string]string{"hash.json": "[]"}, "hash.json"},
		{map[string]string{"info.toml": "timelimit = 1\n"}, "no tests"},
	} {
		if _, err := Read(tree(t, problem(row.over))); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%v: got %v, expected %s", row.over, err, row.want)
		}
	}
}

func TestOtherFilesOfTheNameAreNoProblems(t *testing.T) {
	if Detect(tree(t, map[string]string{"info.toml": "x = 1\n"})) {
		t.Error("detected")
	}
}
