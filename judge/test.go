package judge

import (
	"context"
	"strings"

	"judge/judge/build"
	"judge/judge/decide"
	"judge/judge/report"
	"judge/problems"
)

// test runs one test, unless an earlier failure of the submission ends it, or the result of an equal run exists.
func (s *session) test(ctx context.Context, l *lane, c *column, t int) {
	test := s.request.Problem.Tests[t]
	if !c.program.Ready() {
		return // it has not been compiled
	}
	if c.endedBefore(t) {
		c.order.put(t, skipped(test))
		return
	}
	if known, ok := s.known(c, test); ok {
		c.order.put(t, known)
		return
	}
	work := s.workOf(c.program, t)
	if !c.runs.Claim(work, func(f decide.Facts) { s.conclude(ctx, c, t, f) }) {
		return
	}
	facts := s.measure(ctx, s.setup.Kind(c.program), l, test)
	if ctx.Err() != nil && !decide.Whole(s.request.Problem.Limits, facts) {
		return // interrupted: its entry stays as it was
	}
	s.conclude(ctx, c, t, facts)
	c.runs.Done(work, facts)
}

// known uses a cached result, under the test's own name.
func (s *session) known(c *column, t problems.TestCase) (report.Test, bool) {
	if c.ledger == nil {
		return report.Test{}, false
	}
	test, ok := c.ledger.Find(s.testKey(t), timing(s.request.Problem.Limits))
	test.Name, test.Group = t.Name, strings.Join(t.Groups, ", ")
	return test, ok
}

// openLedgers opens the cached results of every program.
func (s *session) openLedgers() {
	for _, c := range s.columns {
		if s.judge.Verdicts != nil && c.program.Ready() && c.program.Outputs == nil {
			c.ledger = s.judge.Verdicts.Open(s.settingKey(c.program))
		}
	}
}

// conclude decides a test by the facts of its run, or of another test with the same work.
func (s *session) conclude(ctx context.Context, c *column, t int, facts decide.Facts) {
	problem, test := s.request.Problem, s.request.Problem.Tests[t]
	if err := s.intact(c.program, test); facts.Run != nil && err != nil {
		facts = decide.Facts{Core: facts.Core, Err: err}
	}
	facts = decide.HeldToRules(problem, test, facts)
	s.note(facts.Err)
	result := record(test, facts, decide.Decide(problem.Limits, facts))
	if c.ledger != nil && ctx.Err() == nil {
		c.ledger.Keep(s.testKey(test), timing(problem.Limits), result)
	}
	c.order.put(t, result)
}

// intact returns an error if files that a run relied on have changed: its result then means nothing.
func (s *session) intact(p build.Program, t problems.TestCase) error {
	err := s.tests.Check(t.Input, t.Answer)
	for _, used := range append(s.externals[:len(s.externals):len(s.externals)], p) {
		if err == nil && used.Entry != nil {
			err = used.Entry.Intact()
		}
	}
	return err
}

// settle processes a submission's tests in their order. Only here is it decided which results count, so the report
// does not depend on which lane was faster.
func (s *session) settle(c *column, t int, test report.Test) {
	if c.endedBefore(t) {
		test = skipped(s.request.Problem.Tests[t])
	}
	if work := s.workOf(c.program, t); work != "" && test.Verdict != problems.SKIP {
		test.Cached = test.Cached || c.shown[work]
		c.shown[work] = true
	}
	c.note(t, test)
	c.result.Tests[t] = test
	s.observe(Event{Submission: c.index, Test: &c.result.Tests[t]})
}
