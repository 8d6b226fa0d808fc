package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"judge/cmd/judge/sandbox"
	"judge/cmd/judge/startup"
	"judge/cmd/judge/terminal"
	"judge/judge/report"
	"judge/problems/text"
)

// IO is where a command reads and writes: results to Stdout, all else to Stderr.
type IO struct {
	Stdin  *os.File
	Stdout io.Writer
	Stderr io.Writer
}

// Main runs the command line and returns the exit code. It may be called any number of times.
func Main(ctx context.Context, args []string, stdio IO) int {
	raw := stdio
	stdio.Stdout, stdio.Stderr = terminal.Guarded(raw.Stdout), terminal.Guarded(raw.Stderr)
	jails := len(args) > 1 && args[1] == "jail"
	if lack := startup.Lack(); lack != "" {
		fmt.Fprintln(stdio.Stderr, "judge: "+lack)
		return ownCode(exitHost, jails)
	}
	ctx, stop := watchSignals(ctx, stdio.Stderr)
	defer stop()
	app := newApp(stdio, raw)
	args, err := arrange(app, args)
	if err == nil {
		err = app.RunContext(ctx, args)
	}
	code := exitCode(err, interruption(ctx))
	if rest := unreported(ctx, err); rest != nil {
		// This is the only way from an error to the terminal.
		fmt.Fprintf(stdio.Stderr, "judge: %s\n", text.Error(rest)+report.Remedy(rest))
		code = exitCode(rest, interruption(ctx))
		if interruption(ctx) == 0 && !errors.As(rest, new(*sandbox.MissingError)) {
			code = ownCode(code, jails)
		}
	}
	if interruption(ctx) != 0 {
		fmt.Fprintf(stdio.Stderr, "judge: %v\n", context.Cause(ctx))
	}
	return code
}

// ownCode returns the exit code for an error of judge itself: in judge jail all other codes belong to the command.
func ownCode(code int, jails bool) int {
	if jails {
		return exitJail
	}
	return code
}

// unreported returns the part of an error that must still be printed: nil for an error that the command has reported
// itself, and for an interruption, which is reported last. Joined errors are examined one by one, and the same text is
// kept once: one full disk makes writing, flushing and closing a file fail.
func unreported(ctx context.Context, err error) error { return unseen(ctx, err, map[string]bool{}) }

// unseen is unreported without the texts that have been seen.
func unseen(ctx context.Context, err error, seen map[string]bool) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var rest []error
		for _, one := range joined.Unwrap() {
			rest = append(rest, unseen(ctx, one, seen))
		}
		return errors.Join(rest...)
	}
	follows := interruption(ctx) != 0 && errors.Is(err, context.Canceled)
	if errors.As(err, new(*exitStatus)) || errors.As(err, new(*interrupted)) || follows ||
		err == nil || seen[err.Error()] {
		return nil
	}
	seen[err.Error()] = true
	return err
}

// newApp returns the commands. They write to stdio; the command of judge jail, and an input, are
// written to raw, unfiltered.
func newApp(stdio, raw IO) *cli.App {
	app := &cli.App{
		Name:  "judge",
		Usage: "judge submissions against the tests of contest problems",
		Description: "judge compiles each submission once, runs every test in a fresh jail on its own CPU core,\n" +
			"compares the outputs and prints a table of verdicts. Submissions are assumed to be hostile.\n\n" +
			exitCodeHelp(),
		Commands: []*cli.Command{
			runCommand(stdio), stressCommand(stdio), tryCommand(stdio, raw), timeCommand(stdio), verifyCommand(stdio),
			showCommand(stdio, raw), convertCommand(stdio), generateCommand(stdio), cacheCommand(stdio),
			initCommand(stdio), completionCommand(stdio), manCommand(stdio),
			gradeCommand(stdio), resultsCommand(stdio), jailCommand(stdio, raw), doctorCommand(stdio),
			languagesCommand(stdio), versionCommand(stdio),
		},
		Writer:          stdio.Stdout,
		ErrWriter:       stdio.Stderr,
		HideHelpCommand: true,
		// A comma is part of a path and of a glob.
		DisableSliceFlagSeparator: true,
		// Errors are printed and turned into exit codes in one place: Main.
		ExitErrHandler: func(*cli.Context, error) {},
		OnUsageError:   flagError,
		Action: func(c *cli.Context) error {
			if name := c.Args().First(); name != "" {
				return &usageError{fmt.Sprintf("unknown command %q", name), nearest(name, commandNames(c.App))}
			}
			c.App.Writer = stdio.Stderr
			if err := cli.ShowAppHelp(c); err != nil {
				return err
			}
			return &exitStatus{exitUsage}
		},
	}
	for _, c := range app.Commands {
		c.HideHelpCommand = true // else `judge verify help` does not verify the problem of that name
	}
	return app
}

func flagError(_ *cli.Context, err error, _ bool) error { return &usageError{err.Error(), ""} }

func commandNames(app *cli.App) []string {
	var names []string
	for _, c := range app.Commands {
		names = append(names, c.Name)
	}
	return names
}
