package problems

import "slices"

// Rule says how what a group of tests earns follows from its tests.
type Rule uint8

// The rules; the zero value is that of an IOI subtask. min and sum are the aggregations of the ICPC problem package format, and these
// mul and threshold the score types GroupMin, Sum, GroupMul and GroupThreshold of the Contest Management System.
const (
	Min       Rule = iota // the points, times the least score of a test
	Sum                   // each test earns its own share of the points
	Mul                   // the points, times the product of all scores
	PassFail              // the points, if every test is accepted
	Threshold             // the points, if the score of every test is above 0 and at most the group's threshold
	Max                   // the points, times the best score of a test
)

// RuleNames are the names of the rules, in the order of their values.
func RuleNames() []string { return []string{"min", "sum", "mul", "pass-fail", "threshold", "max"} }

func (r Rule) String() string {
	if names := RuleNames(); int(r) < len(names) {
		return names[r]
	}
	return "?"
}

// Total says how the scores of groups make the problem's: they are added, and of those Over only the least counts with the rule Min, and only
// the best with the rule Max.
type Total struct {
	Rule Rule
	Over []string // nil: none
}

// Of adds up what each group has, its score or its points.
func (t Total) Of(groups []Group, has func(i int) float64) float64 {
	sum, chosen, any := 0.0, 0.0, false
	for i, g := range groups {
		switch one := has(i); {
		case !slices.Contains(t.Over, g.Name):
			sum += one
		case !any:
			chosen, any = one, true
		case t.Rule == Max:
			chosen = max(chosen, one)
		default:
			chosen = min(chosen, one)
		}
	}
	return sum + chosen
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
