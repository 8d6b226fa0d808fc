package judge

import (
	"context"
	"slices"
	"sync"

	"judge/judge/build"
	"judge/judge/cache"
	"judge/judge/kinds"
	"judge/problems"
)

// Prepared is a problem with its own programs compiled, ready for any number of submissions. It belongs to the
// Judge that prepared it, and is safe for concurrent use.
type Prepared struct {
	judge   *Judge
	problem *problems.Problem
	stop    Stop

	setup     kinds.Setup // of the tests
	graders   map[*problems.External]*kinds.External
	externals []build.Program // the problem's own
	digests   cache.Digests   // of the tests
	tests     cache.Stamps    // of the problem's tests, as they were when it was prepared
	works     []string        // key of each test's run; "": no other test has the same run
	heads     sync.Map        // string to *string: the beginnings of files of failed tests, by path
}

// Prepare compiles a problem's own programs, once for all submissions. stop is the rule that skips tests of each of
// them. A test that changes later is a judge error. The compilers use a core of the judge: call Prepare before
// Stream, or set Quiet so that they run when no test must be alone. Call Close when all jobs with the result are
// done. Errors: *CheckerError, *MissingError, *isolate.LackError, and that of ctx.
func (j *Judge) Prepare(ctx context.Context, problem *problems.Problem, stop Stop) (*Prepared, error) {
	s, err := newSession(j)
	if err != nil {
		return nil, err
	}
	p := newPrepared(j, problem, stop)
	if err = p.make(ctx, s); err == nil {
		err = ctx.Err()
	}
	if err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// Close releases the compiled programs.
func (p *Prepared) Close() {
	for _, e := range p.externals {
		if e.Entry != nil {
			e.Entry.Release()
		}
	}
}

func newPrepared(j *Judge, problem *problems.Problem, stop Stop) *Prepared {
	return &Prepared{
		judge: j, problem: problem, stop: stop, tests: cache.StampsOfTests(problem.Tests),
		setup: kinds.Setup{Run: j.Run, Problem: problem},
	}
}

// make compiles the problem's own programs, and finds tests that are the same work.
func (p *Prepared) make(ctx context.Context, s *session) (err error) {
	if p.setup.Checker, err = p.makeChecker(ctx, s); err != nil {
		return err
	}
	if given := p.problem.Interactor; given != nil {
		interactor, err := p.makeExternal(ctx, s, given)
		if err != nil {
			return err
		}
		p.setup.Interactor = interactor.AsInteractor(given)
	}
	if given := p.problem.Manager; given != nil {
		if p.setup.Manager, err = p.makeExternal(ctx, s, &given.External); err != nil {
			return err
		}
	}
	if err := p.makeGraders(ctx, s); err != nil {
		return err
	}
	p.works = make([]string, len(p.problem.Tests))
	if s.keep == nil { // else each failed test needs what its own run wrote
		p.works = p.sameWork(ctx)
	}
	return nil
}

// makeChecker returns the check of outputs: a comparison, or the problem's own programs, compiled.
func (p *Prepared) makeChecker(ctx context.Context, s *session) (kinds.Checker, error) {
	var all []*kinds.External
	for given := p.problem.Checker.External; given != nil; given = given.Also {
		one, err := p.makeExternal(ctx, s, given)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return kinds.NewChecker(p.problem.Checker, all)
}

// makeExternal compiles a program of the problem's.
func (p *Prepared) makeExternal(ctx context.Context, s *session, given *problems.External) (*kinds.External, error) {
	source, err := build.Reader{Languages: p.judge.Languages, Problem: p.problem}.ReadExternal(given)
	if err != nil {
		return nil, err
	}
	c := s.compiler(s.cores[0], p.problem)
	c.Limits = build.AtLeastUsual(c.Limits)
	program := s.compiled(ctx, c, source)
	p.externals = append(p.externals, program)
	switch {
	case program.Entry != nil || ctx.Err() != nil:
		return kinds.NewExternal(p.judge.Run, p.problem, given, program), nil
	case program.Err != nil:
		return nil, program.Err
	default:
		return nil, build.DoesNotCompile(p.problem, program)
	}
}

// kind returns the way to run a program on one test.
func (p *Prepared) kind(s *session, program build.Program) kinds.Kind {
	setup := p.setup
	setup.Disturbance = s.others.Share
	return setup.Kind(program)
}

// intact returns an error if files that a run relied on have changed: its result then means nothing.
func (p *Prepared) intact(program build.Program, t problems.TestCase) error {
	err := p.tests.Check(t.Input, t.Answer)
	for _, used := range append(slices.Clip(p.externals), program) {
		if err == nil && used.Entry != nil {
			err = used.Entry.Intact()
		}
	}
	return err
}
