// Package judge is the engine: it compiles submissions, runs them on every test case, decides and reports.
//
// Everything goes one way: submissions are read (judge.go) and become programs (compile.go), a lane for each core runs
// them on the test cases (lanes.go, batch.go, interactive.go), what was seen of a run is its Facts (facts.go), one pure
// function decides (decide.go), and the decisions become a report (record.go). A problem's own programs are external.go.
package judge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"syscall"

	"judge/isolate"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/lfs"
	"judge/problems/safefile"
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
	Listed      []string // by submission, its name in the package, which tells links to one file apart; nil: by the files
	Language    string   // language id for all submissions; "": by extension or shebang
	Stop        Stop
	Advice      string // on how to choose a language, for submissions in an unknown one; "": none
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

// SubmissionError reports why a submission cannot be judged at all: it is not there, or the user has named a language
// for it that nobody knows. It is the user's to mend. Its text is that of Err, which names the submission where that helps.
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

func (e *MissingError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *MissingError) Unwrap() error { return e.Err }

// Judge judges the request. When ctx ends it returns what had been settled as a partial report together with ctx's
// error. The report is the same for any number of cores, measurements aside. Errors: *SubmissionError, *MissingError,
// *CheckerError, *isolate.LackError, and that of ctx if it ends before all submissions are read; then there is no
// report.
func (j *Judge) Judge(ctx context.Context, request Request) (*report.Report, error) {
	sources, err := j.read(ctx, request)
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
	return under.finish(), ctx.Err()
}

// read reads and understands every submission before anything runs, so that a mistyped name costs no time. What is wrong
// with one submission is in its source, and keeps no other from being judged. A host that lacks the compilers of all of
// them is not fit for this judging.
func (j *Judge) read(ctx context.Context, request Request) (sources []source, err error) {
	defer func() {
		if err != nil {
			closeOutputs(sources)
		}
	}()
	sources = make([]source, len(request.Submissions))
	for i, path := range request.Submissions {
		if err := ctx.Err(); err != nil {
			return sources, err
		}
		name := ""
		if request.Listed != nil {
			name = request.Listed[i]
		}
		if sources[i], err = j.readOne(path, name, request); err != nil {
			return sources, err
		}
	}
	lacks := func(s source) bool { return errors.As(s.failed, new(*MissingError)) }
	if len(sources) > 0 && !slices.ContainsFunc(sources, func(s source) bool { return !lacks(s) }) {
		return sources, sources[0].failed
	}
	return sources, nil
}

func closeOutputs(sources []source) {
	for _, s := range sources {
		if s.outputs != nil {
			s.outputs.Close()
		}
	}
}

// readOne reads and understands one submission. An error is the user's to mend, or the setter's; all else is in the
// source.
func (j *Judge) readOne(path, name string, request Request) (source, error) {
	s := source{path: path}
	if err := thereIs(path); err != nil {
		return s, &SubmissionError{path, err}
	}
	if _, ok := j.Languages.Lookup(request.Language); !ok && request.Language != "" {
		return s, &SubmissionError{path, j.unknownLanguage(request.Language)}
	}
	s.listed = listed(request.Problem, path, name)
	var err error
	if s.packaged, err = packaged(request.Problem, s); err != nil {
		return s, &SubmissionError{path, fmt.Errorf("reading submission %q: %w", path, err)}
	}
	if request.Problem.OutputOnly {
		s.language.ID = outputsID
		s.outputs, err = readOutputs(request.Problem, s)
	} else {
		err = j.readProgram(&s, request)
	}
	var fault *languages.Fault
	var setters *CheckerError
	switch {
	case errors.As(err, &setters):
		return s, err
	case errors.Is(err, languages.ErrTooLarge):
		s.refused = &refusal{reason: codeReason(request.Problem)}
	case errors.As(err, &fault):
		s.refused = &refusal{report.Reason(fault.Kind), advised(fault, request.Advice) + "\n", withoutPath(err, fault)}
	default:
		s.failed = err
	}
	return s, nil
}

// advised is a fault with what the user can do about it.
func advised(fault *languages.Fault, advice string) string {
	if fault.Kind != languages.FaultyLanguage || advice == "" {
		return fault.Why
	}
	return fault.Why + ": " + advice
}

// withoutPath is the error of a submission without its path, which is this host's own.
func withoutPath(err error, fault *languages.Fault) error {
	if unknown, ok := errors.AsType[*languages.UnknownError](err); ok {
		return unknown
	}
	return fault
}

// codeReason is the reason of a submission whose sources are over the limit on them.
func codeReason(p *problems.Problem) report.Reason {
	reason := fmt.Sprintf("code size: more than the limit of %.4g KiB", float64(p.Limits.Code)/float64(problems.KiB))
	if !p.CodeStated {
		reason += ", a default, as the problem states none"
	}
	return report.Reason(reason)
}

