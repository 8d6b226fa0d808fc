package judge

import (
	"context"
	"errors"
	"slices"
	"sync"

	"judge/isolate"
	"judge/judge/build"
	"judge/judge/cache"
	"judge/judge/cores"
	"judge/judge/decide"
	"judge/judge/kinds"
	"judge/judge/once"
	"judge/judge/report"
	"judge/problems"
)

// judging is one under way: programs and results, by submission.
type judging struct {
	judge   *Judge
	cores   []int
	request Request

	setup     kinds.Setup // of the tests
	graders   map[*problems.External]*kinds.External
	faults    []error // of graders, by submission
	graded    []*problems.Graded
	ungraded  []bool          // by submission: an interruption has kept its score from being worked out
	externals []build.Program // of the problem's
	headers   build.Headers
	ledgers   []*cache.Ledger // of the programs
	digests   cache.Digests   // of the tests
	programs  []build.Program
	listed    []*problems.Submission // what the problem says of each; nil: nothing
	results   []report.Submission
	done      []progress

	tests cache.Stamps // of the problem's tests, as they are at the beginning
	works []string     // what each test's run comes from; "": from what no other test's run does

	quiet  *sync.RWMutex    // held by everything that runs: shared, or alone
	others cores.Neighbours // of the tests, on their cores

	mu    sync.Mutex // of unfit, warned, Observe and Warn
	unfit error      // the host turned out to be unfit: everything ends
	stop  context.CancelFunc

	warned bool
}

// progress is how far a submission's tests are settled, in test order.
type progress struct {
	order *inOrder[report.Test]
	runs  once.Results[decide.Facts] // of tests that are the same work
	shown map[string]bool            // the works of settled tests

	mu      sync.Mutex
	endings *decide.EarlyStop
}

func newJudging(j *Judge, cores []int, request Request) *judging {
	n := len(request.Submissions)
	quiet := j.Quiet
	if quiet == nil {
		quiet = &sync.RWMutex{}
	}
	w := &judging{
		judge: j, quiet: quiet, cores: cores, request: request, tests: cache.StampsOfTests(request.Problem.Tests),
		programs: make([]build.Program, n), listed: make([]*problems.Submission, n), results: make([]report.Submission, n),
		done: make([]progress, n), faults: make([]error, n), graded: make([]*problems.Graded, n), ungraded: make([]bool, n),
	}
	w.setup = kinds.Setup{Run: j.Run, Disturbance: w.others.Share, Problem: request.Problem}
	return w
}

// carryOut compiles the checker, every submission, and then runs every test. Compiling comes first as a whole, so that no
// compiler disturbs the timing of a test. It returns an error only when the host is unfit, or the checker.
func (w *judging) carryOut(ctx context.Context, sources []build.Source) error {
	ctx, w.stop = context.WithCancel(ctx)
	defer w.stop()
	var err error
	if w.setup.Checker, err = w.makeChecker(ctx); err != nil {
		return err
	}
	if given := w.request.Problem.Interactor; given != nil {
		interactor, err := w.makeExternal(ctx, given)
		if err != nil {
			return err
		}
		w.setup.Interactor = interactor.AsInteractor(given)
	}
	if given := w.request.Problem.Manager; given != nil {
		if w.setup.Manager, err = w.makeExternal(ctx, &given.External); err != nil {
			return err
		}
	}
	if err := w.makeGraders(ctx); err != nil {
		return err
	}
	for i, s := range sources {
		w.begin(i, s)
	}
	w.compileAll(ctx, sources)
	w.openLedgers()
	w.works = w.sameWork(ctx)
	tests := w.request.Problem.Tests
	defer w.others.WatchUntil(ctx)()
	waiting := cores.MaxWaiting(cores.AvailableMemory(), w.request.Problem.Limits.Memory, len(w.cores))
	if w.judge.Alone {
		waiting = 0
	}
	lanes(ctx, w.cores, waiting, len(sources)*len(tests), func(ctx context.Context, l *lane, i int) {
		w.test(ctx, l, i/len(tests), i%len(tests))
	})
	for i := range w.done {
		w.done[i].order.flush() // after an interruption: a test that was cut short holds back those after it
		w.leaveOutEnded(i)
	}
	w.gradeAll(ctx)
	return w.unfit
}

