package judge

import (
	"context"

	"judge/judge/decide"
	"judge/judge/report"
	"judge/problems"
)

// test runs one test, unless an earlier failure of the submission ends it, or the result of an equal run exists.
func (s *session) test(ctx context.Context, l *lane, c *column, t int) {
	p := c.prepared
	test := p.problem.Tests[t]
	if !c.program.Ready() {
		return // it has not been compiled
	}
	if c.endedBefore(t) {
		s.put(ctx, l.cpu, c, t, skipped(test))
		return
	}
	if known, ok := c.known(test); ok && (s.keep == nil || !failed(known)) {
		s.put(ctx, l.cpu, c, t, known)
		return
	}
	work := p.workOf(c.program, t)
	if !c.runs.Claim(work, func(f decide.Facts) { s.conclude(ctx, l.cpu, c, t, f) }) {
		return
	}
	facts, written := s.measure(ctx, c, l, test)
	c.hold(t, written)
	if ctx.Err() != nil && !decide.Whole(p.problem.Limits, facts) {
		return // interrupted: its entry stays as it was
	}
	s.conclude(ctx, l.cpu, c, t, facts)
	c.runs.Done(work, facts)
}

// known uses a cached result, under the test's own name.
func (c *column) known(t problems.TestCase) (report.Test, bool) {
	if c.ledger == nil {
		return report.Test{}, false
	}
	test, ok := c.ledger.Find(c.prepared.testKey(t), timing(c.prepared.problem.Limits))
	describe(&test, t)
	return test, ok
}

// conclude decides a test by the facts of its run, or of another test with the same work.
func (s *session) conclude(ctx context.Context, cpu int, c *column, t int, facts decide.Facts) {
	p := c.prepared
	problem, test := p.problem, p.problem.Tests[t]
	if err := p.intact(c.program, test); facts.Run != nil && err != nil {
		facts = decide.Facts{Core: facts.Core, Err: err}
	}
	facts = decide.HeldToRules(problem, test, facts)
	s.note(facts.Err)
	result := recordOf(c.program, problem, test, facts)
	if c.ledger != nil && ctx.Err() == nil {
		c.ledger.Keep(p.testKey(test), timing(problem.Limits), result)
	}
	s.put(ctx, cpu, c, t, result)
}

// put takes the result of a test. The last one completes the submission.
func (s *session) put(ctx context.Context, cpu int, c *column, t int, result report.Test) {
	c.order.put(t, result)
	if int(c.settled.Load()) == len(c.result.Tests) {
		s.complete(ctx, cpu, c)
	}
}

// settle processes a submission's tests in their order. Only here is it decided which results count, so the report
// does not depend on which lane was faster.
func (s *session) settle(c *column, t int, test report.Test) {
	if c.endedBefore(t) {
		test = skipped(c.prepared.problem.Tests[t])
	}
	if work := c.prepared.workOf(c.program, t); work != "" && test.Verdict != problems.SKIP {
		test.Cached = test.Cached || c.shown[work]
		c.shown[work] = true
	}
	c.prepared.addHeads(c.prepared.problem.Tests[t], &test)
	s.storeFiles(c, t, test)
	c.note(t, test)
	c.result.Tests[t] = test
	s.tell(Event{Submission: c.index, Test: &c.result.Tests[t]})
	c.settled.Add(1)
}
