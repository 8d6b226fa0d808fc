package convert

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/problems"
	"judge/problems/formats"
)

// TestPackagesKeepSamplesAndValidators and their arguments.
func TestPackagesKeepSamplesAndValidators(t *testing.T) {
	before := opened(t, map[string]string{
		"problem.yaml":     "problem_format_version: 2025-09\nname: x\nlimits: {time_limit: 1}\n",
		"data/secret/1.in": "1\n", "data/secret/1.ans": "1\n",
		"data/secret/1.yaml":       "input_validator_args: {v.py: [--max, 5]}\n",
		"data/invalid_input/a.in":  "x\n",
		"data/invalid_answer/b.in": "1\n", "data/invalid_answer/b.ans": "x\n",
		"data/invalid_output/c.in": "1\n", "data/invalid_output/c.ans": "1\n", "data/invalid_output/c.out": "2\n",
		"data/valid_output/d.in": "1\n", "data/valid_output/d.ans": "1\n", "data/valid_output/d.out": "1 \n",
		"data/valid_output/test_group.yaml": "output_validator_args: [-x]\n",
		"output_validator/o.py":             "", "input_validators/v.py": "", "input_validators/w.ctd": "",
		"answer_validators/a.py": "", "submissions/accepted/a.py": "",
	})
	dir := filepath.Join(t.TempDir(), "out")
	lost, err := ICPC(before, dir)
	of := func(words string) bool {
		return strings.HasPrefix(words, "the limit")
	}
	if lost = slices.DeleteFunc(lost, of); err != nil || !slices.Equal(lost, []string{"validators that are not run: w.ctd"}) {
		t.Fatalf("got %q, %v, expected that w.ctd is lost", lost, err)
	}
	after, err := formats.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := sampleLines(after), sampleLines(before); !slices.Equal(got, want) {
		t.Errorf("got %q\nexpected %q", got, want)
	}
	if len(after.AnswerValidators) != 1 || len(after.InputValidators) != 1 {
		t.Errorf("got %v and %v, expected a validator of each kind", after.InputValidators, after.AnswerValidators)
	}
	if args := after.Tests[0].ValidatorArgsOf["v.py"]; !slices.Equal(args, []string{"--max", "5"}) {
		t.Errorf("got the arguments %q for the validator", args)
	}
}

// sampleLines lists the samples of a problem without their names.
func sampleLines(p *problems.Problem) []string {
	var all []string
	for _, s := range p.Samples {
		dir, _, _ := strings.Cut(s.Name, "/")
		all = append(all, fmt.Sprint(dir, s.Answer != "", s.Output != "", s.Good, s.Args))
	}
	slices.Sort(all)
	return all
}

// TestInexpressibleValidatorsAreListed: of single groups, or with their input in a file.
func TestInexpressibleValidatorsAreListed(t *testing.T) {
	p := opened(t, map[string]string{
		"task.yaml": "name: cup\ntime_limit: 1\ninfile: ''\noutfile: ''\n", "gen/GEN": "#ST: 40\n1\n#ST: 60\n2\n",
		"gen/valida.py": "", "input/input0.txt": "1", "input/input1.txt": "2", "output/output0.txt": "",
		"output/output1.txt": "",
	})
	lost, err := Native(p, filepath.Join(t.TempDir(), "out"))
	said := func(l string) bool { return strings.HasPrefix(l, "the validator valida.py") }
	if err != nil || !slices.ContainsFunc(lost, said) {
		t.Errorf("got %q, %v, expected that valida.py is lost", lost, err)
	}
}

// opened writes and reads a package.
func opened(t *testing.T, files map[string]string) *problems.Problem {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		full := filepath.Join(dir, name)
		err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, []byte(content), 0o644))
		if err != nil {
			t.Fatal(err)
		}
	}
	p, err := formats.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
