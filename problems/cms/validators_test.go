package cms

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/problems"
)

// validatorLines lists the validators of a problem.
func validatorLines(p *problems.Problem) []string {
	var all []string
	for _, v := range p.InputValidators {
		all = append(all, fmt.Sprintf("%s %q %s %v", filepath.Base(v.Path), v.Args, strings.Join(v.Groups, ","), v.InputFile))
	}
	return all
}

func TestValidatorsOfSubtasksOfASourceTree(t *testing.T) {
	p, err := ReadSource(tree(t, sourceTree(map[string]string{
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
	if len(p.Remarks) != 1 || !strings.HasPrefix(p.Remarks[0].Msg, "validators without a source in validator/ are not run: 1") {
		t.Errorf("got %v, expected a remark on one validator without a source", p.Remarks)
	}
}

// TestValidatorOfAnItalianTask: a subtask without tests has a number, too.
func TestValidatorOfAnItalianTask(t *testing.T) {
	for _, row := range []struct {
		gen  string
		want []string
	}{
		{"1\n2\n", []string{`valida.py ["1"] tests tm_validation_file`}},
		{"#ST: 0\n#ST: 40\n1\n#ST: 60\n2\n", []string{
			`valida.py ["2"] 1 tm_validation_file`, `valida.py ["3"] 2 tm_validation_file`,
		}},
	} {
		files := map[string]string{"task.yaml": "name: cup\n", "gen/GEN": row.gen, "gen/valida.py": ""}
		for i := range 2 {
			files[fmt.Sprintf("input/input%d.txt", i)], files[fmt.Sprintf("output/output%d.txt", i)] = "", ""
		}
		p, err := ReadItalian(tree(t, files))
		if err != nil {
			t.Fatal(err)
		}
		if got := validatorLines(p); !slices.Equal(got, row.want) {
			t.Errorf("%q: got %q, expected %q", row.gen, got, row.want)
		}
	}
}

// TestValidatorsInPython2AreNotRun: Python 3 would reject every input.
func TestValidatorsInPython2AreNotRun(t *testing.T) {
	for source, expected := range map[string]bool{
		"#!/usr/bin/env python2\nexit(0)\n":                     false,
		"#!/usr/bin/env pypy\nprint >> sys.stderr, 'usage'\n":   false,
		"#!/usr/bin/env python3\nprint(\"usage\")\nprint (1)\n": true,
	} {
		p, err := ReadItalian(generating(t, "1\n", "", map[string]string{"gen/valida.py": source}))
		if err != nil {
			t.Fatal(err)
		}
		if run := len(p.InputValidators) == 1; run != expected || run == (len(p.NotRun) == 1) {
			t.Errorf("%q: %+v, %+v", source, p.InputValidators, p.NotRun)
		}
	}
}
