package cms

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"judge/problems"
	"judge/problems/folder/foldertest"
)

func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	return foldertest.Write(t, filepath.Join(t.TempDir(), "cup"), files)
}

func exported(over map[string]string) map[string]string {
	files := map[string]string{
		"problem.json":  `{"protocol_version": 2, "code": "cup", "name": "Cup of", "time_limit": 1.5, "memory_limit": 268435456, "task_type": "Batch", "task_type_params": ["grader", ["", ""], "comparator"]}`,
		"tests/0-01.in": "", "tests/0-01.out": "", "tests/1-01.in": "", "tests/1-01.out": "",
		"graders/grader.cpp": "", "graders/cup.h": "", "graders/grader.java": "", "checker/checker.cpp": "", "checker/testlib.h": "",
		"subtasks/00-samples.json": `{"score": 0, "testcases": ["0-01"]}`, "subtasks/01-full.json": `{"score": 100, "testcases": ["0-01", "1-01"]}`,
		"solutions/model_solution/a.cpp": "", "solutions/time_limit/b.cpp": "", "solutions/odd/c.cpp": "",
	}
	for name, content := range over {
		files[name] = content
	}
	return files
}

func TestExport(t *testing.T) {
	dir := tree(t, exported(nil))
	if !DetectExport(dir) || DetectItalian(dir) {
		t.Fatal("it is not detected")
	}
	p, err := ReadExport(dir)
	if err != nil {
		t.Fatal(err)
	}
	if p.Name != "Cup of" || p.Limits.Time != 1500*time.Millisecond || p.Limits.Memory != 256*problems.MiB || len(p.Tests) != 2 {
		t.Errorf("%+v", p)
	}
	if g := p.Scoring.Groups(); len(g) != 2 || g[0].Name != "samples" || g[1].Points != 100 || !slices.Equal(p.Tests[0].Groups, []string{"samples", "full"}) {
		t.Errorf("%+v, %+v", p.Scoring.Groups(), p.Tests)
	}
	if p.Grader == nil || p.Grader.Name != "cup" || len(p.Grader.Files["cpp"]) != 2 || len(p.Grader.Files["java"]) != 1 {
		t.Errorf("%+v", p.Grader)
	}
	if p.Checker.External == nil || p.Checker.External.Protocol != problems.CMS {
		t.Errorf("%+v", p.Checker)
	}
	if len(p.Submissions) != 3 || !p.Submissions[0].Model || len(p.Remarks) != 1 {
		t.Errorf("%+v, %v", p.Submissions, p.Remarks)
	}
}

