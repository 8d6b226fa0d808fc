package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"judge/cmd/judge/terminal"
	"judge/judge"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// tryFlags are the flags of try as the user wrote them.
type tryFlags struct {
	runFlags
	input, test string
}

func tryCommand(stdio, raw IO) *cli.Command {
	return &cli.Command{
		Name:      "try",
		Usage:     "run a submission once, on your own input or on one test, and show its output",
		ArgsUsage: "PROBLEM [SUBMISSION]",
		Description: "The input is stdin, --input FILE or --test NAME. The program's output goes to stdout. The\n" +
			"verdict, time and memory go to stderr. The output on a test is checked. In an interactive problem\n" +
			"the input is for the interactor, by default that of the first test; without a SUBMISSION you talk\n" +
			"to the interactor yourself. Exit code 0: it ended well, 1: it did not.\n\n" +
			"   echo 1 2 | judge try examples/aplusb examples/aplusb/submissions/int.c",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "input", Usage: "read the input from `FILE` (default: stdin)"},
			&cli.StringFlag{Name: "test", Usage: "run on test `NAME`, and check the output"},
			sanitizeFlag(),
			&cli.StringFlag{
				Name: "time-limit", Aliases: []string{"t"}, Usage: "override the time limit (`SECONDS` of CPU time)",
			},
			&cli.StringFlag{
				Name:  "language",
				Usage: "set the language of the submission to `ID` (default: by extension, then by #! line)",
			},
			coresFlag(), languagesFlag(), isolationFlag(),
			boolFlag("no-cache", "", "ignore the cache of compiled programs"),
			boolFlag("verbose", "v", "show the whole interaction of an interactive problem"),
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() < 1 || c.NArg() > 2 {
				return &usageError{"expected a problem and a submission: judge try PROBLEM SUBMISSION", ""}
			}
			f := tryFlags{
				runFlags: sharedFlags(c), input: c.String("input"), test: c.String("test"),
			}
			if f.input != "" && f.test != "" {
				return &usageError{"--input and --test: expected one of them", ""}
			}
			f.timeLimit, f.language, f.sanitize = c.String("time-limit"), c.String("language"), c.Bool("sanitize")
			f.problem, f.submissions = c.Args().First(), c.Args().Tail()
			if terminal.Width(raw.Stdout) > 0 {
				raw.Stdout = stdio.Stdout // a program must not control the terminal
			}
			return f.try(c.Context, stdio, raw)
		},
	}
}

// try runs the submission; raw holds the streams of the program itself.
func (f tryFlags) try(ctx context.Context, stdio, raw IO) error {
	request, err := f.request(ctx)
	if err != nil {
		return err
	}
	problem := request.Problem
	defer problem.Close()
	interactive := problem.Interactor != nil
	if err := f.allows(problem); err != nil {
		return err
	}
	var warned warnings
	defer warned.print(stdio.Stderr)
	f.jobs = "1"
	engine, pool, err := f.engine(warned.add)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "judge-try-")
	if err == nil {
		defer os.RemoveAll(dir)
		one := trying{
			flags: f, problem: problem, judge: engine, request: request, dir: dir, streams: raw, notes: stdio.Stderr,
		}
		if len(f.submissions) == 0 {
			err = one.byHand(ctx)
		} else {
			err = one.run(ctx, interactive)
		}
	}
	return errors.Join(err, pool.Close())
}

// allows returns an error for a kind of problem, or a combination of flags, that cannot be tried.
func (f tryFlags) allows(p *problems.Problem) error {
	switch {
	case p.OutputOnly:
		return &usageError{"submissions to this problem are outputs: there is no program to run", ""}
	case len(f.submissions) == 0 && p.Interactor == nil:
		return &usageError{
			"no submission given, and the problem has no interactor to talk to", "judge try PROBLEM SUBMISSION",
		}
	case len(f.submissions) == 0 && p.Passes > 1:
		return &usageError{"a person cannot play several passes", "name a submission"}
	case f.sanitize && len(f.submissions) == 0:
		return &usageError{"--sanitize: no submission given", ""}
	}
	return nil
}

// trying is one run of try.
type trying struct {
	flags   tryFlags
	problem *problems.Problem
	judge   *judge.Judge
	request judge.Request
	dir     string // temporary
	streams IO     // of the program
	notes   io.Writer
}

// choose returns the test to run on, and whether its answer is known.
func (y trying) choose(ctx context.Context) (test problems.TestCase, answered bool, err error) {
	interacts := y.problem.Interactor != nil || y.problem.Manager != nil
	if y.flags.test == "" && (y.flags.input != "" || !interacts) {
		test, err = y.own(ctx)
		return test, false, err
	}
	if len(y.problem.Batches) == 0 { // else makeTests chooses, when the names of the tests are known
		err = y.keepOne(y.problem)
	}
	if err == nil {
		_, err = makeTests(ctx, y.notes, y.judge, y.problem, making{choose: y.keepOne})
	}
	if err != nil {
		return test, false, err
	}
	return y.problem.Tests[0], true, nil
}

// keepOne leaves the test that the user has named in the problem, or else the first one.
func (y trying) keepOne(p *problems.Problem) error {
	name, kept := y.flags.test, 0
	p.Keep(func(t problems.TestCase) bool {
		is := kept == 0 && (name == "" || t.Name == name)
		if is {
			kept++
		}
		return is
	})
	if kept == 0 {
		return &emptyError{fmt.Sprintf("no test is named %q", name)}
	}
	return nil
}

