package icpc

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
)

// words formats the expectations of a submission.
func words(s problems.Submission) string {
	all := []string{fmt.Sprint(s.Expect)}
	for _, d := range s.Demands {
		one := fmt.Sprintf("%v/%v", d.Permitted, d.Required)
		if d.Score != nil {
			one += fmt.Sprintf(" %g..%g", d.Score.Least, d.Score.Most)
		}
		if d.Message != "" {
			one += " " + d.Message
		}
		if d.Tests != nil {
			one += " on " + strings.Join(d.Tests, " ")
		}
		all = append(all, one)
	}
	return strings.Join(all, "; ") + fmt.Sprintf(" %d", s.Pace)
}

func TestExpectationsOfDirectories(t *testing.T) {
	const legacy = "name: x\n"
	for _, row := range []struct {
		dir, of2025, legacy string
	}{
		{"accepted", "[AC]; [AC]/[] 1", "[AC]; [AC]/[] 1"},
		{"wrong_answer", "[]; [AC WA]/[WA] 1", "[]; [AC WA]/[WA] 3"},
		{"time_limit_exceeded", "[]; [AC TLE]/[TLE] 2", "[]; [AC WA TLE]/[TLE] 2"},
		{"run_time_error", "[]; [AC RTE MLE OLE]/[RTE MLE OLE] 1", "[]; []/[RTE MLE OLE] 3"},
		{"brute_force", "[]; [AC RTE MLE OLE TLE]/[RTE MLE OLE TLE] 3", "[]; [AC RTE MLE OLE TLE]/[RTE MLE OLE TLE] 3"},
		{"rejected", "[]; []/[RTE MLE OLE TLE WA] 3", "[]; []/[RTE MLE OLE TLE WA] 3"},
		{"compiler_error", "[CE] 3", "[CE] 3"},
		{"whatever", "[] 3", "[] 3"},
	} {
		for _, version := range []struct{ yaml, want string }{{"", row.of2025}, {legacy, row.legacy}} {
			files := map[string]string{"submissions/" + row.dir + "/a.py": "print()\n", "submissions/" + row.dir + "/README.md": ""}
			if version.yaml != "" {
				files["problem.yaml"] = version.yaml
			}
			p := read(t, files)
			if len(p.Submissions) != 1 || words(p.Submissions[0]) != version.want {
				t.Errorf("%s: %+v, want %s", row.dir, p.Submissions, version.want)
			}
		}
	}
}

func TestSubmissionsYAML(t *testing.T) {
	for _, row := range []struct{ what, yaml, want string }{
		{"a directory's defaults are overwritten, the rest stays", "wrong_answer: {permitted: [AC, WA, TLE]}", "[]; [AC WA TLE]/[WA] 3"},
		{"a glob adds", "wrong_answer/*: {permitted: [WA]}", "[]; [WA]/[]; [AC WA]/[WA] 1"},
		{"braces", "'{wrong_answer,other}/{b,a}.py': {message: off by one}", "[]; []/[] off by one; [AC WA]/[WA] 1"},
		{"a score", "wrong_answer/a.py: {score: 5}", "[]; []/[] 5..5; [AC WA]/[WA] 1"},
		{"a range of scores", "wrong_answer/a.py: {score: [5, 7.5]}", "[]; []/[] 5..7.5; [AC WA]/[WA] 1"},
		{"on some tests", "wrong_answer/a.py: {sample: {permitted: [AC]}, secret/0*: {required: [WA]}}", "[]; [AC]/[] on sample/1; []/[WA] on secret/01; [AC WA]/[WA] 1"},
		{"on a group", "wrong_answer/a.py: {secret: {permitted: [WA]}}", "[]; [WA]/[] on secret/01; [AC WA]/[WA] 1"},
		{"blanks in braces, and a / at the end", "'wrong_answer/{ b , a }.py': {'secret/{ 0 }{1}': {required: [WA]}, 'sample/': {permitted: [AC]}}", "[]; []/[WA] on secret/01; [AC]/[] on sample/1; [AC WA]/[WA] 1"},
		{"* is the only wildcard", "'wrong_answer/[ab].py': {permitted: [WA]}", "[]; [AC WA]/[WA] 1"},
		{"not for the time limit", "wrong_answer: {use_for_time_limit: false}", "[]; [AC WA]/[WA] 3"},
		{"for the time limit", "wrong_answer/a.py: {use_for_time_limit: upper}", "[]; [AC WA]/[WA] 1"},
		{"another's", "accepted/a.py: {permitted: [WA]}", "[]; [AC WA]/[WA] 1"},
	} {
		p := read(t, map[string]string{"submissions/wrong_answer/a.py": "", "submissions/submissions.yaml": row.yaml + "\n"})
		if got := words(p.Submissions[0]); got != row.want {
			t.Errorf("%s: %s, want %s", row.what, got, row.want)
		}
	}
	p := read(t, map[string]string{"submissions/accepted/b": "", "submissions/submissions.yaml": "accepted/b: {language: python3, model_solution: true}\nmissing/*: {score: 1}\n"})
	if s := p.Submissions[0]; s.Language != "python3" || !s.Model {
		t.Errorf("%+v", s)
	}
	if len(p.Remarks) != 1 || !strings.Contains(p.Remarks[0].Error(), `no submission matches "missing/*"`) {
		t.Errorf("%v", p.Remarks)
	}
}

