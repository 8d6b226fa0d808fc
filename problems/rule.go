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

// rule is what a Rule means. Its parts belong together: a node is settled by a result only if no result after it
// changes the score.
type rule struct {
	name string
	// most returns the most that a checker may give a test. Nil: tests have no scores.
	most func(s *Scoring) float64
	// value returns what a test adds. none: it has no score.
	value func(s *Scoring, test TestResult, m members) (score float64, none bool)
	// score combines what the items add, in their order.
	score func(s *Scoring, items []part) float64
	// verdict combines the verdicts of the items.
	verdict func(s *Scoring, items []part) Verdict
	// settled reports whether the tests that follow one with this result need not be run.
	settled func(s *Scoring, test TestResult) bool
	// breaks says that Break applies.
	breaks bool
}

func rules() []rule {
	scoresNothing := func(_ *Scoring, test TestResult) bool { return test.Score(1) == 0 }
	passes := func(_ *Scoring, test TestResult) bool { return test.Verdict == AC }
	return []rule{
		Min: {
			name: "min", most: MostPoints, value: ofWorth, score: least, verdict: firstFailure, settled: scoresNothing,
		},
		Sum: {
			name: "sum", most: equalShare, value: ofShare, score: sum, verdict: firstFailure,
			settled: rejectedWithBreak, breaks: true,
		},
		Mul: {
			name: "mul", most: MostPoints, value: ofOne, score: product, verdict: firstFailure, settled: scoresNothing,
		},
		PassFail:  allOrNothing("pass-fail", nil, passes),
		Threshold: allOrNothing("threshold", MostPoints, within),
		Max: {
			name: "max", most: MostPoints, value: ofWorth, score: best, verdict: firstFailure,
			settled: func(*Scoring, TestResult) bool { return false },
		},
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

// allOrNothing is a rule that gives all points if every test passes, and none otherwise.
func allOrNothing(name string, most func(*Scoring) float64, passes func(*Scoring, TestResult) bool) rule {
	return rule{
		name: name, most: most,
		value: func(s *Scoring, test TestResult, _ members) (float64, bool) {
			if passes(s, test) {
				return 1, false
			}
			return 0, false
		},
		score: func(s *Scoring, items []part) float64 {
			if slices.ContainsFunc(items, func(p part) bool { return p.Score == 0 }) {
				return 0
			}
			return s.Points
		},
		verdict: firstFailure,
		settled: func(s *Scoring, test TestResult) bool { return !passes(s, test) },
	}
}

// MostOfTest returns the most that a checker may give a test of a group that is not Unbounded. scored is false if tests
// of the group have no scores, as it passes or fails.
func (s *Scoring) MostOfTest() (most float64, scored bool) {
	if s.rule().most == nil {
		return 0, false
	}
	return s.rule().most(s), true
}

// rule returns the rule of a node: that of its grader, or of its Rule.
func (s *Scoring) rule() rule {
	switch {
	case s.Grader == nil:
		return rules()[s.Rule]
	case s.Grader.DOMjudge:
		return domjudgeRule()
	default:
		return graderRule()
	}
}

// worth returns the most that a test of the node can score.
func (s *Scoring) worth() float64 {
	if s.Unbounded {
		return math.Inf(1)
	}
	return s.Points
}

func ofWorth(s *Scoring, test TestResult, _ members) (float64, bool) {
	return test.Score(s.worth()), false
}

func ofOne(_ *Scoring, test TestResult, _ members) (float64, bool) { return test.Score(1), false }

func equalShare(s *Scoring) float64 { return s.Points / float64(len(s.Tests())) }

// ofShare counts the test's own points, or an equal share where no test of the node has points.
func ofShare(s *Scoring, test TestResult, m members) (float64, bool) {
	if m.own {
		return test.Score(test.Worth), false
	}
	return test.Score(s.worth() / float64(m.count)), false
}

// least returns the least score: of tests at most what the node is worth.
func least(s *Scoring, items []part) float64 {
	least := math.Inf(1)
	if !s.HoldsGroups() {
		least = s.worth()
	}
	for _, p := range items {
		least = min(least, p.Score)
	}
	return least
}

func best(_ *Scoring, items []part) float64 {
	best := 0.0
	for _, p := range items {
		best = max(best, p.Score)
	}
	return best
}

func sum(_ *Scoring, items []part) float64 {
	sum := 0.0
	for _, p := range items {
		sum += p.Score
	}
	return sum
}

func product(s *Scoring, items []part) float64 {
	product := s.Points
	for _, p := range items {
		product *= p.Score
	}
	return product
}

// within reports whether a test scores something, and at most the threshold.
func within(s *Scoring, test TestResult) bool {
	score := test.Score(1)
	return score > 0 && score <= s.Threshold
}

// firstFailure returns the first verdict that is not AC.
func firstFailure(_ *Scoring, items []part) Verdict {
	if i := slices.IndexFunc(items, func(p part) bool { return p.Verdict != AC }); i >= 0 {
		return items[i].Verdict
	}
	return AC
}

func rejectedWithBreak(s *Scoring, test TestResult) bool { return s.Break && test.Verdict != AC }