// makeChecker makes what checks outputs: a comparison, or the problem's own programs, compiled.
func (w *judging) makeChecker(ctx context.Context) (kinds.Checker, error) {
	var all []*kinds.External
	for given := w.request.Problem.Checker.External; given != nil; given = given.Also {
		one, err := w.makeExternal(ctx, given)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return kinds.NewChecker(w.request.Problem.Checker, all)
}

// makeExternal compiles a program of the problem's.
func (w *judging) makeExternal(ctx context.Context, given *problems.External) (*kinds.External, error) {
	problem := w.request.Problem
	s, err := w.judge.reader(w.request).ReadExternal(given)
	if err != nil {
		return nil, err
	}
	c := w.compiler(w.cores[0])
	c.Limits = build.AtLeastUsual(c.Limits)
	p := w.compiled(ctx, c, s)
	w.externals = append(w.externals, p)
	switch {
	case p.Entry != nil || ctx.Err() != nil:
		return kinds.NewExternal(w.judge.Run, problem, given, p), nil
	case p.Err != nil:
		return nil, p.Err
	default:
		return nil, build.DoesNotCompile(problem, p)
	}
}

// begin sets a submission's result to "nothing has run".
func (w *judging) begin(i int, s build.Source) {
	tests := w.request.Problem.Tests
	result := &w.results[i]
	*result = report.Submission{
		Path: s.Path, Language: s.Language.ID, Tests: make([]report.Test, len(tests)),
	}
	if s.Listed != nil {
		result.Expected = slices.Clone(s.Listed.Expect)
	}
	for t, test := range tests {
		result.Tests[t] = cut(test)
	}
	w.listed[i] = s.Listed
	w.done[i].shown = map[string]bool{}
	w.done[i].endings = decide.NewEarlyStop(w.request.Stop, w.request.Problem)
	w.done[i].order = newInOrder(func(t int, test report.Test) { w.settle(i, t, test) })
}

// compileAll compiles every submission, and before them the headers that are worth it.
func (w *judging) compileAll(ctx context.Context, sources []build.Source) {
	headers := w.headers.Missing(ctx, w.compiler(w.cores[0]), sources)
	lanes(ctx, w.cores, 0, len(headers)+len(sources), func(ctx context.Context, l *lane, i int) {
		if i < len(headers) {
			w.quiet.RLock()
			defer w.quiet.RUnlock()
			w.headers.Compile(ctx, w.compiler(l.cpu), headers[i])
			return
		}
		i -= len(headers)
		w.compile(ctx, l.cpu, i, sources[i])
	})
}

func (w *judging) compiler(cpu int) build.Compiler {
	return build.Compiler{Run: w.judge.Run, Cache: w.judge.Cache, Limits: w.request.Problem.Limits, Core: isolate.OnCore(cpu), Warn: w.warn}
}

func (w *judging) compile(ctx context.Context, cpu, i int, s build.Source) {
	c := w.compiler(cpu)
	c.Header = w.headers.Of(ctx, c, s)
	p := w.compiled(ctx, c, s)
	if ctx.Err() != nil {
		if p.Entry != nil {
			p.Entry.Release()
		}
		return // an interrupted compilation says nothing of the submission
	}
	w.note(p.Err)
	w.programs[i] = p
	w.results[i].Compile = p.Compile
	w.observe(Event{Submission: i, Compile: &w.results[i].Compile})
}

// compiled compiles while nothing has to be alone.
func (w *judging) compiled(ctx context.Context, c build.Compiler, s build.Source) build.Program {
	w.quiet.RLock()
	defer w.quiet.RUnlock()
	return c.Compile(ctx, s)
}

// test runs one test, unless an earlier one of the submission has failed and the rest is to be skipped, or its result is
// that of a run that was made.
func (w *judging) test(ctx context.Context, l *lane, i, t int) {
	p, done, test := w.programs[i], &w.done[i], w.request.Problem.Tests[t]
	if !p.Ready() {
		return // it has not been compiled
	}
	if done.endedBefore(t) {
		done.order.put(t, skipped(test))
		return
	}
	if known, ok := w.known(i, test); ok {
		done.order.put(t, known)
		return
	}
	work := w.workOf(p, t)
	if !done.runs.Claim(work, func(f decide.Facts) { w.conclude(ctx, i, t, f) }) {
		return
	}
	facts := w.measure(ctx, w.setup.Kind(p), l, test)
	if ctx.Err() != nil && !decide.Whole(w.request.Problem.Limits, facts) {
		return // interrupted: it stays as it began
	}
	w.conclude(ctx, i, t, facts)
	done.runs.Done(work, facts)
}

// conclude decides a test by what was seen of its run, or of another test's that is the same work.
func (w *judging) conclude(ctx context.Context, i, t int, facts decide.Facts) {
	problem, test := w.request.Problem, w.request.Problem.Tests[t]
	if err := w.intact(w.programs[i], test); facts.Run != nil && err != nil {
		facts = decide.Facts{Core: facts.Core, Err: err}
	}
	facts = decide.HeldToRules(problem, test, facts)
	w.note(facts.Err)
	result := record(test, facts, decide.Decide(problem.Limits, facts))
	if l := w.ledgers[i]; l != nil && ctx.Err() == nil {
		l.Keep(w.testKey(test), timing(problem.Limits), result)
	}
	w.done[i].order.put(t, result)
}

// intact says what has happened to the files that a run relied on: whatever came of it says nothing then.
func (w *judging) intact(p build.Program, t problems.TestCase) error {
	err := w.tests.Check(t.Input, t.Answer)
	for _, used := range append(w.externals[:len(w.externals):len(w.externals)], p) {
		if err == nil && used.Entry != nil {
			err = used.Entry.Intact()
		}
	}
	return err
}

func (p *progress) note(t int, result report.Test) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.endings.Note(t, result)
}

