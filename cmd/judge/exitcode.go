package main

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	"judge/cmd/judge/sandbox"
	"judge/isolate"
	"judge/judge"
	"judge/judge/generate"
	"judge/judge/report"
	"judge/problems"
)

// The exit codes. They are part of the contract with scripts.
const (
	exitOK      = 0
	exitNot     = 1
	exitUsage   = 2
	exitJudge   = 3
	exitHost    = 4
	exitNothing = 5
	exitJail    = 125 // of judge jail: its own failures must not look like the command's, as in env(1) and docker
)

func exitCodeHelp() string {
	return strings.Join([]string{
		"Exit codes: 0 as expected (run: all AC, or the expected verdicts), 1 not as expected,",
		"2 usage error or invalid problem, 3 judge error, 4 host unfit, 5 nothing to judge,",
		"130/143 interrupted.",
	}, "\n")
}

// exitStatus ends a command with an exit code; everything has been printed.
type exitStatus struct{ code int }

// Error names the exit code. It is not printed.
func (o *exitStatus) Error() string { return fmt.Sprintf("exit code %d", o.code) }

// usageError is a mistake in the command line with its fix; the fix is "" if it is obvious.
type usageError struct{ msg, hint string }

// Error returns the mistake and, on a line of its own, the hint.
func (u *usageError) Error() string { return strings.Join(u.Lines(), "\n") }

// Lines returns the lines of Error.
func (u *usageError) Lines() []string {
	if u.hint == "" {
		return []string{u.msg}
	}
	return []string{u.msg, "hint: " + u.hint}
}

// hinted is another error with a hint.
type hinted struct {
	error
	hint string
}

// Error returns the error's text and, on a separate line, the hint.
func (h *hinted) Error() string { return strings.Join(h.Lines(), "\n") }

// Lines returns the lines of Error.
func (h *hinted) Lines() []string { return []string{h.error.Error(), "hint: " + h.hint} }

// Unwrap returns the error without the hint.
func (h *hinted) Unwrap() error { return h.error }

// misuse returns a usageError for another error.
type misuse struct{ error }

// Unwrap returns the error that describes the mistake.
func (m *misuse) Unwrap() error { return m.error }

// emptyError reports that there is nothing to judge.
type emptyError struct{ msg string }

// Error says what is missing.
func (n *emptyError) Error() string { return n.msg }

// exitCode is the one table of exit codes for errors; a signal takes precedence.
func exitCode(err error, by syscall.Signal) int {
	var (
		done       *exitStatus
		absent     *sandbox.MissingError
		command    *usageError
		wrong      *misuse
		fault      *problems.Error
		setters    *judge.CheckerError
		submission *judge.SubmissionError
		lack       *isolate.LackError
		missing    *judge.MissingError
		none       *emptyError
		made       *generate.Failure
		root       *isolate.RootError // of judge jail; in a session it is a JE, not an error
	)
	switch {
	case by != 0:
		return 128 + int(by)
	case err == nil:
		return exitOK
	case errors.As(err, &done):
		return done.code
	case errors.As(err, &absent):
		return absent.Code
	case errors.As(err, &command), errors.As(err, &wrong):
		return exitUsage
	case errors.As(err, &fault), errors.As(err, &setters), errors.As(err, &submission), errors.As(err, &root),
		errors.As(err, &made):
		return exitUsage
	case errors.As(err, &lack), errors.As(err, &missing):
		return exitHost
	case errors.As(err, &none):
		return exitNothing
	default:
		return exitJudge
	}
}

// reportCode returns the exit code of a session. A judge error takes precedence. A submission with an expected
// verdict must have it, any other must be accepted; a skipped test is not a pass. unchecked are the submissions whose
// expected verdict the judged tests cannot confirm and did not refute; nil: none.
func reportCode(r *report.Report, unchecked []bool) int {
	code := exitOK
	for i, s := range r.Submissions {
		if s.Verdict == problems.JE {
			return exitJudge
		}
		for _, t := range s.Tests {
			if t.Verdict == problems.JE {
				return exitJudge
			}
		}
		if unchecked != nil && unchecked[i] && s.Verdict != problems.SKIP {
			continue
		}
		if s.AsExpected != nil && !*s.AsExpected || s.AsExpected == nil && s.Verdict != problems.AC {
			code = exitNot
		}
	}
	return code
}
