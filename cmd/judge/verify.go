package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/urfave/cli/v2"

	"judge/cmd/judge/outputs"
	"judge/cmd/judge/progress"
	"judge/cmd/judge/terminal"
	"judge/cmd/judge/watch"
	"judge/judge"
	"judge/judge/report"
	"judge/judge/verify"
	"judge/problems"
	"judge/problems/formats"
	"judge/problems/repository"
)

// verifyFlags are the flags of verify as they were written.
type verifyFlags struct {
	run     runFlags // those that it shares with run
	paths   []string
	exclude []string
	budget  string // of wall time, in seconds
	werror  bool
	watch   bool
}

func verifyCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "verify",
		Usage:     "hold problems against themselves: submissions, validators, checkers, limits",
		ArgsUsage: "PROBLEM...",
		Description: "A PROBLEM is one in any of the formats that judge show knows, or a directory in which problems are searched.\n" +
			"The search leaves out hidden directories, what git ignores, and what a .judgeignore file lists (in the syntax of .gitignore).\n" +
			"Every submission is run on every test and held against what the problem expects of it.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "jobs", Aliases: []string{"j"}, Usage: "run `N` tests at a time (default: one on each physical core)"},
			&cli.StringFlag{Name: "cores", Usage: "run tests on the cores of `LIST`, such as 1-3,5"},
			exclusiveFlag(),
			&cli.BoolFlag{Name: "werror", Usage: "take warnings for errors", DisableDefaultText: true},
			&cli.StringFlag{Name: "languages", Usage: "lay the table of languages in `FILE` over the built-in one"},
			&cli.StringFlag{Name: "json", Usage: "write everything to `FILE`; - is stdout, without the text"},
			&cli.StringFlag{Name: "junit", Usage: "write the results to `FILE` as JUnit's XML"},
			&cli.StringFlag{Name: "html", Usage: "write a page to `FILE` that holds everything"},
			&cli.StringSliceFlag{Name: "exclude", Usage: "leave out what matches `GLOB`, such as templates/** (repeatable; see also .judgeignore)"},
			&cli.StringFlag{Name: "budget", Usage: "stop after `SECONDS` of wall time; the next run goes on there (default: no limit)"},
			&cli.BoolFlag{Name: "watch", Usage: "verify again whenever a file is edited, until interrupted", DisableDefaultText: true},
			&cli.BoolFlag{Name: "github", Usage: "annotate files in GitHub Actions, and write the step's summary", DisableDefaultText: true},
			isolationFlag(),
			&cli.BoolFlag{Name: "no-cache", Usage: "compile and run even what was compiled and run before", DisableDefaultText: true},
			&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "problems without findings, too, and what was looked at", DisableDefaultText: true},
			&cli.BoolFlag{Name: "no-color", Usage: "no colours (also: NO_COLOR in the environment)", DisableDefaultText: true},
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() < 1 {
				return &usageError{"no problem given: judge verify PROBLEM...", ""}
			}
			return verifyProblems(c.Context, stdio, verifyFlags{
				run: runFlags{
					jobs: c.String("jobs"), cores: c.String("cores"), languages: c.String("languages"), out: outputFiles(c),
					isolation: c.String("isolation"), exclusive: c.Bool("exclusive"), noCache: c.Bool("no-cache"), reuse: true, verbose: c.Bool("verbose"), noColor: c.Bool("no-color"),
				},
				paths: c.Args().Slice(), exclude: c.StringSlice("exclude"), budget: c.String("budget"), werror: c.Bool("werror"), watch: c.Bool("watch"),
			})
		},
	}
}

