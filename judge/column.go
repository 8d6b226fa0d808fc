package judge

import (
	"slices"
	"sync"
	"sync/atomic"

	"judge/judge/build"
	"judge/judge/cache"
	"judge/judge/decide"
	"judge/judge/once"
	"judge/judge/report"
	"judge/problems"
)

// column is one submission of a session: its program, its settled tests, and its result.
type column struct {
	prepared *Prepared
	index    int                  // in Request.Submissions
	listed   *problems.Submission // the problem's entry for it; nil: it has none
	outputs  *build.Outputs       // the submission itself, if it consists of outputs
	program  build.Program
	ledger   *cache.Ledger // of its cached results; nil: none are cached
	result   report.Submission
	done     func(report.Submission) // receives the result; nil: nobody

	graded      *problems.Graded // by the problem's graders
	interrupted bool             // after its tests: its scores could not be computed, or the host is unfit
	fault       error            // of a grader

	order   *inOrder[report.Test]
	settled atomic.Int64               // number of tests
	runs    once.Results[decide.Facts] // of tests that are the same work
	shown   map[string]bool            // the works of settled tests

	mu     sync.Mutex // of what follows
	skips  *decide.EarlyStop
	wholes map[int]*whole // what programs wrote on tests that are not settled
}

// newColumn returns the column of a submission before it is compiled.
func newColumn(s *session, p *Prepared, index int, source build.Source) *column {
	problem := p.problem
	c := &column{
		prepared: p, index: index, listed: source.Listed, outputs: source.Outputs, shown: map[string]bool{},
		skips: decide.NewEarlyStop(p.stop, problem),
	}
	c.result = report.Submission{
		Path: source.Path, Language: source.Language.ID, Tests: make([]report.Test, len(problem.Tests)),
	}
	if source.Listed != nil {
		c.result.Expected = slices.Clone(source.Listed.Expect)
	}
	for t, test := range problem.Tests {
		c.result.Tests[t] = cut(test)
	}
	c.order = newInOrder(func(t int, test report.Test) { s.settle(c, t, test) })
	s.mu.Lock()
	defer s.mu.Unlock()
	s.columns[c] = true
	return c
}

// release releases what the submission holds of the cache and the file system.
func (c *column) release() {
	c.ledger.Close()
	for _, w := range c.wholes {
		w.close()
	}
	if c.program.Entry != nil {
		c.program.Entry.Release()
	}
	if c.outputs != nil {
		c.outputs.Close()
	}
}

// compiled reports whether there was a compilation that was not interrupted.
func (c *column) compiled() bool { return c.program.Path != "" }

// note records the result of a test, which may end the submission early.
func (c *column) note(t int, result report.Test) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.skips.Note(t, result)
}

// endedBefore reports whether the results before a test make it unnecessary.
func (c *column) endedBefore(t int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.skips.Before(t)
}

// leaveOutEnded marks tests that an interruption has prevented from running and that were unnecessary anyway.
func (c *column) leaveOutEnded() {
	for t, test := range c.result.Tests {
		if wasCut(test) && c.endedBefore(t) {
			leaveOut(c.result.Tests[t : t+1])
		}
	}
}

// finish completes the result from the settled tests.
func (c *column) finish(problem *problems.Problem) {
	result, p := &c.result, c.program
	rejected := c.compiled() && !p.Ready()
	if rejected {
		leaveOut(result.Tests) // they were unnecessary
	}
	summarize(result)
	if c.graded != nil {
		decide.TakeGraded(result, *c.graded)
	}
	switch graded := problem.Scoring.Graded(); {
	case !graded:
		result.Score, result.Groups = decide.Scores(problem, result.Tests)
	case result.Groups == nil:
		result.Groups = decide.GroupResults(problem, result.Tests)
	}
	result.Unfinished = c.interrupted || !c.compiled() || slices.ContainsFunc(result.Tests, wasCut)
	if result.Unfinished {
		result.Score = nil // tests that did not run may add to it
	}
	result.Worth = decide.Worth(problem)
	switch {
	case p.Err != nil:
		result.Verdict, result.Reason = problems.JE, report.Reason(report.Fault(p.Err, report.MaxReason))
	case rejected:
		result.Verdict, result.Reason = problems.CE, p.Reason
	case c.fault != nil:
		result.Verdict, result.Reason = problems.JE, report.Reason(report.Fault(c.fault, report.MaxReason))
	}
	decide.Expect(problem, result, c.listed)
}
