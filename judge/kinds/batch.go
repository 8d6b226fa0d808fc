package kinds

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/build"
	"judge/judge/decide"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/safefile"
)

// StderrKept is the number of bytes of a program's stderr that a report holds.
const StderrKept = 4 << 10

// noOutput is the message for a program on a test that requires an output file.
const noOutput = "file not submitted: this test expects an output file and runs no program"

// batch runs a program on one test: input on stdin, output on stdout, compared while it is written.
type batch struct {
	run     isolate.Runner
	share   func(core int, from time.Time, own time.Duration) float64 // see Setup.Disturbance
	checker Checker
	limits  problems.Limits
	problem languages.Package // where the files of tests are
	names   problems.FileNames
	command isolate.Command // of the program, without what depends on the test

	language string // id of that of the submission
	source   []byte // of the submission; nil: it has several files
}

// newBatch prepares everything that is the same for all tests of a program.
func newBatch(s Setup, p build.Program) batch {
	run, problem, limits := s.Run, s.Problem, s.Problem.Limits
	if limits.OutputOfAll {
		run = countingAll(run)
	}
	command := isolate.Command{
		Root: isolate.Root{
			Sees:    p.Plan.RunSees,
			Binds:   []isolate.Bind{p.Bind()},
			Scratch: isolate.Bytes(limits.Memory), // it counts as memory, so a larger value has no effect
		},
		Args:     p.Plan.Run,
		Env:      p.Plan.RunEnv,
		Files:    build.RunFiles(p.Plan),
		ReadOnly: limits.ReadOnly && problem.Files.Output == "",
		Limits:   jailLimits(limits, p.Plan.Processes),
	}
	return batch{
		language: p.Language.ID, source: build.OnlySource(problem, p),
		run: run, share: s.Disturbance, checker: s.Checker, limits: limits, problem: build.PackageOf(problem),
		names: problem.Files, command: command,
	}
}

// jailLimits converts the limits of a test to those of the jail; no other function does. processes is the
// language's default, for problems that declare none.
func jailLimits(l problems.Limits, processes int) isolate.Limits {
	if l.Processes != 0 {
		processes = l.Processes
	}
	return isolate.Limits{
		CPU: l.Time, Wall: l.Wall, Processes: processes,
		Memory: isolate.Bytes(l.Memory), Output: isolate.Bytes(l.Output),
	}
}

// commandFor returns the command for one attempt.
func (b batch) commandFor(a Attempt) (isolate.Command, error) {
	command, t := b.command, a.Test
	command.Limits.CPU, command.Core = a.CPU, isolate.OnCore(a.Core)
	command.Args = slices.Concat(command.Args, t.RunArgs)
	files, err := extraFiles(b.problem, t)
	own := build.LayOver(command.Files, build.NamesOfFiles(files)...) // the test's come first
	command.Files = slices.Concat(own, files)
	return command, err
}

// Test runs the program on one test case and returns what was observed.
func (b batch) Test(ctx context.Context, a Attempt) decide.Facts {
	return b.testWith(ctx, a, b.checker)
}

// testBy is Test with another checker.
func (b batch) testBy(ctx context.Context, a Attempt, by *External) decide.Facts {
	return b.testWith(ctx, a, by)
}

func (b batch) testWith(ctx context.Context, a Attempt, checker Checker) decide.Facts {
	t := a.Test
	facts := decide.Facts{Core: a.Core}
	if t.NeedsOutput {
		facts.Run, facts.Check = &isolate.Outcome{Cause: isolate.Exited}, &checkers.Check{Message: noOutput}
		return facts
	}
	input, err := safefile.Open(t.Input) // opened for each run: a shared description would share its offset
	if err != nil {
		facts.Err = fmt.Errorf("open the input: %w", err)
		return facts
	}
	defer input.Close()
	stderr := &report.Excerpt{Max: StderrKept}
	output := &delivery{head: report.Excerpt{Max: report.HeadBytes}, whole: a.Keep.stdout()}
	check, err := checker.start(t, isolate.OnCore(a.Core))
	if err != nil {
		facts.Err = err
		return facts
	}
	command, err := b.commandFor(a)
	if err != nil {
		check.abandon()
		facts.Err = err
		return facts
	}
	output.to = check
	command.Stdin, command.Stdout, command.Stderr, command.OnIdle = input, output, a.Keep.stderr(stderr), a.OnIdle
	command, file, err := named(command, b.names, t.Input, output)
	if err != nil {
		check.abandon()
		facts.Err = err
		return facts
	}

	began := time.Now()
	outcome, err := b.run(ctx, command)
	file.account(&outcome)
	if err != nil {
		check.abandon()
		facts.Err = err
		return facts
	}
	facts.Run, facts.Stderr, facts.Output = &outcome, stderr.Bytes(), output.beginning()
	facts.Disturbed = b.disturbed(a.Core, began, outcome)
	if outcome.Cause != isolate.Exited || outcome.Code != 0 {
		check.abandon()
		return facts
	}
	if output.failed != nil {
		check.abandon()
		facts.Err = fmt.Errorf("store the output: %w", output.failed)
		return facts
	}
	if taker, ok := check.(runFactsTaker); ok {
		taker.ranWith(runFacts{used: outcome.Usage, language: b.language, source: b.source})
	}
	facts.Check, facts.Err = check.finish(ctx)
	return facts
}

// disturbed returns the share of the core's time that other processes used during a run that has just ended.
func (b batch) disturbed(core int, began time.Time, run isolate.Outcome) float64 {
	if b.share == nil {
		return 0
	}
	return b.share(core, began, run.Usage.CPU)
}

// delivery passes an output to its check and keeps the beginning. It records that the output was incomplete: the
// checker's result for the rest is then meaningless.
type delivery struct {
	to     io.Writer
	head   report.Excerpt
	whole  io.Writer // receives the whole output; nil: nobody wants it
	failed error
}

// beginning returns the first bytes of the output; it is never nil.
func (d *delivery) beginning() []byte {
	if kept := d.head.Bytes(); kept != nil {
		return kept
	}
	return []byte{}
}

// Write implements io.Writer.
func (d *delivery) Write(data []byte) (int, error) {
	d.head.Write(data) //nolint:errcheck // it never fails
	if d.whole != nil {
		d.whole.Write(data) //nolint:errcheck // it never fails
	}
	n, err := d.to.Write(data)
	if err != nil && !errors.Is(err, errEnough) {
		d.failed = err
	}
	if d.whole != nil && errors.Is(err, errEnough) {
		return len(data), nil // the rest still goes to whole
	}
	return n, err
}
