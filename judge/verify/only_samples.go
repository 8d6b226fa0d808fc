package verify

import (
	"slices"

	"judge/judge/report"
	"judge/problems"
)

// onlySamples notes that a package has samples and no other tests, as one whose tests are still to be generated.
func (w *verification) onlySamples() {
	if w.problem.OnlySamples {
		w.find(Warning, KindTest, "", "", "no secret test cases: the samples alone do not show that a submission "+
			"fails or what it scores (add tests to data/secret)")
	}
}

// leaveOpen takes back what samples alone do not show: a submission that should fail, or score a part, may pass them.
// Only one that is to be accepted has to.
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
