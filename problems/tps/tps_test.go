package tps

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"judge/problems"
	"judge/problems/cms"
	"judge/problems/folder/foldertest"
)

// tree creates a directory of files.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	return foldertest.Write(t, t.TempDir(), files)
}

// sourceTree is a task of the task preparation system, with its tests.
func sourceTree(over map[string]string) map[string]string {
	files := map[string]string{
		"problem.json": `{"name": "cup", "code": "cup", "title": "Cup of", "type": "Batch",
			"time_limit": 1.5, "memory_limit": 256}`,
		"subtasks.json": `{"global_validators": ["v.cpp --max 5", "grep x"], "subtasks": {
			"full": {"index": 1, "score": 100, "validators": ["w.cpp"]},
			"samples": {"index": 0, "score": 0, "validators": []}, "none": {"index": 2, "score": 1}}}`,
		"solutions.json": `{"a.cpp": {"verdict": "model_solution"}, 
			"b.py": {"verdict": "incorrect", "except": {"samples": "correct", "full": "time_limit"}},
			"c.cpp": {"verdict": "protocol_violation"},
			"d.cpp": {"verdict": "partially_correct", "except": {"full": "partially_correct"}}}`,
		"gen/data": "", "tests/mapping": "samples 0-01\nfull 0-01\nABC 1-01\nfull 1-01\n",
		"tests/0-01.in": "", "tests/0-01.out": "", "tests/1-01.in": "", "tests/1-01.out": "",
		"grader/cpp/grader.cpp": "", "grader/cpp/cup.h": "", "grader/java/grader.java": "",
		"checker/checker.cpp": "", "validator/v.cpp": "",
		"solution/a.cpp": "", "solution/b.py": "", "solution/c.cpp": "", "solution/d.cpp": "",
		"solution/e.cpp": "", "solution/notes.txt": "",
	}
	for name, content := range over {
		if files[name] = content; content == "gone" {
			delete(files, name)
		}
	}
	return files
}

func TestSourceTreeWithTests(t *testing.T) {
	dir := tree(t, sourceTree(nil))
	if !Detect(dir) || cms.DetectExport(dir) || cms.DetectItalian(dir) {
		t.Fatal("it is not detected")
	}
	p, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if p.Define != "EVAL" || p.Name != "Cup of" || p.Limits.Time != 1500*time.Millisecond ||
		p.Limits.Memory != 256*problems.MiB || p.Checker.External == nil {
		t.Errorf("%+v", p)
	}
	if g := p.Scoring.Groups(); len(g) != 2 || g[0].Name != "samples" || g[1].Name != "full" || g[1].Points != 100 ||
		!slices.Equal(p.Tests[0].Groups, []string{"samples", "full"}) ||
		!slices.Equal(p.Tests[1].Groups, []string{"full"}) {
		t.Errorf("%+v, %+v", p.Scoring.Groups(), p.Tests)
	}
	if p.Grader == nil || p.Grader.Name != "cup" || len(p.Grader.Files["cpp"]) != 2 ||
		len(p.Grader.Files["java"]) != 1 {
		t.Errorf("%+v", p.Grader)
	}
	if v := p.InputValidators; len(v) != 1 || !v[0].Testlib || !slices.Equal(v[0].Args, []string{"--max", "5"}) ||
		len(p.Remarks) != 1 {
		t.Errorf("%+v, %v", v, p.Remarks)
	}
	got := map[string]string{}
	for _, s := range p.Submissions {
		words := fmt.Sprint(s.Expect)
		for _, d := range s.Demands {
			words += fmt.Sprint(" ", d.Group, d.Tests, d.Permitted, d.Required, d.Score != nil)
		}
		got[filepath.Base(s.Path)] = words
	}
	for name, want := range map[string]string{
		"a.cpp": "[AC]", "b.py": "[] full[0-01 1-01] [] [TLE] false samples[0-01] [AC] [] false",
		"c.cpp": "[] [] [] [WA RTE] false", "d.cpp": "[] full[] [] [] true", "e.cpp": "[]",
	} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
	if len(got) != 5 || !p.Submissions[0].Model {
		t.Errorf("%v", got)
	}
}

