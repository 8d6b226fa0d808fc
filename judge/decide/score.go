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
	all, of, _ := evaluate(p, results, nil) // only programs return errors
	earned = GroupResults(p, results)
	for i, g := range root.Groups() {
		earned[i].Score = of[g].Score
	}
	return &all.Score, earned
}

// evaluate returns the result of the tree, and that of each node that was judged.
func evaluate(
	p *problems.Problem, results []report.Test,
	program func(s *problems.Scoring, items []problems.Graded) (problems.Graded, error),
) (all problems.Graded, of map[*problems.Scoring]problems.Graded, err error) {
	of = map[*problems.Scoring]problems.Graded{}
	all, err = problems.Evaluation{
		Test:    func(i int) problems.TestResult { return resultOf(p.Tests[i], results[i]) },
		Program: program,
		Note:    func(node *problems.Scoring, result problems.Graded) { of[node] = result },
	}.Of(p.Scoring)
	return all, of, err
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
