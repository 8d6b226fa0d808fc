package problems

import "slices"

// Total says how the scores of groups make the problem's. What it is over is put together by its rule: the least, the best, or with the rule Sum
// all of them. What it is not over is added. The zero value adds up all groups.
type Total struct {
	Rule  Rule
	Over  []string // groups
	Parts []Total  // each of which counts as one, too
	Times float64  // what comes out is multiplied by, as where an average counts; 0: by 1
}

// Plain reports whether all groups are added up.
func (t Total) Plain() bool { return t.Over == nil && t.Parts == nil }

// Of adds up what each group has, its score or its points.
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

// over reports whether a group is among those that are put together.
func (t Total) over(group string) bool {
	return slices.Contains(t.Over, group) || slices.ContainsFunc(t.Parts, func(part Total) bool { return part.over(group) })
}

// combined is what the groups come to that it is over.
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

// Group is a group of tests that earns points.
type Group struct {
	Name   string
	Points float64 // that it is worth
	Rule   Rule
	// Requires are groups above this one. Unless every test of theirs is accepted, this one earns nothing.
	Requires []string
	// Unbounded says that the group is worth whatever the checker gives; Points do not count then.
	Unbounded bool
	Threshold float64 // of the rule of that name
	// Break says that what follows a test that is not accepted earns nothing, with the rule Sum.
	Break bool
}