func TestKindsOfSourceTrees(t *testing.T) {
	for _, row := range []struct {
		over map[string]string
		want func(*problems.Problem) bool
	}{
		{map[string]string{"problem.json": `{"name": "cup", "type": "Batch", "has_grader": false,
			"has_checker": false}`,
		}, func(p *problems.Problem) bool {
			return p.Grader == nil && p.Checker.Compare == problems.WhiteDiff && p.Checker.External == nil
		}},
		{map[string]string{"problem.json": `{"name": "cup", "type": "OutputOnly"}`},
			func(p *problems.Problem) bool { return p.OutputOnly }},
		{map[string]string{"problem.json": `{"name": "cup", "type": "Communication", "num_processes": 2}`,
			"grader/cpp/stub.cpp": "", "grader/cpp/grader.cpp": "gone",
			"grader/manager.cpp": ""}, func(p *problems.Problem) bool {
			return p.Manager != nil && p.Manager.Processes == 2 && filepath.Base(p.Grader.Files["cpp"][0]) == "stub.cpp"
		}},
		{map[string]string{"subtasks.json": "gone"}, func(p *problems.Problem) bool {
			return len(p.Scoring.Groups()) == 1 && p.Scoring.Groups()[0].Rule == problems.Sum
		}},
	} {
		p, err := Read(tree(t, sourceTree(row.over)))
		if err != nil || !row.want(p) {
			t.Errorf("%v: %+v, %v", row.over, p, err)
		}
	}
}

func TestFaultsOfSourceTrees(t *testing.T) {
	without := map[string]string{"tests/mapping": "gone", "gen/data": "gone"}
	for _, test := range []string{"0-01", "1-01"} {
		without["tests/"+test+".in"], without["tests/"+test+".out"] = "gone", "gone"
	}
	for _, row := range []struct {
		over map[string]string
		want string
	}{
		{without, "tests: missing directory in the source of a TPS task"},
		{map[string]string{"tests/mapping": "gone"}, "tests/mapping: missing file"},
		{map[string]string{"tests/mapping": "full 9-99\n"}, `tests/mapping:1: no test "9-99"`},
		{map[string]string{"tests/mapping": "full\n"}, "tests/mapping:1: 1 words"},
		{map[string]string{"tests/1-01.out": "gone"}, "1-01.out"},
		{map[string]string{"problem.json": `{"name": "cup", "type": "TwoSteps"}`},
			`task type "TwoSteps" is not supported`},
		{map[string]string{"subtasks.json": `{"subtasks": {"a": {"score": -1}}}`}, `subtask "a": score`},
		{map[string]string{"solutions.json": `{"x.cpp": {"verdict": "correct"}}`}, `no solution "x.cpp"`},
		{map[string]string{"problem.json": `{"name": "cup", "type": "Communication"}`}, "no manager.cpp"},
	} {
		dir := tree(t, sourceTree(row.over))
		if !Detect(dir) {
			t.Errorf("%v: not detected", row.over)
		}
		if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%v: %v, want %s", row.over, err, row.want)
		}
	}
}

// validatorLines lists the validators of a problem.
func validatorLines(p *problems.Problem) []string {
	var all []string
	for _, v := range p.InputValidators {
		all = append(all, fmt.Sprintf("%s %q %s %v", filepath.Base(v.Path), v.Args,
			strings.Join(v.Groups, ","), v.InputFile))
	}
	return all
}

func TestValidatorsOfSubtasksOfASourceTree(t *testing.T) {
	p, err := Read(tree(t, sourceTree(map[string]string{
		"subtasks.json": `{"global_validators": ["v.cpp"], "subtask_sensitive_validators": ["s.py --group {subtask}"],
			"subtasks": {"full": {"index": 1, "score": 100, "validators": ["w.cpp 5", "grep x", "grep x"]},
			"samples": {"index": 0, "score": 0}, "none": {"index": 2, "score": 1, "validators": ["w.cpp"]}}}`,
		"validator/s.py": "", "validator/w.cpp": "",
	})))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`v.cpp []  `, `s.py ["--group" "samples"] samples `, `s.py ["--group" "full"] full `, `w.cpp ["5"] full `,
	}
	if got := validatorLines(p); !slices.Equal(got, want) {
		t.Errorf("got %q\nexpected %q", got, want)
	}
	const note = "validators without a source in validator/ are not run: 1"
	if len(p.Remarks) != 1 || !strings.HasPrefix(p.Remarks[0].Msg, note) {
		t.Errorf("got %v, expected a remark on one validator without a source", p.Remarks)
	}
}

// madeTree is a task whose tests are made.
func madeTree(data string, over map[string]string) map[string]string {
	files := map[string]string{
		"problem.json":   `{"name": "cup", "type": "Batch", "has_grader": false}`,
		"subtasks.json":  `{"subtasks": {"samples": {"index": 0, "score": 0}, "full": {"index": 1, "score": 100}}}`,
		"solutions.json": `{"a.cpp": {"verdict": "model_solution"}}`, "solution/a.cpp": "",
		"gen/data": data, "gen/random.cpp": "", "gen/small.py": "", "gen/manual/1.in": "1", "public/x.in": "2",
	}
	for name, content := range over {
		files[name] = content
	}
	return files
}