// unknownLanguage says what to write instead of an id that is not in the table.
func (j *Judge) unknownLanguage(id string) error {
	var ids []string
	for _, l := range j.Languages.All() {
		ids = append(ids, l.ID)
	}
	hint := "judge languages lists them"
	if near := problems.Nearest(id, ids); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return &problems.HintError{Msg: fmt.Sprintf("unknown language %q", id), Hint: hint}
}

// thereIs reports why nothing is at a path that the user has named.
func thereIs(path string) error {
	_, err := os.Stat(path)
	for _, missing := range []error{syscall.ENOENT, syscall.ENOTDIR, syscall.ELOOP, syscall.ENAMETOOLONG, syscall.EINVAL} {
		if errors.Is(err, missing) {
			return fmt.Errorf("reading submission %q: %w", path, missing)
		}
	}
	return nil
}

// packaged is the path without links of a submission that the problem lists, or that the user named in its directory;
// "": it is elsewhere. What a package's links may lead to does not hang on who follows them.
func packaged(problem *problems.Problem, s source) (string, error) {
	if s.listed != nil {
		return s.listed.Path, nil
	}
	if problem.Dir == "" {
		return "", nil
	}
	root, err := safefile.OpenPackage(problem.Dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	name, inside := root.Inside(s.path)
	if !inside {
		return "", nil
	}
	full, _, err := root.Path(name)
	return full, err
}

// readSources reads the sources of a submission.
func readSources(problem *problems.Problem, s source) (languages.Sources, error) {
	if s.packaged == "" {
		return languages.ReadSources(s.path, int64(problem.Limits.Code))
	}
	return languages.ReadProgram(problem.Dir, s.packaged, s.path, int64(problem.Limits.Code))
}

// readProgram reads the sources of a submission and plans how they are compiled and run.
func (j *Judge) readProgram(s *source, request Request) error {
	limits := request.Problem.Limits
	files, err := readSources(request.Problem, *s)
	tooLarge := err
	if err != nil && !errors.Is(err, languages.ErrTooLarge) {
		return err
	}
	for _, f := range files.Files {
		if lfs.In(bytes.NewReader(f.Data)) {
			return &languages.Fault{Kind: languages.FaultyFiles, Why: f.Name + " is " + lfs.ErrPointer.Error()}
		}
	}
	id := request.Language
	if s.listed != nil {
		if files, err = withConstants(files, request.Problem.Constants); err != nil {
			return err
		}
		if _, known := j.Languages.Lookup(s.listed.Language); id == "" && known {
			id = s.listed.Language
		}
		files.Start = s.listed.Entry
	}
	if s.language, err = j.language(files, id); err != nil {
		return err
	}
	if tooLarge != nil {
		return tooLarge
	}
	if missing := s.language.Missing(); missing != nil {
		return &MissingError{s.path, s.language.MissingError(missing)}
	}
	if request.Problem.Grader != nil {
		if files, err = j.addGrader(request.Problem, s.language, files); err != nil {
			return err
		}
	}
	s.plan, err = s.language.Plan(withUnbuffered(request.Problem, s.language, files), languages.Limits{
		Memory: int64(limits.Memory), CompilationMemory: int64(limits.CompilationMemory),
	})
	s.plan = runUnbuffered(request.Problem, s.plan)
	if errors.As(err, new(*languages.LackError)) {
		return &MissingError{s.path, err}
	}
	return err
}

func (j *Judge) language(files languages.Sources, id string) (languages.Language, error) {
	if language, ok := j.Languages.Lookup(id); ok {
		return language, nil
	}
	return j.Languages.Detect(files)
}

// listed is what the problem's author says of a submission; nil: it is none of the problem's. Of several links to one
// file it is the one of that name, if there is one.
func listed(problem *problems.Problem, path, name string) (found *problems.Submission) {
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	for i, s := range problem.Submissions {
		if known, err := os.Stat(s.Path); err == nil && os.SameFile(info, known) && (found == nil || name != "" && s.Listed == name) {
			found = &problem.Submissions[i]
		}
	}
	return found
}

// Understand reports why a submission cannot be judged at all; nil if it can be compiled and run. Errors are those of
// Judge, and a *SubmissionError for what Judge makes a compile error of without asking a compiler, unless that is what the
// problem expects.
func (j *Judge) Understand(request Request, path string) error {
	s, err := j.readOne(path, "", request)
	closeOutputs([]source{s})
	switch {
	case err != nil:
		return err
	case s.failed != nil:
		return s.failed
	case s.refused == nil, s.refused.log == "", s.listed != nil && slices.Contains(s.listed.Expect, problems.CE):
		return nil
	default:
		return &SubmissionError{path, s.refused.err}
	}
}
