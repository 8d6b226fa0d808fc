package verify

import (
	"strings"
	"testing"

	"judge/judge/report"
	"judge/problems"
)

// TestFloodWhereTLEIsExpectedIsExplained: other judges truncate the output and let the program run into the time limit.
func TestFloodWhereTLEIsExpectedIsExplained(t *testing.T) {
	tle := []problems.Verdict{problems.TLE}
	for _, row := range []struct {
		what string
		said problems.Submission
		got  problems.Verdict
		want bool
	}{
		{"TLE of the whole", problems.Submission{Expect: tle}, problems.OLE, true},
		{"TLE on a test", problems.Submission{Demands: []problems.Demand{{Required: tle}}}, problems.OLE, true},
		{"a crash", problems.Submission{Expect: []problems.Verdict{problems.RTE}}, problems.OLE, false},
		{"no flood", problems.Submission{Expect: tle}, problems.WA, false},
	} {
		row.said.Listed = "s.cc"
		w := &verification{problem: &problems.Problem{
			Dir: "/p", Path: "p", Limits: problems.Limits{Output: 8 * problems.MiB},
			Submissions: []problems.Submission{row.said},
		}}
		w.judged(report.Submission{
			Path: "s.cc", Verdict: row.got, Tests: []report.Test{{Name: "1", Verdict: row.got}},
			Unmet: []report.Unmet{{Test: "1", Text: "expected TLE, got OLE on 1"}},
		})
		message := w.drafts[0].Message
		if strings.Contains(message, "killed at the output limit of 8 MiB, before the time limit; ") != row.want {
			t.Errorf("%s: got %q", row.what, message)
		}
	}
}
