package judge

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/problems"
)

// usual gives a problem's own programs the limits of a problem that states none.
func usual(p *problems.Problem) *problems.Problem {
	l := problems.DefaultLimits()
	p.Limits.ValidationTime, p.Limits.ValidationMemory = l.ValidationTime, l.ValidationMemory
	p.Limits.ValidationOutput = l.ValidationOutput
	p.Limits.Time, p.Limits.Wall = 10*time.Second, time.Minute
	return p
}

// TestProgramsWriteMuchWhereNoLimitIsStated: a default that a right program meets would be the judge's fault.
func TestProgramsWriteMuchWhereNoLimitIsStated(t *testing.T) {
	const much = "fill 3000000; fill 3000000; fill 3000000; "
	for _, row := range []struct {
		what       string
		problem    *problems.Problem
		submission string
	}{
		{"an interactor's stdout", talkative(t, fills+much+"echo; read n; exit 42", problems.ICPC), "read x; echo 1"},
		{"an interactor's stderr", talkative(t, fills+"{ "+much+"} >&2; read n; exit 42", problems.ICPC), "echo 1"},
		{"a checker's stdout", checkedBy(t, problems.ICPC, fills+much+"exit 42"), "echo 1"},
		{"a checker's stderr", checkedBy(t, problems.ICPC, fills+"{ "+much+"} >&2; exit 42"), "echo 1"},
		{"a message", checkedBy(t, problems.ICPC, fills+"{ "+much+"} >$3/judgemessage.txt; exit 42"), "echo 1"},
		{"a file of the checker's own", checkedBy(t, problems.ICPC, fills+"{ "+much+"} >$3/mine; exit 42"), "echo 1"},
		{"a testlib checker's message", checkedBy(t, problems.Testlib, fills+"{ "+much+"} >&2; exit 0"), "echo 1"},
		{"a manager's stderr", managedBy(t, 1, true, fills+"{ "+much+"} >&2; read x <$1; echo 1.0"), "echo 1"},
	} {
		for _, all := range []bool{true, false} {
			row.problem.Limits.OutputOfAll = all
			if test := oneLine(t, usual(row.problem), row.submission); test.Verdict != problems.AC {
				t.Errorf("%s, as one %v: %v %.200q", row.what, all, test.Verdict, test.Reason)
			}
		}
	}
	problem := usual(checkedBy(t, problems.ICPC,
		fills+`read said; [ $said = last ] && exit 42; { echo last; `+much+`} >$3/nextpass.in; exit 42`))
	problem.Passes = 2
	test := oneLine(t, problem, `read x; case "$x" in last*) echo last;; *) echo on;; esac`)
	if test.Verdict != problems.AC {
		t.Errorf("the input of a pass: %v %.200q", test.Verdict, test.Reason)
	}
}

func TestAStatedLimitOnValidationOutputIsNamed(t *testing.T) {
	const says = "output: wrote more than the 1 MiB of validation_output"
	for _, row := range []struct {
		what    string
		problem *problems.Problem
		one     bool // a limit for all streams and files together
		want    problems.Verdict
		reason  string
	}{
		{"an interactor's stdout", talkative(t, fills+"fill 1100000; echo; read n; exit 42", problems.ICPC), false,
			problems.JE, "interactor " + says},
		{"a checker's stderr", checkedBy(t, problems.ICPC, fills+"fill 1100000 >&2; exit 42"), false, problems.JE,
			"checker " + says},
		{"both streams, each less", checkedBy(t, problems.ICPC, fills+"fill 600000; fill 600000 >&2; exit 42"), false,
			problems.AC, ""},
		{"both streams as one", checkedBy(t, problems.ICPC, fills+"fill 600000; fill 600000 >&2; exit 42"), true,
			problems.JE, "checker " + says},
		{"feedback and stderr as one", checkedBy(t, problems.ICPC,
			fills+"fill 600000 >$3/mine; fill 600000 >&2; exit 42"), true, problems.JE, "checker " + says},
		{"feedback as one", checkedBy(t, problems.ICPC, fills+"fill 1100000 >$3/mine; exit 42"), true, problems.JE,
			"checker " + says},
		{"less as one", checkedBy(t, problems.ICPC, fills+"fill 300000; fill 300000 >$3/mine; fill 300000 >&2; exit 42"),
			true, problems.AC, ""},
		{"a file that is no feedback", checkedBy(t, problems.ICPC, fills+"fill 1100000 >mine; exit 42"), true,
			problems.AC, ""},
	} {
		row.problem.Limits.OutputOfAll, row.problem.Limits.ValidationOutput = row.one, problems.MiB
		l := &row.problem.Limits
		l.ValidationTime, l.Time, l.Wall = 20*time.Second, 20*time.Second, time.Minute
		if test := oneLine(t, row.problem, "read -t 5 x; echo 1"); test.Verdict != row.want || string(test.Reason) != row.reason {
			t.Errorf("%s: %v %q, want %v %q", row.what, test.Verdict, test.Reason, row.want, row.reason)
		}
	}
}

