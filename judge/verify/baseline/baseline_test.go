package baseline

import (
	"testing"

	"judge/judge/verify"
)

func finding(check verify.Kind, subject, message string) verify.Finding {
	return verify.Finding{Severity: verify.Error, Check: check, Subject: subject, Message: message}
}

func result(path, relative string, findings ...verify.Finding) verify.Result {
	r := verify.Result{Problems: []verify.Problem{{Path: path, Relative: relative, Findings: findings}}}
	r.Conclude()
	return r
}

func TestApplyKeepsNewFindings(t *testing.T) {
	old := result("problems/a", "a", finding(verify.KindSubmission, "slow.py", "expected TLE, got AC"))
	for _, c := range []struct {
		rule string
		now  verify.Result
		want int
	}{
		{"the same", old, 0},
		{"elsewhere, another message", result("/x/a", "a", finding(verify.KindSubmission, "slow.py", "got WA")), 0},
		{"another subject", result("problems/a", "a", finding(verify.KindSubmission, "b.py", "")), 1},
		{"another check", result("problems/a", "a", finding(verify.KindTimeLimit, "slow.py", "")), 1},
		{"another problem", result("problems/b", "b", finding(verify.KindSubmission, "slow.py", "")), 1},
	} {
		now := c.now
		now.Problems = append([]verify.Problem{}, now.Problems...)
		Of(old).Apply(&now)
		if got := now.Errors(); got != c.want || len(now.Problems[0].Known) != 1-c.want {
			t.Errorf("%s: %d errors, expected %d", c.rule, got, c.want)
		}
	}
}

func TestJudgeErrorsAreNeverKnown(t *testing.T) {
	r := result("a", "a", finding(verify.KindJudgeError, "a.py", "x"))
	Of(r).Apply(&r)
	if r.Errors() != 1 {
		t.Error("a judge error is accepted")
	}
}

func TestKnownFindingsStayKnown(t *testing.T) {
	r := result("a", "a", finding(verify.KindInput, "1", "x"))
	r.Omitted = []verify.Omission{{Path: "b", Reason: "odd", Warning: true}}
	Of(r).Apply(&r)
	again := result("a", "a", finding(verify.KindInput, "1", "x"))
	Of(r).Apply(&again)
	if again.Errors() != 0 || r.Warnings() != 0 {
		t.Errorf("%d errors, %d warnings", again.Errors(), r.Warnings())
	}
}
