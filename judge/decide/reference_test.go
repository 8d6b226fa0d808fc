package decide

// This file holds the former models of scores, as a slow reference for TestTreeScoresAsTheFormerModels: groups with a
// total, and trees of graders.

import (
	"math"
	"slices"

	"judge/judge/report"
	"judge/problems"
)

type oldTotal struct {
	Rule  problems.Rule
	Over  []string
	Parts []oldTotal
	Times float64
}

func (t oldTotal) Of(groups []oldGroup, has func(i int) float64) float64 {
	by, others := map[string]float64{}, 0.0
	for i, g := range groups {
		by[g.Name] = has(i)
		if !t.over(g.Name) {
			others += by[g.Name]
		}
	}
	return others + t.combined(by)
}

func (t oldTotal) over(group string) bool {
	return slices.Contains(t.Over, group) ||
		slices.ContainsFunc(t.Parts, func(part oldTotal) bool { return part.over(group) })
}

func (t oldTotal) combined(by map[string]float64) float64 {
	var all []float64
	for _, name := range t.Over {
		all = append(all, by[name])
	}
	for _, part := range t.Parts {
		all = append(all, part.combined(by))
	}
	if len(all) == 0 {
		return 0
	}
	result := 0.0
	switch t.Rule {
	case problems.Sum:
		for _, one := range all {
			result += one
		}
	case problems.Max:
		result = slices.Max(all)
	default:
		result = slices.Min(all)
	}
	if t.Times != 0 {
		result *= t.Times
	}
	return result
}

type oldGroup struct {
	Name      string
	Points    float64
	Rule      problems.Rule
	Requires  []string
	Unbounded bool
	Threshold float64
	Break     bool
}

type oldRule struct {
	name    string
	earn    func(g oldGroup, tests []problems.TestResult) float64
	settled func(g oldGroup, test problems.TestResult) bool
}

func oldRules() []oldRule {
	passes := func(_ oldGroup, test problems.TestResult) bool { return test.Verdict == problems.AC }
	scoresNothing := func(_ oldGroup, test problems.TestResult) bool { return test.Score(1) == 0 }
	return []oldRule{
		problems.Min:       {"min", oldGroup.least, scoresNothing},
		problems.Sum:       {"sum", oldGroup.sum, func(g oldGroup, test problems.TestResult) bool { return g.Break && test.Verdict != problems.AC }},
		problems.Mul:       {"mul", oldGroup.product, scoresNothing},
		problems.PassFail:  {"pass-fail", oldAllOrNothing(passes), not(passes)},
		problems.Threshold: {"threshold", oldAllOrNothing(oldGroup.within), not(oldGroup.within)},
		problems.Max:       {"max", oldGroup.best, func(oldGroup, problems.TestResult) bool { return false }},
	}
}

func (g oldGroup) Earn(tests []problems.TestResult) float64 { return g.oldRule().earn(g, tests) }

func (g oldGroup) Settled(test problems.TestResult) bool { return g.oldRule().settled(g, test) }

func (g oldGroup) oldRule() oldRule { return oldRules()[g.Rule] }

func (g oldGroup) worth() float64 {
	if g.Unbounded {
		return math.Inf(1)
	}
	return g.Points
}

func (g oldGroup) least(tests []problems.TestResult) float64 {
	least := g.worth()
	for _, t := range tests {
		least = min(least, t.Score(g.worth()))
	}
	return least
}

func (g oldGroup) best(tests []problems.TestResult) float64 {
	best := 0.0
	for _, t := range tests {
		best = max(best, t.Score(g.worth()))
	}
	return best
}

func (g oldGroup) product(tests []problems.TestResult) float64 {
	product := g.Points
	for _, t := range tests {
		product *= t.Score(1)
	}
	return product
}

func (g oldGroup) sum(tests []problems.TestResult) float64 {
	own := slices.ContainsFunc(tests, func(t problems.TestResult) bool { return t.Worth > 0 })
	sum := 0.0
	for _, t := range tests {
		share := g.worth() / float64(len(tests))
		if own {
			share = t.Worth
		}
		sum += t.Score(share)
		if g.Break && t.Verdict != problems.AC {
			break
		}
	}
	return sum
}

func (g oldGroup) within(test problems.TestResult) bool {
	score := test.Score(1)
	return score > 0 && score <= g.Threshold
}

func oldAllOrNothing(passes func(oldGroup, problems.TestResult) bool) func(oldGroup, []problems.TestResult) float64 {
	return func(g oldGroup, tests []problems.TestResult) float64 {
		if slices.ContainsFunc(tests, func(t problems.TestResult) bool { return !passes(g, t) }) {
			return 0
		}
		return g.Points
	}
}

func not(passes func(oldGroup, problems.TestResult) bool) func(oldGroup, problems.TestResult) bool {
	return func(g oldGroup, test problems.TestResult) bool { return !passes(g, test) }
}

type oldProblem struct {
	Tests   []problems.TestCase
	Groups  []oldGroup
	Total   oldTotal
	Grading *oldGrading
}

func oldScores(p *oldProblem, results []report.Test) (total *float64, earned []report.Group) {
	if p.Groups == nil {
		return nil, nil
	}
	earned = oldGroupResults(p, results)
	for i, g := range p.Groups {
		if earned[i].MissingGroup == "" {
			var members []problems.TestResult
			for _, t := range oldMembersOf(g.Name, p.Tests) {
				members = append(members, oldResultOf(p.Tests[t], results[t]))
			}
			earned[i].Score = g.Earn(members)
		}
	}
	sum := p.Total.Of(p.Groups, func(i int) float64 { return earned[i].Score })
	return &sum, earned
}

