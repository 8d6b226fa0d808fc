package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"testing"

	"judge/isolate"
	"judge/judge"
	"judge/judge/report"
	"judge/problems"
)

func TestExitCodeOfEveryEnd(t *testing.T) {
	rows := []struct {
		end  string
		err  error
		by   syscall.Signal
		want int
	}{
		{"well", nil, 0, 0},
		{"said already", &exitStatus{1}, 0, 1},
		{"a mistyped flag", &usageError{"x", ""}, 0, 2},
		{"a faulty spec", fmt.Errorf("reading: %w", &problems.Error{File: "p"}), 0, 2},
		{"a checker that does not compile", &judge.CheckerError{Path: "c", Why: "x"}, 0, 2},
		{"an unreadable submission", &judge.SubmissionError{Path: "a", Err: errors.New("x")}, 0, 2},
		{"a path that no jail can show",
			fmt.Errorf("run: %w", &isolate.RootError{Path: "/tmp/x", Err: errors.New("x")}), 0, 2},
		{"anything else", errors.New("disk full"), 0, 3},
		{"a host that cannot isolate", fmt.Errorf("open: %w", &isolate.LackError{}), 0, 4},
		{"a missing compiler", &judge.MissingError{Path: "a", Err: errors.New("x")}, 0, 4},
		{"nothing to judge", &emptyError{"x"}, 0, 5},
		{"Ctrl-C", context.Canceled, syscall.SIGINT, 130},
		{"SIGTERM after the report", &exitStatus{1}, syscall.SIGTERM, 143},
	}
	for _, row := range rows {
		if got := exitCode(row.err, row.by); got != row.want {
			t.Errorf("%s: %d, want %d", row.end, got, row.want)
		}
	}
}

func TestExitCodeOfAReport(t *testing.T) {
	with := func(verdicts ...problems.Verdict) *report.Report {
		r := &report.Report{}
		for _, v := range verdicts {
			r.Submissions = append(r.Submissions, report.Submission{Verdict: v})
		}
		return r
	}
	expecting := func(as bool, verdict problems.Verdict, others ...problems.Verdict) *report.Report {
		r := with(append([]problems.Verdict{verdict}, others...)...)
		r.Submissions[0].AsExpected = &as
		return r
	}
	hidden := with(problems.WA)
	hidden.Submissions[0].Tests = []report.Test{{Verdict: problems.WA}, {Verdict: problems.JE}}
	for what, row := range map[string]struct {
		report *report.Report
		want   int
	}{
		"all accepted":                      {with(problems.AC, problems.AC), 0},
		"one is not":                        {with(problems.AC, problems.TLE), 1},
		"what was skipped is no pass":       {with(problems.SKIP), 1},
		"a judge error beats the rest":      {with(problems.WA, problems.JE, problems.AC), 3},
		"a judge error behind a failure":    {hidden, 3},
		"a compile error is an ordinary no": {with(problems.CE), 1},
		"wrong as expected":                 {expecting(true, problems.WA), 0},
		"accepted against the expectation":  {expecting(false, problems.AC), 1},
		"wrong as expected, and one other":  {expecting(true, problems.TLE, problems.AC), 0},
		"expectations are of their own":     {expecting(true, problems.CE, problems.WA), 1},
		"a judge error is never expected":   {expecting(true, problems.JE), 3},
	} {
		if got := reportCode(row.report, nil); got != row.want {
			t.Errorf("%s: %d, want %d", what, got, row.want)
		}
	}
}
