package judge

import (
	"context"
	"time"

	"judge/isolate"
	"judge/judge/build"
	"judge/judge/cores"
	"judge/judge/decide"
	"judge/problems"
)

// kind is how one test is carried out.
type kind interface {
	// test runs the program on one test case and tells what was seen.
	test(ctx context.Context, a Attempt) decide.Facts
}

// Attempt is one run on one test.
type Attempt struct {
	Core int           // CPU number
	CPU  time.Duration // limit on CPU time
	// OnIdle, if set, is called when the program waits and nothing but time can end that. It returns true once the core
	// may go on to its next job. Kinds of several programs do not call it: one waits while another works.
	OnIdle func() bool
	Test   problems.TestCase
}

// Setup is what all tests of a problem have in common.
type Setup struct {
	Run        isolate.Runner
	Others     *cores.Neighbours // on the cores of the tests; nil: nobody looks
	Problem    *problems.Problem
	Checker    checker
	Interactor *external // nil: none
	Manager    *external // nil: none
}

// kindOf is how a program is run on a test of this problem.
func (s Setup) kindOf(p build.Program) kind {
	if p.Outputs != nil {
		return outputOnly{checker: s.Checker, limits: s.Problem.Limits, outputs: p.Outputs}
	}
	b := newBatch(s.Run, s.Others, s.Checker, s.Problem, p)
	passes := s.Problem.Passes
	if s.Interactor != nil {
		v := interactive{batch: b, interactor: s.Interactor}
		v.then, _ = s.Checker.(*external)
		if passes > 1 {
			return multiPass{once: v, most: passes, by: s.Interactor}
		}
		return v
	}
	if given := s.Problem.Manager; s.Manager != nil {
		return communication{batch: b, manager: s.Manager, processes: given.Processes, streams: given.Streams}
	}
	if passes > 1 {
		if by, ok := s.Checker.(*external); ok {
			return multiPass{once: b, most: passes, by: by}
		}
	}
	return b
}
