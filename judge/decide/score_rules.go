package decide

import (
	"errors"
	"fmt"
	"slices"

	"judge/checkers"
	"judge/problems"
)

// HeldToRules discards the result of a checker that breaks the rules for scores.
func HeldToRules(p *problems.Problem, t problems.TestCase, f Facts) Facts {
	given := f.Check != nil && f.Err == nil && f.Check.Points != nil
	if maximum := t.Points; given && maximum > 0 && *f.Check.Points > maximum && pointsAreBounded(p) {
		f.Err = fmt.Errorf("checker gave %g points, the maximum is %g", *f.Check.Points, maximum)
		f.Check = nil
	}
	if p.Scoring == nil || !p.Scoring.Strict || f.Check == nil || f.Err != nil {
		return f
	}
	if fault := scoreFault(p.Scoring.Groups(), t, *f.Check); fault != "" {
		f.Check, f.Err = nil, errors.New("checker "+fault)
	}
	return f
}

// pointsAreBounded reports whether more points than a test is worth are a fault of the checker, as in the DMOJ
// ("Invalid partial points").
func pointsAreBounded(p *problems.Problem) bool {
	decides := p.Interactor
	if decides == nil {
		decides = p.Checker.External
	}
	return decides != nil && decides.Protocol == problems.DMOJTestlib
}

// scoreSlack is the relative tolerance of a score above the maximum, which is a quotient.
const scoreSlack = 1e-9

// scoreFault returns a fault of the score that a checker gave a test, by "Scoring test cases" of the ICPC problem
// package format 2025-09; "": no fault. Scores of samples are ignored.
func scoreFault(groups []*problems.Scoring, t problems.TestCase, c checkers.Check) string {
	scored := c.Points != nil || c.Score != nil
	for _, g := range groups {
		switch maximum, has := g.MostOfTest(); {
		case !slices.Contains(t.Groups, g.Name) || g.Name == "sample":
			continue
		case scored && !c.Accepted:
			return "gave a score to an output that it rejected"
		case scored && !has:
			return fmt.Sprintf("gave a score in the pass-fail group %s", g.Name)
		case g.Unbounded && c.Score != nil:
			return fmt.Sprintf("wrote score_multiplier.txt in the unbounded group %s", g.Name)
		case g.Unbounded && c.Accepted && c.Points == nil:
			return fmt.Sprintf("wrote no score.txt in the unbounded group %s", g.Name)
		case c.Points != nil && !g.Unbounded && *c.Points > maximum*(1+scoreSlack):
			return fmt.Sprintf("gave the score %g, the maximum is %g", *c.Points, maximum)
		}
	}
	return ""
}