func (p *progress) endedBefore(t int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.endings.Before(t)
}

// settle takes a submission's tests in their order. Here alone it is decided which results count, so that the report does
// not depend on which lane was faster.
func (w *judging) settle(i, t int, test report.Test) {
	if w.done[i].endedBefore(t) {
		test = skipped(w.request.Problem.Tests[t])
	}
	if work := w.workOf(w.programs[i], t); work != "" && test.Verdict != problems.SKIP {
		test.Cached = test.Cached || w.done[i].shown[work]
		w.done[i].shown[work] = true
	}
	w.done[i].note(t, test)
	w.results[i].Tests[t] = test
	w.observe(Event{Submission: i, Test: &w.results[i].Tests[t]})
}

// leaveOutEnded marks tests that an interruption has kept from being run, and that were not to be run, after those
// before them.
func (w *judging) leaveOutEnded(i int) {
	for t, test := range w.results[i].Tests {
		if wasCut(test) && w.done[i].endedBefore(t) {
			leaveOut(w.results[i].Tests[t : t+1])
		}
	}
}

func (w *judging) observe(e Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.request.Observe != nil {
		w.request.Observe(e)
	}
}

// warn tells, once, what changes no verdict: the cache fails in the same way for every program.
func (w *judging) warn(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.judge.Warn != nil && !w.warned {
		w.judge.Warn(err)
	}
	w.warned = true
}

// note ends the judging when an error says that no jail can be made here.
func (w *judging) note(err error) {
	var lack *isolate.LackError
	if !errors.As(err, &lack) {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.unfit == nil {
		w.unfit = lack
	}
	w.stop()
}

// finish makes the report of what is settled. It is partial if an interruption has left anything unfinished.
func (w *judging) finish() *report.Report {
	problem := w.request.Problem
	r := &report.Report{
		Schema: report.Schema, Judge: report.ThisBuild(), Machine: w.judge.Machine,
		Problem:     report.Problem{Name: problem.Name, Path: problem.Path, Limits: reportLimits(problem.Limits), Tests: len(problem.Tests)},
		Submissions: w.results,
	}
	for i := range w.results {
		result, p := &w.results[i], w.programs[i]
		if p.Path != "" && !p.Ready() {
			leaveOut(result.Tests) // they were not to be run
		}
		summarize(result)
		if w.graded[i] != nil {
			decide.TakeGraded(result, *w.graded[i])
		}
		if problem.Grading == nil {
			result.Score, result.Groups = decide.Scores(problem, result.Tests)
		}
		if result.Groups == nil && problem.Grading != nil {
			result.Groups = decide.GroupResults(problem, result.Tests)
		}
		if result.Unfinished = w.ungraded[i] || slices.ContainsFunc(result.Tests, wasCut); result.Unfinished {
			r.Partial, result.Score = true, nil // what was not run may add to it
		}
		result.Worth = decide.Worth(problem)
		switch {
		case p.Err != nil:
			result.Verdict, result.Reason = problems.JE, report.Reason(report.Fault(p.Err, report.MaxReason))
		case p.Path != "" && !p.Ready():
			result.Verdict, result.Reason = problems.CE, p.Reason
		case w.faults[i] != nil:
			result.Verdict, result.Reason = problems.JE, report.Reason(report.Fault(w.faults[i], report.MaxReason))
		}
		decide.Expect(result, w.listed[i])
	}
	return r
}

// release lets the programs go.
func (w *judging) release() {
	w.headers.Release()
	for _, l := range w.ledgers {
		l.Close()
	}
	for _, p := range append(w.externals, w.programs...) {
		if p.Entry != nil {
			p.Entry.Release()
		}
		if p.Outputs != nil {
			p.Outputs.Close()
		}
	}
}
