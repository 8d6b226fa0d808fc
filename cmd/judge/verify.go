package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/urfave/cli/v2"

	"judge/cmd/judge/expectations"
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
	"judge/problems/text"
)

// verifyFlags are the flags of verify as the user wrote them.
type verifyFlags struct {
	run     runFlags // those that it shares with run
	paths   []string
	exclude []string
	budget  string // of wall time, in seconds
	werror  bool
	watch   bool
	record  bool // the verdicts and scores found become expectations in the specs
	merge   bool
	part    partFlags
}

func verifyCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "verify",
		Usage:     "check problems for consistency: run all submissions, validators and checkers",
		ArgsUsage: "PROBLEM...",
		Description: "A PROBLEM is a problem in any format that judge show --help lists, " +
			"or a directory to search for\n" +
			"problems. The search skips hidden directories, paths that git ignores, and paths in .judgeignore\n" +
			"files (in the syntax of .gitignore). Every submission runs on every test; its verdicts are\n" +
			"compared with the expected ones.\n\n" +
			"   judge verify problems/ --junit results.xml",
		Flags:        verifyFlagList(),
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() < 1 {
				return &usageError{"no problem given: judge verify PROBLEM...", ""}
			}
			shared := sharedFlags(c)
			shared.reuse = true
			return verifyProblems(c.Context, stdio, verifyFlags{
				run: shared, paths: c.Args().Slice(), exclude: c.StringSlice("exclude"), budget: c.String("budget"),
				werror: c.Bool("werror"), watch: c.Bool("watch"), merge: c.Bool("merge"), record: c.Bool("write"),
				part: partFlagsOf(c),
			})
		},
	}
}

func verifyFlagList() []cli.Flag {
	return []cli.Flag{
		jobsFlag(), coresFlag(), exclusiveFlag(),
		boolFlag("werror", "", "treat warnings as errors"),
		languagesFlag(), jsonFlag("all results", "the text"), junitFlag(), htmlFlag(),
		&cli.StringSliceFlag{
			Name:  "exclude",
			Usage: "skip paths that match `GLOB`, such as templates/** (repeatable; see also .judgeignore)",
		},
		&cli.StringFlag{Name: "sarif", Usage: "write the findings to `FILE` as SARIF 2.1.0"},
		&cli.StringFlag{Name: "codequality", Usage: "write the findings to `FILE` for GitLab's code quality"},
		&cli.StringFlag{
			Name: "since", Usage: "verify only problems with changes since the branch left the commit `REF`",
		},
		&cli.StringFlag{Name: "shard", Usage: "verify only part `I/N` of the problems; see --merge"},
		boolFlag("merge", "", "merge results of shards: the arguments are files of --json"),
		&cli.StringFlag{Name: "baseline", Usage: "accept the findings in `FILE`, the JSON of an earlier run"},
		boolFlag("update", "", "write the findings to the file of --baseline, and accept them"),
		&cli.StringFlag{
			Name: "submissions", Usage: "run only the submissions whose path or name matches `GLOB`, such as \"*.py\"",
		},
		testsFlag(),
		&cli.StringFlag{
			Name:  "budget",
			Usage: "stop after `SECONDS` of wall time; the next run continues from there (default: no limit)",
		},
		boolFlag("watch", "", "verify again after each edit of a file, until interrupted"),
		boolFlag("write", "", "record verdicts and scores found as expectations in the specs (native)"),
		githubFlag(), isolationFlag(),
		boolFlag("no-cache", "", "ignore the cache of compiled programs and results"),
		boolFlag("verbose", "v", "also list clean problems and the checks performed"),
		noColorFlag(),
	}
}

