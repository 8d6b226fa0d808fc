package decide

import (
	"errors"
	"fmt"
	"slices"

	"judge/checkers"
	"judge/problems"
)

// HeldToRules takes away the answer of a checker that breaks the rules for scores.
func HeldToRules(p *problems.Problem, t problems.TestCase, f Facts) Facts {
	given := f.Check != nil && f.Err == nil && f.Check.Points != nil
	if most := t.Points; given && most > 0 && *f.Check.Points > most && pointsAreBounded(p) {
		f.Err = fmt.Errorf("checker gave %g points where %g is the most", *f.Check.Points, most)
		f.Check = nil
	}
	if !p.ScoreRules || f.Check == nil || f.Err != nil {
		return f
	}
	if fault := scoreFault(p.Groups, p.Tests, t, *f.Check); fault != "" {
		f.Check, f.Err = nil, errors.New("checker "+fault)
	}
	return f
}

// pointsAreBounded reports whether more points than a test is worth are the checker's failure: for the DMOJ they are
// ("Invalid partial points").
func pointsAreBounded(p *problems.Problem) bool {
	decides := p.Interactor
	if decides == nil {
		decides = p.Checker.External
	}
	return decides != nil && decides.Protocol == problems.DMOJTestlib
}

// scoreSlack is by how much a score may be beyond the most, relatively: that is a quotient.
const scoreSlack = 1e-9

// scoreFault says what is wrong with the score that a checker gave a test, by "Scoring test cases" of the ICPC problem
// package format 2025-09; "": nothing. Of the sample's scores no notice is taken.
func scoreFault(groups []problems.Group, tests []problems.TestCase, t problems.TestCase, c checkers.Check) string {
	scored := c.Points != nil || c.Score != nil
	for _, g := range groups {
		members := len(MembersOf(g.Name, tests))
		switch most := g.Points; {
		case !slices.Contains(t.Groups, g.Name) || g.Name == "sample":
			continue
		case scored && !c.Accepted:
			return "gave a score to what it did not accept"
		case scored && g.Rule == problems.PassFail:
			return fmt.Sprintf("gave a score in the group %s, which passes or fails", g.Name)
		case g.Unbounded && c.Score != nil:
			return fmt.Sprintf("wrote score_multiplier.txt in the group %s, whose score has no bound", g.Name)
		case g.Unbounded && c.Accepted && c.Points == nil:
			return fmt.Sprintf("wrote no score.txt in the group %s, whose score has no bound", g.Name)
		case g.Unbounded || c.Points == nil:
		default:
			if g.Rule == problems.Sum {
				most /= float64(members)
			}
			if *c.Points > most*(1+scoreSlack) {
				return fmt.Sprintf("gave the score %g where %g is the most", *c.Points, most)
			}
		}
	}
	return ""
}
