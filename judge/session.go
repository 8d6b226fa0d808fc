package judge

import (
	"context"
	"errors"
	"sync"

	"judge/isolate"
	"judge/judge/build"
	"judge/judge/cache"
	"judge/judge/cores"
	"judge/judge/kinds"
	"judge/judge/report"
	"judge/problems"
)

// session is one call of Judge: a column for each submission, and their shared state.
type session struct {
	judge   *Judge
	cores   []int
	request Request
	columns []*column // by submission

	setup     kinds.Setup // of the tests
	graders   map[*problems.External]*kinds.External
	externals []build.Program // the problem's own
	headers   build.Headers
	digests   cache.Digests // of the tests
	tests     cache.Stamps  // of the problem's tests, as they were at the beginning
	works     []string      // key of each test's run; "": no other test has the same run

	quiet  *sync.RWMutex    // held by every run: shared, or alone
	others cores.Neighbours // runs the tests on their cores

	mu     sync.Mutex // of unfit, warned, Observe and Warn
	unfit  error      // the host is unfit: the session ends
	stop   context.CancelFunc
	warned bool
}

func newSession(j *Judge, cores []int, request Request) *session {
	quiet := j.Quiet
	if quiet == nil {
		quiet = &sync.RWMutex{}
	}
	s := &session{
		judge: j, quiet: quiet, cores: cores, request: request, tests: cache.StampsOfTests(request.Problem.Tests),
	}
	s.setup = kinds.Setup{Run: j.Run, Disturbance: s.others.Share, Problem: request.Problem}
	return s
}

// carryOut compiles the problem's programs and every submission, and then runs every test. All compiling comes
// first, so that no compiler disturbs the timing of a test. It returns an error only if the host is unfit or a
// checker is unusable.
func (s *session) carryOut(ctx context.Context, sources []build.Source) error {
	ctx, s.stop = context.WithCancel(ctx)
	defer s.stop()
	if err := s.makeExternals(ctx); err != nil {
		return err
	}
	for i, source := range sources {
		s.columns = append(s.columns, newColumn(s, i, source))
	}
	s.compileAll(ctx, sources)
	s.openLedgers()
	s.works = s.sameWork(ctx)
	tests := s.request.Problem.Tests
	defer s.others.WatchUntil(ctx)()
	waiting := cores.MaxWaiting(cores.AvailableMemory(), s.request.Problem.Limits.Memory, len(s.cores))
	if s.judge.Alone {
		waiting = 0
	}
	lanes(ctx, s.cores, waiting, len(sources)*len(tests), func(ctx context.Context, l *lane, i int) {
		s.test(ctx, l, s.columns[i/len(tests)], i%len(tests))
	})
	for _, c := range s.columns {
		c.order.flush() // after an interruption: a test that was cut short holds back those after it
		c.leaveOutEnded()
	}
	s.gradeAll(ctx)
	return s.unfit
}

// makeExternals compiles the problem's own programs.
func (s *session) makeExternals(ctx context.Context) (err error) {
	if s.setup.Checker, err = s.makeChecker(ctx); err != nil {
		return err
	}
	if given := s.request.Problem.Interactor; given != nil {
		interactor, err := s.makeExternal(ctx, given)
		if err != nil {
			return err
		}
		s.setup.Interactor = interactor.AsInteractor(given)
	}
	if given := s.request.Problem.Manager; given != nil {
		if s.setup.Manager, err = s.makeExternal(ctx, &given.External); err != nil {
			return err
		}
	}
	return s.makeGraders(ctx)
}

