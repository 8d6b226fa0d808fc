package verify

import (
	"fmt"
	"path/filepath"
	"strings"

	"judge/judge/report"
	"judge/problems"
)

// OfReport returns the result of judging submissions, so that a report of judge run has all the outputs of a
// verification. A submission without an expected verdict must be accepted on every test.
func OfReport(r *report.Report) Result {
	p := Problem{
		Path: r.Problem.Path, Name: r.Problem.Name, Report: r, Partial: r.Partial, Judged: true, Findings: []Finding{},
	}
	for _, s := range r.Submissions {
		p.Findings = append(p.Findings, findingsOf(s)...)
	}
	result := Result{
		Schema: Schema, Judge: r.Judge, Machine: r.Machine, Partial: r.Partial, Problems: []Problem{p},
		Findings: []Finding{},
	}
	if r.Began != nil {
		result.Began = *r.Began
	}
	return result
}

// findingsOf are the errors of one submission: a judge error, an expectation that is not met, or the first test that is
// not accepted where nothing is expected.
func findingsOf(s report.Submission) []Finding {
	found := Finding{Severity: Error, Check: KindSubmission, Subject: s.Path, File: s.Path}
	for _, t := range s.Tests {
		if t.Verdict == problems.JE {
			found.Check, found.Message = KindJudgeError, "judge error on test "+t.Name+": "+t.Message
			return []Finding{found}
		}
	}
	if s.Verdict == problems.CE && filepath.Base(s.Path) == s.Compile.File {
		found.Line = max(0, s.Compile.Line)
	}
	switch {
	case s.Unfinished:
		return nil
	case s.Verdict == problems.JE:
		found.Check, found.Message = KindJudgeError, "judge error: "+string(s.Reason)
		return []Finding{found}
	case s.AsExpected == nil && s.Verdict != problems.AC:
		found.Message = undeclaredMessage(s)
		return []Finding{found}
	case s.AsExpected == nil || *s.AsExpected:
		return nil
	}
	var all []Finding
	for _, u := range s.Unmet {
		one := found
		one.Message = u.Text + evidence(s, u.Test)
		if s.Verdict == problems.CE && s.Compile.Error != "" {
			one.Message += ": " + s.Compile.Error
		}
		all = append(all, one)
	}
	return all
}

// undeclaredMessage is the verdict of a submission of which nothing is expected, with the test that shows it.
func undeclaredMessage(s report.Submission) string {
	message := strings.TrimSpace(s.Verdict.String() + " " + string(s.Reason))
	if s.Verdict == problems.CE && s.Compile.Error != "" {
		return message + ": " + s.Compile.Error
	}
	failed, first := 0, -1
	for i, t := range s.Tests {
		if t.Verdict == problems.AC || t.Verdict == problems.SKIP {
			continue
		}
		if failed++; first < 0 || t.Verdict == s.Verdict && s.Tests[first].Verdict != s.Verdict {
			first = i
		}
	}
	if first < 0 {
		return message
	}
	message += " on " + s.Tests[first].Name
	if failed > 1 {
		message += fmt.Sprintf(" (and %d more of %d tests)", failed-1, len(s.Tests))
	}
	if d := s.Tests[first].Difference; d != nil && s.Tests[first].Message == "" {
		return message + ": " + differenceWords(*d)
	}
	return message + evidence(s, s.Tests[first].Name)
}

// undeclared reports whether a submission must be accepted on every test, because no other verdict is declared.
func (p Problem) undeclared(s report.Submission) bool {
	return p.Judged && s.AsExpected == nil && !s.Unfinished
}

// Command is the command that a result comes from.
func (r Result) Command() string {
	if len(r.Problems) == 1 && r.Problems[0].Judged {
		return "judge run"
	}
	return "judge verify"
}
