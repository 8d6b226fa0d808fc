// Package kinds carries out one test in each of the supported ways, with the problem's own programs that take
// part.
package kinds

import (
	"context"
	"io"
	"time"

	"judge/isolate"
	"judge/judge/build"
	"judge/judge/decide"
	"judge/problems"
)

// Kind is a way to carry out one test.
type Kind interface {
	// Test runs the program on one test case and returns what was observed.
	Test(ctx context.Context, a Attempt) decide.Facts
}

// Attempt is one run on one test.
type Attempt struct {
	Core int           // CPU number
	CPU  time.Duration // limit on CPU time
	// OnIdle, if set, is called when the program waits and only a timeout can end the wait. It returns true if the
	// core may start its next job. Kinds with several programs do not call it: one waits while another works.
	OnIdle func() bool
	Test   problems.TestCase
	Keep   *Streams // receive what the program writes; nil: only excerpts are kept
	// Talk, if set, receives the whole interaction of an interactive problem as it happens, in the form of
	// decide.Facts.Dialogue. It is called by one goroutine at a time.
	Talk io.Writer
}

// Streams receive the whole stdout and stderr of a program. Their writers must not fail. Of interacting programs they
// receive stderr alone.
type Streams struct{ Stdout, Stderr io.Writer }

// stdout returns the writer for the whole output; nil: nobody wants it.
func (s *Streams) stdout() io.Writer {
	if s == nil {
		return nil
	}
	return s.Stdout
}

// stderr returns a writer to an excerpt, and to the whole if that is wanted.
func (s *Streams) stderr(excerpt io.Writer) io.Writer {
	if s == nil {
		return excerpt
	}
	return io.MultiWriter(excerpt, s.Stderr)
}

// Setup holds what all tests of a problem have in common.
type Setup struct {
	Run isolate.Runner
	// Disturbance, if set, returns the share of a core's time that other processes used since from, during a run
	// that used own itself.
	Disturbance func(core int, from time.Time, own time.Duration) float64
	Problem     *problems.Problem
	Checker     Checker
	Interactor  *External // nil: none
	Manager     *External // nil: none
}

// Kind returns the way to run a program on one test of this problem.
func (s Setup) Kind(p build.Program) Kind {
	if p.Outputs != nil {
		return outputOnly{checker: s.Checker, limits: s.Problem.Limits, outputs: p.Outputs}
	}
	b := newBatch(s, p)
	passes := s.Problem.Passes
	if s.Interactor != nil {
		v := interactive{batch: b, interactor: s.Interactor}
		v.then, _ = s.Checker.(*External)
		if passes > 1 {
			return multiPass{once: v, max: passes, by: s.Interactor}
		}
		return v
	}
	if given := s.Problem.Manager; s.Manager != nil {
		return communication{batch: b, manager: s.Manager, processes: given.Processes, streams: given.Streams}
	}
	if passes > 1 {
		if by, ok := s.Checker.(*External); ok {
			return multiPass{once: b, max: passes, by: by}
		}
	}
	return b
}
