package judge

import (
	"context"
	"sync"

	"judge/judge/build"
	"judge/judge/report"
)

// Job is one submission of a stream.
type Job struct {
	Prepared *Prepared
	Path     string // of a file or directory
	Language string // id; "": by extension or shebang
	Entry    string // entry point; "": by the rules of the language
	// Done receives the result, once. It is called from any goroutine; a core may wait until it returns. The error
	// is a *SubmissionError if the submission cannot be judged at all, a *CheckerError if the problem cannot judge
	// it, and nil otherwise; the submission then has a verdict or is Unfinished.
	Done func(report.Submission, error)
}

// Stream judges jobs until next returns false, and returns when all are done. next is called when a core is free,
// by one goroutine at a time. A core judges one submission after the other: it compiles it and runs its tests in
// sequence. While a program only waits, its core goes on with other work, the next submission included. Nothing of
// a job is kept when it is done. The results are those of Judge.
//
// When ctx ends, no more jobs are begun, and Done receives those that have begun as Unfinished; next must return then.
// Errors: *isolate.LackError if the host is unfit, and that of ctx.
func (j *Judge) Stream(ctx context.Context, next func() (Job, bool)) error {
	s, err := newSession(j)
	if err != nil {
		return err
	}
	inner := s.begin(ctx)
	defer s.end()
	defer s.others.WatchUntil(inner)()
	var turn sync.Mutex
	take := func() (Job, bool) {
		turn.Lock()
		defer turn.Unlock()
		return next()
	}
	lanes(inner, s.cores, s.memoryOfWaiting(), func() source { return s.line(take) })
	s.completeOpen(inner)
	if s.unfit != nil {
		return s.unfit
	}
	return ctx.Err()
}

// line returns the work of one core: the tests of its submission, and then the next submission.
func (s *session) line(next func() (Job, bool)) source {
	var c *column // nil: it has none
	t := 0        // the next test of c
	return func() job {
		if c != nil && t < len(c.prepared.problem.Tests) {
			of, test := c, t
			t++
			return func(ctx context.Context, l *lane) { s.test(ctx, l, of, test) }
		}
		c = nil
		one, ok := next()
		if !ok {
			return nil
		}
		return func(ctx context.Context, l *lane) { c, t = s.open(ctx, l.cpu, one), 0 }
	}
}

// open reads and compiles the submission of a job. It returns nil if there is nothing to test.
func (s *session) open(ctx context.Context, cpu int, one Job) *column {
	p := one.Prepared
	reader := build.Reader{
		Languages: s.judge.Languages, Problem: p.problem, Language: one.Language, Entry: one.Entry,
	}
	source, err := reader.Read(one.Path, "")
	if err != nil {
		closeOutputs([]build.Source{source})
		one.Done(report.Submission{Path: one.Path}, err)
		return nil
	}
	c := newColumn(s, p, 0, source)
	c.done = func(result report.Submission) { one.Done(result, nil) }
	s.makeHeader(ctx, cpu, p.problem, source)
	s.compile(ctx, cpu, c, source)
	if !c.program.Ready() {
		return nil
	}
	return c
}
