package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"judge/judge"
	"judge/judge/calibrate"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/formats"
	"judge/problems/specedit"
	"judge/problems/text"
)

// timeFlags are the flags of time as the user wrote them.
type timeFlags struct {
	run     runFlags // those that it shares with run
	maxTime string
	write   bool // put the proposed limit into the spec

	acToTimeLimit, timeLimitToTLE, timeResolution string
}

func timeCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "time",
		Usage:     "measure a problem's submissions and propose its time limit",
		ArgsUsage: "PROBLEM",
		Description: "Runs the submissions with the expected verdict AC or TLE on every test. " +
			"By the rule of the ICPC\n" +
			"package format a time limit fits if it is a multiple of the resolution, if it is at least\n" +
			"ac-to-time-limit times what the slowest AC submission takes, and if the fastest TLE submission\n" +
			"takes at least time-limit-to-tle times the limit.\n\n" +
			"   judge time examples/aplusb",
		Flags: []cli.Flag{
			&cli.StringFlag{
				Name: "max-time", Usage: "kill an AC submission after `SECONDS` (default: 10 time limits, at least 30)",
			},
			&cli.StringFlag{Name: "most", Hidden: true}, // its name of before
			&cli.StringFlag{
				Name:  "ac-to-time-limit",
				Usage: "require a limit of `FACTOR` times the slowest AC submission (default: 2)",
			},
			&cli.StringFlag{
				Name:  "time-limit-to-tle",
				Usage: "require TLE submissions to take `FACTOR` times the limit (default: 1.5)",
			},
			&cli.StringFlag{
				Name: "time-resolution", Usage: "round the limit up to a multiple of `SECONDS` (default: 1)",
			},
			boolFlag("write", "", "write the proposed time limit into the spec (native and ICPC problem.yaml)"),
			jobsFlag(), coresFlag(), exclusiveFlag(), testsFlag(), languagesFlag(),
			jsonFlag("the measurements", "the table"), isolationFlag(),
			boolFlag("no-cache", "", "ignore the cache of compiled programs"),
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			switch c.NArg() {
			case 0:
				return &usageError{"no problem given: judge time PROBLEM", ""}
			case 1:
			default:
				return &usageError{"more than one argument: judge time PROBLEM",
					"list the submissions in the problem, with their expected verdicts"}
			}
			shared := sharedFlags(c)
			shared.problem = c.Args().First()
			return timeProblem(c.Context, stdio, timeFlags{
				run: shared, maxTime: cmp.Or(c.String("max-time"), c.String("most")),
				acToTimeLimit: c.String("ac-to-time-limit"), timeLimitToTLE: c.String("time-limit-to-tle"),
				timeResolution: c.String("time-resolution"), write: c.Bool("write"),
			})
		},
	}
}

func timeProblem(ctx context.Context, stdio IO, f timeFlags) error {
	if err := jsonFile(f.run.out.JSON); err != nil {
		return err
	}
	rule, err := f.rule()
	if err != nil {
		return err
	}
	maxTime, err := seconds("max-time", f.maxTime)
	if err != nil {
		return err
	}
	request, err := f.run.request(ctx)
	if err != nil {
		return err
	}
	defer request.Problem.Close()
	if f.write {
		if err := canWriteLimit(request.Problem); err != nil {
			return err
		}
	}
	if lack := calibrate.Lacking(request.Problem.Submissions); lack != "" {
		return &emptyError{request.Problem.Path + ": " + lack}
	}
	var warned warnings
	defer warned.print(stdio.Stderr)
	warned.unpacked(request.Problem)
	engine, pool, err := f.run.engine(warned.add)
	if err != nil {
		return err
	}
	_, err = makeTests(ctx, stdio.Stderr, engine, request.Problem, making{choose: f.run.chooseMade()})
	if err != nil {
		return errors.Join(err, pool.Close())
	}
	result, err := timeAll(ctx, stdio.Stderr, engine, request, rule, maxTime)
	err = errors.Join(err, pool.Close())
	if result.Partial {
		err = errors.Join(err, f.print(stdio, result))
	}
	if err != nil {
		return err
	}
	if err := f.print(stdio, result); err != nil {
		return err
	}
	if f.write {
		return writeLimit(ctx, stdio.Stderr, request.Problem.Path, result)
	}
	if !result.Good() {
		return &exitStatus{exitNot}
	}
	return nil
}

// canWriteLimit returns the error for --write with a problem whose spec cannot be edited, or of which only some tests
// run.
func canWriteLimit(p *problems.Problem) error {
	if p.Format != "native" && (!strings.HasPrefix(p.Format, "ICPC ") || p.Format == "ICPC legacy") {
		return &usageError{
			fmt.Sprintf("--write: %s: the format %s has no time_limit in a problem.yaml", p.Path, p.Format),
			"set the proposed time limit by hand",
		}
	}
	if formats.IsArchive(formats.Spec(p.Path)) {
		return &usageError{"--write: " + p.Path + " is an archive", "unpack it first"}
	}
	if p.Part {
		return &usageError{"--write: --tests leaves out tests that may take longer", "omit --tests"}
	}
	return nil
}

