package kinds

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/build"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
)

// checkerText is the number of bytes that are read of a checker's stdout, its stderr and each feedback file.
const checkerText = 64 << 10

// Paths in a checker's jail.
const (
	testsSeen    = "/tests"
	feedbackName = "feedback"
	outputName   = "output" // of an interactor
)

// External is one of the problem's programs, a checker or an interactor, that runs in its own jail.
type External struct {
	run      isolate.Runner
	Program  build.Program
	protocol checkers.Protocol
	Args     []string
	limits   problems.Limits
	problem  languages.Package // where the files of tests are
	tests    seenTests         // the directory with all inputs and answers
	shows    []isolate.Bind    // other paths that it sees
	written  *[]byte           // receives an interactor's output file; nil: discarded
	session  *passState        // the state that passes share; nil: there is one pass
	runFacts bool              // its environment describes the run and the submission
	env      []string          // of its process, in addition to that of its language
	extra    []isolate.File    // in its working directory
	peerWall time.Duration     // time limit of the programs that it interacts with, for which it may have to wait
}

// NewExternal returns a compiled program of the problem, as the problem describes it.
func NewExternal(run isolate.Runner, p *problems.Problem, given *problems.External, compiled build.Program) *External {
	protocol := protocols()[given.Protocol]
	if given.Format != nil {
		protocol = checkers.Format(protocol, given.Format)
	}
	return &External{
		run: run, Program: compiled, protocol: protocol, Args: given.Args,
		limits: p.Limits, problem: build.PackageOf(p), tests: whereTestsAre(p), runFacts: given.RunFacts,
	}
}

// AsInteractor returns the program set up to interact with the submission.
func (e *External) AsInteractor(given *problems.External) *External {
	if given.Format == nil && (given.Protocol == problems.DMOJ || given.Protocol == problems.COCI) {
		e.protocol = checkers.DMOJTalk{Protocol: e.protocol}
	}
	return e
}

// protocols returns the implementation of each protocol.
func protocols() map[problems.Protocol]checkers.Protocol {
	return map[problems.Protocol]checkers.Protocol{
		problems.ICPC: checkers.ICPC{}, problems.Testlib: checkers.Testlib{}, problems.CMS: checkers.CMS{},
		problems.DMOJ: checkers.DMOJ{}, problems.DMOJTestlib: checkers.DMOJTestlib{},
		problems.COCI: checkers.COCI{}, problems.PEG: checkers.PEG{},
	}
}

// jailLimits returns the limits of the problem's own programs.
func (e *External) jailLimits() isolate.Limits {
	return isolate.Limits{
		CPU: e.limits.ValidationTime, Wall: e.peerWall + 2*e.limits.ValidationTime + time.Second,
		Memory: isolate.Bytes(e.limits.ValidationMemory), Processes: e.Program.Plan.Processes,
		Output: isolate.Bytes(e.limits.ValidationOutput), Stderr: isolate.Bytes(e.limits.ValidationOutput),
	}
}

// interact runs the program as an interactor, with the streams and the core of the command.
func (e *External) interact(
	ctx context.Context, command isolate.Command, t problems.TestCase,
) (checkers.Ending, error) {
	return e.complete(ctx, command, isolate.WorkDir+"/"+outputName, t)
}

