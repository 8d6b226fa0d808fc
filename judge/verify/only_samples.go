package verify

import (
	"slices"

	"judge/judge/report"
	"judge/problems"
)

// onlySamples warns of a package that has samples and no other tests, as before its tests are generated.
func (w *verification) onlySamples() {
	if w.problem.OnlySamples {
		w.find(Warning, KindTest, "", "", "no secret test cases: the samples alone do not show that a submission "+
			"fails or what it scores (add tests to data/secret)")
	}
}

// leaveOpen drops what samples alone do not show: a submission that must fail, or score a part, may pass them. Only one
// with the expected verdict AC has to pass.
func (w *verification) leaveOpen(r *report.Report) {
	if !w.problem.OnlySamples {
		return
	}
	for i := range r.Submissions {
		s := &r.Submissions[i]
		accepted := slices.ContainsFunc(w.problem.Submissions, func(said problems.Submission) bool {
			right := slices.Equal(said.Expect, []problems.Verdict{problems.AC}) && said.Pace != problems.NoPace
			return right && w.nameOf(said) == s.Path
		})
		if !accepted && s.AsExpected != nil && !*s.AsExpected && s.Verdict != problems.CE {
			s.AsExpected, s.Unmet = nil, nil
		}
	}
}
