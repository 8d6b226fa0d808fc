package decide

import (
	"math"
	"slices"

	"judge/judge/report"
	"judge/problems"
)

// Scores adds up what a submission has earned of a problem's groups, by the results of its tests. It is a pure function of the facts
// in the report; problems.Group says which rules there are. Nil groups earn nothing.
func Scores(p *problems.Problem, results []report.Test) (total *float64, earned []report.Group) {
	if p.Groups == nil {
		return nil, nil
	}
	earned = GroupResults(p, results)
	for i, g := range p.Groups {
		if earned[i].Lacks == "" {
			earned[i].Score = earn(g, MembersOf(g.Name, p.Tests), p.Tests, results)
		}
	}
	sum := p.Total.Of(p.Groups, func(i int) float64 { return earned[i].Score })
	return &sum, earned
}

// GroupResults say of groups which have failed, and what they lack; they have earned nothing yet.
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
			r.Lacks = g.Requires[lacks]
			passed[g.Name] = false // who requires this one requires that one, too
		}
		all = append(all, r)
	}
	return all
}

// Worth is the most that a submission can earn.
func Worth(p *problems.Problem) float64 {
	if p.Grading != nil {
		return p.Grading.Best
	}
	return p.Total.Of(p.Groups, func(i int) float64 { return p.Groups[i].Points })
}

// MembersOf are the tests of a group, by their places.
func MembersOf(group string, tests []problems.TestCase) []int {
	var members []int
	for i, t := range tests {
		if slices.Contains(t.Groups, group) {
			members = append(members, i)
		}
	}
	return members
}

// earn is what a group's tests earn. What a checker gave as points counts as it is, up to what the test is worth.
func earn(g problems.Group, members []int, tests []problems.TestCase, results []report.Test) float64 {
	worth := g.Points
	if g.Unbounded {
		worth = math.Inf(1)
	}
	least, best, sum, product, all, within, stopped := worth, 0.0, 0.0, g.Points, true, true, false
	own := slices.ContainsFunc(members, func(i int) bool { return tests[i].Points > 0 })
	for _, i := range members {
		share := worth / float64(len(members))
		if own {
			share = tests[i].Points
		}
		least = min(least, value(results[i], worth))
		best = max(best, value(results[i], worth))
		if !stopped {
			sum += value(results[i], share)
		}
		one := value(results[i], 1)
		product *= one
		within = within && one > 0 && one <= g.Threshold
		all = all && results[i].Verdict == problems.AC
		stopped = stopped || g.Break && !all
	}
	switch g.Rule {
	case problems.Sum:
		return sum
	case problems.Mul:
		return product
	case problems.Max:
		return best
	case problems.Threshold:
		if !within {
			return 0
		}
		return g.Points
	case problems.PassFail:
		if !all {
			return 0
		}
		return g.Points
	default:
		return least
	}
}

// value is what a test earns that is worth so many points.
func value(t report.Test, worth float64) float64 {
	switch {
	case math.IsInf(worth, 1) && t.Points == nil:
		return 0 // what the test is worth is for the checker to say, and it said nothing
	case t.Points != nil:
		return min(max(*t.Points, 0), worth)
	case t.Score != nil:
		return min(max(*t.Score, 0), 1) * worth
	case t.Verdict == problems.AC:
		return worth
	default:
		return 0
	}
}
