package problems

import (
	"math"
	"slices"
)

// Rule says how the score of a group follows from the results of its tests.
type Rule uint8

// The rules; the zero value is that of an IOI subtask. min and sum are the aggregations of the ICPC problem package
// format, and these, mul and threshold the score types GroupMin, Sum, GroupMul and GroupThreshold of the Contest
// Management System.
const (
	Min       Rule = iota // the points, times the least score of a test
	Sum                   // each test earns its own share of the points
	Mul                   // the points, times the product of all scores
	PassFail              // the points, if every test is accepted
	Threshold             // the points, if the score of every test is above 0 and at most the group's threshold
	Max                   // the points, times the best score of a test
)

// rule is what a Rule means. earn and settled belong together: a group is settled by a result only if no result after
// it changes what the group earns.
type rule struct {
	name string
	// earn returns the score of a group by the results of its tests, in their order.
	earn func(g Group, tests []TestResult) float64
	// settled reports whether the tests that follow one with this result need not be run.
	settled func(g Group, test TestResult) bool
}

func rules() []rule {
	passes := func(_ Group, test TestResult) bool { return test.Verdict == AC }
	scoresNothing := func(_ Group, test TestResult) bool { return test.Score(1) == 0 }
	return []rule{
		Min:       {"min", Group.least, scoresNothing},
		Sum:       {"sum", Group.sum, func(g Group, test TestResult) bool { return g.Break && test.Verdict != AC }},
		Mul:       {"mul", Group.product, scoresNothing},
		PassFail:  {"pass-fail", allOrNothing(passes), not(passes)},
		Threshold: {"threshold", allOrNothing(Group.within), not(Group.within)},
		Max:       {"max", Group.best, func(Group, TestResult) bool { return false }},
	}
}

// RuleNames are the names of the rules, in the order of their values.
func RuleNames() []string {
	var names []string
	for _, r := range rules() {
		names = append(names, r.name)
	}
	return names
}

// String returns the name of the rule.
func (r Rule) String() string {
	if all := rules(); int(r) < len(all) {
		return all[r].name
	}
	return "?"
}

// TestResult is what the score of a group depends on.
type TestResult struct {
	Verdict Verdict
	Points  *float64 // that the checker gave; nil: none
	Part    *float64 // of what the test is worth, 0 to 1, that the checker gave; nil: none
	Worth   float64  // points of the test itself, as TestCase.Points
}

// Score returns what a test earns that is worth so many points. What a checker gave as points counts as it is, up to
// what the test is worth.
func (t TestResult) Score(worth float64) float64 {
	switch {
	case math.IsInf(worth, 1) && t.Points == nil:
		return 0 // without a bound only points of the checker count
	case t.Points != nil:
		return min(max(*t.Points, 0), worth)
	case t.Part != nil:
		return min(max(*t.Part, 0), 1) * worth
	case t.Verdict == AC:
		return worth
	default:
		return 0
	}
}

// Earn returns what a group earns by the results of its tests, in their order.
func (g Group) Earn(tests []TestResult) float64 { return g.rule().earn(g, tests) }

// Settled reports whether nothing after a test with this result changes what the group earns.
func (g Group) Settled(test TestResult) bool { return g.rule().settled(g, test) }

func (g Group) rule() rule { return rules()[g.Rule] }

// worth returns the most that a test of the group can earn.
func (g Group) worth() float64 {
	if g.Unbounded {
		return math.Inf(1)
	}
	return g.Points
}

func (g Group) least(tests []TestResult) float64 {
	least := g.worth()
	for _, t := range tests {
		least = min(least, t.Score(g.worth()))
	}
	return least
}

func (g Group) best(tests []TestResult) float64 {
	best := 0.0
	for _, t := range tests {
		best = max(best, t.Score(g.worth()))
	}
	return best
}

func (g Group) product(tests []TestResult) float64 {
	product := g.Points
	for _, t := range tests {
		product *= t.Score(1)
	}
	return product
}

// sum adds up what tests earn of their own points, or of equal shares where no test has points.
func (g Group) sum(tests []TestResult) float64 {
	own := slices.ContainsFunc(tests, func(t TestResult) bool { return t.Worth > 0 })
	sum := 0.0
	for _, t := range tests {
		share := g.worth() / float64(len(tests))
		if own {
			share = t.Worth
		}
		sum += t.Score(share)
		if g.Break && t.Verdict != AC {
			break
		}
	}
	return sum
}

// within reports whether a test scores something, and at most the threshold.
func (g Group) within(test TestResult) bool {
	score := test.Score(1)
	return score > 0 && score <= g.Threshold
}

// allOrNothing is the rule of groups that earn all of their points if every test passes, and nothing otherwise.
func allOrNothing(passes func(Group, TestResult) bool) func(Group, []TestResult) float64 {
	return func(g Group, tests []TestResult) float64 {
		if slices.ContainsFunc(tests, func(t TestResult) bool { return !passes(g, t) }) {
			return 0
		}
		return g.Points
	}
}

func not(passes func(Group, TestResult) bool) func(Group, TestResult) bool {
	return func(g Group, test TestResult) bool { return !passes(g, test) }
}
