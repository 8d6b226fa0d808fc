package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

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
	made, err := makeTests(ctx, stdio.Stderr, engine, problem, how)
	if err = errors.Join(err, pool.Close()); err != nil && !f.check {
		return err
	}
	return f.finish(stdio, problem, made, err)
}

// finish writes the tests and the table. With --check the failures are the result.
func (f generateFlags) finish(stdio IO, p *problems.Problem, made []generate.Test, failed error) error {
	var failures generate.Failures
	if failed != nil && !errors.As(failed, &failures) {
		return failed
	}
	list := listOf(p, made, failures)
	if f.write != "" {
		n, err := writeTests(p, f.write, f.force)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdio.Stderr, "judge: %s written to %s\n", counted(n, "file"), text.Line(f.write))
	}
	asJSON := func(w io.Writer) error { return text.WriteJSON(w, list) }
	var err error
	if f.run.out.JSON == "-" {
		err = ignoreClosed(asJSON(stdio.Stdout))
	} else {
		err = ignoreClosed(list.table(stdio.Stdout))
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

// madeList is the result of judge generate.
type madeList struct {
	Schema   int           `json:"schema"`
	Problem  string        `json:"problem"`
	Tests    []madeTest    `json:"tests"`
	Failures []madeFailure `json:"failures"`
}

// madeTest is one test of the problem.
type madeTest struct {
	Name    string   `json:"name"`
	Group   string   `json:"group"`
	Bytes   int64    `json:"bytes"`   // of the input
	Recipe  *string  `json:"recipe"`  // the command; null: the test is a file
	Seconds *float64 `json:"seconds"` // of CPU that making it has taken; null: it is a file
	Cached  bool     `json:"cached"`
}

// madeFailure is a program that failed, or a difference that --check has found.
type madeFailure struct {
	Test    string `json:"test"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Message string `json:"message"`
	Stderr  string `json:"stderr" text:"lines"`
}

// listOf lists the tests of a problem, and what failed.
func listOf(p *problems.Problem, made []generate.Test, failures generate.Failures) madeList {
	list := madeList{Schema: 1, Problem: p.Name, Tests: []madeTest{}, Failures: []madeFailure{}}
	byName := map[string]generate.Test{}
	for _, t := range made {
		byName[t.Name] = t
	}
	for _, t := range p.Tests {
		one := madeTest{Name: t.Name, Group: strings.Join(t.Groups, ", "), Bytes: sizeOf(t.Input)}
		if t.Recipe != nil {
			command := madeBy(p, &problems.Recipe{
				Line: t.Recipe.Command, Program: t.Recipe.Program, Input: t.Recipe.Input,
			})
			one.Recipe = &command
		}
		if m, known := byName[t.Name]; known {
			one.Seconds, one.Cached = &m.Seconds, m.Cached
		}
		list.Tests = append(list.Tests, one)
	}
	for _, f := range failures {
		one := madeFailure{Test: f.Test, Message: f.Doing + ": " + f.How, Stderr: f.Stderr}
		if f.Recipe != nil {
			one.File, one.Line = f.Recipe.File, f.Recipe.Row
		}
		list.Failures = append(list.Failures, one)
	}
	return list
}

// table writes the list for people.
func (l madeList) table(w io.Writer) error {
	rows := [][]string{{"test", "group", "bytes", "seconds", "made by"}}
	for _, t := range l.Tests {
		row := []string{t.Name, t.Group, strconv.FormatInt(t.Bytes, 10), "", "a file"}
		switch {
		case t.Bytes < 0:
			row[2], row[3] = "-", "failed"
		case t.Cached:
			row[3] = "cached"
		case t.Seconds != nil:
			row[3] = fmt.Sprintf("%.2f", *t.Seconds)
		}
		if t.Recipe != nil {
			row[4] = *t.Recipe
		}
		rows = append(rows, row)
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			row[i] = text.CutLine(cell, maxCell)
			widths[i] = max(widths[i], len(row[i]))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "%-*s  %-*s  %*s  %*s  %s\n", widths[0], row[0], widths[1], row[1], widths[2], row[2],
			widths[3], row[3], row[4])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// maxCell bounds a cell of the table, in bytes.
const maxCell = 200
