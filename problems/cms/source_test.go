package cms

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"judge/problems"
)

// sourceTree is a task of the task preparation system, with its tests.
func sourceTree(over map[string]string) map[string]string {
	files := map[string]string{
		"problem.json": `{"name": "cup", "code": "cup", "title": "Cup of", "type": "Batch", "time_limit": 1.5, "memory_limit": 256}`,
		"subtasks.json": `{"global_validators": ["v.cpp --max 5", "grep x"], "subtasks": {"full": {"index": 1, "score": 100, "validators": ["w.cpp"]},
			"samples": {"index": 0, "score": 0, "validators": []}, "none": {"index": 2, "score": 1}}}`,
		"solutions.json": `{"a.cpp": {"verdict": "model_solution"}, "b.py": {"verdict": "incorrect", "except": {"samples": "correct", "full": "time_limit"}},
			"c.cpp": {"verdict": "protocol_violation"}, "d.cpp": {"verdict": "partially_correct", "except": {"full": "partially_correct"}}}`,
		"gen/data": "", "tests/mapping": "samples 0-01\nfull 0-01\nABC 1-01\nfull 1-01\n",
		"tests/0-01.in": "", "tests/0-01.out": "", "tests/1-01.in": "", "tests/1-01.out": "",
		"grader/cpp/grader.cpp": "", "grader/cpp/cup.h": "", "grader/java/grader.java": "", "checker/checker.cpp": "", "validator/v.cpp": "",
		"solution/a.cpp": "", "solution/b.py": "", "solution/c.cpp": "", "solution/d.cpp": "", "solution/e.cpp": "", "solution/notes.txt": "",
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
	if !DetectSource(dir) || DetectExport(dir) || DetectItalian(dir) {
		t.Fatal("it is not detected")
	}
	p, err := ReadSource(dir)
	if err != nil {
		t.Fatal(err)
	}
	if p.Define != "EVAL" || p.Name != "Cup of" || p.Limits.Time != 1500*time.Millisecond || p.Limits.Memory != 256*problems.MiB || p.Checker.External == nil {
		t.Errorf("%+v", p)
	}
	if g := p.Scoring.Groups(); len(g) != 2 || g[0].Name != "samples" || g[1].Name != "full" || g[1].Points != 100 ||
		!slices.Equal(p.Tests[0].Groups, []string{"samples", "full"}) || !slices.Equal(p.Tests[1].Groups, []string{"full"}) {
		t.Errorf("%+v, %+v", p.Scoring.Groups(), p.Tests)
	}
	if p.Grader == nil || p.Grader.Name != "cup" || len(p.Grader.Files["cpp"]) != 2 || len(p.Grader.Files["java"]) != 1 {
		t.Errorf("%+v", p.Grader)
	}
	if v := p.InputValidators; len(v) != 1 || !v[0].Testlib || !slices.Equal(v[0].Args, []string{"--max", "5"}) || len(p.Remarks) != 1 {
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
		"a.cpp": "[AC]", "b.py": "[] full[0-01 1-01] [] [TLE] false samples[0-01] [AC] [] false", "c.cpp": "[] [] [] [WA RTE] false", "d.cpp": "[] full[] [] [] true", "e.cpp": "[]",
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
		{map[string]string{"problem.json": `{"name": "cup", "type": "Batch", "has_grader": false, "has_checker": false}`}, func(p *problems.Problem) bool {
			return p.Grader == nil && p.Checker.Compare == problems.WhiteDiff && p.Checker.External == nil
		}},
		{map[string]string{"problem.json": `{"name": "cup", "type": "OutputOnly"}`}, func(p *problems.Problem) bool { return p.OutputOnly }},
		{map[string]string{"problem.json": `{"name": "cup", "type": "Communication", "num_processes": 2}`, "grader/cpp/stub.cpp": "", "grader/cpp/grader.cpp": "gone",
			"grader/manager.cpp": ""}, func(p *problems.Problem) bool {
			return p.Manager != nil && p.Manager.Processes == 2 && filepath.Base(p.Grader.Files["cpp"][0]) == "stub.cpp"
		}},
		{map[string]string{"subtasks.json": "gone"}, func(p *problems.Problem) bool {
			return len(p.Scoring.Groups()) == 1 && p.Scoring.Groups()[0].Rule == problems.Sum
		}},
	} {
		p, err := ReadSource(tree(t, sourceTree(row.over)))
		if err != nil || !row.want(p) {
			t.Errorf("%v: %+v, %v", row.over, p, err)
		}
	}
}

func TestFaultsOfSourceTrees(t *testing.T) {
	without := map[string]string{"tests/mapping": "gone"}
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
		{map[string]string{"problem.json": `{"name": "cup", "type": "TwoSteps"}`}, `task type "TwoSteps" is not supported`},
		{map[string]string{"subtasks.json": `{"subtasks": {"a": {"score": -1}}}`}, `subtask "a": score`},
		{map[string]string{"solutions.json": `{"x.cpp": {"verdict": "correct"}}`}, `no solution "x.cpp"`},
		{map[string]string{"problem.json": `{"name": "cup", "type": "Communication"}`}, "no manager.cpp"},
	} {
		dir := tree(t, sourceTree(row.over))
		if !DetectSource(dir) {
			t.Errorf("%v: not detected", row.over)
		}
		if _, err := ReadSource(dir); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%v: %v, want %s", row.over, err, row.want)
		}
	}
}

