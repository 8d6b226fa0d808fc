package icpc

import (
	"slices"
	"strings"
	"testing"
)

func TestOutputValidatorDirectoriesWithoutPrograms(t *testing.T) {
	const latest, byDefault = "problem_format_version: 2025-09\nname: x\n", "name: x\nvalidation: default\n"
	for _, row := range []struct {
		what, yaml, file string
		remark           string // or an error
	}{
		{"a program next to the default", byDefault, "output_validators/v.py", "is not used: the package"},
		{"an empty directory next to the default", byDefault, "output_validators/.gitkeep", ""},
		{"a paper next to the default", byDefault, "output_validators/README.md", ""},
		{"an empty directory that is used", "name: x\nvalidation: custom\n", "output_validators/.gitkeep", "no program in this directory"},
		{"an empty directory that means one", latest, "output_validator/.gitkeep", "no program in this directory"},
	} {
		dir := tree(t, map[string]string{
			"problem.yaml": row.yaml, row.file: "", "data/secret/1.in": "1\n", "data/secret/1.ans": "1\n",
		})
		p, err := Read(dir)
		got := ""
		if err != nil {
			got = err.Error()
		} else if len(p.Remarks) > 0 {
			got = p.Remarks[0].Error()
		}
		if !strings.Contains(got, row.remark) || row.remark == "" && got != "" {
			t.Errorf("%s: got %q, expected %q", row.what, got, row.remark)
		}
	}
}

func TestInvalidInputsInTheFormerDirectory(t *testing.T) {
	p := read(t, map[string]string{"data/bad/1.in": "x\n"})
	if len(p.Samples) != 1 || p.Samples[0].Name != "bad/1" || p.Samples[0].Good || p.Samples[0].Answer != "" {
		t.Errorf("got %+v, expected bad/1 as an invalid input", p.Samples)
	}
}

func TestInvalidAnswers(t *testing.T) {
	p := read(t, map[string]string{
		"data/invalid_answer/1.in": "1\n", "data/invalid_answer/1.ans": "x\n", "data/bad/2.in": "3\n",
		"data/bad/2.ans": "x\n", "output_validators/v.py": "", "problem.yaml": "name: x\nvalidation: custom\n",
	})
	if len(p.Samples) != 2 {
		t.Fatalf("got %+v, expected two invalid answers", p.Samples)
	}
	for i, name := range []string{"bad/2", "invalid_answer/1"} {
		s := p.Samples[i]
		if s.Name != name || s.Good || s.Answer == "" || s.Output != "" || !slices.Contains(s.Args, "case_sensitive") {
			t.Errorf("got %+v, expected the invalid answer %s", s, name)
		}
	}
	_, err := Read(tree(t, map[string]string{
		"problem.yaml": "name: x\n", "data/secret/1.in": "", "data/secret/1.ans": "", "data/invalid_answer/1.in": "",
	}))
	if err == nil || !strings.Contains(err.Error(), "invalid_answer/1.ans") {
		t.Errorf("got %v, expected an error about the missing answer", err)
	}
}
