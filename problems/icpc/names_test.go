package icpc

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestFilesWithInvalidNamesAreIgnored, with a note for each that seems to be meant for use.
func TestFilesWithInvalidNamesAreIgnored(t *testing.T) {
	long := strings.Repeat("x", 250) // the longest that there is
	want := []string{                // what is noted
		"data/secret/01 copy.in", "data/secret/-1.in", "data/secret/ä.in", "data/secret/a+b.in",
		"data/secret/a\u202fb.in", "data/sample/\x1b[31m.in", "data/secret/group (copy)",
		"submissions/accepted/sum (copy).py", "submissions/accepted (copy)", "submissions/accepted/@dir",
		"submissions/accepted/sum/a copy.py", "input_validators/v 2.py", "output_validators/check (1).py", "answer_validators/v,.py",
	}
	silent := []string{
		"data/secret/01 copy.ans", "data/secret/01.in~", "submissions/accepted/#sum.py#", "submissions/accepted/A$B.class",
		"submissions/accepted/.hidden.py", "statement/Screenshot at 4.42.png", "data/secret/plan of tests.md",
	}
	files := map[string]string{
		"submissions/accepted/sum/sum.py": "", "input_validators/v.py": "", "data/secret/" + long + "1.in": "",
		"data/secret/" + long + "1.ans": "", "data/secret/_1.2-3.in": "", "data/secret/_1.2-3.ans": "",
	}
	for _, name := range append(silent, want...) {
		switch {
		case strings.HasSuffix(name, "(copy)") && strings.HasPrefix(name, "data"):
			files[name+"/1.in"] = ""
		case strings.HasSuffix(name, "(copy)"), strings.HasSuffix(name, "@dir"):
			files[name+"/a.py"] = ""
		default:
			files[name] = ""
		}
	}
	files["output_validators/check.py"] = ""
	p := read(t, files)
	if len(p.Tests) != 4 || len(p.Submissions) != 1 || len(p.InputValidators) != 1 || len(p.AnswerValidators) != 0 ||
		p.Checker.External == nil || filepath.Base(p.Checker.External.Path) != "check.py" {
		t.Errorf("got %s, submissions %v, validators %v and %v", names(p), p.Submissions, p.InputValidators, p.Checker.External)
	}
	var noted []string
	for _, r := range p.Remarks {
		name, err := filepath.Rel(p.Path, r.File)
		if err != nil || !strings.Contains(r.Msg, "is left out: ") {
			t.Errorf("got %v, %v", r, err)
		}
		noted = append(noted, name)
	}
	slices.Sort(noted)
	slices.Sort(want)
	if !slices.Equal(noted, want) {
		t.Errorf("got notes on %q\nexpected %q", noted, want)
	}
}

// TestInvalidNamesWithinProgramsAreOneNote: the files are left out when the program is read.
func TestInvalidNamesWithinProgramsAreOneNote(t *testing.T) {
	p := read(t, map[string]string{
		"data/secret/1.in": "", "data/secret/1.ans": "", "submissions/accepted/sum/main.py": "",
		"submissions/accepted/sum/a b.py": "", "submissions/accepted/sum/lib (1)/x.py": "",
		"submissions/accepted/sum/lib/c d.py": "", "submissions/accepted/sum/A$B.class": "",
		"input_validators/v/v.cpp": "", "input_validators/v/v (copy).h": "", "input_validators/v/.v.swp": "",
	})
	var got []string
	for _, r := range p.Remarks {
		got = append(got, r.Msg)
	}
	want := "is left out: a file of a program with an invalid name (also " +
		"submissions/accepted/sum/a b.py, submissions/accepted/sum/lib (1)/, submissions/accepted/sum/lib/c d.py)"
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %q\nexpected %q", got, want)
	}
	if p.ValidNames == nil || p.ValidNames.MatchString("a b.py") || !p.ValidNames.MatchString("main.py") {
		t.Errorf("got the pattern %v for names in programs", p.ValidNames)
	}
}

func TestInvalidNamesInFilesOfATest(t *testing.T) {
	p := read(t, map[string]string{
		"data/secret/1.in": "", "data/secret/1.ans": "", "data/secret/1.files/data.csv": "",
		"data/secret/1.files/data (1).csv": "", "data/secret/1.files/a b.in": "", "data/secret/1.files/.hidden": "",
		"data/secret/2.in": "", "data/secret/2.ans": "", "data/secret/2.files/only this.csv": "",
		"submissions/accepted/a.py": "",
	})
	var got []string
	for _, r := range p.Remarks {
		got = append(got, filepath.Base(r.File)+" "+r.Msg)
	}
	slices.Sort(got)
	want := []string{
		"a b.in is left out: a file of a test with an invalid name",
		"data (1).csv is left out: a file of a test with an invalid name",
		"only this.csv is left out: a file of a test with an invalid name",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nexpected %q", got, want)
	}
	for _, test := range p.Tests {
		if (test.ExtraFiles != "") != (test.Name == "secret/1") {
			t.Errorf("test %s has the files %q, expected files of secret/1 only", test.Name, test.ExtraFiles)
		}
	}
}
