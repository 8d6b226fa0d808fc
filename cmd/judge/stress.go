package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/urfave/cli/v2"

	"judge/cmd/judge/terminal"
	"judge/judge"
	"judge/judge/generate"
	"judge/judge/generate/stress"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// stressFlags are the flags of stress as the user wrote them.
type stressFlags struct {
	runFlags
	time, seed, generator, brute, keep string
	slowest                            bool
}

func stressCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "stress",
		Usage:     "judge submissions on random inputs until one fails, and shrink that input",
		ArgsUsage: "PROBLEM SUBMISSION...",
		Description: "Inputs are drawn from the problem's stress: template, or else from its recipes with {seed}.\n" +
			"Sizes grow. The input validators check each input, and the model solution answers it. The first\n" +
			"input on which a submission fails is shrunk and printed. Exit code 0: none failed, 1: one did.\n\n" +
			"   judge stress . submissions/wrong.cpp --generator \"random --n {1..8} --seed {seed}\"",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "time", Usage: "draw inputs for `SECONDS` (default: 10)"},
			&cli.StringFlag{
				Name:  "generator",
				Usage: "draw inputs by `CMD`, such as \"random {1..8} {seed}\" (default: by the problem's recipes)",
			},
			&cli.StringFlag{Name: "seed", Usage: "repeat the search with seed `N` (default: a random one)"},
			&cli.StringFlag{
				Name:  "brute",
				Usage: "compare answers with those of solution `FILE`; without a model solution, it makes them",
			},
			boolFlag("slowest", "", "find the input with the most CPU time"),
			&cli.StringFlag{Name: "keep", Usage: "add the input that was found to the problem as test `NAME`"},
			sanitizeFlag(),
			&cli.StringFlag{
				Name: "time-limit", Aliases: []string{"t"}, Usage: "override the time limit (`SECONDS` of CPU time)",
			},
			&cli.StringFlag{
				Name:  "language",
				Usage: "set the language of the submissions to `ID` (default: by extension, then by #! line)",
			},
			jobsFlag(), coresFlag(), languagesFlag(), jsonFlag("the result", "the text"), isolationFlag(),
			boolFlag("no-cache", "", "ignore the cache of compiled programs"), noColorFlag(),
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() < 2 {
				return &usageError{"expected a problem and a submission: judge stress PROBLEM SUBMISSION...", ""}
			}
			f := stressFlags{
				runFlags: sharedFlags(c), time: c.String("time"), seed: c.String("seed"), keep: c.String("keep"),
				generator: c.String("generator"), brute: c.String("brute"), slowest: c.Bool("slowest"),
			}
			f.timeLimit, f.language, f.sanitize = c.String("time-limit"), c.String("language"), c.Bool("sanitize")
			f.problem, f.submissions = c.Args().First(), c.Args().Tail()
			return f.stress(c.Context, stdio)
		},
	}
}

// sanitizeFlag compiles submissions with sanitizers.
func sanitizeFlag() cli.Flag {
	return boolFlag("sanitize", "", "compile C and C++ with ASan and UBSan (limits: 4 x time, 4 x memory + 256 MiB)")
}

func (f stressFlags) stress(ctx context.Context, stdio IO) error {
	if err := f.out.Check(); err != nil {
		return &misuse{err}
	}
	request, err := f.request(ctx)
	if err != nil {
		return err
	}
	problem := request.Problem
	defer problem.Close()
	search, err := f.search(request)
	if err != nil {
		return err
	}
	var keeper *stress.Keeper
	if f.keep != "" { // a name that cannot be kept is an error before the search
		if keeper, err = stress.NewKeeper(problem, f.keep); err != nil {
			return &misuse{fmt.Errorf("--keep %s: %w", f.keep, err)}
		}
	}
	var warned warnings
	defer warned.print(stdio.Stderr)
	warned.unpacked(problem)
	engine, pool, err := f.engine(warned.add)
	if err != nil {
		return err
	}
	search.Judge = engine
	pool.KeepRoots(stress.Roots(search))
	result, err := watched(ctx, stdio.Stderr, search)
	if err = errors.Join(err, pool.Close()); err != nil {
		return f.refused(stdio, err)
	}
	return f.show(stdio, search, result, engine.Machine, keeper)
}

// search returns the search that the flags describe.
func (f stressFlags) search(request judge.Request) (stress.Search, error) {
	s := stress.Search{
		Problem: request.Problem, Submissions: f.submissions, Language: f.language, Advice: request.Advice,
		Brute: f.brute, Sanitize: f.sanitize, Slowest: f.slowest, Time: 10 * time.Second, Seed: uint64(rand.Uint32()),
	}
	limit, err := seconds("time", f.time)
	if err != nil {
		return s, err
	}
	if limit > 0 {
		s.Time = limit
	}
	if f.seed != "" {
		if s.Seed, err = strconv.ParseUint(f.seed, 10, 64); err != nil {
			return s, &usageError{fmt.Sprintf("--seed %s: expected a whole number from 0 to 2^64-1", f.seed), ""}
		}
	}
	if f.generator != "" {
		t, err := stress.TemplateOf(s.Problem, f.generator)
		if err != nil {
			return s, &misuse{fmt.Errorf("--generator: %w", err)}
		}
		s.Templates = []*problems.Template{t}
		return s, nil
	}
	if s.Templates = stress.TemplatesOf(s.Problem); len(s.Templates) == 0 {
		return s, &usageError{
			"the problem says nothing about random inputs: it has no stress: and no recipe with {seed}",
			`give --generator "PROGRAM ARG...", with {seed} among the arguments`,
		}
	}
	return s, nil
}

