package problems

import "slices"

// graderRule is the rule of the default grader ("Default grader specification"). Of flags that contradict each other
// the last one counts. Scores of rejected items count too: only at the end does a rejected submission lose its score.
func graderRule() rule {
	return rule{
		name: "grader",
		value: func(s *Scoring, test TestResult, _ members) (float64, bool) {
			switch {
			case test.Points != nil:
				return *test.Points, false
			case test.Verdict == AC:
				return s.Grader.Accept, false
			default:
				return s.Grader.Reject, false
			}
		},
		score: func(s *Scoring, items []part) float64 {
			return together(s.Grader.Mode(), s.Grader.seen(items))
		},
		verdict: func(s *Scoring, items []part) Verdict { return s.Grader.verdict(s.Grader.seen(items)) },
		settled: rejectedWithBreak,
		breaks:  true,
	}
}

// seen returns the items that the flags let a grader see: with ignore_sample only the last one.
func (g *GroupGrader) seen(items []part) []part {
	if slices.Contains(g.Flags, "ignore_sample") {
		return items[max(0, len(items)-1):]
	}
	return items
}

func (g *GroupGrader) verdict(items []part) Verdict {
	mode, any := "worst_error", false
	for _, flag := range g.Flags {
		switch flag {
		case "worst_error", "first_error", "always_accept":
			mode = flag
		case "no_errors": // its former name
			mode = "worst_error"
		case "accept_if_any_accepted":
			any = true
		}
	}
	has := func(v Verdict) bool {
		return slices.ContainsFunc(items, func(p part) bool { return p.Verdict == v })
	}
	switch {
	case has(JE):
		return JE // whatever the flags say
	case mode == "always_accept", any && has(AC):
		return AC
	case mode == "first_error":
		return firstFailure(nil, items)
	}
	for _, worst := range []Verdict{SKIP, RTE, MLE, TLE, OLE, WA} {
		if has(worst) {
			return worst
		}
	}
	return AC
}

// Mode returns how scores are combined: the last of the flags sum, avg, min and max; without one, sum.
func (g *GroupGrader) Mode() string {
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
func together(mode string, items []part) float64 {
	if len(items) == 0 {
		return 0
	}
	sum, least, most := 0.0, items[0].Score, items[0].Score
	for _, p := range items {
		sum, least, most = sum+p.Score, min(least, p.Score), max(most, p.Score)
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

// domjudgeRule is the rule of DOMjudge (SubmissionService, maybeSetScoringResult). The score of a group of tests
// combines the checker's scores; without any, Accept is the score of the whole group. The verdict is the first that is
// not AC, and scores count whatever it is.
func domjudgeRule() rule {
	return rule{
		name: "DOMjudge",
		value: func(_ *Scoring, test TestResult, _ members) (score float64, none bool) {
			if test.Points == nil {
				return 0, true
			}
			if test.Verdict != AC && test.Verdict != WA {
				return 0, false // it failed by itself
			}
			return *test.Points, false
		},
		score: func(s *Scoring, items []part) float64 {
			given := slices.DeleteFunc(slices.Clone(items), func(p part) bool { return p.none })
			if len(given) == 0 && firstFailure(s, items) == AC && !s.judgesGroups() {
				return s.Grader.Accept
			}
			return together(s.Grader.Mode(), given)
		},
		verdict: firstFailure,
		settled: rejectedWithBreak,
		breaks:  true,
	}
}

// judgesGroups reports whether the node holds groups that are judged.
func (s *Scoring) judgesGroups() bool {
	return slices.ContainsFunc(s.Items, func(item Item) bool { return item.Inner != nil && item.Inner.judged() })
}

// countedByDOMjudge returns the items that count in DOMjudge, where a group holds either groups or tests.
func countedByDOMjudge(flags []string, items []Item) []Item {
	isGroup := func(item Item) bool { return item.Inner != nil }
	groups := slices.ContainsFunc(items, isGroup)
	return slices.DeleteFunc(items, func(item Item) bool {
		sample := isGroup(item) && item.Inner.Name == "sample" && slices.Contains(flags, "ignore_sample")
		return groups != isGroup(item) || sample
	})
}
