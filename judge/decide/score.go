package decide

import (
	"slices"

	"judge/judge/report"
	"judge/problems"
)

// Scores computes a submission's points in a problem's groups from the results of its tests. It is a pure function
// of the report; problems.Group describes the rules. Nil groups score nothing.
func Scores(p *problems.Problem, results []report.Test) (total *float64, earned []report.Group) {
	if p.Groups == nil {
		return nil, nil
	}
	earned = GroupResults(p, results)
	for i, g := range p.Groups {
		if earned[i].MissingGroup == "" {
			var members []problems.TestResult
			for _, t := range MembersOf(g.Name, p.Tests) {
				members = append(members, resultOf(p.Tests[t], results[t]))
			}
			earned[i].Score = g.Earn(members)
		}
	}
	sum := p.Total.Of(p.Groups, func(i int) float64 { return earned[i].Score })
	return &sum, earned
}

// GroupResults returns the groups without points: which have failed, and which required group they are missing.
func GroupResults(p *problems.Problem, results []report.Test) (all []report.Group) {
	groups, tests := p.Groups, p.Tests
	passed := map[string]bool{}
	for _, g := range groups {
		members := MembersOf(g.Name, tests)
		first := slices.IndexFunc(members, func(i int) bool { return results[i].Verdict != problems.AC })
		r := report.Group{Name: g.Name, Points: g.Points, Verdict: problems.AC}
		if first >= 0 {
			failed := results[members[first]]
			r.Verdict, r.Reason, r.Test = failed.Verdict, failed.Reason, failed.Name
		}
		passed[g.Name] = first < 0
		if lacks := slices.IndexFunc(g.Requires, func(name string) bool { return !passed[name] }); lacks >= 0 {
			r.MissingGroup = g.Requires[lacks]
			passed[g.Name] = false // a group that requires this one also requires that one
		}
		all = append(all, r)
	}
	return all
}

// Worth returns the maximum score of a submission.
func Worth(p *problems.Problem) float64 {
	if p.Grading != nil {
		return p.Grading.Best
	}
	return p.Total.Of(p.Groups, func(i int) float64 { return p.Groups[i].Points })
}

// MembersOf returns the tests of a group, by index.
func MembersOf(group string, tests []problems.TestCase) []int {
	var members []int
	for i, t := range tests {
		if slices.Contains(t.Groups, group) {
			members = append(members, i)
		}
	}
	return members
}

// resultOf returns the part of a test's result that a group's score depends on.
func resultOf(test problems.TestCase, r report.Test) problems.TestResult {
	return problems.TestResult{Verdict: r.Verdict, Points: r.Points, Part: r.Score, Worth: test.Points}
}
