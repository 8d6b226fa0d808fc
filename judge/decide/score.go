package decide

import (
	"slices"

	"judge/judge/report"
	"judge/problems"
)

// Scores computes a submission's points in a problem's groups from the results of its tests. It is a pure function
// of the report; problems.Scoring describes the rules. Without a tree of scores, it returns nil. Graders of the problem
// that are programs need Grade instead.
func Scores(p *problems.Problem, results []report.Test) (total *float64, earned []report.Group) {
	root := p.Scoring
	if root == nil {
		return nil, nil
	}
	scores := map[*problems.Scoring]float64{}
	all, _ := problems.Evaluation{ // only programs return errors
		Test: func(i int) problems.TestResult { return resultOf(p.Tests[i], results[i]) },
		Note: func(node *problems.Scoring, result problems.Graded) { scores[node] = result.Score },
	}.Of(root)
	earned = GroupResults(p, results)
	for i, g := range root.Groups() {
		earned[i].Score = scores[g]
	}
	return &all.Score, earned
}

// GroupResults returns the groups without points: which have failed, and which required group they are missing.
func GroupResults(p *problems.Problem, results []report.Test) (all []report.Group) {
	root := p.Scoring
	missing := root.Missing(func(i int) bool { return results[i].Verdict == problems.AC })
	for _, g := range root.Groups() {
		r := report.Group{Name: g.Name, Points: g.Points, Verdict: problems.AC, MissingGroup: missing[g.Name]}
		members := g.Tests()
		first := slices.IndexFunc(members, func(i int) bool { return results[i].Verdict != problems.AC })
		if first >= 0 {
			failed := results[members[first]]
			r.Verdict, r.Reason, r.Test = failed.Verdict, failed.Reason, failed.Name
		}
		all = append(all, r)
	}
	return all
}

// Worth returns the maximum score of a submission.
func Worth(p *problems.Problem) float64 { return p.Scoring.Best(problems.MostPoints) }

// resultOf returns the part of a test's result that a group's score depends on.
func resultOf(test problems.TestCase, r report.Test) problems.TestResult {
	return problems.TestResult{Verdict: r.Verdict, Points: r.Points, Part: r.Score, Worth: test.Points}
}
