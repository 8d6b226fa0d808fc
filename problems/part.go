package problems

// Keep removes the tests for which keep returns false, and the groups of graders that then hold none.
func (p *Problem) Keep(keep func(TestCase) bool) {
	var kept []TestCase
	at := map[int]int{} // new indexes of the kept tests by their old ones
	for i, t := range p.Tests {
		if keep(t) {
			at[i] = len(kept)
			kept = append(kept, t)
		}
	}
	p.Part = p.Part || len(kept) < len(p.Tests)
	p.Tests = kept
	p.Scoring = p.Scoring.part(at)
	if p.Grading != nil {
		p.Grading = p.Grading.part(at)
	}
}

// part returns the grading of the tests whose new indexes are in at.
func (g *Grading) part(at map[int]int) *Grading {
	part := *g
	part.Items = nil
	for _, item := range g.Items {
		if item.Inner != nil {
			if inner := item.Inner.part(at); len(inner.Items) > 0 {
				part.Items = append(part.Items, GradingItem{Inner: inner})
			}
		} else if i, kept := at[item.Test]; kept {
			part.Items = append(part.Items, GradingItem{Test: i})
		}
	}
	return &part
}
