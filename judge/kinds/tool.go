package kinds

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"judge/isolate"
	"judge/judge/build"
	"judge/problems"
)

// Tool is a run of one of a problem's programs outside of its tests, such as of a generator.
type Tool struct {
	Program build.Program
	Core    isolate.Core
	Args    []string        // after those that start the program
	Stdin   *os.File        // nil: empty
	Input   string          // the path of Stdin; "": it has none
	Limits  problems.Limits // Time, Wall, Memory, Output and Processes apply
	Stdout  io.Writer
	Stderr  io.Writer
	// Names are the files that the program reads and writes instead of its stdin and stdout.
	Names problems.FileNames
	// Test supplies the arguments and extra files of a submission.
	Test    problems.TestCase
	Problem *problems.Problem
	// Take, if set, returns where to write a file that the run has left in its working directory; nil: it is not
	// wanted. It is called for regular files with one name only, and not for those that were put there.
	Take func(name string) (io.WriteCloser, error)
}

// Run runs the tool once. The files that are taken and stdout may together be as large as the output limit. An error
// is not the program's.
func (t Tool) Run(ctx context.Context, run isolate.Runner) (isolate.Outcome, error) {
	plan := t.Program.Plan
	files, err := extraFiles(build.PackageOf(t.Problem), t.Test)
	if err != nil {
		return isolate.Outcome{}, err
	}
	command := isolate.Command{
		Root: isolate.Root{
			Sees:    plan.RunSees,
			Binds:   []isolate.Bind{t.Program.Bind()},
			Scratch: isolate.Bytes(t.Limits.Memory), // it counts as memory, so a larger value has no effect
		},
		Args: slices.Concat(plan.Run, t.Args, t.Test.RunArgs), Env: plan.RunEnv,
		Files:  append(build.RunFiles(plan, build.NamesOfFiles(files)...), files...),
		Limits: jailLimits(t.Limits, plan.Processes), Core: t.Core,
		Stdin: t.Stdin, Stdout: t.Stdout, Stderr: t.Stderr,
	}
	command.Limits.Stderr = command.Limits.Output
	given := build.NamesOfFiles(command.Files)
	names := t.Names
	if names.Input != "" && t.Input == "" {
		if command, err = withInputFile(command, names.Input, t.Stdin); err != nil {
			return isolate.Outcome{}, err
		}
		names.Input = ""
	}
	command, output, err := named(command, names, t.Input, t.Stdout)
	if err != nil {
		return isolate.Outcome{}, err
	}
	taken := taking{take: t.Take, given: append(given, t.Names.Input, t.Names.Output), limit: command.Limits.Output}
	command.Collect = func(work *isolate.Work) error {
		if output != nil {
			if err := output.collect(work); err != nil {
				return err
			}
		}
		return taken.collect(work)
	}
	outcome, err := run(ctx, command)
	output.account(&outcome)
	if err == nil && outcome.Usage.Output+taken.size > command.Limits.Output && outcome.Cause == isolate.Exited {
		outcome.Cause = isolate.OutputLimit
	}
	return outcome, err
}

// taking takes files out of a working directory.
type taking struct {
	take  func(name string) (io.WriteCloser, error)
	given []string      // files that are not taken
	limit isolate.Bytes // of all together

	size isolate.Bytes // of those that were taken, up to one byte more than the limit
}

func (t *taking) collect(work *isolate.Work) error {
	if t.take == nil {
		return nil
	}
	left, err := work.Files()
	if err != nil {
		return err
	}
	for _, name := range left {
		if slices.Contains(t.given, name) {
			continue
		}
		to, err := t.take(name)
		if err != nil || to == nil {
			if err != nil {
				return err
			}
			continue
		}
		n, err := work.Copy(name, to, t.limit+1-t.size)
		if t.size += n; errors.As(err, new(*isolate.ProductError)) {
			err = nil // it has no content to take
		}
		if err = errors.Join(err, to.Close()); err != nil {
			return fmt.Errorf("take %.200q out of a jail: %w", name, err)
		}
		if t.size > t.limit {
			return nil
		}
	}
	return nil
}

// withInputFile copies an input that has no path of its own into the working directory.
func withInputFile(command isolate.Command, name string, input *os.File) (isolate.Command, error) {
	file := isolate.File{Name: name}
	if input != nil {
		data, err := io.ReadAll(io.LimitReader(input, int64(maxExtra)+1))
		if err == nil && isolate.Bytes(len(data)) > maxExtra {
			err = errors.New("it is larger than " + mebibytes(maxExtra))
		}
		if err != nil {
			return command, fmt.Errorf("copy the input to %s: %w", name, err)
		}
		file.Data = data
	}
	command.Stdin = nil
	command.Files = append(build.LayOver(command.Files, name), file)
	return command, nil
}