func TestExpectationsOfSolutions(t *testing.T) {
	for kind, want := range map[string]string{
		"correct": "[AC] ", "incorrect": "[] one of [WA] ", "runtime_error": "[] one of [RTE] ", "memory_limit": "[] one of [MLE RTE] ",
		"time_limit_and_runtime_error": "[] one of [TLE RTE MLE] ", "partially_correct": "[] from 1e-05 to 99.99999 ", "unknown_verdict": "[] ",
	} {
		p, err := ReadExport(tree(t, exported(map[string]string{"solutions/" + kind + "/x.cpp": ""})))
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(p.Submissions, func(s problems.Submission) bool { return filepath.Base(s.Path) == "x.cpp" })
		s := p.Submissions[i]
		got := fmt.Sprint(s.Expect, " ")
		for _, d := range s.Demands {
			if d.Score != nil {
				got += fmt.Sprintf("from %g to %.7g ", d.Score.Least, d.Score.Most)
			} else {
				got += fmt.Sprint("one of ", d.Required, " ")
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", kind, got, want)
		}
	}
}

func TestTaskTypes(t *testing.T) {
	manager := map[string]string{"graders/manager.cpp": "", "graders/stub.cpp": ""}
	of := func(about string) string { return `{"code": "cup", "memory_limit": 64, ` + about + `}` }
	for _, row := range []struct {
		about string
		want  func(*problems.Problem) bool
	}{
		{`"task_type": "Batch", "task_type_params": ["alone", ["a.txt", "b.txt"], "diff"]`, func(p *problems.Problem) bool {
			return p.Grader == nil && p.Files.Input == "a.txt" && p.Files.Output == "b.txt" && p.Limits.Memory == 64*problems.MiB
		}},
		{`"task_type": "batch", "task_type_params": "{\"task_type_parameters_Batch_compilation\": \"alone\"}"`, func(p *problems.Problem) bool { return p.Grader == nil }},
		{`"task_type": "Batch", "task_type_params": ""`, func(p *problems.Problem) bool { return p.Grader != nil }},
		{`"task_type": "Communication", "task_type_params": [2, "stub", "fifo_io"]`, func(p *problems.Problem) bool {
			return p.Manager.Processes == 2 && !p.Manager.Streams && filepath.Base(p.Grader.Files["cpp"][0]) == "stub.cpp"
		}},
		{`"task_type": "Communication2017", "task_type_params": "{\"task_type_parameters_Communication_num_processes\": 3}"`, func(p *problems.Problem) bool {
			return p.Manager.Processes == 3 && p.Manager.Streams
		}},
		{`"task_type": "OutputOnly", "task_type_params": ["diff"]`, func(p *problems.Problem) bool { return p.OutputOnly }},
	} {
		files := exported(manager)
		files["problem.json"] = of(row.about)
		p, err := ReadExport(tree(t, files))
		if err != nil || !row.want(p) {
			t.Errorf("%s: %+v, %v", row.about, p, err)
		}
	}
}

func TestTestsWithoutSubtasksShareThePoints(t *testing.T) {
	files := exported(nil)
	delete(files, "subtasks/00-samples.json")
	delete(files, "subtasks/01-full.json")
	p, err := ReadExport(tree(t, files))
	if err != nil || len(p.Scoring.Groups()) != 1 || p.Scoring.Groups()[0].Points != 100 || p.Scoring.Groups()[0].Rule != problems.Sum {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestItalianTask(t *testing.T) {
	files := map[string]string{
		"task.yaml":      "name: cup\ntitle: A cup\ntime_limit: 2.0\nmemory_limit: 128\ninfile: ''\noutfile: ''\ntoken_mode: disabled\n",
		"gen/GEN":        "# a comment\n#ST: 0\n#COPY: att/input0.txt\n#ST: 40\n1 2 # first\n\n3 4\n#ST: 60\n5 6\n",
		"sol/grader.cpp": "", "sol/cup.h": "", "sol/solution.cpp": "", "sol/slow.py": "", "sol/template.cpp": "", "check/checker.cpp": "",
	}
	for i := range 4 {
		files[fmt.Sprintf("input/input%d.txt", i)], files[fmt.Sprintf("output/output%d.txt", i)] = "x", "y"
	}
	dir := tree(t, files)
	if !DetectItalian(dir) || DetectExport(dir) {
		t.Fatal("it is not detected")
	}
	p, err := ReadItalian(dir)
	if err != nil {
		t.Fatal(err)
	}
	if p.Name != "A cup" || p.Limits.Time != 2*time.Second || p.Limits.Memory != 128*problems.MiB || p.Files != (problems.FileNames{}) {
		t.Errorf("%+v", p)
	}
	if g := p.Scoring.Groups(); len(g) != 3 || g[1].Points != 40 || g[1].Rule != problems.Min || p.Tests[2].Groups[0] != "1" || p.Tests[3].Groups[0] != "2" || p.Tests[0].Name != "000" {
		t.Errorf("%+v, %+v", p.Scoring.Groups(), p.Tests)
	}
	if len(p.Grader.Files["cpp"]) != 2 || len(p.Submissions) != 2 || p.Checker.External == nil {
		t.Errorf("%+v, %+v", p.Grader, p.Submissions)
	}
}

func TestItalianKinds(t *testing.T) {
	base := map[string]string{"input/input0.txt": "", "output/output0.txt": ""}
	for _, row := range []struct {
		files map[string]string
		want  func(*problems.Problem) bool
	}{
		{map[string]string{"task.yaml": "name: cup\nn_input: 1\n"}, func(p *problems.Problem) bool {
			return p.Files.Input == "input.txt" && p.Files.Output == "output.txt" && p.Scoring.Groups()[0].Rule == problems.Sum && p.Scoring.Groups()[0].Points == 100
		}},
		{map[string]string{"task.yaml": "name: cup\noutput_only: true\ntotal_value: 50\n"}, func(p *problems.Problem) bool {
			return p.OutputOnly && p.NoSubmissions && p.Scoring.Groups()[0].Points == 50
		}},
		{map[string]string{"task.yaml": "name: cup\n", "sol/wrong/a.cpp": "", "sol/wrong/notes.txt": "", "sol/empty/notes.txt": ""}, func(p *problems.Problem) bool {
			return p.NoExpectations && len(p.Remarks) == 1 && p.Remarks[0].Msg == "solutions in a subdirectory are ignored: 1"
		}},
		{map[string]string{"task.yaml": "name: cup\nnum_processes: 2\n", "cor/manager.cpp": "", "sol/stub.cpp": ""}, func(p *problems.Problem) bool {
			return p.Manager.Processes == 2 && p.Grader.Name == "cup" && !p.Manager.Streams
		}},
		{map[string]string{"task.yaml": "name: cup\nuser_io: std_io\n", "cor/manager.cpp": "", "sol/stub.cpp": ""}, func(p *problems.Problem) bool { return p.Manager.Streams }},
		{map[string]string{"task.yaml": "name: cup\n", "check/manager.cpp": ""}, func(p *problems.Problem) bool { return p.Manager.Streams && p.Grader == nil }},
		{map[string]string{"../cup.yaml": "nome_breve: cup\nnome: Una coppa\ntimeout: 2\nmemlimit: 64\nn_input: 1\n"}, func(p *problems.Problem) bool {
			return p.Name == "Una coppa" && p.Limits.Memory == 64*problems.MiB && p.Remarks == nil
		}},
		{map[string]string{"task.yaml": "name: cup\noutput_only_testcases: '0'\n"}, func(p *problems.Problem) bool { return len(p.Remarks) == 1 }},
	} {
		for name, content := range base {
			row.files[name] = content
		}
		p, err := ReadItalian(tree(t, row.files))
		if err != nil || !row.want(p) {
			t.Errorf("%v: %+v, %v", row.files, p, err)
		}
	}
}

func TestScoreTypes(t *testing.T) {
	for _, row := range []struct {
		given string // of score_type and score_type_parameters
		want  string // each group, and the groups of each test
	}{
		{"Sum\nscore_type_parameters: 20", "tests:60:sum: tests tests tests"},
		{"GroupMin\nscore_type_parameters: [[40, 1], [60, 2]]", "0:40:min: 1:60:min: 0 1 1"},
		{"GroupMul\nscore_type_parameters: [[0, 1], [100, 2]]", "0:0:mul: 1:100:mul: 0 1 1"},
		{"GroupThreshold\nscore_type_parameters: [[100, 3, 0.5]]", "0:100:threshold:0.5 0 0 0"},
		{"GroupMin\nscore_type_parameters: [[40, '000|002'], [60, '00.']]", "0:40:min: 1:60:min: 0,1 1 0,1"},
		{"GroupMin\nscore_type_parameters: [{max_score: 30, testcases: 1}, {max_score: 70, testcases: 2}]", "0:30:min: 1:70:min: 0 1 1"},
		{"GroupMin\nscore_type_parameters: [[40, 4]]", "subtask 0: fewer than 4 tests are left"},
		{"GroupMin\nscore_type_parameters: [[40, x]]", `subtask 0: no test matches "x"`},
		{"GroupMin\nscore_type_parameters: [[-1, 3]]", "out of range"},
		{"GroupMin\nscore_type_parameters: [7]", "task.yaml:"},
		{"Magic\nscore_type_parameters: 1", `score type "Magic" is not supported`},
	} {
		files := map[string]string{"task.yaml": "name: cup\nn_input: 3\nscore_type: " + row.given + "\n", "gen/GEN": "1\n"}
		for i := range 3 {
			files[fmt.Sprintf("input/input%d.txt", i)], files[fmt.Sprintf("output/output%d.txt", i)] = "", ""
		}
		p, err := ReadItalian(tree(t, files))
		if err != nil {
			if !strings.Contains(err.Error(), row.want) {
				t.Errorf("%s: %v, want %s", row.given, err, row.want)
			}
			continue
		}
		var got []string
		for _, g := range p.Scoring.Groups() {
			threshold := ""
			if g.Threshold > 0 {
				threshold = fmt.Sprint(g.Threshold)
			}
			got = append(got, fmt.Sprintf("%s:%g:%s:%s", g.Name, g.Points, g.Rule, threshold))
		}
		for _, test := range p.Tests {
			got = append(got, strings.Join(test.Groups, ","))
		}
		if strings.Join(got, " ") != row.want {
			t.Errorf("%s: %s, want %s", row.given, strings.Join(got, " "), row.want)
		}
	}
}

func TestFaultsOfTasks(t *testing.T) {
	for _, row := range []struct {
		read  func(string) (*problems.Problem, error)
		files map[string]string
		want  string
	}{
		{ReadExport, exported(map[string]string{"problem.json": "{\n\n,"}), "problem.json:3: "},
		{ReadExport, exported(map[string]string{"problem.json": `{"task_type": "TwoSteps"}`}), `task type "TwoSteps" is not supported`},
		{ReadExport, exported(map[string]string{"problem.json": `{"task_type": "Communication", "task_type_params": [65]}`}), "65 processes: expected 1 to 64"},
		{ReadExport, exported(map[string]string{"problem.json": `{"task_type": "Communication"}`}), "no manager.cpp"},
		{ReadExport, exported(map[string]string{"tests/2.in": ""}), `"tests/2.out": no such file`},
		{ReadExport, exported(map[string]string{"subtasks/02-x.json": `{"score": 1, "testcases": ["x"]}`}), `no test "x"`},
		{ReadExport, exported(map[string]string{"problem.json": `{"task_type": "Batch", "task_type_params": ["alone", ["../x", ""], "diff"]}`}), "contains a slash"},
		{ReadItalian, map[string]string{"task.yaml": "a: [", "input/x": ""}, "task.yaml:1:"},
		{ReadItalian, map[string]string{"task.yaml": "name: x\n", "input/x": ""}, "no tests"},
		{ReadItalian, map[string]string{"task.yaml": "name: x\n", "input/input0.txt": "", "output/output0.txt": "", "gen/GEN": "1\n#ST: 5\n"}, "gen/GEN:2: "},
	} {
		_, err := row.read(tree(t, row.files))
		fault, ok := errors.AsType[*problems.Error](err)
		if !ok || !strings.Contains(fault.Error(), row.want) {
			t.Errorf("%v, want %s", err, row.want)
		}
	}
}
