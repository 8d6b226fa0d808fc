package verify

import (
	"fmt"
	"slices"

	"judge/judge/report"
	"judge/problems"
)

// hostile is a text that every renderer has to keep a text.
const hostile = "<script>alert(1)</script>]]>&\"'|*_`::error::x\x1b[2J\x00\ufffe"

// sample is a result with a bit of everything: hostile texts, a problem that cannot be read, and a submission that is not as expected.
func sample() Result {
	yes, no, score := true, false, 42.5
	tests := func(verdicts ...problems.Verdict) []report.Test {
		var all []report.Test
		for i, v := range verdicts {
			t := report.Test{Name: fmt.Sprintf("secret/%02d", i+1), Verdict: v, CPUSeconds: 0.1 * float64(i+1), WallSeconds: 0.2}
			if v == problems.WA {
				t.Message, t.Stderr, t.Difference = hostile, hostile, &report.Difference{Line: 1, Column: 2, Got: hostile, ExpectedEnd: true}
			}
			all = append(all, t)
		}
		return all
	}
	r := &report.Report{Schema: report.Schema, Problem: report.Problem{Name: "Hello", Limits: report.Limits{TimeLimit: 1}, Tests: 3}, Submissions: []report.Submission{
		{Path: "accepted/a.cpp", Verdict: problems.AC, AsExpected: &yes, Score: &score, Tests: tests(problems.AC, problems.AC, problems.AC)},
		{Path: "wrong/" + hostile, Verdict: problems.WA, Tests: tests(problems.AC, problems.WA, problems.SKIP)},
		{Path: "slow/b.py", Verdict: problems.TLE, AsExpected: &no, Unmet: []report.Unmet{{Test: "secret/01", Text: "expected AC, got TLE on secret/01"}}, Tests: tests(problems.TLE, problems.JE, problems.AC)},
	}}
	result := Result{Schema: Schema, Machine: report.Machine{CPU: "a processor", Kernel: "6.1", Cores: []int{1}, Cgroup: "v2", Isolation: "full"}, Problems: []Problem{
		{Path: "p/hello", Name: "Hello", Format: "ICPC legacy", Report: r, Checks: []Check{{"test", 3}}, Spec: "p/hello/problem.yaml", Notes: []string{"a note"}, Gaps: []Gap{{"X validators, which are not supported"}}, Findings: []Finding{
			{Severity: Error, Check: KindSubmission, Subject: "slow/b.py", File: "p/hello/submissions/slow/b.py", Message: "expected AC, got TLE on secret/01"},
			{Severity: Warning, Check: KindPackage, File: "p/hello/problem.yaml", Line: 3, Message: "100% " + hostile + "\nsecond line"},
		}},
		{Path: "p/bad,x", Name: "bad:x", Invalid: true, Findings: []Finding{{Severity: Error, Check: KindPackage, File: "p/bad,x/problem.yaml", Line: 1, Message: "unknown key"}}},
		{Path: "p/fine", Name: "Fine", Findings: []Finding{}},
	}}
	result.Conclude()
	return result
}

// interruptedSample is a result of which one problem is whole, one was cut short with a failure that is known, and
// one was not begun.
func interruptedSample() Result {
	r := sample()
	whole := r.Problems[2]
	cut := r.Problems[0]
	cut.Partial, cut.Findings = true, cut.Findings[:1]
	copied := *cut.Report
	copied.Submissions = slices.Clone(copied.Submissions)
	copied.Submissions[2].Tests = copied.Submissions[0].Tests
	waiting := report.Submission{
		Path: "not/run.py", Verdict: problems.SKIP, Reason: report.Interrupted, Unfinished: true,
	}
	for _, t := range copied.Submissions[0].Tests {
		cut := report.Test{Name: t.Name, Verdict: problems.SKIP, Reason: report.Interrupted}
		waiting.Tests = append(waiting.Tests, cut)
	}
	copied.Submissions[1] = waiting
	cut.Report = &copied
	r.Problems = []Problem{whole, cut, NotBegun("p/waits")}
	r.Conclude()
	r.Omitted = []Omission{{Path: "docs", Reason: "there are no problems in this directory"}}
	return r
}
