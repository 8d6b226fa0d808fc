package problems

import (
	"math"
	"slices"
)

// nodeRule is what a Rule means. Its parts belong together: a node is settled by a result only if no result after it
// changes the score.
type nodeRule struct {
	name string
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

func nodeRules() []nodeRule {
	scoresNothing := func(_ *Scoring, test TestResult) bool { return test.Score(1) == 0 }
	passes := func(_ *Scoring, test TestResult) bool { return test.Verdict == AC }
	return []nodeRule{
		Min: {name: "min", value: ofWorth, score: least, verdict: firstFailure, settled: scoresNothing},
		Sum: {
			name: "sum", value: ofShare, score: sum, verdict: firstFailure, settled: rejectedWithBreak, breaks: true,
		},
		Mul:       {name: "mul", value: ofOne, score: product, verdict: firstFailure, settled: scoresNothing},
		PassFail:  allOrNothing2("pass-fail", passes),
		Threshold: allOrNothing2("threshold", within),
		Max: {
			name: "max", value: ofWorth, score: best, verdict: firstFailure,
			settled: func(*Scoring, TestResult) bool { return false },
		},
	}
}

// allOrNothing2 is a rule that gives all points if every test passes, and none otherwise.
func allOrNothing2(name string, passes func(*Scoring, TestResult) bool) nodeRule {
	return nodeRule{
		name: name,
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

// rule returns the rule of a node: that of its grader, or of its Rule.
func (s *Scoring) rule() nodeRule {
	switch {
	case s.Grader == nil:
		return nodeRules()[s.Rule]
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
