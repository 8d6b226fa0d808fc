package verify

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"judge/judge/report"
	"judge/problems"
)

// TestOnlySamples: without secret tests, one finding says so, and submissions may pass that should fail.
func TestOnlySamples(t *testing.T) {
	ac := []problems.Verdict{problems.AC}
	p := &problems.Problem{Dir: "/p", Path: "p", Submissions: []problems.Submission{
		{Path: "/p/accepted/a.py", Listed: "accepted/a.py", Expect: ac, Pace: problems.FastEnough},
		{Path: "/p/partially_accepted/b.py", Listed: "partially_accepted/b.py", Expect: ac, Pace: problems.NoPace},
		{Path: "/p/wrong_answer/c.py", Listed: "wrong_answer/c.py", Expect: []problems.Verdict{problems.WA}},
	}}
	for _, row := range []struct {
		only bool
		want []string
	}{
		{false, []string{"accepted/a.py: unmet", "partially_accepted/b.py: unmet", "wrong_answer/c.py: unmet", "wrong_answer/c.py: unmet"}},
		{true, []string{"accepted/a.py: unmet", "wrong_answer/c.py: unmet", "p: no secret test cases"}},
	} {
		p.OnlySamples = row.only
		w := &verification{problem: p}
		w.onlySamples()
		r := &report.Report{}
		for _, s := range p.Submissions {
			r.Submissions = append(r.Submissions, unmet(s.Listed, problems.WA))
		}
		r.Submissions[2].Verdict = problems.AC
		r.Submissions = append(r.Submissions, unmet("wrong_answer/c.py", problems.CE))
		w.leaveOpen(r)
		for _, s := range r.Submissions {
			w.judged(s)
		}
		var got []string
		for _, f := range w.findings() {
			message, _, _ := strings.Cut(f.Message, ":")
			name := cmp.Or(f.Subject, f.File)
			got = append(got, name+": "+message)
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("only samples %v: got %q", row.only, got)
		}
	}
}

// unmet is a submission that is not as expected.
func unmet(path string, v problems.Verdict) report.Submission {
	no := false
	return report.Submission{Path: path, Verdict: v, AsExpected: &no, Unmet: []report.Unmet{{Text: "unmet"}}}
}
