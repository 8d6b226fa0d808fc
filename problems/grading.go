package problems

import "slices"

// Grading says how the results of what a group of tests holds make the group's own: "Graders" of the legacy ICPC problem package format.
type Grading struct {
	Group          string // as tests name it; "": all of the data
	Items          []GradingItem
	Flags          []string // of the grader
	Break          bool     // what follows an item that is not accepted is not judged (on_reject)
	Accept, Reject float64  // scores of tests to which the checker gives none
	Program        *External
	Best           float64 // the most that there is to earn
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

// Grade works out a group's result. test tells a test's verdict and, unless that is nil, the score that the checker gave; program runs the group's
// grader where that is not the default one; and note is told every group's result, the inner ones first.
func (g *Grading) Grade(
	test func(i int) (Verdict, *float64), program func(g *Grading, items []Graded) (Graded, error), note func(g *Grading, result Graded),
) (Graded, error) {
	var items []Graded
	for _, item := range g.Items {
		one := Graded{}
		if item.Inner != nil {
			var err error
			if one, err = item.Inner.Grade(test, program, note); err != nil {
				return one, err
			}
			if one.Verdict != AC {
				one.Score = 0 // "For ... non-Accepted results ... the score provided by the grader will always be ignored"
			}
		} else {
			verdict, score := test(item.Test)
			switch {
			case score != nil:
				one = Graded{verdict, *score}
			case verdict == AC:
				one = Graded{verdict, g.Accept}
			default:
				one = Graded{verdict, g.Reject}
			}
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

// Default is the default grader ("Default Grader Specification"); of flags that contradict each other the last counts.
func (g *Grading) Default(items []Graded) Graded {
	verdictMode, scoreMode, any := "worst_error", "sum", false
	for _, flag := range g.Flags {
		switch flag {
		case "worst_error", "first_error", "always_accept":
			verdictMode = flag
		case "no_errors": // its former name
			verdictMode = "worst_error"
		case "sum", "avg", "min", "max":
			scoreMode = flag
		case "accept_if_any_accepted":
			any = true
		case "ignore_sample":
			items = items[max(0, len(items)-1):]
		}
	}
	accepted := func(r Graded) bool { return r.Verdict == AC }
	result := Graded{Verdict: AC, Score: together(scoreMode, items)}
	switch {
	case verdictMode == "always_accept", any && slices.ContainsFunc(items, accepted):
	case verdictMode == "first_error":
		if i := slices.IndexFunc(items, func(r Graded) bool { return r.Verdict != AC }); i >= 0 {
			result.Verdict = items[i].Verdict
		}
	default:
		for _, worst := range []Verdict{JE, SKIP, RTE, MLE, TLE, OLE, WA} {
			if slices.ContainsFunc(items, func(r Graded) bool { return r.Verdict == worst }) {
				result.Verdict = worst
				break
			}
		}
	}
	return result
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
