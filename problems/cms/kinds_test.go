package cms

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

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
