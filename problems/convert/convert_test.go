package convert

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/problems"
	"judge/problems/formats"
)

func examples(t *testing.T) []string {
	t.Helper()
	dirs, err := filepath.Glob("../../examples/*/problem.yaml")
	if err != nil || len(dirs) < 10 {
		t.Fatal(dirs, err)
	}
	return dirs
}

// TestNativeCopyIsTheSameProblem converts every example and reads the result.
func TestNativeCopyIsTheSameProblem(t *testing.T) {
	for _, path := range examples(t) {
		before, err := formats.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "out")
		lost, err := Native(before, dir)
		if err != nil || len(beyondFiles(lost)) > 0 {
			t.Errorf("%s: %q, %v", path, lost, err)
			continue
		}
		after, err := formats.Open(dir)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		same(t, path, before, after)
		if after.Limits != before.Limits || after.Passes != before.Passes || after.Files != before.Files || after.OutputOnly != before.OutputOnly ||
			(after.Grader == nil) != (before.Grader == nil) || (after.Manager == nil) != (before.Manager == nil) || after.Checker.Compare != before.Checker.Compare {
			t.Errorf("%s: %+v\nwas %+v", path, after, before)
		}
		for i, test := range after.Tests {
			if was := before.Tests[i]; test.Name != was.Name || !slices.Equal(test.Groups, was.Groups) || test.Points != was.Points {
				t.Errorf("%s: %+v, was %+v", path, test, was)
			}
		}
	}
}

// beyondFiles returns the losses except other files and the wall limit, which packages lack.
func beyondFiles(lost []string) []string {
	return slices.DeleteFunc(slices.Clone(lost), func(words string) bool {
		return strings.HasPrefix(words, "other files of") || strings.HasPrefix(words, "the limit on elapsed time")
	})
}

// same compares the properties that every format has.
func same(t *testing.T, path string, before, after *problems.Problem) {
	t.Helper()
	if after.Name != before.Name || after.Limits.Time != before.Limits.Time || len(after.Tests) != len(before.Tests) ||
		(after.Interactor == nil) != (before.Interactor == nil) || (after.Checker.External == nil) != (before.Checker.External == nil) {
		t.Errorf("%s: %+v\nwas %+v", path, after, before)
		return
	}
	for i, test := range after.Tests {
		for _, pair := range [][2]string{{test.Input, before.Tests[i].Input}, {test.Answer, before.Tests[i].Answer}} {
			now, err := os.ReadFile(pair[0])
			was, failed := os.ReadFile(pair[1])
			if err != nil || failed != nil || string(now) != string(was) {
				t.Errorf("%s: test %s is another", path, test.Name)
			}
		}
	}
	if len(after.Submissions) > len(before.Submissions) {
		t.Errorf("%s: %d submissions of %d", path, len(after.Submissions), len(before.Submissions))
	}
}

