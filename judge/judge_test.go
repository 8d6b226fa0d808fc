package judge

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"judge/judge/decide"
	"judge/judge/report"
	"judge/problems"
)

// verdicts shows a submission as "WA: AC WA(reason) SKIP".
func verdicts(s report.Submission) string {
	show := func(v problems.Verdict, reason string) string {
		if reason != "" {
			return v.String() + "(" + reason + ")"
		}
		return v.String()
	}
	var tests []string
	for _, test := range s.Tests {
		tests = append(tests, show(test.Verdict, string(test.Reason)))
	}
	return show(s.Verdict, string(s.Reason)) + ": " + strings.Join(tests, " ")
}

func TestFirstFailedTestDecidesTheSubmission(t *testing.T) {
	rows := []struct {
		source string
		stop   decide.Stop
		want   string
	}{
		{"ok ok ok", decide.AtEnd, "AC: AC AC AC"},
		{"ok wrong slow", decide.AtEnd, "WA: AC WA TLE(cpu)"},
		{"ok slow wrong", decide.AtEnd, "TLE(cpu): AC TLE(cpu) WA"},
		{"crash ok exit3", decide.AtEnd, "RTE(signal SIGSEGV): RTE(signal SIGSEGV) AC RTE(exit 3)"},
		{"flood ok ok", decide.AtEnd, "OLE: OLE AC AC"},
		{"ok ok ok", decide.AtFirstFailure, "AC: AC AC AC"},
		{"ok wrong slow", decide.AtFirstFailure, "WA: AC WA SKIP"},
		{"wrong ok ok", decide.AtFirstFailure, "WA: WA SKIP SKIP"},
		{"syntax error", decide.AtEnd, "CE: SKIP SKIP SKIP"},
		{"compiler bomb", decide.AtEnd, "CE(compile memory): SKIP SKIP SKIP"},
		{strings.Repeat("ok ", 100), decide.AtEnd, "CE(code size: more than the limit of 0.09766 KiB): SKIP SKIP SKIP"},
		{"ok nojail ok", decide.AtEnd, "JE(no cgroup\\a to be had): AC JE(no cgroup\\a to be had) AC"},
		{"no jail to compile in", decide.AtEnd, "JE(compile: no space left): SKIP SKIP SKIP"},
	}
	for _, lanes := range []int{1, 3} {
		for _, row := range rows {
			j, _ := acted(t, lanes)
			problem := numbers(t, 3)
			problem.Limits.Code, problem.CodeStated = 100, true
			r := judgeAll(t, j, Request{Problem: problem, Submissions: acts(t, row.source), Stop: row.stop})
			if got := verdicts(r.Submissions[0]); got != row.want {
				t.Errorf("%d lanes, %.20q: %s, want %s", lanes, row.source, got, row.want)
			}
		}
	}
}

func TestTheReportIsTheSameForAnyNumberOfCores(t *testing.T) {
	sources := []string{
		"late-ok ok late-ok ok late-ok ok ok ok",
		"ok late-wrong ok ok crash wrong ok ok", // what follows has run by the time that the failure is known
		"late-wrong slow slow ok nojail ok ok ok",
		"syntax error",
		"ok ok ok ok ok ok ok ok",
	}
	for _, stop := range []decide.Stop{decide.AtEnd, decide.AtFirstFailure} {
		problem, submissions := numbers(t, 8), acts(t, sources...)
		var first string
		for _, lanes := range []int{1, 2, 4, 7} {
			j, _ := acted(t, lanes)
			r := judgeAll(t, j, Request{Problem: problem, Submissions: submissions, Stop: stop})
			got := withoutMeasurements(t, r)
			if first == "" {
				first = got
			}
			if got != first {
				t.Errorf("stop rule %d: with %d lanes\n%s\nwith one\n%s", stop, lanes, got, first)
			}
		}
	}
}

