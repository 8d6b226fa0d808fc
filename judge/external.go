package judge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/languages"
	"judge/problems"
)

// Bounds of a checker's words, in bytes.
const (
	checkerWords = 64 << 10 // kept of its stdout, its stderr and each file of its feedback
	checkerCode  = 16 << 20 // sources together, libraries such as testlib.h among them
)

// Where a checker's jail has things.
const (
	testsSeen    = "/tests"
	feedbackName = "feedback"
)

// external is a checker of the problem's: a program in a jail of its own, which gets the whole output of a run.
type external struct {
	run      runner
	program  program
	protocol checkers.Protocol
	args     []string
	limits   problems.Limits
	tests    string // directory with all inputs and answers
}

// CheckerError says why a problem's own checker cannot be used at all. It is the setter's to mend.
type CheckerError struct {
	Path, Why string
}

func (e *CheckerError) Error() string {
	return printable(e.Path, pathKept) + ": the problem's checker " + e.Why
}

// readExternal understands the sources of a program of the problem's. Beside a single file lie the headers that it includes.
func (j *Judge) readExternal(p *problems.Problem, given *problems.External) (source, error) {
	s := source{path: given.Path}
	files, err := languages.ReadSources(s.path, checkerCode)
	if err != nil {
		return s, &CheckerError{s.path, "cannot be read: " + err.Error()}
	}
	if s.language, err = j.Languages.Detect(files); err != nil {
		return s, &CheckerError{s.path, "cannot be compiled: " + err.Error()}
	}
	if missing := s.language.Missing(); missing != nil {
		return s, &MissingError{s.path, s.language.MissingError(missing)}
	}
	if files, err = withHeaders(files); err != nil {
		return s, &CheckerError{s.path, "cannot be read: " + err.Error()}
	}
	s.plan, err = s.language.Plan(files, languages.Limits{
		Memory: int64(p.Limits.ValidationMemory), CompilationMemory: int64(p.Limits.CompilationMemory),
	})
	if err != nil {
		return s, &CheckerError{s.path, "cannot be compiled: " + err.Error()}
	}
	return s, nil
}

// withHeaders adds to a single source the headers in its directory.
func withHeaders(s languages.Sources) (languages.Sources, error) {
	info, err := os.Stat(s.Path)
	if err != nil || info.IsDir() {
		return s, err
	}
	entries, err := os.ReadDir(filepath.Dir(s.Path))
	if err != nil {
		return s, err
	}
	left := int64(checkerCode)
	for _, entry := range entries {
		name := entry.Name()
		if ext := filepath.Ext(name); !entry.Type().IsRegular() || name == s.Files[0].Name || ext != ".h" && ext != ".hpp" && ext != ".hh" {
			continue
		}
		header, err := languages.ReadSources(filepath.Join(filepath.Dir(s.Path), name), left)
		if err != nil {
			return s, err
		}
		left -= int64(len(header.Files[0].Data))
		s.Files = append(s.Files, header.Files...)
	}
	return s, nil
}

func newExternal(run runner, p *problems.Problem, given *problems.External, compiled program) *external {
	protocols := map[problems.Protocol]checkers.Protocol{problems.ICPC: checkers.ICPC{}, problems.Testlib: checkers.Testlib{}, problems.CMS: checkers.CMS{}}
	return &external{run: run, program: compiled, protocol: protocols[given.Protocol], args: given.Args, limits: p.Limits, tests: commonDir(p.Tests)}
}

// commonDir is the deepest directory with all inputs and answers. All tests of a problem share a root then, and with it
// the preparation of jails.
func commonDir(tests []problems.TestCase) string {
	common := ""
	for _, t := range tests {
		for _, path := range []string{t.Input, t.Answer} {
			dir := filepath.Dir(path)
			if common == "" {
				common = dir
			}
			for dir != common && !strings.HasPrefix(dir, strings.TrimSuffix(common, "/")+"/") {
				common = filepath.Dir(common)
			}
		}
	}
	return common
}

func (e *external) start(t problems.TestCase, core isolate.Core) (outputCheck, error) {
	fd, err := unix.MemfdCreate("output", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, fmt.Errorf("keep the output: %w", err)
	}
	return &recording{File: os.NewFile(uintptr(fd), "output"), by: e, test: t, core: core}, nil
}

// recording keeps an output, in memory, until the program has ended.
type recording struct {
	*os.File
	by   *external
	test problems.TestCase
	core isolate.Core
}

func (r *recording) abandon() { r.Close() }

