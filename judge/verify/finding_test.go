package verify

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"judge/judge/report"
	"judge/problems"
)

func TestFindingsOfOneCauseAreOne(t *testing.T) {
	w := &verification{problem: &problems.Problem{Dir: "/p", Path: "p"}}
	w.find(Warning, KindInput, "secret/1", "/p/data/1.in", "rejected")
	w.find(Warning, KindTest, "", "/p/data/lost.in", "no test uses this file")
	w.find(Warning, KindInput, "secret/2", "/p/data/2.in", "rejected")
	w.find(Warning, KindInput, "secret/2", "/p/data/2.in", "rejected")
	w.find(Error, KindInput, "secret/3", "/p/data/3.in", "rejected")
	w.find(Warning, KindPackage, "", "/p/g1/a.yaml", "unknown key")
	w.find(Warning, KindPackage, "", "/p/g1/a.yaml", "unknown key")
	w.find(Warning, KindPackage, "", "/p/g2/a.yaml", "unknown key")
	w.find(Warning, KindPackage, "", "/p/b.yaml", "unknown key")
	w.find(Error, KindSubmission, "a.py", "/p/a.py", "expected AC")
	w.find(Error, KindSubmission, "b.py", "/p/b.py", "expected AC")
	for _, name := range []string{"c", "d", "e", "f", "g", "h", "i"} {
		f := Finding{Severity: Warning, Check: KindTimeLimit, Subject: name, Message: name + " is slow"}
		w.findFor("slow", f)
	}
	var got []string
	for _, f := range w.findings() {
		got = append(got, string(f.Severity)+" "+f.File+": "+f.Message)
	}
	want := []string{
		"error p/data/3.in: rejected", "error p/a.py: expected AC", "error p/b.py: expected AC",
		"warning p/data/1.in: rejected (also secret/2)", "warning p/data/lost.in: no test uses this file",
		"warning p/g1/a.yaml: unknown key (also g2/a.yaml, b.yaml)",
		"warning p: c is slow (also d, e, f, g, h and 1 more)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestLinksAreOtherNames: of several names of a file the one that is no link counts, of hard links the first.
func TestLinksAreOtherNames(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{"b.in": "1", "c.in": "1", "d.in": "2"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("b.in", filepath.Join(dir, "a.in")); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(filepath.Join(dir, "d.in"), filepath.Join(dir, "e.in")); err != nil {
		t.Fatal(err)
	}
	test := func(name, target, group string, sample bool) problems.TestCase {
		listed := problems.Pair{Input: name + ".in"}
		return problems.TestCase{Name: name, Groups: []string{group}, Input: filepath.Join(dir, target+".in"), Listed: listed, Sample: sample}
	}
	a, b, c := test("a", "b", "g", false), test("b", "b", "g", false), test("c", "c", "g", false)
	d, e := test("d", "d", "g", false), test("e", "e", "g", false)
	other, sample := test("c", "c", "h", false), test("c", "c", "g", true)
	with := b
	with.RunArgs = []string{"-v"}
	for _, row := range []struct {
		rule   string
		tests  []problems.TestCase
		scored bool   // groups have points
		want   string // findings
		notes  string
	}{
		{"a link", []problems.TestCase{a, b}, false, "", ""},
		{"a hard link", []problems.TestCase{d, e}, false, "", ""},
		{"another file", []problems.TestCase{a, b, c}, false, "c.in: 1 duplicate input: c = b", ""},
		{"another file, for another program's arguments", []problems.TestCase{with, c}, false, "", ""},
		{"a copy of a sample", []problems.TestCase{sample, b, a}, false, "", "1 copy of a sample input"},
		{"a copy in a group", []problems.TestCase{b, other}, false, "c.in: 1 duplicate input: c = b", ""},
		{"a copy in a group that earns points", []problems.TestCase{b, other}, true, "", "1 copy of an input in another group"},
	} {
		w := &verification{problem: &problems.Problem{Dir: dir, Path: "", Tests: row.tests}}
		if row.scored {
			w.problem.Scoring = problems.GroupsOfTests([]*problems.Scoring{{Name: "g"}, {Name: "h"}}, row.tests)
		}
		if err := w.tests(t.Context()); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range w.findings() {
			got = append(got, f.File+": "+f.Message)
		}
		if notes := strings.Join(w.result.Notes, "; "); strings.Join(got, "; ") != row.want || notes != row.notes {
			t.Errorf("%s: %q, %q", row.rule, got, notes)
		}
	}
}

// TestInputsComeTwiceWithOneAnswer: an interactor or another pass may make of the answer what a submission reads.
func TestInputsComeTwiceWithOneAnswer(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{"1.in": "_", "1.ans": "a", "2.in": "_", "2.ans": "b", "3.in": "_", "3.ans": "a"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var tests []problems.TestCase
	for _, name := range []string{"1", "2", "3"} {
		file := filepath.Join(dir, name)
		tests = append(tests, problems.TestCase{Name: name, Input: file + ".in", Answer: file + ".ans"})
	}
	talks := &problems.External{}
	for _, row := range []struct {
		rule string
		p    problems.Problem
		want string
	}{
		{"a comparison", problems.Problem{Passes: 1}, "2 duplicate inputs: 2 = 1, 3 = 1"},
		{"an interactor", problems.Problem{Interactor: talks}, "1 duplicate input: 3 = 1"},
		{"several passes", problems.Problem{Passes: 2}, "1 duplicate input: 3 = 1"},
	} {
		row.p.Dir, row.p.Tests = dir, tests
		w := &verification{problem: &row.p}
		if err := w.tests(t.Context()); err != nil {
			t.Fatal(err)
		}
		if found := w.findings(); len(found) != 1 || found[0].Message != row.want {
			t.Errorf("%s: got %v, expected %q", row.rule, found, row.want)
		}
	}
}

func TestCommonNotesAreNotFindings(t *testing.T) {
	w := &verification{problem: &problems.Problem{Remarks: []*problems.Error{
		{File: "p", Msg: "a link leads out", Usual: true}, {File: "p/problem.yaml", Line: 2, Msg: "unknown key"},
	}}}
	w.readerNotes()
	found := w.findings()
	if len(found) != 1 || found[0].Message != "unknown key" || found[0].Line != 2 {
		t.Errorf("got %v, expected the unknown key alone", found)
	}
	if notes := strings.Join(w.result.Notes, "; "); notes != "a link leads out" {
		t.Errorf("got the notes %q, expected the link", notes)
	}
}

func TestSubmissionsThatAreNoProgramsAreAllNamed(t *testing.T) {
	w := &verification{problem: &problems.Problem{}}
	w.foundNoPrograms(nil)
	if found := w.findings(); len(found) != 0 {
		t.Errorf("got %v, expected no finding for no name", found)
	}
	w.foundNoPrograms([]string{"a", "b", "c", "d", "e", "f", "g"})
	found := w.findings()
	if len(found) != 1 || found[0].Message != "not judged: a, b, c, d, e and 2 more" {
		t.Errorf("got %v, expected one finding with five names", found)
	}
	if notes := strings.Join(w.result.Notes, "; "); notes != "also not judged: f, g" {
		t.Errorf("got the notes %q, expected the others", notes)
	}
}

func TestKindsHaveNames(t *testing.T) {
	for i := range kindNames() {
		var read Kind
		name, err := Kind(i).MarshalText()
		if err != nil || read.UnmarshalText(name) != nil || read != Kind(i) {
			t.Errorf("%d is written as %q and read as %d", i, name, read)
		}
	}
	if new(Kind).UnmarshalText([]byte("weather")) == nil {
		t.Error("weather is a kind")
	}
}

// TestTimesNearTheLimit: one is a finding only if the verdict may depend on it.
func TestTimesNearTheLimit(t *testing.T) {
	near := report.Test{Name: "2", Verdict: problems.TLE, CPUSeconds: 1.01, Rerun: true, Group: "g"}
	for _, row := range []struct {
		rule  string
		other report.Test
		want  int
	}{
		{"the others are accepted", report.Test{Verdict: problems.AC, CPUSeconds: 0.2, Group: "g"}, 1},
		{"another is TLE for certain", report.Test{Verdict: problems.TLE, CPUSeconds: 1.3, Group: "g"}, 0},
		{"another is TLE in another group", report.Test{Verdict: problems.TLE, CPUSeconds: 1.3, Group: "h"}, 1},
		{"another is near, too", report.Test{Verdict: problems.TLE, CPUSeconds: 1.02, Group: "g"}, 1},
	} {
		p := &problems.Problem{Dir: "/p", Path: "p", Limits: problems.Limits{Time: time.Second}}
		w := &verification{problem: p}
		w.borderline("/p/a.py", report.Submission{Path: "a.py", Tests: []report.Test{near, row.other}})
		if got := len(w.findings()); got != row.want {
			t.Errorf("%s: got %d findings, expected %d", row.rule, got, row.want)
		}
	}
}