func TestAnInteractorsOutputFileIsNeverCut(t *testing.T) {
	problem := checkedBy(t, problems.Testlib, "exit 1")
	path := writeFile(t, filepath.Join(problem.Dir, "interactor", "i.sh"), fills+"read x; fill 1100000 >$2; exit 0")
	problem.Interactor = &problems.External{Path: path, Protocol: problems.Testlib}
	test := oneLine(t, problem, "echo 1")
	if test.Verdict != problems.JE || test.Reason != "interactor output: wrote more than the 1 MiB of validation_output" {
		t.Errorf("%v %q", test.Verdict, test.Reason)
	}
}

// TestAStatedLimitCanBeReached: files of a checker take as much room as the problem says.
func TestAStatedLimitCanBeReached(t *testing.T) {
	problem := usual(checkedBy(t, problems.ICPC,
		fills+"for ((i = 0; i < 30; i++)); do fill 10000000; done >$3/mine || exit 9; exit 42"))
	problem.Limits.ValidationOutput, problem.Limits.OutputOfAll = 320*problems.MiB, true
	if test := oneLine(t, problem, "echo 1"); test.Verdict != problems.AC {
		t.Errorf("%v %q", test.Verdict, test.Reason)
	}
}

func TestLimitsOnCompilingAreThoseOfSubmissions(t *testing.T) {
	const main = "#include <bits/stdc++.h>\nint main() { return 42; }\n"
	j := jailed(t)
	problem := usual(checkedBy(t, problems.ICPC, ""))
	problem.Checker.External.Path = writeFile(t, filepath.Join(problem.Dir, "cpp", "check.cpp"), main)
	problem.Limits.CompilationTime, problem.Limits.CompilationMemory = 20*time.Millisecond, 16*problems.MiB
	path := writeFile(t, filepath.Join(t.TempDir(), "s.cpp"), main+"// not the checker\n")
	r := judgeAll(t, j, Request{Problem: problem, Submissions: []string{path}})
	if s := r.Submissions[0]; s.Verdict != problems.CE || !strings.HasPrefix(string(s.Reason), "compile ") {
		t.Errorf("the submission: %v %q", s.Verdict, s.Reason)
	}
	problem.Limits.CompilationTime, problem.Limits.CompilationMemory = time.Minute, 2048*problems.MiB
	ok := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), "echo 1")
	test := judgeAll(t, j, Request{Problem: problem, Submissions: []string{ok}}).Submissions[0].Tests[0]
	if test.Verdict != problems.AC {
		t.Errorf("the checker: %v %q", test.Verdict, test.Reason)
	}
}

func TestLimitsOnValidatorsAreThoseOfOutputValidators(t *testing.T) {
	problem := problemOf(t, "1\n", "1\n")
	problem.Limits.ValidationTime, problem.Limits.ValidationMemory = time.Millisecond, 2*problems.MiB
	problem.Limits.ValidationOutput = 1
	path := writeFile(t, filepath.Join(problem.Dir, "validators", "v.sh"),
		"for ((i = 0; i < 30000; i++)); do :; done; echo fine; exit 42")
	problem.InputValidators = []problems.Validator{{Path: path}}
	probed, err := jailed(t).Probe(t.Context(), problem, []Probe{{Test: problem.Tests[0]}})
	if err != nil || len(probed) != 1 || !probed[0].Accepted {
		t.Errorf("%v, %+v", err, probed)
	}
}
