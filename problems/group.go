package problems

// Rule says how what a group of tests earns follows from its tests.
type Rule uint8

// The rules; the zero value is that of an IOI subtask. min and sum are the aggregations of the ICPC problem package format, and these
// and mul the score types GroupMin, Sum and GroupMul of the Contest Management System.
const (
	Min      Rule = iota // the points, times the least score of a test
	Sum                  // each test earns its own share of the points
	Mul                  // the points, times the product of all scores
	PassFail             // the points, if every test is accepted
)

// RuleNames are the names of the rules, in the order of their values.
func RuleNames() []string { return []string{"min", "sum", "mul", "pass-fail"} }

func (r Rule) String() string {
	if names := RuleNames(); int(r) < len(names) {
		return names[r]
	}
	return "?"
}

// Group is a group of tests that earns points.
type Group struct {
	Name   string
	Points float64 // that it is worth
	Rule   Rule
	// Requires are groups above this one. Unless every test of theirs is accepted, this one earns nothing.
	Requires []string
}