// TestAnnotationsInSources: DOMjudge's annotations, in place of the directory or restricted to it.
func TestAnnotationsInSources(t *testing.T) {
	for _, row := range []struct {
		dir, text, want string
		notes           int
	}{
		{"mixed", "// @EXPECTED_RESULTS@: WRONG-ANSWER, TIMELIMIT\n", "[WA TLE] 3", 0},
		{"mixed", "# @EXPECTED_RESULTS@: CORRECT */\n", "[AC] 0", 0},
		{"mixed", "x\n@EXPECTED_RESULTS@: RUN_TIME_ERROR\n", "[RTE MLE OLE] 3", 0},
		{"mixed", "@expected_results@: compiler-error", "[CE] 0", 0},
		{"mixed", "@EXPECTED_SCORE@: CORRECT\r\n", "[AC] 0", 0},
		{"mixed", "@EXPECTED_SCORE@: 30\n", "[]; []/[] 30..30 3", 0},
		{"mixed", "<!-- @EXPECTED_SCORE@: 1e2 -->\n@EXPECTED_RESULTS@: CORRECT\n", "[AC]; []/[] 100..100 0", 0},
		{"mixed", "the @EXPECTED_RESULTS@ tag is used\n", "[] 3", 0},
		{"mixed", "@EXPECTED_RESULTS@: CORRECT, FAST\n", "[AC] 0", 1},
		{"accepted", "@EXPECTED_RESULTS@: CORRECT\n", "[AC] 0", 0},
		{"accepted", "@EXPECTED_RESULTS@: CORRECT, WRONG-ANSWER\n", "[AC] 0", 1},
		{"run_time_error", "@EXPECTED_RESULTS@: TIMELIMIT, RUN-ERROR\n", "[RTE MLE OLE] 3", 1},
		{"accepted", "@EXPECTED_RESULTS@: WRONG-ANSWER\n", "[WA] 0", 1},
		{"accepted", "@EXPECTED_SCORE@: 30\n", "[]; []/[] 30..30 3", 0},
		{"accepted", "@EXPECTED_RESULTS@: CORRECT\n@EXPECTED_RESULTS@: CORRECT\n", "[AC]; [AC]/[] 1", 1},
		{"accepted", "@EXPECTED_RESULTS@: CORRECT\n@EXPECTED_SCORE@: CORRECT\n", "[AC]; [AC]/[] 1", 1},
	} {
		p := read(t, map[string]string{"submissions/" + row.dir + "/a.py": row.text})
		if got := words(p.Submissions[0]); got != row.want || len(p.Remarks) != row.notes {
			t.Errorf("%s, %q: got %s, %v; expected %s and %d notes", row.dir, row.text, got, p.Remarks, row.want, row.notes)
		}
	}
	p := read(t, map[string]string{
		"submissions/mixed/one/a.py": "", "submissions/mixed/one/b.txt": "@EXPECTED_RESULTS@: CORRECT\n",
		"submissions/wrong_answer/two/a.py": "@EXPECTED_RESULTS@: CORRECT\n",
		"submissions/wrong_answer/two/b.py": "@EXPECTED_RESULTS@: CORRECT\n",
	})
	if one, two := words(p.Submissions[0]), words(p.Submissions[1]); one != "[AC] 0" || two != "[]; [AC WA]/[WA] 1" || len(p.Remarks) != 1 {
		t.Errorf("several files: got %s and %s, %v", one, two, p.Remarks)
	}
}

