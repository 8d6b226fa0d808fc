package problems

import "slices"

// asDOMjudge works out a group's result by DOMjudge's rules (SubmissionService, maybeSetScoringResult). A group holds
// groups, or else tests. The score of a group of tests is made of the scores that the checker gives; where it gives
// none, Accept is what the whole group is worth. The verdict is the first that is not AC; scores count whatever it is.
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
		switch {
		case groups != isGroup(item) || groups && item.Inner.Group == "sample" && slices.Contains(g.Flags, "ignore_sample"):
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

// scoreOf is what a checker's score is worth: that of a program which failed by itself does not count.
func scoreOf(verdict Verdict, score float64) float64 {
	if verdict != AC && verdict != WA {
		return 0
	}
	return score
}