// watched runs a search with its progress on stderr.
func watched(ctx context.Context, stderr io.Writer, s stress.Search) (*stress.Result, error) {
	var now atomic.Pointer[stress.Progress]
	s.Observe = func(p stress.Progress) { now.Store(&p) }
	end := progressOutput(stderr).Start(func() string {
		p := now.Load()
		switch {
		case p == nil:
			return "compiling"
		case p.Shrinking:
			return fmt.Sprintf("%d inputs, %d runs · shrinking: %d bytes", p.Drawn, p.Runs, p.Bytes)
		default:
			return fmt.Sprintf("%d inputs, %d runs, 0 failed · %.0f of %.0f s",
				p.Drawn, p.Runs, p.Seconds, s.Time.Seconds())
		}
	})
	defer end()
	return s.Run(ctx)
}

// refused reports a submission that does not compile: it fails on every input. Other errors are the setter's.
func (f stressFlags) refused(stdio IO, err error) error {
	no, ok := errors.AsType[*stress.NotCompiled](err)
	if !ok && (errors.As(err, new(*problems.HintError)) || errors.As(err, new(*generate.Failure))) {
		return &misuse{err}
	}
	if !ok {
		return err
	}
	fmt.Fprintf(stdio.Stderr, "judge: %s\n%s", text.Line(no.Error()), no.Compile.Log)
	return &exitStatus{exitNot}
}

// show prints the result and keeps the test.
func (f stressFlags) show(
	stdio IO, s stress.Search, r *stress.Result, m report.Machine, keeper *stress.Keeper,
) error {
	found := r.Failure
	if found == nil {
		found = r.Slowest
	}
	for _, note := range r.Notes {
		fmt.Fprintf(stdio.Stderr, "judge: note: %s\n", text.Line(note))
	}
	var err error
	if f.out.JSON != "" {
		err = f.writeJSON(stdio, r)
	}
	if f.out.JSON != "-" {
		err = errors.Join(err, ignoreClosed(f.print(stdio.Stdout, s, r, found, m)))
	}
	if found != nil && keeper != nil && err == nil {
		kept, failed := keeper.Keep(found)
		err = failed
		for _, where := range kept {
			fmt.Fprintf(stdio.Stderr, "judge: kept in %s\n", text.Line(where))
		}
	}
	switch {
	case err != nil:
		return err
	case r.Failure != nil:
		return &exitStatus{exitNot}
	default:
		return nil
	}
}

// print prints the result as text.
func (f stressFlags) print(
	to io.Writer, s stress.Search, r *stress.Result, found *stress.Found, m report.Machine,
) error {
	rate := float64(r.Runs) / max(r.Seconds, 0.001)
	fmt.Fprintf(to, "%d inputs, %d program runs in %.1f s (%.0f a second), seed %d\n",
		r.Drawn, r.Runs, r.Seconds, rate, r.Seed)
	if found == nil {
		_, err := fmt.Fprintf(to, "no submission failed\n")
		return err
	}
	who, command := text.Line(found.Submission), text.Line(found.Command())
	switch {
	case found.Brute:
		fmt.Fprintf(to, "%s and the model solution disagree on input %d: %s\n", who, found.Draw+1, command)
	case r.Failure == nil:
		fmt.Fprintf(to, "slowest: %s, %.3f s of CPU on input %d: %s\n",
			who, found.Test.CPUSeconds, found.Draw+1, command)
	default:
		fmt.Fprintf(to, "%s fails on input %d: %s\n", who, found.Draw+1, command)
	}
	if found.Edited || found.Drew != len(found.Input) {
		fmt.Fprintf(to, "shrunk from %d to %d bytes\n", found.Drew, len(found.Input))
	}
	if r.Failure == nil {
		fmt.Fprintln(to, "input:")
		for line := range strings.Lines(report.Head(found.Input)) {
			fmt.Fprintln(to, "  "+text.Line(strings.TrimSuffix(line, "\n")))
		}
		return nil
	}
	width := terminal.Width(to)
	table := report.Table{Width: width, Color: terminal.Colours(width, f.noColor)}
	if err := table.Write(to, s.Report(found, m)); err != nil {
		return err
	}
	_, err := fmt.Fprintf(to, "repeat: judge stress %s %s%s --seed %d\n",
		text.Line(f.problem), text.Line(strings.Join(f.submissions, " ")), f.again(), r.Seed)
	return err
}

// again returns the flags that change what is drawn.
func (f stressFlags) again() string {
	words := ""
	if f.generator != "" {
		words = fmt.Sprintf(" --generator %q", f.generator)
	}
	if f.brute != "" {
		words += " --brute " + text.Line(f.brute)
	}
	return words
}

func (f stressFlags) writeJSON(stdio IO, r *stress.Result) error {
	data, err := json.MarshalIndent(r.JSON(), "", "  ")
	if err != nil {
		return err
	}
	if f.out.JSON == "-" {
		_, err = stdio.Stdout.Write(append(data, '\n'))
		return ignoreClosed(err)
	}
	return report.WriteFile(f.out.JSON, func(w io.Writer) error {
		_, err := w.Write(append(data, '\n'))
		return err
	})
}