func TestTestsOfGenData(t *testing.T) {
	p, err := Read(tree(t, madeTree(`# tests
@subtask samples
manual 1.in
copy ../public/x.in

@testset few
small 'a b'  3
@subtask full
@include samples few
	random -n 10	x
@include few
`, nil)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, test := range p.Tests {
		r := test.Recipe
		program := ""
		if r.Program != nil {
			program = filepath.Base(r.Program.Path)
		}
		got = append(got, fmt.Sprintf("%s %v %s%q %s %d", test.Name, test.Groups, program, r.Args,
			filepath.Base(r.Input.Name), r.Row))
		if test.Input != "" || test.Answer != "" || r.Answer != (problems.Source{}) || filepath.Base(r.File) != "data" {
			t.Errorf("%s: got %+v, %+v", test.Name, test, r)
		}
	}
	want := []string{
		"0-01 [full samples] [] 1.in 3", "0-02 [full samples] [] x.in 4",
		`few-01 [full] small.py["a b" "3"] . 7`, `1-01 [full] random.cpp["-n" "10" "x"] . 10`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nexpected\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if s := p.Solution(); s == nil || filepath.Base(s.Path) != "a.cpp" {
		t.Errorf("got the model %+v, expected a.cpp", s)
	}
	if g := p.Scoring.Groups(); len(g) != 2 || len(g[0].Items) != 2 || len(g[1].Items) != 4 {
		t.Errorf("got %+v", g)
	}
}

func TestTestsOfOutputOnlyTasksAreNumbered(t *testing.T) {
	p, err := Read(tree(t, madeTree("@subtask samples\nmanual 1.in\n@subtask full\nrandom 1\n",
		map[string]string{"problem.json": `{"name": "cup", "type": "OutputOnly"}`})))
	if err != nil || p.Tests[0].Name != "01" || p.Tests[1].Name != "02" {
		t.Errorf("got %+v, %v, expected the tests 01 and 02", p, err)
	}
}

// TestFilesAndRecipesOfTheSameTest: the files are used, and the recipes are kept.
func TestFilesAndRecipesOfTheSameTest(t *testing.T) {
	p, err := Read(tree(t, madeTree("@subtask full\nrandom 1\nnone 2\nrandom 3\n", map[string]string{
		"tests/0-01.in": "", "tests/0-01.out": "", "tests/0-02.in": "", "tests/0-02.out": "",
		"tests/mapping": "full 0-01\nfull 0-02\n",
	})))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := p.Tests[0], p.Tests[1]; a.Recipe == nil || a.Input == "" || b.Recipe != nil || b.Input == "" {
		t.Errorf("got %+v", p.Tests)
	}
	if len(p.Remarks) != 2 || !strings.Contains(p.Remarks[0].Error(), "gen/data:3:1: no generator gen/none.*") ||
		!strings.Contains(p.Remarks[1].Msg, "tests that are not in tests/ are left out: 1") {
		t.Errorf("got %v", p.Remarks)
	}
}

func TestFaultsOfGenData(t *testing.T) {
	for _, row := range []struct{ data, want string }{
		{"random 1\n", "gen/data:1: test without a subtask"},
		{"@subtask\n", "gen/data:1: @subtask needs one name"},
		{"@subtask full\n@include x\n", `gen/data:2: no subtask or test set "x" above this line`},
		{"@subtask full\n@group x\n", `gen/data:2: unknown command "@group"`},
		{"@subtask full\n\nnone 1\n", "gen/data:3:1: no generator gen/none.*"},
		{"@subtask full\n../../x 1\n", "gen/data:2:1: no generator"},
		{"@subtask full\nmanual 2.in\n", `gen/data:2:1: no file "gen/manual/2.in"`},
		{"@subtask full\ncopy ../../../etc/passwd\n", "gen/data:2:1: no file"},
		{"@subtask full\nmanual\n", "gen/data:2:1: manual needs one file"},
		{"@testset a\nrandom 1\n@testset a\nrandom 2\n", `gen/data:4:1: second test "a-01": the first is in line 2`},
		{"@subtask full\n", "gen/data: no tests"},
	} {
		if _, err := Read(tree(t, madeTree(row.data, nil))); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%q: got %v, expected %s", row.data, err, row.want)
		}
	}
	p, err := Read(tree(t, madeTree("@subtask other\nrandom 1\n@subtask full\nrandom 2\n", nil)))
	if err != nil || len(p.Remarks) != 1 || !strings.Contains(p.Remarks[0].Msg, `"other" is not in subtasks.json`) {
		t.Errorf("got %v, %v", p, err)
	}
}

// TestInclusionsAreBounded: each line doubles the tests of a set.
func TestInclusionsAreBounded(t *testing.T) {
	data := "@subtask full\nrandom 1\n" + strings.Repeat("@include full\n", 40)
	if _, err := Read(tree(t, madeTree(data, nil))); err == nil || !strings.Contains(err.Error(), "included tests") {
		t.Errorf("got %v, expected an error", err)
	}
}
