package decide

import (
	"slices"

	"judge/judge/report"
	"judge/problems"
)

// Stop is a rule that skips a submission's remaining tests.
type Stop uint8

// Stop rules.
const (
	AtEnd          Stop = iota // run every test
	AtFirstFailure             // skip the tests after a submission's first failure, unless they can score points
	AtFirstTimeout             // skip a submission's remaining tests after its first test over the time limit
)

// EarlyStop decides which tests of a submission need not run, by a Stop rule and the results so far. Whether a
// test is needed depends only on earlier tests, so the decision is the same for any number of cores. With groups
// that score points, no test is skipped that could change the score.
type EarlyStop struct {
	stop   Stop
	groups []problems.Group
	tests  []problems.TestCase
	// grading, if the problem has one, skips tests that it does not need; failed are the failed tests so far.
	grading *problems.Grading
	failed  map[int]bool
	// ended holds the first tests after which no more are needed: of all tests, and of each group. No such test:
	// len(tests).
	ended      int
	groupEnded []int
}

// NewEarlyStop returns the state for one submission before its first test.
func NewEarlyStop(stop Stop, p *problems.Problem) *EarlyStop {
	e := &EarlyStop{
		stop: stop, groups: p.Groups, tests: p.Tests, grading: p.Grading, failed: map[int]bool{},
		ended: len(p.Tests), groupEnded: make([]int, len(p.Groups)),
	}
	for i := range e.groupEnded {
		e.groupEnded[i] = len(p.Tests)
	}
	return e
}

// Note records the result of a test, as in the report.
func (e *EarlyStop) Note(t int, result report.Test) {
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

// ends reports whether a result leaves a group without any points to score.
func (e *EarlyStop) ends(g problems.Group, t int, result report.Test) bool {
	in := func(name string) bool { return slices.Contains(e.tests[t].Groups, name) }
	if result.Verdict != problems.AC && slices.ContainsFunc(e.required(g), in) {
		return true
	}
	return in(g.Name) && g.Settled(resultOf(e.tests[t], result))
}

// required returns all groups that must pass for one, directly or indirectly.
func (e *EarlyStop) required(g problems.Group) []string {
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

// Before reports whether the results before a test make it unnecessary.
func (e *EarlyStop) Before(t int) bool {
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
