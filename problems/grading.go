package problems

import "slices"

// Grading computes the result of a group from the results of its items. Its rules are those of "Graders" in the legacy
// ICPC problem package format, as the reference implementation has them, or those of DOMjudge.
type Grading struct {
	Group          string // its name in tests; "": all of the data
	Items          []GradingItem
	Flags          []string // of the grader
	Break          bool     // items after one that is not accepted are not judged (on_reject)
	Accept, Reject float64  // scores of tests without a score of the checker
	Program        *External
	DOMjudge       bool    // use the rules of DOMjudge; Reject and Program are ignored
	Range          *Range  // of possible scores; nil: any
	Best           float64 // the best possible score
	Certain        bool    // Best does not depend on the problem's own programs
	Minimize       bool    // lower scores are better
}

// GradingItem is a test or a group.
type GradingItem struct {
	Test  int // index in Problem.Tests
	Inner *Grading
}

// Graded is the verdict and the score of a test or a group.
type Graded struct {
	Verdict Verdict
	Score   float64
}

// Grade returns the result of the group. test returns a test's verdict and the checker's score, nil without one.
// program runs the group's own grader. note receives the result of each group, inner groups first.
func (g *Grading) Grade(
	test func(i int) (Verdict, *float64), program func(g *Grading, items []Graded) (Graded, error),
	note func(g *Grading, result Graded),
) (Graded, error) {
	if g.DOMjudge {
		return g.asDOMjudge(test, note), nil
	}
	var items []Graded
	for _, item := range g.Items {
		one := Graded{}
		if item.Inner != nil {
			var err error
			if one, err = item.Inner.Grade(test, program, note); err != nil {
				return one, err
			}
		} else {
			one = g.ofTest(test(item.Test))
		}
		items = append(items, one)
		if g.Break && one.Verdict != AC {
			break
		}
	}
	result := g.Default(items)
	if g.Program != nil {
		var err error
		if result, err = program(g, items); err != nil {
			return result, err
		}
	}
	note(g, result)
	return result, nil
}

// ofTest returns the result of one test, with the group's own scores where the checker gave none.
func (g *Grading) ofTest(verdict Verdict, score *float64) Graded {
	switch {
	case score != nil:
		return Graded{verdict, *score}
	case verdict == AC:
		return Graded{verdict, g.Accept}
	default:
		return Graded{verdict, g.Reject}
	}
}

// Default returns the result by the default grader ("Default grader specification"). Of flags that contradict each
// other the last one counts. Scores of rejected items count too: only at the end does a rejected submission lose its
// score.
func (g *Grading) Default(items []Graded) Graded {
	verdictMode, any := "worst_error", false
	for _, flag := range g.Flags {
		switch flag {
		case "worst_error", "first_error", "always_accept":
			verdictMode = flag
		case "no_errors": // its former name
			verdictMode = "worst_error"
		case "accept_if_any_accepted":
			any = true
		case "ignore_sample":
			items = items[max(0, len(items)-1):]
		}
	}
	is := func(v Verdict) func(Graded) bool { return func(r Graded) bool { return r.Verdict == v } }
	result := Graded{Verdict: AC, Score: together(g.mode(), items)}
	switch {
	case slices.ContainsFunc(items, is(JE)):
		result.Verdict = JE // whatever the flags say
	case verdictMode == "always_accept", any && slices.ContainsFunc(items, is(AC)):
	case verdictMode == "first_error":
		if i := slices.IndexFunc(items, func(r Graded) bool { return r.Verdict != AC }); i >= 0 {
			result.Verdict = items[i].Verdict
		}
	default:
		for _, worst := range []Verdict{SKIP, RTE, MLE, TLE, OLE, WA} {
			if slices.ContainsFunc(items, is(worst)) {
				result.Verdict = worst
				break
			}
		}
	}
	return result
}

// mode returns how scores are combined: the last of these flags counts.
func (g *Grading) mode() string {
	mode := "sum"
	for _, flag := range g.Flags {
		switch flag {
		case "sum", "avg", "min", "max":
			mode = flag
		}
	}
	return mode
}

// together combines scores by a mode.
func together(mode string, items []Graded) float64 {
	if len(items) == 0 {
		return 0
	}
	sum, least, most := 0.0, items[0].Score, items[0].Score
	for _, r := range items {
		sum, least, most = sum+r.Score, min(least, r.Score), max(most, r.Score)
	}
	switch mode {
	case "avg":
		return sum / float64(len(items))
	case "min":
		return least
	case "max":
		return most
	default:
		return sum
	}
}

// RangeOf returns the range of a group's scores, nil if it has none.
func (g *Grading) RangeOf(group string) *Range {
	for _, item := range g.Items {
		if item.Inner == nil {
			continue
		}
		if item.Inner.Group == group {
			return item.Inner.Range
		}
		if r := item.Inner.RangeOf(group); r != nil {
			return r
		}
	}
	return nil
}

// Programs returns the graders that are programs of the problem, each once.
func (g *Grading) Programs() []*External {
	var all []*External
	if g.Program != nil {
		all = append(all, g.Program)
	}
	for _, item := range g.Items {
		if item.Inner == nil {
			continue
		}
		for _, p := range item.Inner.Programs() {
			if !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}

// BreaksBefore reports whether a test is not judged because one before it in its group was rejected.
func (g *Grading) BreaksBefore(t int, accepted func(i int) bool) bool {
	failed := false
	for _, item := range g.Items {
		switch {
		case item.Inner != nil:
			if item.Inner.BreaksBefore(t, accepted) {
				return true
			}
		case item.Test == t:
			return failed && g.Break
		default:
			failed = failed || !accepted(item.Test)
		}
	}
	return false
}
