package decide

import (
	"slices"

	"judge/problems"
)

type oldGrading struct {
	Name           string
	Items          []oldItem
	Flags          []string
	Break          bool
	Accept, Reject float64
	Program        *problems.External
	DOMjudge       bool
	Range          *problems.Range
	Best           float64
	Certain        bool
	Minimize       bool
}

type oldItem struct {
	Test  int
	Inner *oldGrading
}

func (g *oldGrading) Grade(
	test func(i int) (problems.Verdict, *float64), program func(g *oldGrading, items []problems.Graded) (problems.Graded, error),
	note func(g *oldGrading, result problems.Graded),
) (problems.Graded, error) {
	if g.DOMjudge {
		return g.asDOMjudge(test, note), nil
	}
	var items []problems.Graded
	for _, item := range g.Items {
		one := problems.Graded{}
		if item.Inner != nil {
			var err error
			if one, err = item.Inner.Grade(test, program, note); err != nil {
				return one, err
			}
		} else {
			one = g.ofTest(test(item.Test))
		}
		items = append(items, one)
		if g.Break && one.Verdict != problems.AC {
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

func (g *oldGrading) ofTest(verdict problems.Verdict, score *float64) problems.Graded {
	switch {
	case score != nil:
		return problems.Graded{Verdict: verdict, Score: *score}
	case verdict == problems.AC:
		return problems.Graded{Verdict: verdict, Score: g.Accept}
	default:
		return problems.Graded{Verdict: verdict, Score: g.Reject}
	}
}

func (g *oldGrading) Default(items []problems.Graded) problems.Graded {
	verdictMode, any := "worst_error", false
	for _, flag := range g.Flags {
		switch flag {
		case "worst_error", "first_error", "always_accept":
			verdictMode = flag
		case "no_errors":
			verdictMode = "worst_error"
		case "accept_if_any_accepted":
			any = true
		case "ignore_sample":
			items = items[max(0, len(items)-1):]
		}
	}
	is := func(v problems.Verdict) func(problems.Graded) bool {
		return func(r problems.Graded) bool { return r.Verdict == v }
	}
	result := problems.Graded{Verdict: problems.AC, Score: oldTogether(g.mode(), items)}
	switch {
	case slices.ContainsFunc(items, is(problems.JE)):
		result.Verdict = problems.JE
	case verdictMode == "always_accept", any && slices.ContainsFunc(items, is(problems.AC)):
	case verdictMode == "first_error":
		if i := slices.IndexFunc(items, func(r problems.Graded) bool { return r.Verdict != problems.AC }); i >= 0 {
			result.Verdict = items[i].Verdict
		}
	default:
		for _, worst := range []problems.Verdict{problems.SKIP, problems.RTE, problems.MLE, problems.TLE, problems.OLE, problems.WA} {
			if slices.ContainsFunc(items, is(worst)) {
				result.Verdict = worst
				break
			}
		}
	}
	return result
}

func (g *oldGrading) mode() string {
	mode := "sum"
	for _, flag := range g.Flags {
		switch flag {
		case "sum", "avg", "min", "max":
			mode = flag
		}
	}
	return mode
}

func oldTogether(mode string, items []problems.Graded) float64 {
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

func (g *oldGrading) BreaksBefore(t int, accepted func(i int) bool) bool {
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

func (g *oldGrading) asDOMjudge(test func(i int) (problems.Verdict, *float64), note func(g *oldGrading, result problems.Graded)) problems.Graded {
	result := problems.Graded{Verdict: problems.AC}
	var scores []problems.Graded
	rejects := func(v problems.Verdict) bool {
		if result.Verdict == problems.AC {
			result.Verdict = v
		}
		return g.Break && v != problems.AC
	}
	isGroup := func(item oldItem) bool { return item.Inner != nil }
	groups, given := slices.ContainsFunc(g.Items, isGroup), false
	for _, item := range g.Items {
		var verdict problems.Verdict
		sample := isGroup(item) && item.Inner.Name == "sample"
		switch {
		case groups != isGroup(item), sample && slices.Contains(g.Flags, "ignore_sample"):
			continue
		case groups:
			one := item.Inner.asDOMjudge(test, note)
			verdict, scores = one.Verdict, append(scores, one)
		default:
			var score *float64
			if verdict, score = test(item.Test); score != nil {
				given, scores = true, append(scores, problems.Graded{Verdict: verdict, Score: oldScoreOf(verdict, *score)})
			}
		}
		if rejects(verdict) {
			break
		}
	}
	if !groups && !given && result.Verdict == problems.AC {
		scores = append(scores, problems.Graded{Verdict: problems.AC, Score: g.Accept})
	}
	result.Score = oldTogether(g.mode(), scores)
	note(g, result)
	return result
}

func oldScoreOf(verdict problems.Verdict, score float64) float64 {
	if verdict != problems.AC && verdict != problems.WA {
		return 0
	}
	return score
}