// makeChecker returns the check of outputs: a comparison, or the problem's own programs, compiled.
func (s *session) makeChecker(ctx context.Context) (kinds.Checker, error) {
	var all []*kinds.External
	for given := s.request.Problem.Checker.External; given != nil; given = given.Also {
		one, err := s.makeExternal(ctx, given)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return kinds.NewChecker(s.request.Problem.Checker, all)
}

// makeExternal compiles a program of the problem's.
func (s *session) makeExternal(ctx context.Context, given *problems.External) (*kinds.External, error) {
	problem := s.request.Problem
	source, err := s.judge.reader(s.request).ReadExternal(given)
	if err != nil {
		return nil, err
	}
	c := s.compiler(s.cores[0])
	c.Limits = build.AtLeastUsual(c.Limits)
	p := s.compiled(ctx, c, source)
	s.externals = append(s.externals, p)
	switch {
	case p.Entry != nil || ctx.Err() != nil:
		return kinds.NewExternal(s.judge.Run, problem, given, p), nil
	case p.Err != nil:
		return nil, p.Err
	default:
		return nil, build.DoesNotCompile(problem, p)
	}
}

// compileAll compiles every submission, after the headers that are worth precompiling.
func (s *session) compileAll(ctx context.Context, sources []build.Source) {
	headers := s.headers.Missing(ctx, s.compiler(s.cores[0]), sources)
	lanes(ctx, s.cores, 0, len(headers)+len(sources), func(ctx context.Context, l *lane, i int) {
		if i < len(headers) {
			s.quiet.RLock()
			defer s.quiet.RUnlock()
			s.headers.Compile(ctx, s.compiler(l.cpu), headers[i])
			return
		}
		i -= len(headers)
		s.compile(ctx, l.cpu, s.columns[i], sources[i])
	})
}

func (s *session) compiler(cpu int) build.Compiler {
	return build.Compiler{
		Run: s.judge.Run, Cache: s.judge.Cache, Warn: s.warn,
		Limits: s.request.Problem.Limits, Core: isolate.OnCore(cpu),
	}
}

func (s *session) compile(ctx context.Context, cpu int, col *column, source build.Source) {
	c := s.compiler(cpu)
	c.Header = s.headers.Of(ctx, c, source)
	p := s.compiled(ctx, c, source)
	if ctx.Err() != nil {
		if p.Entry != nil {
			p.Entry.Release()
		}
		return // an interrupted compilation proves nothing about the submission
	}
	s.note(p.Err)
	col.program = p
	col.result.Compile = p.Compile
	s.observe(Event{Submission: col.index, Compile: &col.result.Compile})
}

// compiled compiles, while no run must be alone.
func (s *session) compiled(ctx context.Context, c build.Compiler, source build.Source) build.Program {
	s.quiet.RLock()
	defer s.quiet.RUnlock()
	return c.Compile(ctx, source)
}

func (s *session) observe(e Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.request.Observe != nil {
		s.request.Observe(e)
	}
}

// warn reports an error that changes no verdict, once: the cache fails in the same way for every program.
func (s *session) warn(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.judge.Warn != nil && !s.warned {
		s.judge.Warn(err)
	}
	s.warned = true
}

// note ends the session if an error means that this host cannot create jails.
func (s *session) note(err error) {
	var lack *isolate.LackError
	if !errors.As(err, &lack) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unfit == nil {
		s.unfit = lack
	}
	s.stop()
}

// finish makes the report of the settled results. It is partial if an interruption has left anything unfinished.
func (s *session) finish() *report.Report {
	problem := s.request.Problem
	r := &report.Report{
		Schema: report.Schema, Judge: report.ThisBuild(), Machine: s.judge.Machine,
		Problem: report.Problem{
			Name: problem.Name, Path: problem.Path, Limits: reportLimits(problem.Limits), Tests: len(problem.Tests),
		},
		Submissions: make([]report.Submission, 0, len(s.columns)),
	}
	for _, c := range s.columns {
		c.finish(problem)
		r.Partial = r.Partial || c.result.Unfinished
		r.Submissions = append(r.Submissions, c.result)
	}
	return r
}

// release releases the programs in the cache.
func (s *session) release() {
	s.headers.Release()
	programs := s.externals
	for _, c := range s.columns {
		c.ledger.Close()
		programs = append(programs, c.program)
	}
	for _, p := range programs {
		if p.Entry != nil {
			p.Entry.Release()
		}
		if p.Outputs != nil {
			p.Outputs.Close()
		}
	}
}