func TestBatchAndOutput(t *testing.T) {
	p, err := ReadExport(tree(t, exported(map[string]string{
		"problem.json":          `{"code": "cup", "task_type": "BatchAndOutput", "task_type_params": "{\"task_type_parameters_BatchAndOutput_compilation\": \"alone\"}"}`,
		"subtasks/01-full.json": `{"score": 50, "testcases": ["0-01"], "output_optional": true}`, "subtasks/02-out.json": `{"score": 50, "testcases": ["1-01"], "output_only": true}`,
	})))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := p.Tests[0], p.Tests[1]; a.NeedsOutput || !b.NeedsOutput || a.Args[0] != "batch" || b.Args[0] != "outputonly" || p.Grader != nil {
		t.Errorf("%+v", p.Tests)
	}
	if s := p.Submissions[0]; !s.Model || s.Expect != nil || len(s.Demands) != 1 || !slices.Equal(s.Demands[0].Tests, []string{"0-01"}) {
		t.Errorf("%+v", s)
	}
	files := map[string]string{"task.yaml": "name: cup\nn_input: 2\noutput_only_testcases: '1'\noutput_optional_testcases: 0, 1\n"}
	for i := range 2 {
		files[fmt.Sprintf("input/input%d.txt", i)], files[fmt.Sprintf("output/output%d.txt", i)] = "", ""
	}
	if p, err = ReadItalian(tree(t, files)); err != nil || p.Tests[0].NeedsOutput || !p.Tests[1].NeedsOutput || p.Tests[0].Args[0] != "batch" {
		t.Errorf("%+v, %v", p, err)
	}
	files["task.yaml"] = "name: cup\nn_input: 2\noutput_only_testcases: 1, 2\n"
	if _, err := ReadItalian(tree(t, files)); err == nil || !strings.Contains(err.Error(), `" 2" is not the number of a test`) {
		t.Errorf("%v", err)
	}
}

func TestTasksWithoutGeneratedTestsNameTheGenerator(t *testing.T) {
	for _, row := range []struct {
		files map[string]string
		want  string
	}{
		{map[string]string{"task.yaml": "name: cup\n", "gen/GEN": "#ST: 100\n1\n"}, "gen/GEN:2:1: no generator makes this test"},
		{map[string]string{"task.yaml": "name: cup\n", "gen/cases.gen": ""}, "generating tests from gen/cases.gen"},
		{map[string]string{"task.yaml": "name: cup\n", "sol/solution.cpp": ""}, "put its tests into input/input0.txt"},
	} {
		dir := tree(t, row.files)
		if !DetectItalian(dir) {
			t.Errorf("%v: not detected", row.files)
		}
		if _, err := ReadItalian(dir); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%v, want %s", err, row.want)
		}
	}
	if DetectItalian(tree(t, map[string]string{"task.yaml": "version: 3\n"})) || DetectExport(tree(t, map[string]string{"problem.json": "{}"})) {
		t.Error("other tools' files are detected")
	}
}