// writeLimit writes the proposed time limit into the spec of the problem at a path, if one fits.
func writeLimit(ctx context.Context, stderr io.Writer, path string, r calibrate.Result) error {
	if !r.Proposes() {
		fmt.Fprintf(stderr, "judge: --write: no time limit fits: %s is unchanged\n", text.Line(path))
		return &exitStatus{exitNot}
	}
	limit := strconv.FormatFloat(r.Limits.Proposed, 'f', -1, 64)
	spec := formats.Spec(path)
	changed, err := specedit.File(spec, func(data []byte) ([]byte, error) {
		return specedit.SetTimeLimit(data, limit)
	}, func() error {
		p, err := openProblem(ctx, path)
		if err != nil {
			return err
		}
		defer p.Close()
		if got := p.Limits.Time.Seconds(); got != r.Limits.Proposed {
			return fmt.Errorf("the time limit is then %v s", got)
		}
		return nil
	})
	switch {
	case err != nil:
		return &misuse{fmt.Errorf("--write: %w", err)}
	case changed:
		fmt.Fprintf(stderr, "judge: wrote time_limit: %s to %s\n", limit, text.Line(spec))
	default:
		fmt.Fprintf(stderr, "judge: %s already has time_limit: %s\n", text.Line(spec), limit)
	}
	return nil
}

func (f timeFlags) rule() (calibrate.Rule, error) {
	rule := calibrate.ICPC()
	for _, factor := range []struct {
		name, text string
		min, max   float64
		to         *float64
	}{
		{"ac-to-time-limit", f.acToTimeLimit, 1, 1000, &rule.ACToTimeLimit},
		{"time-limit-to-tle", f.timeLimitToTLE, 1, 1000, &rule.TimeLimitToTLE},
		{"time-resolution", f.timeResolution, 0.001, 1000, &rule.TimeResolution},
	} {
		if factor.text == "" {
			continue
		}
		var err error
		if *factor.to, err = between(factor.name, factor.text, "", factor.min, factor.max, ""); err != nil {
			return rule, err
		}
	}
	return rule, nil
}

// timeAll measures the accepted submissions, and then the others for as long as the times of the first require.
// When ctx ends it returns the measurements so far as a partial result, together with ctx's error.
func timeAll(
	ctx context.Context, stderr io.Writer, engine *judge.Judge, request judge.Request, rule calibrate.Rule,
	maxTime time.Duration,
) (calibrate.Result, error) {
	problem := request.Problem
	declared := problem.Limits.Time
	if maxTime == 0 {
		maxTime = max(10*declared, 30*time.Second)
	}
	result := calibrate.Result{
		Schema: calibrate.Schema, Judge: report.ThisBuild(), Machine: engine.Machine,
		Problem: problem.Name, Path: problem.Path, Rule: rule,
	}
	partial := func(err error) (calibrate.Result, error) {
		result.Partial, result.Limits = ctx.Err() != nil, calibrate.Limits{Declared: declared.Seconds()}
		return result, err
	}
	if err := timeKind(ctx, stderr, engine, request, calibrate.Accepted, maxTime, &result); err != nil {
		return partial(err)
	}
	result.Limits = rule.Fit(result.Timings, declared.Seconds())
	if slowest := result.Limits.Slowest; slowest != nil {
		maxTime = time.Duration(rule.Enough(slowest.Seconds, declared.Seconds()) * float64(time.Second))
	}
	request.Stop = judge.AtFirstTimeout
	if err := timeKind(ctx, stderr, engine, request, calibrate.TooSlow, maxTime, &result); err != nil {
		return partial(err)
	}
	result.Limits = rule.Fit(result.Timings, declared.Seconds())
	return result, nil
}

// timeKind adds the timings of the submissions of one kind. A submission may take up to limit on a test.
func timeKind(
	ctx context.Context, stderr io.Writer, engine *judge.Judge, request judge.Request, kind calibrate.Kind,
	limit time.Duration, to *calibrate.Result,
) error {
	problem := *request.Problem
	problem.Limits = problem.Limits.WithTime(limit)
	problem.Limits.Wall = max(problem.Limits.Wall, problems.DefaultWall(limit))
	request.Problem, request.Submissions = &problem, nil
	var kinds []calibrate.Kind
	for _, s := range problem.Submissions {
		of, ok := calibrate.KindOf(s)
		if ok && (of == kind || of == calibrate.FastEnough && kind == calibrate.Accepted) {
			request.Submissions, kinds = append(request.Submissions, s.Path), append(kinds, of)
		}
	}
	if len(request.Submissions) == 0 {
		return nil
	}
	line := startProgress(stderr, request)
	request.Observe = line.observe
	r, err := engine.Judge(ctx, request)
	line.end()
	if r == nil {
		return err
	}
	for i, s := range r.Submissions {
		if s.Unfinished {
			continue
		}
		if err := judgeError(s); err != nil {
			return err
		}
		t := calibrate.TimingOf(kinds[i], s)
		if short, err := filepath.Rel(problem.Dir, request.Submissions[i]); err == nil {
			t.Path = short
		}
		to.Timings = append(to.Timings, t)
	}
	return err
}

// judgeError returns the error for a test on which the judge failed; nil: there is none.
func judgeError(s report.Submission) error {
	if s.Verdict == problems.JE {
		return fmt.Errorf("%s: judge error: %s", s.Path, s.Reason)
	}
	for _, t := range s.Tests {
		if t.Verdict == problems.JE {
			return fmt.Errorf("%s, test %s: judge error: %s", s.Path, t.Name, t.Message)
		}
	}
	return nil
}

// print writes the result, and the requested JSON.
func (f timeFlags) print(stdio IO, r calibrate.Result) error {
	asJSON := func(w io.Writer) error { return text.WriteJSON(w, r) }
	if f.run.out.JSON == "-" {
		return ignoreClosed(asJSON(stdio.Stdout))
	}
	err := ignoreClosed(r.Write(stdio.Stdout))
	if f.run.out.JSON != "" {
		err = errors.Join(err, report.WriteFile(f.run.out.JSON, asJSON))
	}
	return err
}