// TestExpectationsOfDirectoriesWithGraders apply to the grader's verdict and the package's best score.
func TestExpectationsOfDirectoriesWithGraders(t *testing.T) {
	for _, row := range []struct{ what, yaml, data, dir, want string }{
		{"accepted", "type: scoring\n", "", "accepted", "[AC] 1"},
		{"wrong answer", "type: scoring\n", "", "wrong_answer", "[WA] 3"},
		{"too slow", "type: scoring\n", "", "time_limit_exceeded", "[TLE] 2"},
		{"crash", "type: scoring\n", "", "run_time_error", "[RTE MLE OLE] 3"},
		{"part of what the tests are worth", "type: scoring\n", "accept_score: 5\n", "partially_accepted", "[AC]; []/[] 0..9.9999 3"},
		{"part of the range", "type: scoring\n", "range: 0 70\n", "partially_accepted", "[AC]; []/[] 0..69.9993 3"},
		{"more than the least", "type: scoring\ngrading: {objective: min}\n", "range: 3 +inf\n", "partially_accepted", "[AC]; []/[] 3.00003..1e+300 3"},
		{"no best", "type: scoring\ngrading: {objective: min}\n", "", "partially_accepted", "[AC] 3"},
		{"pass-fail, with flags", "", "grader_flags: accept_if_any_accepted\n", "accepted", "[AC] 1"},
		{"pass-fail, without", "", "", "accepted", "[AC]; [AC]/[] 1"},
	} {
		p := read(t, map[string]string{
			"problem.yaml": "name: x\n" + row.yaml, "data/testdata.yaml": row.data, "submissions/" + row.dir + "/a.py": "",
		})
		if got := words(p.Submissions[0]); got != row.want || p.Remarks != nil {
			t.Errorf("%s: got %s, %v; expected %s", row.what, got, p.Remarks, row.want)
		}
		if graded := p.Scoring.Graded(); graded != strings.Contains(row.yaml+row.data, "\n") || (p.Scoring.Groups() != nil) != (row.yaml != "") {
			t.Errorf("%s: grading %v, groups %v", row.what, graded, p.Scoring.Groups())
		}
	}
}

// TestFilesThatAreNotPrograms are no validators, and are noted unless an editor creates such files.
func TestFilesThatAreNotPrograms(t *testing.T) {
	p := read(t, map[string]string{
		"input_validators/v.py": "", "input_validators/v.ctd.off": "", "input_validators/w.py.old": "", "input_validators/x.py.bak": "",
		"input_validators/Makefile": "all:\n", "input_validators/script": "#!/usr/bin/env python3\n", "input_validators/v.1.py": "",
		"output_validator/check.py": "", "output_validator/check.py.disabled": "",
	})
	var programs, noted []string
	for _, v := range p.InputValidators {
		programs = append(programs, filepath.Base(v.Path))
	}
	for _, r := range p.Remarks {
		noted = append(noted, filepath.Base(r.File))
	}
	if got := strings.Join(programs, " "); got != "script v.1.py v.py" || p.NotRun != nil || p.Checker.External == nil {
		t.Errorf("got the validators %s, not run %v, the checker %v", got, p.NotRun, p.Checker.External)
	}
	if got := strings.Join(noted, " "); got != "check.py.disabled Makefile v.ctd.off w.py.old" {
		t.Errorf("got notes on %s", got)
	}
}