func (r *recording) finish(ctx context.Context) (*checkers.Check, error) {
	defer r.Close()
	// From here on nobody changes it, the checker neither, whose stdin it is.
	if _, err := unix.FcntlInt(r.Fd(), unix.F_ADD_SEALS, unix.F_SEAL_WRITE|unix.F_SEAL_GROW|unix.F_SEAL_SHRINK); err != nil {
		return nil, fmt.Errorf("keep the output: %w", err)
	}
	if _, err := r.Seek(0, 0); err != nil {
		return nil, fmt.Errorf("keep the output: %w", err)
	}
	ending, err := r.by.check(ctx, r.File, r.test, r.core)
	if err != nil {
		return nil, err
	}
	check, err := r.by.protocol.Decode(ending)
	if err != nil {
		return nil, err
	}
	return &check, nil
}

// check runs the checker on an output.
func (e *external) check(ctx context.Context, output *os.File, t problems.TestCase, core isolate.Core) (checkers.Ending, error) {
	stdout := &excerpt{most: checkerWords}
	ending, err := e.complete(ctx, isolate.Command{Stdin: output, Stdout: stdout, Core: core}, "/dev/stdin", t)
	ending.Stdout = stdout.Bytes()
	return ending, err
}

// talk runs the program as an interactor, with the streams and the core of the command.
func (e *external) talk(ctx context.Context, command isolate.Command, t problems.TestCase) (checkers.Ending, error) {
	return e.complete(ctx, command, isolate.WorkDir+"/output", t)
}

// complete runs a command of which streams and core are set: the program, on a test.
func (e *external) complete(ctx context.Context, command isolate.Command, output string, t problems.TestCase) (checkers.Ending, error) {
	files := checkers.Files{Output: output, Feedback: isolate.WorkDir + "/" + feedbackName}
	for path, seen := range map[string]*string{t.Input: &files.Input, t.Answer: &files.Answer} {
		relative, err := filepath.Rel(e.tests, path)
		if err != nil {
			return checkers.Ending{}, fmt.Errorf("show a test to the checker: %w", err)
		}
		*seen = testsSeen + "/" + relative
	}
	stderr := &excerpt{most: checkerWords}
	ending := checkers.Ending{Feedback: map[string][]byte{}}
	plan := e.program.plan
	command.Root = isolate.Root{
		Sees:  plan.RunSees,
		Binds: []isolate.Bind{{Source: e.program.entry.Product, Target: "/prog"}, {Source: e.tests, Target: testsSeen}},
	}
	command.Args, command.Env = append(plan.Run[:len(plan.Run):len(plan.Run)], e.protocol.Args(files, e.args)...), plan.RunEnv
	command.Stderr = stderr
	command.Limits = isolate.Limits{
		CPU: e.limits.ValidationTime, Memory: isolate.Bytes(e.limits.ValidationMemory), Processes: plan.Processes,
		Output: isolate.Bytes(e.limits.ValidationOutput), Stderr: isolate.Bytes(e.limits.ValidationOutput),
	}
	command.Dirs = []string{feedbackName}
	command.Collect = func(work *isolate.Work) error { return takeFeedback(work, ending.Feedback) }
	outcome, err := e.run(ctx, command)
	if err != nil {
		return ending, fmt.Errorf("run the checker: %w", err)
	}
	ending.Code, ending.Stderr = outcome.Code, stderr.Bytes()
	return ending, checkerFailure(outcome)
}

// takeFeedback reads what a checker has written into its feedback directory. What is no plain file there is as if it were not.
func takeFeedback(work *isolate.Work, feedback map[string][]byte) error {
	for _, name := range checkers.FeedbackFiles() {
		data, err := work.ReadFile(feedbackName+"/"+name, checkerWords)
		if errors.As(err, new(*isolate.ProductError)) {
			continue
		}
		if err != nil {
			return fmt.Errorf("read a checker's feedback: %w", err)
		}
		feedback[name] = data
	}
	return nil
}

// checkerFailure says what befell a checker that did not end by itself; nil for one that did.
func checkerFailure(outcome isolate.Outcome) error {
	switch outcome.Cause {
	case isolate.Exited:
		if outcome.ExecErrno != 0 {
			return fmt.Errorf("checker could not start: %w", outcome.ExecErrno)
		}
		return nil
	case isolate.MemoryLimit:
		return errors.New("checker memory")
	case isolate.OutputLimit:
		return errors.New("checker output")
	case isolate.CPULimit, isolate.WallLimit:
		return errors.New("checker time")
	case isolate.BadSyscall:
		return errors.New("checker forbidden syscall")
	default:
		return errors.New("checker signal " + signalName(outcome))
	}
}
