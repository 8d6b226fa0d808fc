package judge

import (
	"cmp"
	"context"
	"io"
	"os"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/build"
	"judge/judge/decide"
	"judge/judge/kinds"
	"judge/judge/report"
	"judge/problems"
)

// Trial judges submissions to one problem on inputs that need not be its tests, such as random ones and those of a
// user. It judges them as Judge does, and caches no result. Create one with Judge.Trial. It is safe for concurrent
// use.
type Trial struct {
	session    *session
	prepared   *Prepared
	programs   []build.Program
	kinds      []kinds.Kind // by submission
	validators []kinds.Validator
}

// TrialRequest describes a trial.
type TrialRequest struct {
	Request
	Unchecked  bool // no checker looks at the outputs; an interactor still decides
	Validators bool // Trial.Validate will be called
}

// Trial compiles the problem's own programs and the submissions. Call Close at the end. Errors are those of Judge. A
// submission that does not compile is no error: see Trial.Compiled.
func (j *Judge) Trial(ctx context.Context, request TrialRequest) (*Trial, error) {
	sources, err := j.read(ctx, request.Request)
	if err != nil {
		return nil, err
	}
	s, err := newSession(j)
	if err != nil {
		return nil, err
	}
	ctx = s.begin(ctx)
	own := *request.Problem
	own.Tests = nil // none of them is judged
	t := &Trial{session: s, prepared: newPrepared(j, &own, AtEnd)}
	if err = t.make(ctx, request); err == nil {
		err = t.compile(ctx, sources)
	}
	if err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

func (t *Trial) make(ctx context.Context, request TrialRequest) (err error) {
	p, s := t.prepared, t.session
	interacts := p.problem.Interactor != nil || p.problem.Manager != nil || p.problem.Passes > 1
	if request.Unchecked && !interacts {
		p.setup.Checker = kinds.Unchecked{}
	} else {
		err = p.make(ctx, s)
	}
	if err == nil && request.Validators {
		t.validators, err = p.makeValidators(ctx, s, p.problem.InputValidators)
	}
	return err
}

func (t *Trial) compile(ctx context.Context, sources []build.Source) error {
	s := t.session
	t.programs, t.kinds = make([]build.Program, len(sources)), make([]kinds.Kind, len(sources))
	lanes(ctx, s.cores, 0, numbered(len(sources), func(ctx context.Context, l *lane, i int) {
		t.programs[i] = s.compiled(ctx, s.compiler(l.cpu, t.prepared.problem), sources[i])
		s.note(t.programs[i].Err)
		if t.programs[i].Ready() {
			t.kinds[i] = t.prepared.setup.Kind(t.programs[i])
		}
	}))
	if s.unfit != nil {
		return s.unfit
	}
	for _, p := range t.programs {
		if p.Err != nil {
			return p.Err
		}
	}
	return ctx.Err()
}

// Close releases the programs.
func (t *Trial) Close() {
	for _, p := range t.programs {
		if p.Entry != nil {
			p.Entry.Release()
		}
		closeOutputs([]build.Source{p.Source})
	}
	t.prepared.Close()
	t.session.end()
}

// Compiled returns how a submission was compiled, with the reason if it was not: it cannot be run then.
func (t *Trial) Compiled(submission int) (report.Compile, report.Reason) {
	p := t.programs[submission]
	return p.Compile, p.Reason
}

// Language returns the id of a submission's language.
func (t *Trial) Language(submission int) string { return t.programs[submission].Language.ID }

// Cores returns the CPU numbers that run tests.
func (t *Trial) Cores() []int { return t.session.cores }

// Try is one run of a submission.
type Try struct {
	Submission int // index in Request.Submissions
	Core       int // one of Cores
	Test       problems.TestCase
	Alone      bool      // nothing else of the trial runs meanwhile
	Output     io.Writer // receives a copy of the output, and must not fail; nil: nobody
	Stderr     io.Writer // if Output is set: receives a copy of stderr, and must not fail; nil: nobody
	Talk       io.Writer // receives the whole interaction; nil: nobody
}

// Run judges a submission on a test. Several runs may share a core. A run whose CPU time is too close to the limit
// to trust is repeated alone, unless somebody reads its output.
func (t *Trial) Run(ctx context.Context, r Try) report.Test {
	s, problem, kind := t.session, t.prepared.problem, t.kinds[r.Submission]
	limit := problem.Limits.Time
	attempt := kinds.Attempt{
		Core: r.Core, CPU: limit + decide.Margin(limit), Test: r.Test, Talk: r.Talk,
	}
	if r.Output != nil {
		attempt.Keep = &kinds.Streams{Stdout: r.Output, Stderr: cmp.Or(r.Stderr, io.Discard)}
	}
	alone := func() decide.Facts {
		s.quiet.Lock()
		defer s.quiet.Unlock()
		return kind.Test(ctx, attempt)
	}
	var facts decide.Facts
	if r.Alone {
		facts = alone()
	} else {
		s.quiet.RLock()
		facts = kind.Test(ctx, attempt)
		s.quiet.RUnlock()
		if r.Output == nil && r.Talk == nil && decide.Borderline(limit, facts) {
			attempt.CPU = limit
			facts = decide.Faster(facts, alone())
		}
	}
	facts = decide.HeldToRules(problem, r.Test, facts)
	s.note(facts.Err)
	return recordOf(t.programs[r.Submission], problem, r.Test, facts)
}

// Validate runs the problem's input validators that read the test on an input: on data, or if that is nil on the
// test's own. The result has an error if a validator failed instead of judging.
func (t *Trial) Validate(ctx context.Context, core int, test problems.TestCase, data []byte) ProbeResult {
	t.session.quiet.RLock()
	defer t.session.quiet.RUnlock()
	result := probeValidators(ctx, core, t.validators, Probe{Test: test, Data: data})
	t.session.note(result.Err)
	return result
}

// Validates reports whether an input validator reads the input of a test.
func (t *Trial) Validates(test problems.TestCase) bool {
	for _, v := range t.validators {
		if v.Given.Reads(test) {
			return true
		}
	}
	return false
}

// ByHand runs the problem's interactor on a test with whoever is at its streams in place of a submission. The problem
// must have an interactor.
func (t *Trial) ByHand(
	ctx context.Context, core int, test problems.TestCase, stdin *os.File, stdout io.Writer,
) (*checkers.Check, error) {
	check, err := t.prepared.setup.Interactor.ByHand(ctx, test, isolate.OnCore(core), stdin, stdout)
	t.session.note(err)
	return check, err
}