// withoutMeasurements is a report as JSON, but for what may differ from run to run.
func withoutMeasurements(t *testing.T, r *report.Report) string {
	t.Helper()
	for i := range r.Submissions {
		r.Submissions[i].Compile.Seconds = 0
		for k := range r.Submissions[i].Tests {
			r.Submissions[i].Tests[k].Core = min(0, r.Submissions[i].Tests[k].Core)
		}
	}
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestResultsAreObservedOnceAndInOrder(t *testing.T) {
	j, _ := acted(t, 3)
	sources := acts(t, "late-ok ok late-ok ok wrong ok", "syntax error", "ok late-ok late-ok ok ok ok")
	next := make([]int, len(sources)) // -1 is the compilation
	for i := range next {
		next[i] = -1
	}
	problem := numbers(t, 6)
	var seen []report.Test
	judgeAll(t, j, Request{Problem: problem, Submissions: sources, Observe: func(e Event) {
		i := e.Submission
		switch {
		case next[i] == -1 && (e.Compile == nil || e.Test != nil):
			t.Errorf("submission %d begins with %+v", i, e)
		case next[i] >= 0 && (e.Test == nil || e.Compile != nil || e.Test.Name != problem.Tests[next[i]].Name):
			t.Errorf("submission %d, instead of test %d: %+v", i, next[i], e)
		}
		next[i]++
		if e.Test != nil && i == 0 {
			seen = append(seen, *e.Test)
		}
	}})
	if next[0] != 6 || next[1] != 0 || next[2] != 6 {
		t.Errorf("observed %v tests, want 6, 0 and 6", next)
	}
	if len(seen) == 6 && seen[4].Verdict != problems.WA {
		t.Errorf("the wrong answer was shown as %v", seen[4].Verdict)
	}
}

func TestMaximaAreThoseOfTheTestsThatCount(t *testing.T) {
	j, _ := acted(t, 2)
	r := judgeAll(t, j, Request{Problem: numbers(t, 4), Submissions: acts(t, "ok ok ok ok", "ok late-wrong ok ok"), Stop: decide.AtFirstFailure})
	for i, want := range []float64{0.004, 0.002} {
		if s := r.Submissions[i]; s.MaxCPUSeconds != want || s.MaxMemoryBytes != 100 {
			t.Errorf("submission %d: %v s and %d bytes, want %v s and 100 bytes", i, s.MaxCPUSeconds, s.MaxMemoryBytes, want)
		}
	}
}

func TestInterruptionKeepsSettledResults(t *testing.T) {
	rows := []struct{ source, want string }{
		{"ok interrupt hang ok", "SKIP(interrupted): AC AC SKIP(interrupted) SKIP(interrupted)"},
		{"ok wrong interrupt ok", "WA: AC WA AC SKIP(interrupted)"},
		// On two lanes: what came after the test that was cut short.
		{"hang ok interrupt ok", "SKIP(interrupted): SKIP(interrupted) AC AC SKIP(interrupted)"},
	}
	for i, row := range rows {
		lanes := 1 + i/2
		ctx, cancel := context.WithCancel(t.Context())
		j, a := acted(t, lanes)
		a.interrupt = cancel
		r, err := j.Judge(ctx, Request{Problem: numbers(t, 4), Submissions: acts(t, row.source, "ok ok ok ok")})
		if !errors.Is(err, context.Canceled) || r == nil || !r.Partial {
			t.Fatalf("%s: %+v, %v", row.source, r, err)
		}
		if got := verdicts(r.Submissions[0]); got != row.want {
			t.Errorf("%s: %s, want %s", row.source, got, row.want)
		}
		if got := verdicts(r.Submissions[1]); strings.Count(got, "SKIP(interrupted)") != 5 {
			t.Errorf("%s: the next submission is %s", row.source, got)
		}
	}
}

func TestExpectedVerdictsAreThoseOfTheSameFile(t *testing.T) {
	j, _ := acted(t, 1)
	paths := acts(t, "ok", "wrong", "ok", "ok")
	problem := numbers(t, 1)
	problem.Submissions = []problems.Submission{
		{Path: paths[0], Expect: []problems.Verdict{problems.WA, problems.AC}},
		{Path: paths[1], Expect: []problems.Verdict{problems.TLE}},
		{Path: paths[2]}, // nothing is stated
	}
	t.Chdir(filepath.Dir(paths[0]))
	r := judgeAll(t, j, Request{Problem: problem, Submissions: []string{"./s0.act", "s1.act", "s2.act", "s3.act"}})
	for i, want := range []string{"true", "false", "null", "null"} {
		got, err := json.Marshal(r.Submissions[i].AsExpected)
		if err != nil || string(got) != want || (want == "null") != (r.Submissions[i].Expected == nil) {
			t.Errorf("submission %d: as expected: %s of %v, want %s", i, got, r.Submissions[i].Expected, want)
		}
	}
}
