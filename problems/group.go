package problems

import "slices"

// Total combines the scores of groups into the score of the problem. Scores of the groups in Over and of Parts are
// combined by Rule: the least, the best, or with Sum all of them. All other groups are added. The zero value adds up
// all groups.
type Total struct {
	Rule  Rule
	Over  []string // names of groups
	Parts []Total  // each counts like one group
	Times float64  // factor of the result, as for an average; 0: 1
}

// Plain reports whether all groups are added up.
func (t Total) Plain() bool { return t.Over == nil && t.Parts == nil }

// Of returns the total of the values that has returns for each group: scores or points.
func (t Total) Of(groups []Group, has func(i int) float64) float64 {
	by, others := map[string]float64{}, 0.0
	for i, g := range groups {
		by[g.Name] = has(i)
		if !t.over(g.Name) {
			others += by[g.Name]
		}
	}
	return others + t.combined(by)
}

// over reports whether a group is combined by the rule.
func (t Total) over(group string) bool {
	return slices.Contains(t.Over, group) ||
		slices.ContainsFunc(t.Parts, func(part Total) bool { return part.over(group) })
}

// combined returns the combined value of the groups in Over and of Parts.
func (t Total) combined(by map[string]float64) float64 {
	var all []float64
	for _, name := range t.Over {
		all = append(all, by[name])
	}
	for _, part := range t.Parts {
		all = append(all, part.combined(by))
	}
	if len(all) == 0 {
		return 0
	}
	result := 0.0
	switch t.Rule {
	case Sum:
		for _, one := range all {
			result += one
		}
	case Max:
		result = slices.Max(all)
	default:
		result = slices.Min(all)
	}
	if t.Times != 0 {
		result *= t.Times
	}
	return result
}

// Group is a group of tests that scores points.
type Group struct {
	Name   string
	Points float64 // the most that it scores
	Rule   Rule
	// Requires names groups above this one. Unless all of their tests are accepted, this one scores 0.
	Requires []string
	// Unbounded says that the checker's points count without a bound. Points is then ignored.
	Unbounded bool
	Threshold float64 // the largest score that counts, with the rule Threshold
	// Break says that tests after one that is not accepted score 0, with the rule Sum.
	Break bool
}