func TestICPCPackageIsTheSameProblem(t *testing.T) {
	refused := map[string]string{
		"banner": "cannot express comparisons other than tokens", "skyline": "cannot express comparisons other than tokens", "maximum": "cannot express input and output files",
		"pairs": "in several groups", "rise": "a grader that contains main", "telephone": "cannot express managers",
	}
	for _, path := range examples(t) {
		name := filepath.Base(filepath.Dir(path))
		before, err := formats.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "out")
		lost, err := ICPC(before, dir)
		if want := refused[name]; want != "" {
			if left, _ := os.ReadDir(dir); err == nil || !strings.Contains(err.Error(), want) || len(left) > 0 {
				t.Errorf("%s: %v, want %s; %v is left", name, err, want, left)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, words := range beyondFiles(lost) {
			if !strings.Contains(words, "does not compile") && !strings.Contains(words, "processes") &&
				!strings.Contains(words, "the limit on stdout") && !strings.Contains(words, "MLE or OLE") {
				t.Errorf("%s: lost %s", name, words)
			}
		}
		after, err := formats.Open(dir)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if after.Format != "ICPC 2025-09" || len(after.Remarks) > 0 {
			t.Errorf("%s: %s, %v", name, after.Format, after.Remarks)
		}
		same(t, path, before, after)
	}
}

func TestExistingFilesAreNotOverwritten(t *testing.T) {
	p, err := formats.Open("../../examples/aplusb")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, write := range []func(*problems.Problem, string) ([]string, error){Native, ICPC} {
		if _, err := write(p, dir); err == nil || !strings.Contains(err.Error(), "is not empty") {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestGroupsOfAPackage(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	p := &problems.Problem{Name: "x", Dir: dir, Path: dir, Limits: problems.DefaultLimits(), Checker: problems.Checker{CaseSensitive: true, Tolerance: &problems.Tolerance{Absolute: 1e-3, Relative: -1}}}
	for i, group := range []string{"sample", "small", "small", "all of it"} {
		p.Tests = append(p.Tests, problems.TestCase{Name: string(rune('a' + i)), Groups: []string{group}, Input: file(string(rune('a'+i)) + ".in"), Answer: file(string(rune('a'+i)) + ".ans"), Args: nil})
	}
	p.Scoring = problems.GroupsOfTests([]*problems.Scoring{
		{Name: "sample", Rule: problems.PassFail}, {Name: "small", Points: 30},
		{Name: "all of it", Points: 70, Rule: problems.Sum, Requires: []string{"small", "sample"}},
	}, p.Tests)
	p.Tests[3].RunArgs = []string{"-x"}
	out := filepath.Join(t.TempDir(), "out")
	p.Limits.OutputOfAll = true
	if lost, err := ICPC(p, out); err != nil || len(beyondFiles(lost)) > 0 {
		t.Fatal(lost, err)
	}
	after, err := formats.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	if g := after.Scoring.Groups(); len(g) != 3 || g[1].Name != "secret/2-small" || g[2].Name != "secret/3-all_of_it" {
		t.Fatalf("%+v", g)
	}
	for _, g := range after.Scoring.Groups() {
		switch g.Name {
		case "secret/2-small":
			if g.Points != 30 || g.Rule != problems.PassFail { // the format's rule for what is required
				t.Errorf("%+v", g)
			}
		case "secret/3-all_of_it":
			if g.Points != 70 || g.Rule != problems.Sum || len(g.Requires) != 2 {
				t.Errorf("%+v", g)
			}
		}
	}
	for _, test := range after.Tests {
		if c := test.Checker; c == nil || !c.CaseSensitive || c.Tolerance.Absolute != 1e-3 || c.Tolerance.Relative >= 0 {
			t.Errorf("%+v", c)
		}
	}
}

// TestConstantsAreExpandedInCopies, as native specs have none. Executable files stay executable.
func TestConstantsAreExpandedInCopies(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"problem.yaml": "problem_format_version: 2025-09\nname: x\nconstants: {most: 7}\nlimits: {time_limit: 1}\n", "data/secret/1.in": "{{most}}", "data/secret/1.ans": "",
		"output_validator/run": "#!/bin/sh\n[ $1 -le {{most}} ]\n", "submissions/accepted/a.py": "print({{most}}, {{other}})\n",
	} {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	p, err := formats.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	if lost, err := Native(p, out); err != nil || len(beyondFiles(lost)) > 0 {
		t.Fatalf("%v, lost %q", err, lost)
	}
	for name, want := range map[string]string{"checkers/output_validator/run": "#!/bin/sh\n[ $1 -le 7 ]\n", "submissions/accepted/a.py": "print(7, {{other}})\n", "tests/secret/1.in": "{{most}}"} {
		data, err := os.ReadFile(filepath.Join(out, name))
		if err != nil || string(data) != want {
			t.Errorf("%s: %q, %v; want %q", name, data, err, want)
		}
	}
	if info, err := os.Stat(filepath.Join(out, "checkers/output_validator/run")); err != nil || info.Mode()&0o100 == 0 {
		t.Errorf("the script cannot be started: %v, %v", info, err)
	}
}

// TestNamesOfProgramsInAPackage are changed if the format does not allow them.
func TestNamesOfProgramsInAPackage(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("exit 42\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	p := &problems.Problem{
		Name: "x", Dir: dir, Path: dir, Limits: problems.DefaultLimits(),
		Checker:         problems.Checker{External: &problems.External{Path: file("my check (1).sh"), Protocol: problems.ICPC}},
		InputValidators: []problems.Validator{{Path: file("-v 2.sh")}},
		Tests:           []problems.TestCase{{Name: "a test", Input: file("a test.in"), Answer: file("a test.ans")}},
		Submissions:     []problems.Submission{{Path: file("right answer.sh"), Expect: []problems.Verdict{problems.AC}}},
	}
	out := filepath.Join(t.TempDir(), "out")
	if _, err := ICPC(p, out); err != nil {
		t.Fatal(err)
	}
	after, err := formats.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	if after.Checker.External == nil || len(after.InputValidators) != 1 || len(after.Tests) != 1 ||
		len(after.Submissions) != 1 || len(after.Remarks) != 0 {
		t.Errorf("got %+v, %v", after, after.Remarks)
	}
}
