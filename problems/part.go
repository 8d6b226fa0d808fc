package problems

// Keep removes the tests for which keep returns false. Groups stay, even if they then hold no tests.
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
}
