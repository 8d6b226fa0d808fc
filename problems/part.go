package problems

// Keep leaves out the tests that are not to be kept, and the groups of graders that hold none.
func (p *Problem) Keep(keep func(TestCase) bool) {
	var kept []TestCase
	at := map[int]int{} // places of those that are kept: among all, and among those
	for i, t := range p.Tests {
		if keep(t) {
			at[i] = len(kept)
			kept = append(kept, t)
		}
	}
	p.Tests = kept
	if p.Grading != nil {
		p.Grading = p.Grading.part(at)
	}
}

// part is the grading of some of the tests.
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