// complete runs the program on a test. The command already has the streams and the core. output is the path of the
// submission's output in the program's jail.
func (e *External) complete(
	ctx context.Context, command isolate.Command, output string, t problems.TestCase,
) (checkers.Ending, error) {
	files, copies, large, err := e.showTest(t)
	if err != nil {
		return checkers.Ending{}, err
	}
	files.Output = output
	command.Files = append(slices.Clone(command.Files), copies...)
	needed := append(build.NamesOfFiles(command.Files), feedbackName, outputName, passInput)
	needed = append(needed, build.NamesOfFiles(e.extra)...)
	command.Files = slices.Concat(build.RunFiles(e.Program.Plan, needed...), command.Files, e.extra)
	e.session.show(&command, &files)
	stderr := &report.Excerpt{Max: checkerText}
	ending := checkers.Ending{Feedback: map[string][]byte{}}
	plan := e.Program.Plan
	command.Root = isolate.Root{
		Sees:    plan.RunSees,
		Scratch: isolate.Bytes(e.limits.ValidationMemory), // it counts as memory, so a larger value has no effect
		Binds:   slices.Concat([]isolate.Bind{e.Program.Bind()}, e.tests.binds, e.shows, large),
	}
	args := e.Args
	if t.Args != nil {
		args = t.Args
	}
	command.Args = slices.Concat(plan.Run, e.protocol.Args(files, args))
	command.Env = slices.Concat(plan.RunEnv, e.env)
	command.Stderr = stderr
	command.Limits = e.jailLimits()
	command.Dirs = []string{feedbackName}
	var kept error         // a fault of the checker, not of the jail
	var left isolate.Bytes // the size of its feedback
	command.Collect = func(work *isolate.Work) (err error) {
		if e.limits.OutputOfAll {
			if left, err = work.WrittenTo(feedbackName, command.Files); err != nil {
				return err
			}
		}
		kept, err = e.collect(work, command.Limits.Output, ending.Feedback)
		return err
	}
	outcome, err := e.run(ctx, command)
	if err != nil {
		return ending, fmt.Errorf("could not be run: %w", err)
	}
	ending.Code, ending.Stderr = outcome.Code, stderr.Bytes()
	if err := checkerFailure(outcome, command.Limits); err != nil {
		return ending, err
	}
	if all := outcome.Usage.Output + outcome.Usage.Stderr + left; e.limits.OutputOfAll && all > command.Limits.Output {
		return ending, tooMuchWritten(command.Limits.Output)
	}
	if kept != nil {
		return ending, kept
	}
	return ending, nil
}

// showTest returns the paths at which the program sees the input and the answer of a test, and the files to copy
// and the large ones to bind for that.
func (e *External) showTest(
	t problems.TestCase,
) (files checkers.Files, copies []isolate.File, large []isolate.Bind, err error) {
	files.Feedback = isolate.WorkDir + "/" + feedbackName
	for _, file := range []struct {
		path, name string
		seen       *string
	}{{t.Input, "input", &files.Input}, {t.Answer, "answer", &files.Answer}} {
		if e.session != nil && file.path == e.session.path {
			continue // it is copied to that path
		}
		if bind, ok := e.tests.largeElsewhere(file.path, file.name); ok {
			*file.seen = bind.Target
			large = append(large, bind)
			continue
		}
		seen, more, err := e.tests.show(file.path, file.name)
		if err != nil {
			return files, nil, nil, err
		}
		*file.seen = seen
		copies = append(copies, more...)
	}
	return files, copies, large, nil
}

// collect reads the files that a program has left in its jail. faulty is an error of the program, err one of the
// jail.
func (e *External) collect(work *isolate.Work, limit isolate.Bytes, feedback map[string][]byte) (faulty, err error) {
	if err := e.session.take(work, limit); err != nil {
		return fmt.Errorf("feedback: %w", err), nil
	}
	if e.written != nil {
		if *e.written, faulty = takeWritten(work, limit); faulty != nil {
			return faulty, nil
		}
	}
	return takeFeedback(work, feedback)
}

// takeWritten reads an interactor's output file; a missing one is empty.
func takeWritten(work *isolate.Work, limit isolate.Bytes) ([]byte, error) {
	data, err := work.ReadFile(outputName, limit+1)
	if errors.As(err, new(*isolate.ProductError)) {
		return nil, nil
	}
	if isolate.Bytes(len(data)) > limit {
		return nil, tooMuchWritten(limit)
	}
	return data, err
}

// takeFeedback reads the files that a checker has written to its feedback directory. A message that is not a
// regular file is ignored; a score that is not one is an error. faulty is an error of the checker, err one of the
// jail.
func takeFeedback(work *isolate.Work, feedback map[string][]byte) (faulty, err error) {
	for _, name := range checkers.FeedbackFiles() {
		data, err := work.ReadFile(feedbackName+"/"+name, checkerText)
		switch product := new(isolate.ProductError); {
		case err == nil:
			feedback[name] = data
		case !errors.As(err, &product):
			return nil, fmt.Errorf("read a checker's feedback: %w", err)
		case checkers.IsScore(name) && !errors.Is(err, fs.ErrNotExist):
			faulty = fmt.Errorf("feedback: %w", err)
		}
	}
	return faulty, nil
}
