package since

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// repository returns a git repository with the problems a, b and c, and a commit.
func repository(t *testing.T) (root string, git func(args ...string)) {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	root = filepath.Join(root, ".hidden") // names above the repository do not matter
	if err = errors.Join(err, os.Mkdir(root, 0o755)); err != nil {
		t.Fatal(err)
	}
	git = func(args ...string) {
		t.Helper()
		as := []string{"-C", root, "-c", "user.name=t", "-c", "user.email=t@example.org"}
		command := exec.Command("git", append(as, args...)...)
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v: %s", args, err, out)
		}
	}
	for _, name := range []string{"a", "b", "c"} {
		put(t, root, name+"/problem.yaml", "name: x\n")
	}
	put(t, root, "b/check.cpp", "#include \"../lib/shared.h\"\n")
	put(t, root, "lib/shared.h", "// 1\n")
	put(t, root, "README.txt", "x\n")
	if err := os.Symlink("../lib/shared.h", filepath.Join(root, "c", "linked.h")); err != nil {
		t.Fatal(err)
	}
	git("init", "-q", "-b", "main")
	git("add", ".")
	git("commit", "-qm", "first")
	git("checkout", "-qb", "topic")
	return root, git
}

func put(t *testing.T, root, name, text string) {
	t.Helper()
	path := filepath.Join(root, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

func changed(t *testing.T, root string) []string {
	t.Helper()
	var paths []string
	for _, name := range []string{"a", "b", "c/problem.yaml"} {
		paths = append(paths, filepath.Join(root, name))
	}
	got, err := Changed(t.Context(), paths, "main")
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i] = got[i][len(root)+1:]
	}
	return got
}

func TestChangedFindsProblems(t *testing.T) {
	for _, c := range []struct {
		rule, file string
		commit     bool
		want       []string
	}{
		{"nothing", "", false, nil},
		{"a commit", "a/x", true, []string{"a"}},
		{"a file that git does not know", "b/x", false, []string{"b"}},
		{"an edit that is not committed", "a/problem.yaml", false, []string{"a"}},
		{"a shared header: an include and a link", "lib/shared.h", true, []string{"b", "c/problem.yaml"}},
		{"a page", "README.txt", true, nil},
		{"a workflow", ".github/check.cpp", true, nil},
	} {
		root, git := repository(t)
		if c.file != "" {
			put(t, root, c.file, "changed\n")
		}
		if c.commit {
			git("add", ".")
			git("commit", "-qm", "second")
		}
		if got := changed(t, root); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, expected %v", c.rule, got, c.want)
		}
	}
}

func TestChangesOfTheOtherBranchDoNotCount(t *testing.T) {
	root, git := repository(t)
	git("checkout", "-q", "main")
	put(t, root, "a/x", "x")
	git("add", ".")
	git("commit", "-qm", "other")
	git("checkout", "-q", "topic")
	if got := changed(t, root); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestWrongRefsAreErrors(t *testing.T) {
	root, _ := repository(t)
	for _, ref := range []string{"nowhere", "--output=x", ""} {
		var wrong *RefError
		if _, err := Changed(t.Context(), []string{filepath.Join(root, "a")}, ref); !errors.As(err, &wrong) {
			t.Errorf("%q: %v", ref, err)
		}
	}
	outside := t.TempDir()
	put(t, outside, "a/problem.yaml", "")
	if _, err := Changed(t.Context(), []string{filepath.Join(outside, "a")}, "main"); err == nil {
		t.Error("a problem in no repository is no error")
	}
}

// TestNoProgramOfTheRepositoryRuns: its configuration is not to be trusted.
func TestNoProgramOfTheRepositoryRuns(t *testing.T) {
	root, git := repository(t)
	ran := filepath.Join(t.TempDir(), "ran")
	trap := filepath.Join(t.TempDir(), "trap")
	if err := os.WriteFile(trap, []byte("#!/bin/sh\ntouch "+ran+"\ncat\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, setting := range []string{
		"core.fsmonitor", "diff.external", "filter.x.clean", "filter.x.process", "filter.x.smudge", "core.pager",
		"diff.x.textconv", "diff.x.command", "core.sshCommand", "core.editor",
	} {
		git("config", setting, trap)
	}
	hooks := filepath.Join(root, ".git", "hooks", "post-index-change")
	err := errors.Join(os.MkdirAll(filepath.Dir(hooks), 0o755), os.Rename(trap, hooks), os.Symlink(hooks, trap))
	if err != nil {
		t.Fatal(err)
	}
	put(t, root, ".gitattributes", "* filter=x diff=x\n")
	put(t, root, "a/problem.yaml", "name: y\n")
	if got := changed(t, root); !slices.Equal(got, []string{"a"}) {
		t.Errorf("got %v", got)
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("a program that the configuration names has run")
	}
}

// TestAFilterWithAnEqualsSignIsRefused: an argument of -c ends the name at its first =, so it cannot turn this one off.
func TestAFilterWithAnEqualsSignIsRefused(t *testing.T) {
	root, git := repository(t)
	ran := filepath.Join(t.TempDir(), "ran")
	git("config", "filter.a=b.clean", "touch "+ran+"; cat")
	put(t, root, ".gitattributes", "* filter=a=b\n")
	put(t, root, "a/problem.yaml", "name: y\n")
	if _, err := Changed(t.Context(), []string{filepath.Join(root, "a")}, "main"); err == nil {
		t.Error("no error")
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("the filter has run")
	}
}
