// Package judge is the engine: it compiles submissions, runs them on every test case, decides and reports.
//
// Everything goes one way: submissions are read (judge.go) and become programs (compile.go), a lane for each core runs
// them on the test cases (lanes.go, batch.go, interactive.go), what was seen of a run is its Facts (facts.go), one pure
// function decides (decide.go), and the decisions become a report (record.go). A problem's own programs are external.go.
package judge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"judge/isolate"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
)

// Judge judges submissions on one host. Make one with a literal; it holds no state between calls of Judge.
type Judge struct {
	// Run runs one command in one fresh jail: isolate.Pool's method. It is the engine's only way to start a program.
	Run func(context.Context, isolate.Command) (isolate.Outcome, error)
	// Cores are the CPU numbers that run tests, one lane each; see ParseCores. Empty: DefaultCores.
	Cores     []int
	Languages *languages.Table
	Cache     *Cache         // nil: compile always
	Verdicts  *Verdicts      // nil: run always; without a Cache, too
	Machine   report.Machine // goes into the report as it is
	// Alone keeps a core from going on to its next test while a program waits: with one core, one submission's
	// program runs at a time.
	Alone bool
	// Quiet is shared by judges that work side by side on cores of their own: what has to run alone runs while none of them runs
	// anything. nil: there is no other.
	Quiet *sync.RWMutex
	// Warn, if set, is told what the user should know although it changes no verdict: that the cache is of no use. At most
	// once a judging.
	Warn func(error)
}

// Request is one judging.
type Request struct {
	Problem     *problems.Problem
	Submissions []string // paths of files or directories
	Language    string   // language id for all submissions; "": by extension or shebang
	Stop        Stop
	// Observe, if set, is called from one goroutine at a time: with every compilation, and with every test of a
	// submission in the order of the tests.
	Observe func(Event)
}

// Stop says when a submission's remaining tests are skipped.
type Stop uint8

// Stop rules.
const (
	AtEnd          Stop = iota // run every test
	AtFirstFailure             // skip what follows a submission's first test that is not accepted, unless it can earn points
	AtFirstTimeout             // skip what follows a submission's first test that is over the time limit
)

// Event is one settled step: a compilation (Test is nil) or a test.
type Event struct {
	Submission int // index in Request.Submissions
	Compile    *report.Compile
	Test       *report.Test
}

// SubmissionError says why a submission cannot be judged at all: it cannot be read, or nobody knows its language. It is
// the user's to mend. Its text is that of Err, which names the submission where that helps.
type SubmissionError struct {
	Path string
	Err  error
}

func (e *SubmissionError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *SubmissionError) Unwrap() error { return e.Err }

// MissingError says that this host lacks what a submission's language needs.
type MissingError struct {
	Path string
	Err  error
}

func (e *MissingError) Error() string { return printable(e.Path, pathKept) + ": " + e.Err.Error() }

// Unwrap gives the cause.
func (e *MissingError) Unwrap() error { return e.Err }

// Judge judges the request. When ctx ends it returns what had been settled as a partial report together with ctx's
// error. The report is the same for any number of cores, measurements aside. Errors: *SubmissionError, *MissingError,
// *CheckerError, *isolate.LackError; then there is no report.
func (j *Judge) Judge(ctx context.Context, request Request) (*report.Report, error) {
	sources, err := j.read(request)
	if err != nil {
		return nil, err
	}
	cores := j.Cores
	if len(cores) == 0 {
		if cores, err = DefaultCores(); err != nil {
			return nil, err
		}
	}
	under := newJudging(j, cores, request)
	defer under.release()
	if err := under.carryOut(ctx, sources); err != nil {
		return nil, err
	}
	return under.finish(ctx.Err() != nil), ctx.Err()
}

// read reads and understands every submission before anything runs, so that a mistyped name costs no time.
func (j *Judge) read(request Request) ([]source, error) {
	sources := make([]source, len(request.Submissions))
	for i, path := range request.Submissions {
		var err error
		if sources[i], err = j.readOne(path, request); err != nil {
			return nil, err
		}
	}
	return sources, nil
}

func (j *Judge) readOne(path string, request Request) (source, error) {
	if request.Problem.OutputOnly {
		s, err := readOutputs(path, mostArchive(request.Problem))
		s.listed = listed(request.Problem, path)
		return s, err
	}
	limits := request.Problem.Limits
	s := source{path: path}
	files, err := languages.ReadSources(path, int64(limits.Code))
	s.tooLarge = errors.Is(err, languages.ErrTooLarge)
	if err != nil && !s.tooLarge {
		return s, &SubmissionError{path, err}
	}
	s.listed = listed(request.Problem, path)
	id := request.Language
	if s.listed != nil {
		files = withConstants(files, request.Problem.Constants)
		if _, known := j.Languages.Lookup(s.listed.Language); id == "" && known {
			id = s.listed.Language
		}
		files.Start = s.listed.Entry
	}
	if s.language, err = j.language(files, id); err != nil {
		return s, &SubmissionError{path, err}
	}
	if s.tooLarge {
		return s, nil
	}
	if missing := s.language.Missing(); missing != nil {
		return s, &MissingError{path, s.language.MissingError(missing)}
	}
	if request.Problem.Grader != nil {
		if files, err = j.addGrader(request.Problem, s.language, files); err != nil {
			if errors.As(err, new(*CheckerError)) {
				return s, err
			}
			return s, &SubmissionError{path, err}
		}
	}
	s.plan, err = s.language.Plan(files, languages.Limits{
		Memory: int64(limits.Memory), CompilationMemory: int64(limits.CompilationMemory),
	})
	if err != nil {
		return s, &SubmissionError{path, err}
	}
	return s, nil
}

func (j *Judge) language(files languages.Sources, id string) (languages.Language, error) {
	if id == "" {
		return j.Languages.Detect(files)
	}
	language, ok := j.Languages.Lookup(id)
	if !ok {
		return language, fmt.Errorf("unknown language %q: judge languages lists those there are", id)
	}
	return language, nil
}

// listed is what the problem's author says of a submission; nil: it is none of the problem's.
func listed(problem *problems.Problem, path string) *problems.Submission {
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	for i, s := range problem.Submissions {
		if known, err := os.Stat(s.Path); err == nil && os.SameFile(info, known) {
			return &problem.Submissions[i]
		}
	}
	return nil
}

// Understand says why a submission cannot be judged at all; nil if it can be compiled and run. Errors are those of Judge.
func (j *Judge) Understand(request Request, path string) error {
	_, err := j.readOne(path, request)
	return err
}
