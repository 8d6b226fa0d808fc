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