func verifyProblems(ctx context.Context, stdio IO, f verifyFlags) error {
	if err := f.run.out.Check(); err != nil {
		return &misuse{err}
	}
	limit, err := seconds("budget", f.budget)
	if err == nil {
		err = f.part.check(f)
	}
	if err != nil {
		return err
	}
	if f.merge {
		return f.mergeShards(stdio)
	}
	began := time.Now()
	found, err := findProblems(ctx, f.paths, f.exclude)
	if errors.As(err, new(*emptyError)) {
		return errors.Join(f.writeFiles(stdio, f.emptyResult(began, found)), err)
	}
	if err != nil {
		return err
	}
	none, err := f.narrow(ctx, stdio, found)
	if err != nil {
		return err
	}
	if none {
		return f.writeFiles(stdio, f.emptyResult(began, found))
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

// until holds how long a run may take.
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

// verifyAgain verifies the problems and, with --watch, again after every edit.
func (f verifyFlags) verifyAgain(
	ctx context.Context, stdio IO, engine *judge.Judge, found *repository.Found, limit until,
) (err error) {
	var edits *watch.Edits
	if f.watch {
		if edits, err = watch.Start(found.Paths, f.run.out.Paths()); err != nil {
			return err
		}
		defer edits.Close()
	}
	for {
		result, err := f.verifyAll(ctx, stdio, engine, found, limit)
		if err != nil && !slices.ContainsFunc(result.Problems, func(p verify.Problem) bool { return !p.Partial }) {
			return err // the host is unfit, so there are no results
		}
		if f.part.matchedNothing(result) {
			return errors.Join(f.writeFiles(stdio, result), &emptyError{"no submission or test of any problem matches"})
		}
		if err := f.compare(&result); err != nil {
			return err
		}
		if written := f.write(stdio, result); err != nil || written != nil {
			return errors.Join(err, written)
		}
		if f.record && ctx.Err() == nil {
			if err := f.recordExpectations(ctx, stdio.Stderr, result); err != nil {
				return err
			}
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

// recordExpectations writes the verdicts and scores found into the specs.
func (f verifyFlags) recordExpectations(ctx context.Context, stderr io.Writer, r verify.Result) error {
	if f.run.tests != "" {
		return &usageError{"--write: --tests leaves out tests that may decide", "omit --tests"}
	}
	all, err := expectations.Record(r, func(path string) (*problems.Problem, error) { return openProblem(ctx, path) })
	for _, one := range all {
		fmt.Fprintf(stderr, "judge: recorded the expectations of %s in %s\n",
			counted(one.Submissions, "submission"), text.Line(one.Spec))
	}
	if err != nil {
		return &misuse{fmt.Errorf("--write: %w", err)}
	}
	return nil
}

// verifyAll verifies problems concurrently, each on its own cores, so that no core is idle while problems are
// left. Every problem is in the result. Problems that were cut short when ctx ended, or not started, are partial.
// An error is the host's.
func (f verifyFlags) verifyAll(
	ctx context.Context, stdio IO, engine *judge.Judge, found *repository.Found, limit until,
) (verify.Result, error) {
	paths := found.Paths
	count := progress.NewProblems(len(paths))
	defer progressOutput(stdio.Stderr).Start(count.String)()
	result := verify.Result{
		Schema: verify.Schema, Judge: report.ThisBuild(), Began: time.Now(), Machine: engine.Machine,
		Omitted: omissions(found), Shard: f.part.shard(),
	}
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
				one, err := f.verifyOne(under, verifier, paths[i], found.Failed[paths[i]])
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
	for i, p := range result.Problems {
		result.Problems[i].Relative = relativeTo(f.paths, p.Path)
	}
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

// Bounds of how long the problems that were not started are read when a run ends early.
const (
	afterBudget = 5 * time.Second
	afterSignal = oneInterruption / 2
)

// readRest reads the problems that were not started when a run was cut short, so that an unreadable one is an
// error in any case.
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

// verifyOne verifies one problem. failed is the error of the search in its directory; nil: there was none.
func (f verifyFlags) verifyOne(
	ctx context.Context, verifier verify.Verifier, path string, failed error,
) (verify.Problem, error) {
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
	if !f.part.keep(problem) {
		return verify.Problem{Path: path, Name: problem.Name, Format: problem.Format, Findings: []verify.Finding{},
			Notes: []string{unmatched}}, nil
	}
	verifier.Chosen = f.part.submissions != ""
	return verifier.Problem(ctx, problem)
}

// unreadable is the result for a problem that cannot be read, with the format that it would have.
func unreadable(path string, err error) verify.Problem {
	p := verify.Unreadable(path, err)
	p.Format = formats.Format(path)
	return p
}

// workers divides the cores of a judge among concurrent judges, at most one for each problem.
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

// code returns the exit code: a judge error beats an invalid problem, which beats an unexpected result.
func (f verifyFlags) code(r verify.Result) int {
	code := exitOK
	for _, p := range r.Problems {
		switch {
		case p.JudgeErrors():
			return exitJudge
		case p.Invalid && len(p.Findings) > 0: // it is not in the baseline
			code = exitUsage
		}
	}
	if code == exitOK && (r.Partial || r.Errors() > 0 || f.werror && r.Warnings() > 0) {
		code = exitNot
	}
	return code
}

// emptyResult is the result without any problem. The outputs are written in this case as well, so that files of an
// earlier run are not mistaken for those of this one.
func (f verifyFlags) emptyResult(began time.Time, found *repository.Found) verify.Result {
	return verify.Result{
		Schema: verify.Schema, Judge: report.ThisBuild(), Began: began,
		Problems: []verify.Problem{}, Omitted: omissions(found), Shard: f.part.shard(),
	}
}

// write writes the findings as text, and the requested outputs.
func (f verifyFlags) write(stdio IO, r verify.Result) error {
	var err error
	if f.run.out.JSON != "-" {
		color := terminal.Colours(terminal.Width(stdio.Stdout), f.run.noColor)
		findings := verify.Text{Color: color, Verbose: f.run.verbose}
		err = ignoreClosed(findings.Write(stdio.Stdout, r))
	}
	return errors.Join(err, f.writeFiles(stdio, r))
}

// writeFiles writes the requested outputs.
func (f verifyFlags) writeFiles(stdio IO, r verify.Result) error {
	return f.run.out.Write(outputs.Streams{Stdout: stdio.Stdout, Stderr: stdio.Stderr}, r, r)
}