// own stores the user's input as a test without an answer.
func (y trying) own(ctx context.Context) (problems.TestCase, error) {
	t := problems.TestCase{Name: "input", Input: filepath.Join(y.dir, "input"), Answer: filepath.Join(y.dir, "answer")}
	from := y.streams.Stdin
	if y.flags.input != "" {
		file, err := os.Open(y.flags.input)
		if err != nil {
			return t, &misuse{fmt.Errorf("--input: %w", err)}
		}
		defer file.Close()
		from = file
	} else if terminal.Width(from) > 0 {
		fmt.Fprintln(y.notes, "judge: note: reading the input from the terminal; end it with Ctrl-D")
	}
	limit := int64(cmp.Or(y.problem.Limits.GenerationOutput, problems.DefaultLimits().GenerationOutput))
	_, err := reading(ctx, func() (int64, error) {
		to, err := os.Create(t.Input)
		if err != nil {
			return 0, err
		}
		n, err := io.Copy(to, io.LimitReader(from, limit+1))
		if err == nil && n > limit {
			err = &usageError{fmt.Sprintf("the input is larger than %d MiB", limit>>20), "raise generation_output"}
		}
		return n, errors.Join(err, to.Close())
	})
	if err != nil {
		return t, err
	}
	return t, os.WriteFile(t.Answer, nil, 0o644)
}

// run runs the submission and prints how it ended.
func (y trying) run(ctx context.Context, interactive bool) error {
	test, answered, err := y.choose(ctx)
	if err != nil {
		return err
	}
	trial, err := y.judge.Trial(ctx, judge.TrialRequest{Request: y.request, Unchecked: !answered})
	if err != nil {
		return err
	}
	defer trial.Close()
	if compile, reason := trial.Compiled(0); !compile.OK {
		name := text.Line(y.flags.submissions[0])
		fmt.Fprintf(y.notes, "judge: %s: CE %s\n%s", name, text.Line(string(reason)), compile.Log)
		return &exitStatus{exitNot}
	}
	try := judge.Try{Core: trial.Cores()[0], Test: test, Output: &unfailing{to: y.streams.Stdout}, Stderr: y.notes}
	if interactive && y.flags.verbose {
		try.Talk = &unfailing{to: y.streams.Stdout}
	}
	result := trial.Run(ctx, try)
	if err := context.Cause(ctx); err != nil {
		return err
	}
	y.print(result, answered || y.problem.Interactor != nil)
	switch result.Verdict {
	case problems.JE:
		return &exitStatus{exitJudge}
	case problems.AC:
		return nil
	default:
		return &exitStatus{exitNot}
	}
}

// print prints how the program ended.
func (y trying) print(r report.Test, checked bool) {
	end := strings.TrimSpace(r.Verdict.String() + " " + text.Line(string(r.Reason)))
	if r.Verdict == problems.AC && !checked {
		end = "exit 0, output not checked"
	}
	fmt.Fprintf(y.notes, "judge: %s; %.3f s of CPU, %.3f s elapsed, %.1f MiB, %d bytes of output\n", end, r.CPUSeconds,
		r.WallSeconds, float64(r.MemoryBytes)/(1<<20), r.OutputBytes)
	if d := r.Difference; d != nil {
		fmt.Fprintf(y.notes, "judge: line %d, column %d: expected %q, got %q\n", d.Line, d.Column, d.Expected, d.Got)
	}
	if r.Message != "" {
		fmt.Fprintf(y.notes, "judge: %s\n", text.Line(r.Message))
	}
}

// byHand connects the user to the interactor.
func (y trying) byHand(ctx context.Context) error {
	test, _, err := y.choose(ctx)
	if err != nil {
		return err
	}
	trial, err := y.judge.Trial(ctx, judge.TrialRequest{Request: y.request})
	if err != nil {
		return err
	}
	defer trial.Close()
	read, write, err := os.Pipe() // the interactor must not get hold of the terminal
	if err != nil {
		return err
	}
	defer read.Close()
	go func() { // it ends with stdin, or with the process
		io.Copy(write, y.streams.Stdin) //nolint:errcheck // the interactor has left
		write.Close()
	}()
	fmt.Fprintf(y.notes, "judge: you are the submission; test %s\n", text.Line(test.Name))
	check, err := trial.ByHand(ctx, trial.Cores()[0], test, read, &unfailing{to: y.streams.Stdout})
	if ended := context.Cause(ctx); ended != nil {
		return ended
	}
	if err != nil {
		return err
	}
	if check.Message != "" {
		fmt.Fprintf(y.notes, "judge: %s\n", text.Line(check.Message))
	}
	if check.Accepted {
		fmt.Fprintln(y.notes, "judge: AC")
		return nil
	}
	fmt.Fprintln(y.notes, "judge: WA")
	return &exitStatus{exitNot}
}

// unfailing passes data on until the reader has left: that must not change how a program is judged.
type unfailing struct {
	to     io.Writer
	broken bool
}

// Write never fails.
func (u *unfailing) Write(data []byte) (int, error) {
	if !u.broken {
		_, err := u.to.Write(data)
		u.broken = err != nil
	}
	return len(data), nil
}
