package verify

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/judge"
	"judge/judge/languages"
	"judge/problems"
)

// TestLinksWithinTheRepositoryAreNoFindings: a repository that shares files is as it should be.
func TestLinksWithinTheRepositoryAreNoFindings(t *testing.T) {
	led := &problems.Error{File: "p", Msg: `"data" is a link`, Usual: true}
	w := &verification{problem: &problems.Problem{Dir: "/p", Path: "p", Remarks: []*problems.Error{led}}, result: Problem{Path: "p"}}
	w.readerNotes()
	text := written(t, Text{}.Write, Result{Problems: []Problem{w.result, w.result}})
	if len(w.drafts) > 0 || !strings.Contains(text, "note: 2 problems have links to other places in the git repository") {
		t.Errorf("got %v and %s", w.drafts, text)
	}
}

// TestUnusableProgramsAreNamedAtTheirFiles: a finding has the path by which the user knows the file, and no other.
func TestUnusableProgramsAreNamedAtTheirFiles(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "validators", "v.py")
	if err := errors.Join(os.Mkdir(filepath.Dir(program), 0o755), os.WriteFile(program, nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	first := languages.CompileError{Text: "SyntaxError: bad", File: "v.py", Line: 2}
	for _, row := range []struct {
		err  error
		file string
		line int
		want string
	}{
		{&judge.CheckerError{Path: program, Why: "does not compile: \nlog", First: first}, "p/validators/v.py", 2, "does not compile: SyntaxError: bad"},
		{&judge.CheckerError{Path: filepath.Dir(program), Why: "does not compile: ", First: first}, "p/validators/v.py", 2, "does not compile: SyntaxError: bad"},
		{&judge.CheckerError{Path: program, Why: "cannot be read: no"}, "p/validators/v.py", 0, "cannot be read: no"},
		{&judge.CheckerError{Path: "validators/v.py", Header: "testlib.h"}, "p/validators/v.py", 0, "testlib.h not found (copy it next to v.py)"},
		{&judge.MissingError{Path: program, Err: &languages.LackError{Name: "Kotlin", What: "kotlinc is not installed", Fix: "install it"}},
			"p/validators/v.py", 0, "kotlinc is not installed (install it)"},
		{errors.New("other"), "p", 0, "other"},
	} {
		w := &verification{problem: &problems.Problem{Dir: dir, Path: "p"}}
		w.unusable(Error, KindInput, row.err)
		got := w.drafts[0]
		if got.File != row.file || got.Line != row.line || got.Message != row.want {
			t.Errorf("%v: got %s:%d: %s, expected %s:%d: %s", row.err, got.File, got.Line, got.Message, row.file, row.line, row.want)
		}
	}
}
