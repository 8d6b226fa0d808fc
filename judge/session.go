package judge

import (
	"context"
	"errors"
	"sync"

	"judge/isolate"
	"judge/judge/build"
	"judge/judge/cores"
	"judge/judge/report"
	"judge/problems"
)

// session is one call of Judge, Stream, Prepare or Probe: what its submissions share of the host.
type session struct {
	judge   *Judge
	cores   []int
	headers build.Headers

	keep        Keeper         // of the files of failed tests; nil: none
	outputLimit problems.Bytes // of what it gets of each stream

	quiet  *sync.RWMutex    // held by every run: shared, or alone
	others cores.Neighbours // runs the tests on their cores

	mu      sync.Mutex // of all below, and while Observe and Warn are called
	observe func(Event)
	unfit   error // the host is unfit: the session ends
	stop    context.CancelFunc
	warned  bool
	columns map[*column]bool // those that have begun and are not complete
}

func newSession(j *Judge) (*session, error) {
	s := &session{judge: j, quiet: j.Quiet, cores: j.Cores, columns: map[*column]bool{}}
	if s.quiet == nil {
		s.quiet = &sync.RWMutex{}
	}
	var err error
	if len(s.cores) == 0 {
		s.cores, err = cores.Default()
	}
	return s, err
}

// begin returns the context of the session's work. Call end when that has ended.
func (s *session) begin(ctx context.Context) context.Context {
	ctx, s.stop = context.WithCancel(ctx)
	return ctx
}

func (s *session) end() {
	s.stop()
	s.headers.Release()
}

// memoryOfWaiting returns the memory that is available to programs that wait while their core goes on.
func (s *session) memoryOfWaiting() problems.Bytes {
	if s.judge.Alone {
		return 0
	}
	return cores.AvailableMemory()
}

// carryOut compiles every submission, and then runs every test. All compiling comes first, so that no compiler
// disturbs the timing of a test. It returns the columns of the submissions.
func (s *session) carryOut(ctx context.Context, p *Prepared, sources []build.Source) []*column {
	columns := make([]*column, len(sources))
	for i, source := range sources {
		columns[i] = newColumn(s, p, i, source)
	}
	s.compileAll(ctx, columns, sources)
	tests := len(p.problem.Tests)
	defer s.others.WatchUntil(ctx)()
	lanes(ctx, s.cores, s.memoryOfWaiting(), numbered(len(sources)*tests, func(ctx context.Context, l *lane, i int) {
		s.test(ctx, l, columns[i/tests], i%tests)
	}))
	s.completeOpen(ctx)
	return columns
}

// compileAll compiles every submission, after the headers that are worth precompiling.
func (s *session) compileAll(ctx context.Context, columns []*column, sources []build.Source) {
	if len(sources) == 0 {
		return
	}
	problem := columns[0].prepared.problem
	headers := s.headers.Missing(ctx, s.compiler(s.cores[0], problem), sources)
	lanes(ctx, s.cores, 0, numbered(len(headers)+len(sources), func(ctx context.Context, l *lane, i int) {
		if i < len(headers) {
			s.quiet.RLock()
			defer s.quiet.RUnlock()
			s.headers.Compile(ctx, s.compiler(l.cpu, problem), headers[i])
			return
		}
		i -= len(headers)
		s.compile(ctx, l.cpu, columns[i], sources[i])
	}))
}

// makeHeader precompiles the header of one source if that is worth it and nobody else does.
func (s *session) makeHeader(ctx context.Context, cpu int, problem *problems.Problem, source build.Source) {
	s.quiet.RLock()
	defer s.quiet.RUnlock()
	s.headers.Make(ctx, s.compiler(cpu, problem), source)
}

func (s *session) compiler(cpu int, problem *problems.Problem) build.Compiler {
	return build.Compiler{
		Run: s.judge.Run, Cache: s.judge.Cache, Warn: s.warn, Limits: problem.Limits, Core: isolate.OnCore(cpu),
	}
}

// compile compiles a submission. It is complete if there is nothing to test.
func (s *session) compile(ctx context.Context, cpu int, c *column, source build.Source) {
	compiler := s.compiler(cpu, c.prepared.problem)
	compiler.Header = s.headers.Of(ctx, compiler, source)
	p := s.compiled(ctx, compiler, source)
	if ctx.Err() != nil {
		if p.Entry != nil {
			p.Entry.Release()
		}
		return // an interrupted compilation proves nothing about the submission
	}
	s.note(p.Err)
	c.program = p
	c.result.Compile = p.Compile
	if p.Ready() && p.Outputs == nil && s.judge.Verdicts != nil {
		c.ledger = s.judge.Verdicts.Open(c.prepared.settingKey(p))
	}
	s.tell(Event{Submission: c.index, Compile: &c.result.Compile})
	if !p.Ready() || len(c.result.Tests) == 0 {
		s.complete(ctx, cpu, c)
	}
}

// compiled compiles, while no run must be alone.
func (s *session) compiled(ctx context.Context, c build.Compiler, source build.Source) build.Program {
	s.quiet.RLock()
	defer s.quiet.RUnlock()
	return c.Compile(ctx, source)
}

func (s *session) tell(e Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.observe != nil {
		s.observe(e)
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

// complete completes a submission of which nothing is left to run, delivers its result and releases its program.
func (s *session) complete(ctx context.Context, cpu int, c *column) {
	s.mu.Lock()
	open, unfit := s.columns[c], s.unfit != nil
	delete(s.columns, c)
	s.mu.Unlock()
	if !open {
		return
	}
	s.grade(ctx, cpu, c)
	c.interrupted = c.interrupted || unfit
	c.finish(c.prepared.problem)
	c.release()
	if c.done != nil {
		c.done(c.result)
	}
}

// completeOpen completes the submissions that an interruption has left open.
func (s *session) completeOpen(ctx context.Context) {
	s.mu.Lock()
	var open []*column
	for c := range s.columns {
		open = append(open, c)
	}
	s.mu.Unlock()
	for _, c := range open {
		c.order.flush() // a test that was cut short holds back those after it
		c.leaveOutEnded()
		s.complete(ctx, s.cores[0], c)
	}
}

// reportOf makes the report of the settled results. It is partial if an interruption has left anything unfinished.
func reportOf(j *Judge, problem *problems.Problem, columns []*column) *report.Report {
	r := &report.Report{
		Schema: report.Schema, Judge: report.ThisBuild(), Machine: j.Machine,
		Problem: report.Problem{
			Name: problem.Name, Path: problem.Path, Limits: report.LimitsOf(problem.Limits), Tests: len(problem.Tests),
		},
		Submissions: make([]report.Submission, 0, len(columns)),
	}
	for _, c := range columns {
		r.Partial = r.Partial || c.result.Unfinished
		r.Submissions = append(r.Submissions, c.result)
	}
	return r
}