func verifyProblems(ctx context.Context, stdio IO, f verifyFlags) error {
	if err := f.run.out.Check(); err != nil {
		return &misuse{err}
	}
	limit, err := seconds("budget", f.budget)
	if err != nil {
		return err
	}
	began := time.Now()
	found, err := findProblems(ctx, f.paths, f.exclude)
	if errors.As(err, new(*emptyError)) {
		return errors.Join(f.writeFiles(stdio, emptyResult(began, found)), err)
	}
	if err != nil {
		return err
	}
	var warned warnings
	defer warned.print(stdio.Stderr)
	for _, pattern := range found.Unused {
		warned.add(fmt.Errorf("--exclude %q matches no directory", pattern))
	}
	engine, pool, err := f.run.engine(warned.add)
	if err != nil {
		return err
	}
	return errors.Join(f.verifyAgain(ctx, stdio, engine, found, until{began, limit}), pool.Close())
}

// until is how long a run may take.
type until struct {
	began  time.Time
	budget time.Duration // 0: as long as it takes
}

// within returns a context that ends when the time is used up.
func (u until) within(ctx context.Context) (context.Context, context.CancelFunc) {
	if u.budget == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithDeadlineCause(ctx, u.began.Add(u.budget), errBudget)
}

// verifyAgain verifies the problems, and, where that was requested, again after every edit.
func (f verifyFlags) verifyAgain(
	ctx context.Context, stdio IO, engine *judge.Judge, found *repository.Found, limit until,
) (err error) {
	var edits *watch.Edits
	if f.watch {
		out := f.run.out
		if edits, err = watch.Start(found.Paths, []string{out.JSON, out.JUnit, out.HTML}); err != nil {
			return err
		}
		defer edits.Close()
	}
	for {
		result, err := f.verifyAll(ctx, stdio, engine, found, limit)
		if err != nil && !slices.ContainsFunc(result.Problems, func(p verify.Problem) bool { return !p.Partial }) {
			return err // the host is unfit, and nothing is known
		}
		if written := f.write(stdio, result); err != nil || written != nil {
			return errors.Join(err, written)
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if !f.watch {
			return &exitStatus{f.code(result)}
		}
		fmt.Fprintln(stdio.Stderr, "judge: waiting for an edit")
		if err := edits.Wait(ctx); err != nil {
			return err
		}
		limit.began = time.Now()
	}
}

// verifyAll verifies problems side by side, each on cores of its own, so that none is idle while there is one left to
// verify. Every problem is in the result: those that were cut short when ctx ended, and those that had not begun, are
// partial. An error is the host's.
func (f verifyFlags) verifyAll(
	ctx context.Context, stdio IO, engine *judge.Judge, found *repository.Found, limit until,
) (verify.Result, error) {
	paths := found.Paths
	count := progress.NewProblems(len(paths))
	defer progressOutput(stdio.Stderr).Start(count.String)()
	result := verify.Result{Schema: verify.Schema, Judge: report.ThisBuild(), Began: time.Now(), Machine: engine.Machine, Omitted: omissions(found)}
	for _, path := range paths {
		result.Problems = append(result.Problems, verify.NotBegun(path))
	}
	timed, cancel := limit.within(ctx)
	defer cancel()
	under, stop := context.WithCancelCause(timed)
	defer stop(nil)
	history := repository.OpenHistory(engine.Verdicts.Part(), engine.Verdicts.Judge())
	order := history.Order(under, paths)
	var next atomic.Int64
	var all sync.WaitGroup
	for _, worker := range workers(engine, len(paths)) {
		verifier := verify.Verifier{Engine: worker, Observe: count.Observe}
		all.Go(func() {
			for n := int(next.Add(1)) - 1; n < len(order) && under.Err() == nil; n = int(next.Add(1)) - 1 {
				work := order[n]
				i := work.Index
				count.Begin(paths[i])
				one, err := verifyOne(under, verifier, paths[i], found.Failed[paths[i]])
				result.Problems[i] = one
				count.Done()
				if !one.NotBegun {
					history.Note(work, !one.Partial)
				}
				if err != nil && under.Err() == nil {
					stop(err) // the host is unfit: so it is for the others
				}
			}
		})
	}
	all.Wait()
	readRest(ctx, context.Cause(under), found, &result)
	result.Conclude()
	switch cause := context.Cause(under); {
	case ctx.Err() != nil || cause == nil:
	case !errors.Is(cause, errBudget):
		return result, cause
	case result.Partial:
		result.Budget = limit.budget.Seconds()
	}
	return result, nil
}

// Bounds of how long the problems that were not begun are read when a run ends early.
const (
	afterBudget = 5 * time.Second
	afterSignal = oneInterruption / 2
)

// readRest reads the problems that were not begun when a run was cut short: what cannot be read is an error, whatever
// the time would have been enough for.
func readRest(ctx context.Context, cut error, found *repository.Found, result *verify.Result) {
	if cut == nil {
		return
	}
	grace := afterSignal
	if errors.Is(cut, errBudget) {
		grace = afterBudget
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	for i, p := range result.Problems {
		if !p.NotBegun {
			continue
		}
		err := found.Failed[p.Path]
		if err == nil && ctx.Err() == nil {
			var problem *problems.Problem
			if problem, err = openProblem(ctx, p.Path); err == nil {
				problem.Close()
			}
		}
		if err != nil && ctx.Err() == nil {
			result.Problems[i] = unreadable(p.Path, err)
		}
	}
}

// verifyOne verifies one problem. failed is what keeps its directory from being searched, if anything does.
func verifyOne(ctx context.Context, verifier verify.Verifier, path string, failed error) (verify.Problem, error) {
	if failed != nil {
		return unreadable(path, failed), nil
	}
	problem, err := openProblem(ctx, path)
	switch {
	case ctx.Err() != nil:
		return verify.NotBegun(path), ctx.Err()
	case err != nil:
		return unreadable(path, err), nil
	}
	defer problem.Close()
	return verifier.Problem(ctx, problem)
}

// unreadable is the result for a problem that cannot be read, with the format that it would have.
func unreadable(path string, err error) verify.Problem {
	p := verify.Unreadable(path, err)
	p.Format = formats.Format(path)
	return p
}

// workers share the cores of a judge among as many as there is work for.
func workers(engine *judge.Judge, work int) []*judge.Judge {
	n := max(1, min(work, len(engine.Cores)))
	quiet := &sync.RWMutex{}
	all := make([]*judge.Judge, n)
	for i := range all {
		one := *engine
		one.Cores, one.Quiet = engine.Cores[i*len(engine.Cores)/n:(i+1)*len(engine.Cores)/n], quiet
		all[i] = &one
	}
	return all
}

// code is the exit code: a judge error beats an invalid problem, and that what is not as expected.
func (f verifyFlags) code(r verify.Result) int {
	code := exitOK
	for _, p := range r.Problems {
		switch {
		case p.JudgeErrors():
			return exitJudge
		case p.Invalid:
			code = exitUsage
		}
	}
	if code == exitOK && (r.Partial || r.Errors() > 0 || f.werror && r.Warnings() > 0) {
		code = exitNot
	}
	return code
}

// emptyResult is the result where there is no problem: what was asked for is written then, too, so that no file of an
// earlier run is taken for this one's.
func emptyResult(began time.Time, found *repository.Found) verify.Result {
	return verify.Result{
		Schema: verify.Schema, Judge: report.ThisBuild(), Began: began,
		Problems: []verify.Problem{}, Omitted: omissions(found),
	}
}

// write writes the findings for people, and everything that was requested.
func (f verifyFlags) write(stdio IO, r verify.Result) error {
	var err error
	if f.run.out.JSON != "-" {
		findings := verify.Text{Color: terminal.Colours(terminal.Width(stdio.Stdout), f.run.noColor), Verbose: f.run.verbose}
		err = ignoreClosed(findings.Write(stdio.Stdout, r))
	}
	return errors.Join(err, f.writeFiles(stdio, r))
}

// writeFiles writes what was requested.
func (f verifyFlags) writeFiles(stdio IO, r verify.Result) error {
	return f.run.out.Write(outputs.Streams{Stdout: stdio.Stdout, Stderr: stdio.Stderr}, r, r)
}
