package problems

import "slices"

// asDOMjudge returns a group's result by the rules of DOMjudge (SubmissionService, maybeSetScoringResult). A group
// holds either groups or tests. The score of a group of tests combines the checker's scores; without any, Accept is the
// score of the whole group. The verdict is the first that is not AC, and scores count whatever it is.
func (g *Grading) asDOMjudge(test func(i int) (Verdict, *float64), note func(g *Grading, result Graded)) Graded {
	result := Graded{Verdict: AC}
	var scores []Graded
	rejects := func(v Verdict) bool {
		if result.Verdict == AC {
			result.Verdict = v
		}
		return g.Break && v != AC
	}
	isGroup := func(item GradingItem) bool { return item.Inner != nil }
	groups, given := slices.ContainsFunc(g.Items, isGroup), false
	for _, item := range g.Items {
		var verdict Verdict
		sample := isGroup(item) && item.Inner.Group == "sample"
		switch {
		case groups != isGroup(item), sample && slices.Contains(g.Flags, "ignore_sample"):
			continue
		case groups:
			one := item.Inner.asDOMjudge(test, note)
			verdict, scores = one.Verdict, append(scores, one)
		default:
			var score *float64
			if verdict, score = test(item.Test); score != nil {
				given, scores = true, append(scores, Graded{verdict, scoreOf(verdict, *score)})
			}
		}
		if rejects(verdict) {
			break
		}
	}
	if !groups && !given && result.Verdict == AC {
		scores = append(scores, Graded{AC, g.Accept})
	}
	result.Score = together(g.mode(), scores)
	note(g, result)
	return result
}

// scoreOf returns the checker's score, 0 for a program that failed by itself.
func scoreOf(verdict Verdict, score float64) float64 {
	if verdict != AC && verdict != WA {
		return 0
	}
	return score
}
