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
// test is needed depends only on earlier tests, so the decision is the same for any number of cores. If tests have
// scores or graders, no test is skipped that could change the result.
type EarlyStop struct {
	stop  Stop
	tests []problems.TestCase
	nodes []*problems.Scoring // nil: the first failure decides
	in    [][]int             // the nodes in which each test counts
	after [][]int             // the nodes that require each node, directly or indirectly
	// ended holds the first tests after which no more are needed: of all tests, and of each node. No such test:
	// len(tests).
	ended     int
	nodeEnded []int
}

// NewEarlyStop returns the state for one submission before its first test.
func NewEarlyStop(stop Stop, p *problems.Problem) *EarlyStop {
	e := &EarlyStop{stop: stop, tests: p.Tests, nodes: p.Scoring.Nodes(), ended: len(p.Tests)}
	e.in = make([][]int, len(p.Tests))
	for n, node := range e.nodes {
		e.nodeEnded = append(e.nodeEnded, len(p.Tests))
		for _, item := range node.Items {
			if item.Inner == nil && item.Test != problems.NotKept && !item.Ignored {
				e.in[item.Test] = append(e.in[item.Test], n)
			}
		}
	}
	e.after = requiredBy(e.nodes)
	return e
}

// requiredBy returns the nodes that require each node, directly or indirectly. Graders do not require any.
func requiredBy(nodes []*problems.Scoring) [][]int {
	named, after := map[string]int{}, make([][]int, len(nodes))
	for n, node := range nodes {
		named[node.Name] = n
	}
	for n, node := range nodes {
		if node.Grader != nil {
			continue
		}
		seen, open := map[int]bool{}, []int{n}
		for len(open) > 0 {
			of := nodes[open[0]]
			open = open[1:]
			for _, name := range of.Requires {
				if required, ok := named[name]; ok && !seen[required] {
					seen[required] = true
					after[required], open = append(after[required], n), append(open, required)
				}
			}
		}
	}
	return after
}

// Note records the result of a test, as in the report.
func (e *EarlyStop) Note(t int, result report.Test) {
	failed := result.Verdict != problems.AC
	switch {
	case result.Verdict == problems.SKIP:
	case e.stop == AtFirstTimeout && result.Verdict == problems.TLE,
		e.stop == AtFirstFailure && e.nodes == nil && failed:
		e.ended = min(e.ended, t)
	case e.stop == AtFirstFailure && e.nodes != nil:
		for _, n := range e.in[t] {
			if e.nodes[n].Settled(resultOf(e.tests[t], result)) {
				e.nodeEnded[n] = min(e.nodeEnded[n], t)
			}
			if !failed {
				continue
			}
			for _, other := range e.after[n] {
				e.nodeEnded[other] = min(e.nodeEnded[other], t)
			}
		}
	}
}

// Before reports whether the results before a test make it unnecessary.
func (e *EarlyStop) Before(t int) bool {
	if e.ended < t {
		return true
	}
	needed := func(n int) bool { return e.nodeEnded[n] >= t }
	return len(e.in[t]) > 0 && !slices.ContainsFunc(e.in[t], needed)
}