func oldGroupResults(p *oldProblem, results []report.Test) (all []report.Group) {
	groups, tests := p.Groups, p.Tests
	passed := map[string]bool{}
	for _, g := range groups {
		members := oldMembersOf(g.Name, tests)
		first := slices.IndexFunc(members, func(i int) bool { return results[i].Verdict != problems.AC })
		r := report.Group{Name: g.Name, Points: g.Points, Verdict: problems.AC}
		if first >= 0 {
			failed := results[members[first]]
			r.Verdict, r.Reason, r.Test = failed.Verdict, failed.Reason, failed.Name
		}
		passed[g.Name] = first < 0
		if lacks := slices.IndexFunc(g.Requires, func(name string) bool { return !passed[name] }); lacks >= 0 {
			r.MissingGroup = g.Requires[lacks]
			passed[g.Name] = false
		}
		all = append(all, r)
	}
	return all
}

func oldWorth(p *oldProblem) float64 {
	if p.Grading != nil {
		return p.Grading.Best
	}
	return p.Total.Of(p.Groups, func(i int) float64 { return p.Groups[i].Points })
}

func oldGrade(
	problem *oldProblem, tests []report.Test,
	program func(g *oldGrading, items []problems.Graded) (problems.Graded, error),
) (*problems.Graded, []report.Group, error) {
	results := map[string]problems.Graded{}
	test := func(i int) (problems.Verdict, *float64) { return tests[i].Verdict, tests[i].Points }
	note := func(g *oldGrading, result problems.Graded) { results[g.Name] = result }
	all, err := problem.Grading.Grade(test, program, note)
	if err != nil {
		return nil, nil, err
	}
	groups := oldGroupResults(problem, tests)
	for i := range groups {
		if result, judged := results[groups[i].Name]; judged {
			groups[i] = gradedGroup(groups[i], result, tests)
			if g := problem.Groups[i]; g.Points == 0 && !g.Unbounded {
				groups[i].Score = 0
			}
		}
	}
	if all.Verdict != problems.AC && !problem.Grading.DOMjudge {
		all.Score = 0
	}
	return &all, groups, nil
}

type oldEarlyStop struct {
	stop       Stop
	groups     []oldGroup
	tests      []problems.TestCase
	grading    *oldGrading
	failed     map[int]bool
	ended      int
	groupEnded []int
}

func newOldEarlyStop(stop Stop, p *oldProblem) *oldEarlyStop {
	e := &oldEarlyStop{
		stop: stop, groups: p.Groups, tests: p.Tests, grading: p.Grading, failed: map[int]bool{},
		ended: len(p.Tests), groupEnded: make([]int, len(p.Groups)),
	}
	for i := range e.groupEnded {
		e.groupEnded[i] = len(p.Tests)
	}
	return e
}

func (e *oldEarlyStop) Note(t int, result report.Test) {
	if result.Verdict == problems.SKIP {
		return
	}
	switch {
	case e.stop == AtFirstTimeout && result.Verdict == problems.TLE,
		e.stop == AtFirstFailure && e.groups == nil && e.grading == nil && result.Verdict != problems.AC:
		e.ended = min(e.ended, t)
	case e.grading != nil:
		e.failed[t] = result.Verdict != problems.AC
	case e.stop == AtFirstFailure && e.groups != nil:
		for i, g := range e.groups {
			if e.ends(g, t, result) {
				e.groupEnded[i] = min(e.groupEnded[i], t)
			}
		}
	}
}

func (e *oldEarlyStop) ends(g oldGroup, t int, result report.Test) bool {
	in := func(name string) bool { return slices.Contains(e.tests[t].Groups, name) }
	if result.Verdict != problems.AC && slices.ContainsFunc(e.required(g), in) {
		return true
	}
	return in(g.Name) && g.Settled(oldResultOf(e.tests[t], result))
}

func (e *oldEarlyStop) required(g oldGroup) []string {
	all := slices.Clone(g.Requires)
	for i := 0; i < len(all); i++ {
		for _, other := range e.groups {
			if other.Name != all[i] {
				continue
			}
			for _, name := range other.Requires {
				if !slices.Contains(all, name) {
					all = append(all, name)
				}
			}
		}
	}
	return all
}

func (e *oldEarlyStop) Before(t int) bool {
	if e.ended < t {
		return true
	}
	if e.grading != nil && e.stop == AtFirstFailure {
		return e.grading.BreaksBefore(t, func(i int) bool { return !e.failed[i] })
	}
	groups := e.tests[t].Groups
	if e.groups == nil || len(groups) == 0 {
		return false
	}
	for i, g := range e.groups {
		if slices.Contains(groups, g.Name) && e.groupEnded[i] >= t {
			return false
		}
	}
	return true
}

func oldMembersOf(group string, tests []problems.TestCase) []int {
	var members []int
	for i, t := range tests {
		if slices.Contains(t.Groups, group) {
			members = append(members, i)
		}
	}
	return members
}

func oldResultOf(test problems.TestCase, r report.Test) problems.TestResult {
	return problems.TestResult{Verdict: r.Verdict, Points: r.Points, Part: r.Score, Worth: test.Points}
}
