package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/urfave/cli/v2" // flags, commands and their help texts
	"golang.org/x/term"

	"judge/problems"
)

// IO is where a command reads and writes: results to Stdout, all else to Stderr.
type IO struct {
	Stdin  *os.File
	Stdout io.Writer
	Stderr io.Writer
}

// Main runs the command line and returns the exit code. It may be called any number of times.
func Main(ctx context.Context, args []string, stdio IO) int {
	ctx, stop := watchSignals(ctx)
	defer stop()
	app := newApp(stdio)
	args, err := arrange(app, args)
	if err == nil {
		err = app.RunContext(ctx, args)
	}
	code := exitCode(err, interruption(ctx))
	var quiet *outcome
	if err != nil && !errors.As(err, &quiet) {
		fmt.Fprintf(stdio.Stderr, "judge: %v\n", err)
	}
	return code
}

func newApp(stdio IO) *cli.App {
	return &cli.App{
		Name:  "judge",
		Usage: "judge submissions against the tests of contest problems",
		Description: "Compiles a submission once in a jail, runs it on every test case, each in a fresh jail on its own core,\n" +
			"compares the outputs and prints a verdict table.\n\n" +
			exitCodeHelp(),
		Commands:        []*cli.Command{runCommand(stdio), jailCommand(stdio), languagesCommand(stdio)},
		Writer:          stdio.Stdout,
		ErrWriter:       stdio.Stderr,
		HideHelpCommand: true,
		// Errors are printed and turned into exit codes in one place: Main.
		ExitErrHandler: func(*cli.Context, error) {},
		OnUsageError:   usageError,
		Action: func(c *cli.Context) error {
			if name := c.Args().First(); name != "" {
				return &usage{fmt.Sprintf("unknown command %q", name), problems.Nearest(name, commandNames(c.App))}
			}
			c.App.Writer = stdio.Stderr
			if err := cli.ShowAppHelp(c); err != nil {
				return err
			}
			return &outcome{exitUsage}
		},
	}
}

func usageError(_ *cli.Context, err error, _ bool) error { return &usage{err.Error(), ""} }

func commandNames(app *cli.App) []string {
	var names []string
	for _, c := range app.Commands {
		names = append(names, c.Name)
	}
	return names
}

// interrupted is the cause of a context that a signal ended.
type interrupted struct{ signal syscall.Signal }

func (i *interrupted) Error() string { return "interrupted by " + i.signal.String() }

// watchSignals ends the context at the first SIGINT, SIGTERM or SIGHUP; the second one ends the process at once, for the
// kernel ends every jail with it.
func watchSignals(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 2) // closed by nobody: Notify sends to it until stop
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	done := make(chan struct{}) // closed by stop
	go func() {
		for first := true; ; first = false {
			select {
			case s := <-signals:
				number, _ := s.(syscall.Signal)
				if !first {
					os.Exit(128 + int(number))
				}
				cancel(&interrupted{number})
			case <-done:
				return
			}
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel(nil)
	}
}

// interruption is the signal that ended the context; 0 for none.
func interruption(ctx context.Context) syscall.Signal {
	var by *interrupted
	if errors.As(context.Cause(ctx), &by) {
		return by.signal
	}
	return 0
}

// terminalWidth is the width of a terminal, 0 when the writer is none.
func terminalWidth(w io.Writer) int {
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return 0
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil || width <= 0 {
		return 80
	}
	return width
}