// TestStrayPrograms directly in submissions/ are not judged, and share one note.
func TestStrayPrograms(t *testing.T) {
	more := map[string]string{"submissions/accepted/a.py": "", "submissions/README.md": "", "submissions/submissions.json": "{}",
		"submissions/plan.csv": "", "submissions/Makefile": ""}
	if p := read(t, more); p.Remarks != nil || len(p.Submissions) != 1 {
		t.Errorf("files that are no programs: got %v, %v", p.Submissions, p.Remarks)
	}
	more["submissions/slow.cpp"] = ""
	p := read(t, more)
	want := "submissions/slow.cpp: is not judged: it is not in a directory that states an expected verdict"
	if len(p.Submissions) != 1 || len(p.Remarks) != 1 || !strings.Contains(p.Remarks[0].Error(), want) {
		t.Errorf("one program: got %v, %v", p.Submissions, p.Remarks)
	}
	for _, name := range []string{"b", "c", "d", "e", "f", "g", "h"} {
		more["submissions/"+name+".java"] = ""
	}
	p = read(t, more)
	if len(p.Remarks) != 1 || !strings.Contains(p.Remarks[0].Error(), "b.java: is not judged: ") ||
		!strings.Contains(p.Remarks[0].Error(), " (also c.java, d.java, e.java, f.java, g.java, ...)") {
		t.Errorf("eight programs: got %v", p.Remarks)
	}
}

func TestValidatorsAndSamples(t *testing.T) {
	p := read(t, map[string]string{
		"input_validators/a/v.py": "", "input_validators/b.py": "", "input_validators/c.ctd": "", "answer_validators/d.py": "", "data/sample/1.out": "1\n",
		"data/invalid_input/bad.in": "x", "data/invalid_output/no.in": "", "data/invalid_output/no.ans": "", "data/invalid_output/no.out": "",
		"data/valid_output/test_group.yaml": "output_validator_args: [case_sensitive]\n", "data/valid_output/yes.in": "", "data/valid_output/yes.ans": "", "data/valid_output/yes.out": "",
	})
	if len(p.InputValidators) != 2 || filepath.Base(p.InputValidators[0].Path) != "a" || len(p.Remarks) != 0 || len(p.NotRun) != 1 || p.NotRun[0].Language != "Checktestdata" {
		t.Errorf("%+v, %v", p.InputValidators, p.Remarks)
	}
	if len(p.AnswerValidators) != 1 || filepath.Base(p.AnswerValidators[0].Path) != "d.py" {
		t.Errorf("%+v", p.AnswerValidators)
	}
	if len(p.Samples) != 4 || !p.Samples[0].Good || filepath.Base(p.Samples[0].Output) != "1.out" || filepath.Base(p.Samples[0].Answer) != "1.ans" {
		t.Fatalf("%+v", p.Samples)
	}
	if s := p.Samples[1:]; s[0].Answer != "" || s[0].Good || s[1].Good || !s[2].Good || s[2].Checker == nil || !s[2].Checker.CaseSensitive || s[1].Checker.CaseSensitive {
		t.Errorf("%+v", p.Samples)
	}
}

func FuzzMatches(f *testing.F) {
	f.Add("accepted/{a,b}*.{py,cpp}", "accepted/a1.py")
	f.Add("{{{{,,}}", "a")
	f.Add("**/[x", "x/y")
	f.Fuzz(func(t *testing.T, pattern, name string) {
		if strings.ContainsAny(name, "*?[\\{},") || name == "" || strings.HasPrefix(name, "/") || filepath.Clean(name) != name {
			return
		}
		if !matches(name, name) || !matches(name, name+"/x") && name != ".." && name != "." {
			t.Errorf("%q does not match itself", name)
		}
		matches(pattern, name)
	})
}
