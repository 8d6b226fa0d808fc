package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"judge/cmd/judge/made"
	"judge/judge/generate"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// generateFlags are the flags of generate as the user wrote them.
type generateFlags struct {
	run   runFlags // those that it shares with run
	check bool
	write string // a directory
	force bool
}

func generateCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "generate",
		Usage:     "make the tests of a problem that generators make, and list them",
		ArgsUsage: "PROBLEM",
		Description: "Generators and the model solution run in jails, with the limits validation_time,\n" +
			"validation_memory and generation_output. What they make is cached: the other commands make what\n" +
			"is missing by themselves.\n\n" +
			"   judge generate problem --check",
		Flags: []cli.Flag{
			boolFlag("check", "", "run each generator twice, and compare the results with each other and with files"),
			&cli.StringFlag{Name: "write", Usage: "write every test to `DIR`, as NAME.in and NAME.ans"},
			boolFlag("force", "", "with --write: overwrite files that have another content"),
			testsFlag(), jobsFlag(), coresFlag(), languagesFlag(), jsonFlag("the tests", "the table"), isolationFlag(),
			boolFlag("no-cache", "", "ignore the cache of compiled programs and made tests"),
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return &usageError{"expected one problem: judge generate PROBLEM", ""}
			}
			f := generateFlags{
				run: sharedFlags(c), check: c.Bool("check"), write: c.String("write"), force: c.Bool("force"),
			}
			f.run.problem = c.Args().First()
			if f.force && f.write == "" {
				return &usageError{"--force needs --write DIR", ""}
			}
			return generateTests(c.Context, stdio, f)
		},
	}
}

func generateTests(ctx context.Context, stdio IO, f generateFlags) error {
	if err := jsonFile(f.run.out.JSON); err != nil {
		return err
	}
	problem, err := openProblem(ctx, f.run.problem)
	if err != nil {
		return err
	}
	defer problem.Close()
	var warned warnings
	defer warned.print(stdio.Stderr)
	warned.unpacked(problem)
	if !problem.Made() {
		if err := choose(problem, f.run.tests); err != nil {
			return err
		}
		return f.finish(stdio, problem, nil, nil)
	}
	engine, pool, err := f.run.engine(warned.add)
	if err != nil {
		return err
	}
	how := making{choose: f.run.chooseMade(), check: f.check}
	tests, err := makeTests(ctx, stdio.Stderr, engine, problem, how)
	if err = errors.Join(err, pool.Close()); err != nil && !f.check {
		return err
	}
	return f.finish(stdio, problem, tests, err)
}

// finish writes the tests and the table. With --check the failures are the result.
func (f generateFlags) finish(stdio IO, p *problems.Problem, tests []generate.Test, failed error) error {
	var failures generate.Failures
	if failed != nil && !errors.As(failed, &failures) {
		return failed
	}
	list := made.NewList(p, tests, failures)
	if f.write != "" {
		n, err := made.Write(p, f.write, f.force)
		if err != nil {
			return f.explain(err)
		}
		fmt.Fprintf(stdio.Stderr, "judge: %s written to %s\n", counted(n, "file"), text.Line(f.write))
	}
	asJSON := func(w io.Writer) error { return text.WriteJSON(w, list) }
	var err error
	if f.run.out.JSON == "-" {
		err = ignoreClosed(asJSON(stdio.Stdout))
	} else {
		err = ignoreClosed(list.Table(stdio.Stdout))
		for _, one := range failures {
			fmt.Fprintf(stdio.Stderr, "judge: %s\n", text.Error(one))
		}
	}
	if f.run.out.JSON != "" && f.run.out.JSON != "-" {
		err = errors.Join(err, report.WriteFile(f.run.out.JSON, asJSON))
	}
	if err == nil && len(failures) > 0 {
		return &exitStatus{exitNot}
	}
	return err
}

// explain returns the error of a directory that cannot be written.
func (f generateFlags) explain(err error) error {
	var taken *made.TakenError
	if errors.As(err, &taken) {
		return &usageError{err.Error(), "remove it, choose another directory, or add --force"}
	}
	return &misuse{err}
}
