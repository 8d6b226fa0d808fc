package judge

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"judge/checkers"
	"judge/isolate"
	"judge/problems"
	"judge/problems/safefile"
)

// stderrKept is how much of a program's stderr goes into a report.
const stderrKept = 4 << 10

// noOutput is said of a program on a test that needs an output.
const noOutput = "file not submitted: this test takes an output, and no program is run on it"

// batch runs a program on one test: input on stdin, output on stdout, compared while it is written.
type batch struct {
	run     runner
	others  *neighbours
	checker checker
	limits  problems.Limits
	problem string // its directory
	names   problems.FileNames
	command isolate.Command // of the program, without what depends on the test
}

// newBatch prepares what is the same for every test of a program.
func newBatch(run runner, others *neighbours, check checker, problem *problems.Problem, p program) batch {
	limits := problem.Limits
	if limits.OutputOfAll {
		run = countingAll(run)
	}
	return batch{run: run, others: others, checker: check, limits: limits, problem: problem.Dir, names: problem.Files, command: isolate.Command{
		Root: isolate.Root{
			Sees:    p.plan.RunSees,
			Binds:   []isolate.Bind{{Source: p.entry.Product, Target: "/prog", Copy: true}},
			Scratch: isolate.Bytes(limits.Memory), // it counts as memory, so more would be of no use
		},
		Args:     p.plan.Run,
		Env:      p.plan.RunEnv,
		Files:    besideProgram(p.plan),
		ReadOnly: limits.ReadOnly && problem.Files.Output == "",
		Limits:   jailLimits(limits, p.plan.Processes),
	}}
}

// jailLimits is the one place where the contest's words for a test become the kernel's. processes is the language's own
// number, for problems that give none.
func jailLimits(l problems.Limits, processes int) isolate.Limits {
	if l.Processes != 0 {
		processes = l.Processes
	}
	return isolate.Limits{
		CPU: l.Time, Wall: l.Wall, Memory: isolate.Bytes(l.Memory), Output: isolate.Bytes(l.Output), Processes: processes,
	}
}

// commandFor is the command with what a test adds to it.
func (b batch) commandFor(t problems.TestCase) (isolate.Command, error) {
	command := b.command
	command.Args = slices.Concat(command.Args, t.RunArgs)
	files, err := besideTest(b.problem, t)
	command.Files = slices.Concat(layOver(command.Files, namesOfFiles(files)...), files) // the test's come first
	return command, err
}

// test runs the program on one test case and tells what was seen.
func (b batch) test(ctx context.Context, cpu int, t problems.TestCase) Facts {
	facts := Facts{Core: cpu}
	if t.NeedsOutput {
		facts.Run, facts.Check = &isolate.Outcome{Cause: isolate.Exited}, &checkers.Check{Message: noOutput}
		return facts
	}
	input, err := safefile.Open(t.Input) // anew for each run: a shared description would share its offset
	if err != nil {
		facts.Err = fmt.Errorf("open the input: %w", err)
		return facts
	}
	defer input.Close()
	stderr := &excerpt{most: stderrKept}
	check, err := b.checker.start(t, isolate.OnCore(cpu))
	if err != nil {
		facts.Err = err
		return facts
	}
	command, err := b.commandFor(t)
	if err != nil {
		check.abandon()
		facts.Err = err
		return facts
	}
	output := &delivery{to: check}
	command.Stdin, command.Stdout, command.Stderr, command.Core = input, output, stderr, isolate.OnCore(cpu)
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
	facts.Run, facts.Stderr = &outcome, stderr.Bytes()
	facts.Disturbed = b.others.share(cpu, began, outcome.Usage.CPU)
	if outcome.Cause != isolate.Exited || outcome.Code != 0 {
		check.abandon()
		return facts
	}
	if output.failed != nil {
		check.abandon()
		facts.Err = fmt.Errorf("keep the output: %w", output.failed)
		return facts
	}
	facts.Check, facts.Err = check.finish(ctx)
	return facts
}

// delivery notes that an output did not arrive whole: then what the checker makes of the rest says nothing.
type delivery struct {
	to     io.Writer
	failed error
}

func (d *delivery) Write(data []byte) (int, error) {
	n, err := d.to.Write(data)
	if err != nil && !errors.Is(err, errEnough) {
		d.failed = err
	}
	return n, err
}
