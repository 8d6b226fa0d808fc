package problems

import "slices"

// Grading says how the results of what a group of tests holds make the group's own: "Graders" of the legacy ICPC problem
// package format, by the rules of its reference implementation, or those of DOMjudge.
type Grading struct {
	Group          string // as tests name it; "": all of the data
	Items          []GradingItem
	Flags          []string // of the grader
	Break          bool     // what follows an item that is not accepted is not judged (on_reject)
	Accept, Reject float64  // scores of tests to which the checker gives none
	Program        *External
	DOMjudge       bool    // the group is graded by DOMjudge's rules; Reject and Program do not count
	Range          *Range  // of the scores that are possible; nil: any
	Best           float64 // the best score that there is to earn
	Certain        bool    // Best is: it does not depend on what a program of the problem's may give
	Minimize       bool    // the least score is the best
}

// GradingItem is a test, or a group.
type GradingItem struct {
	Test  int // its place among the problem's
	Inner *Grading
}

// Graded is the result of a test or a group.
type Graded struct {
	Verdict Verdict
	Score   float64
}

// Grade works out a group's result. test returns a test's verdict and, unless that is nil, the score that the checker
// gave; program runs the group's grader where that is not the default one; and note is told every group's result, the
// inner ones first.
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

// ofTest is the result of one test, with the group's own scores where the checker gives none.
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

// Default is the default grader ("Default grader specification"); of flags that contradict each other the last counts.
// The scores of what is not accepted count, too: it is at the end that a submission which is not accepted has no score.
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

// mode is how scores are put together: the last flag that says so counts.
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

// RangeOf is the range of a group's scores; nil: it has none.
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

// Programs are the graders that are programs of the problem's, each once.
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

// BreaksBefore reports whether a test is not judged, as one before it in its group was not accepted.
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
