package convert

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
	"judge/problems/formats"
)

// packageOf writes an ICPC package with additional files, and reads it.
func packageOf(t *testing.T, yaml string, more map[string]string) *problems.Problem {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "p")
	files := map[string]string{
		"problem.yaml": "problem_format_version: 2025-09\nname: x\nlimits: {time_limit: 1}\n" + yaml, "data/secret/1.in": "1\n", "data/secret/1.ans": "1\n",
		"submissions/accepted/a.py": "print(input())\n",
	}
	for name, content := range more {
		files[name] = content
	}
	for name, content := range files {
		full := filepath.Join(dir, name)
		err := os.MkdirAll(filepath.Dir(full), 0o755)
		if target, ok := strings.CutPrefix(content, "-> "); ok {
			err = errors.Join(err, os.Symlink(target, full))
		} else {
			err = errors.Join(err, os.WriteFile(full, []byte(content), 0o755))
		}
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

// TestSpecsCannotExpressEverything: a difference in judging is an error, other differences are listed.
func TestSpecsCannotExpressEverything(t *testing.T) {
	for _, row := range []struct {
		what, yaml  string
		more        map[string]string
		fault, lost string
	}{
		{what: "nothing"},
		{what: "include/", more: map[string]string{"include/default/data.txt": "1"}, fault: "include/"},
		{what: "arguments of a submission", more: map[string]string{"data/secret/1.yaml": "args: [x]\n"},
			fault: `the arguments of a test ("secret/1")`},
		{what: "files of a test", more: map[string]string{"data/secret/1.files/x": "x"}, fault: "the files of a test"},
		{what: "an option of a test",
			more: map[string]string{"data/secret/1.yaml": "output_validator_args: [case_sensitive]\n"}, fault: "the comparison of a test"},
		{what: "arguments of a validator",
			more: map[string]string{"data/secret/1.yaml": "input_validator_args: [x]\n",
				"input_validators/v.py": ""}, lost: "arguments of validators"},
		{what: "a statement", more: map[string]string{"statement/problem.en.md": "x"}, lost: `"statement"`},
		{what: "expectations of tests",
			more: map[string]string{"submissions/submissions.yaml": "accepted/a.py: {secret/1: {permitted: [AC]}}\n"}, lost: "a.py: its expectations"},
	} {
		out := filepath.Join(t.TempDir(), "out")
		lost, err := Native(packageOf(t, row.yaml, row.more), out)
		_, left := os.Stat(out)
		switch {
		case row.fault != "" && (err == nil || !strings.Contains(err.Error(), row.fault) || left == nil):
			t.Errorf("%s: %v, want %s; %v", row.what, err, row.fault, left)
		case row.fault == "" && err != nil:
			t.Errorf("%s: %v", row.what, err)
		case row.lost != "" && !strings.Contains(strings.Join(lost, "\n"), row.lost):
			t.Errorf("%s: lost %q, want %s", row.what, lost, row.lost)
		case row.lost == "" && row.fault == "" && len(lost) > 0:
			t.Errorf("%s: lost %q", row.what, lost)
		}
	}
}

// TestLinksAreCopiedAsTheirTargets: submissions, files of programs that are directories.
func TestLinksAreCopiedAsTheirTargets(t *testing.T) {
	p := packageOf(t, "", map[string]string{
		"submissions/wrong_answer/b.py": "-> ../accepted/a.py", "submissions/accepted/d/main.py": "import e\n", "submissions/accepted/d/e.py": "-> ../../../e.py", "e.py": "e = 1\n",
	})
	for what, write := range map[string]func(*problems.Problem, string) ([]string, error){"native": Native,
		"icpc": ICPC} {
		out := filepath.Join(t.TempDir(), "out")
		if _, err := write(p, out); err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		after, err := formats.Open(out)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if len(after.Submissions) != len(p.Submissions) {
			t.Errorf("%s: %d submissions of %d", what, len(after.Submissions), len(p.Submissions))
		}
	}
}

// TestRepeatedDemandsCountOnce: by a directory, and by the file that convert writes.
func TestRepeatedDemandsCountOnce(t *testing.T) {
	demand := func(v problems.Verdict) problems.Demand {
		return problems.Demand{Permitted: []problems.Verdict{v}, Score: &problems.Range{Most: 1}}
	}
	twice := []problems.Demand{demand(problems.AC), demand(problems.WA), demand(problems.AC)}
	if got := different(twice); got != 2 {
		t.Errorf("%d, want 2", got)
	}
}

// TestLinksOfOtherUsersAreRejected, as they could redirect the copy.
func TestLinksOfOtherUsersAreRejected(t *testing.T) {
	const stranger = 12345
	dir, victim := t.TempDir(), t.TempDir()
	link := filepath.Join(dir, "out")
	if err := errors.Join(os.Chmod(dir, 0o777|os.ModeSticky), os.Symlink(victim, link), os.Lchown(link, stranger,
		stranger)); err != nil {
		t.Fatal(err)
	}
	p := packageOf(t, "", nil)
	for _, to := range []string{link, filepath.Join(link, "inner")} {
		if _, err := Native(p, to); err == nil || !strings.Contains(err.Error(), "is a link of user 12345") {
			t.Errorf("%s: %v", to, err)
		}
	}
	if left, err := os.ReadDir(victim); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}
