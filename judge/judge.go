// Package judge is the engine: it compiles submissions, runs them on every test case, decides and reports.
//
// Data flows in one direction. Submissions are read and compiled (package build). A lane for each core runs them
// on the test cases (session.go, lanes.go, test.go, and package kinds). The observations of a run are its Facts,
// from which one pure function makes a decision (package decide). The decisions form the report (record.go,
// column.go). See docs/ARCHITECTURE.md.
package judge

import (
	"context"
	"errors"
	"slices"
	"sync"

	"judge/isolate"
	"judge/judge/build"
	"judge/judge/cache"
	"judge/judge/decide"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
)

// Judge judges submissions on one host. Create one with a literal; it holds no state between calls of Judge.
type Judge struct {
	// Run runs one command in one fresh jail: isolate.Pool's method. The engine starts programs only through it.
	Run func(context.Context, isolate.Command) (isolate.Outcome, error)
	// Cores are the CPU numbers that run tests, one lane each; see ParseCores. Empty: DefaultCores.
	Cores     []int
	Languages *languages.Table
	Cache     *cache.Cache    // nil: always compile
	Verdicts  *cache.Verdicts // nil: always run; also without a Cache
	Machine   report.Machine  // copied into the report
	// Alone keeps a core from starting its next test while a program waits: with one core, one program of a
	// submission runs at a time.
	Alone bool
	// Quiet is shared by judges that work in parallel on separate cores, and by calls of one judge that overlap: a
	// run that must be alone waits until none of them runs anything. nil: there is no other call.
	Quiet *sync.RWMutex
	// Warn, if set, receives warnings that change no verdict: that the cache is unavailable. It is called at most
	// once a session.
	Warn func(error)
}

// Request describes one session.
type Request struct {
	Problem     *problems.Problem
	Submissions []string // paths of files or directories
	Listed      []string // by submission, its name in the package, to tell links to one file apart; nil: by the files
	Language    string   // language id for all submissions; "": by extension or shebang
	Stop        decide.Stop
	Keep        Keeper // receives the files of failed tests; nil: nobody
	Advice      string // how to choose a language, for submissions in an unknown one; "": no hint
	Sanitize    bool   // compile the submissions with sanitizers; Problem has SanitizedLimits then
	// Observe, if set, is called from one goroutine at a time: with every compilation, and with every test of a
	// submission in the order of the tests.
	Observe func(Event)
}

// Event is one settled step: a compilation (Test is nil) or a test.
type Event struct {
	Submission int // index in Request.Submissions
	Compile    *report.Compile
	Test       *report.Test
}

// Judge judges the request. When ctx ends it returns the settled results as a partial report together with ctx's
// error. The report is the same for any number of cores, except for measurements. Errors: *SubmissionError,
// *MissingError, *CheckerError, *isolate.LackError, and that of ctx if it ends before all submissions are read;
// the report is then nil.
func (j *Judge) Judge(ctx context.Context, request Request) (*report.Report, error) {
	sources, err := j.read(ctx, request)
	if err != nil {
		return nil, err
	}
	s, err := newSession(j)
	if err != nil {
		return nil, err
	}
	s.observe, s.keep, s.outputLimit = request.Observe, request.Keep, request.Problem.Limits.Output
	inner := s.begin(ctx)
	defer s.end()
	p := newPrepared(j, request.Problem, request.Stop)
	defer p.Close()
	if err := p.make(inner, s); err != nil {
		closeOutputs(sources)
		return nil, err
	}
	columns := s.carryOut(inner, p, sources)
	if s.unfit != nil {
		return nil, s.unfit
	}
	return reportOf(j, request.Problem, columns), ctx.Err()
}

// read reads every submission before anything runs, so that a mistyped name costs no time. A fault of one
// submission is in its source, and does not affect the others. A host without the compilers of all of them is
// unfit for this session.
func (j *Judge) read(ctx context.Context, request Request) (sources []build.Source, err error) {
	defer func() {
		if err != nil {
			closeOutputs(sources)
		}
	}()
	sources, reader := make([]build.Source, len(request.Submissions)), j.reader(request)
	for i, path := range request.Submissions {
		if err := ctx.Err(); err != nil {
			return sources, err
		}
		name := ""
		if request.Listed != nil {
			name = request.Listed[i]
		}
		if sources[i], err = reader.Read(path, name); err != nil {
			return sources, err
		}
	}
	lacks := func(s build.Source) bool { return errors.As(s.Failed, new(*build.MissingError)) }
	if len(sources) > 0 && !slices.ContainsFunc(sources, func(s build.Source) bool { return !lacks(s) }) {
		return sources, sources[0].Failed
	}
	return sources, nil
}

func (j *Judge) reader(request Request) build.Reader {
	return build.Reader{
		Languages: j.Languages, Problem: request.Problem, Language: request.Language, Advice: request.Advice,
		Sanitize: request.Sanitize,
	}
}

func closeOutputs(sources []build.Source) {
	for _, s := range sources {
		if s.Outputs != nil {
			s.Outputs.Close()
		}
	}
}

// Check reports why a submission cannot be judged at all; nil if it can be compiled and run. Errors are those of
// Judge. In addition, it returns a *SubmissionError where Judge would report a compile error without running a
// compiler, unless the problem expects that.
func (j *Judge) Check(request Request, path string) error {
	s, err := j.reader(request).Read(path, "")
	closeOutputs([]build.Source{s})
	switch {
	case err != nil:
		return err
	case s.Failed != nil:
		return s.Failed
	case s.Refused == nil, s.Refused.Log == "", s.Listed != nil && slices.Contains(s.Listed.Expect, problems.CE):
		return nil
	default:
		return &build.SubmissionError{Path: path, Err: s.Refused.Err}
	}
}
