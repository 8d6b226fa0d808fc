package decide

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"judge/judge/report"
	"judge/problems"
)

// Grade computes a submission's result, and that of each group, by the problem's graders. program runs a grader
// that is a program. A submission that is not accepted gets no score, except in DOMjudge.
func Grade(
	p *problems.Problem, tests []report.Test,
	program func(g *problems.Scoring, items []problems.Graded) (problems.Graded, error),
) (*problems.Graded, []report.Group, error) {
	all, of, err := evaluate(p, tests, program)
	if err != nil {
		return nil, nil, err
	}
	groups := GroupResults(p, tests)
	for i, g := range p.Scoring.Groups() {
		if result, judged := of[g]; judged {
			groups[i] = gradedGroup(groups[i], result, tests)
			if g.Points == 0 && !g.Unbounded {
				groups[i].Score = 0 // for example an ignored sample
			}
		}
	}
	if all.Verdict != problems.AC && !p.Scoring.Grader.DOMjudge {
		all.Score = 0
	}
	return &all, groups, nil
}

// TakeGraded makes a grader's verdict the submission's. Judge errors and skipped tests stay as they are.
func TakeGraded(s *report.Submission, result problems.Graded) {
	open := []problems.Verdict{problems.JE, problems.SKIP, problems.Unjudged}
	if slices.Contains(open, s.Verdict) || slices.Contains(open, result.Verdict) && result.Verdict != problems.JE {
		return
	}
	all := func(report.Test) bool { return true }
	s.Verdict = result.Verdict
	s.Reason, _ = deciding(s.Tests, result.Verdict, all)
}

// gradedGroup returns a group's result with its grader's verdict and score.
func gradedGroup(g report.Group, result problems.Graded, tests []report.Test) report.Group {
	g.Verdict, g.Score, g.MissingGroup = result.Verdict, result.Score, ""
	g.Reason, g.Test = deciding(tests, result.Verdict, func(t report.Test) bool {
		return t.Group == g.Name || strings.HasPrefix(t.Group, g.Name+"/")
	})
	return g
}

// deciding returns the first of some tests that has a verdict, and the reason for it.
func deciding(
	tests []report.Test, verdict problems.Verdict, among func(report.Test) bool,
) (reason report.Reason, test string) {
	if verdict == problems.AC {
		return "", ""
	}
	for _, t := range tests {
		if t.Verdict == verdict && among(t) {
			return t.Reason, t.Name
		}
	}
	return report.ByGrader, ""
}

// ScoreWarning returns a doubt about a submission that is accepted as expected: it has less than the best score,
// or fails on a sample. "": no doubt. Only graders of the legacy ICPC format accept such submissions. A
// submission with a declared score is not checked.
func ScoreWarning(p *problems.Problem, said problems.Submission, s report.Submission) string {
	root := p.Scoring
	scored := func(d problems.Demand) bool { return d.Score != nil }
	if !root.Graded() || s.Verdict != problems.AC || !slices.Equal(said.Expect, []problems.Verdict{problems.AC}) ||
		slices.ContainsFunc(said.Demands, scored) {
		return ""
	}
	if s.Score != nil && root.Grader.Certain {
		best, least := root.Points, root.Grader.Minimize
		slack := scoreTolerance * max(1, math.Abs(best))
		switch {
		case !least && *s.Score < best-slack:
			return fmt.Sprintf("%g of %g points: move it to partially_accepted", *s.Score, best)
		case least && *s.Score > best+slack:
			return fmt.Sprintf("%g points, the best is %g: move it to partially_accepted", *s.Score, best)
		}
	}
	for _, t := range s.Tests {
		if strings.HasPrefix(t.Name, "sample/") && t.Verdict != problems.AC && t.Verdict != problems.SKIP {
			return fmt.Sprintf("got %s on %s, but the score does not show it", t.Verdict, t.Name)
		}
	}
	return ""
}

// ScoreFault returns the fault of a score outside the package's declared "range"; "": no fault.
func ScoreFault(p *problems.Problem, s report.Submission) string {
	root := p.Scoring
	if !root.Graded() || s.Score == nil || s.Unfinished {
		return ""
	}
	if r := root.Grader.Range; r != nil && s.Verdict == problems.AC && !inRange(*r, *s.Score) {
		return fmt.Sprintf("the score is %g, outside the range from %g to %g", *s.Score, r.Least, r.Most)
	}
	ranges := map[string]*problems.Range{}
	for _, node := range root.Nodes() {
		ranges[node.Name] = node.Grader.Range
	}
	for _, g := range s.Groups {
		if r := ranges[g.Name]; r != nil && g.Verdict == problems.AC && !inRange(*r, g.Score) {
			return fmt.Sprintf("the score of %s is %g, outside the range from %g to %g",
				g.Name, g.Score, r.Least, r.Most)
		}
	}
	return ""
}

func inRange(r problems.Range, score float64) bool {
	slack := scoreTolerance * max(1, math.Abs(score))
	return score >= r.Least-slack && score <= r.Most+slack
}
