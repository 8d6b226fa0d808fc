package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"judge/cmd/judge/outputs"
	"judge/judge"
	"judge/judge/calibrate"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// timeFlags are the flags of time as they were written.
type timeFlags struct {
	run  runFlags // those that it shares with run
	most string

	acToTimeLimit, timeLimitToTLE, timeResolution string
}

func timeCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "time",
		Usage:     "measure a problem's submissions and propose its time limit",
		ArgsUsage: "PROBLEM",
		Description: "Runs the submissions that the problem states to be accepted ([AC]) and too slow ([TLE]) on every test, the first with a\n" +
			"limit of --most, the others for as long as it takes to see that they are slow enough. By the ICPC's rule a time limit is\n" +
			"at least ac_to_time_limit times what the slowest accepted submission takes, a multiple of time_resolution, and\n" +
			"time_limit_to_tle times the limit is at most what the fastest too slow submission takes.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "most", Usage: "stop an accepted submission after `SECONDS` (default: 10 time limits, and at least 30)"},
			&cli.StringFlag{Name: "ac-to-time-limit", Usage: "another `FACTOR` than 2"},
			&cli.StringFlag{Name: "time-limit-to-tle", Usage: "another `FACTOR` than 1.5"},
			&cli.StringFlag{Name: "time-resolution", Usage: "another step than 1, in `SECONDS`"},
			&cli.StringFlag{Name: "jobs", Aliases: []string{"j"}, Usage: "run `N` tests at a time (default: one on each physical core)"},
			&cli.StringFlag{Name: "cores", Usage: "run tests on the cores of `LIST`, such as 1-3,5"},
			exclusiveFlag(),
			&cli.StringFlag{Name: "tests", Usage: "only the tests whose name matches the `GLOB`"},
			&cli.StringFlag{Name: "languages", Usage: "lay the table of languages in `FILE` over the built-in one"},
			&cli.StringFlag{Name: "json", Usage: "write the measurements to `FILE`; - is stdout, without the table"},
			isolationFlag(),
			&cli.BoolFlag{Name: "no-cache", Usage: "compile even what was compiled before", DisableDefaultText: true},
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			switch c.NArg() {
			case 0:
				return &usageError{"name one problem: judge time PROBLEM", ""}
			case 1:
			default:
				return &usageError{"name one problem alone: judge time PROBLEM",
					"list its submissions in the problem, with the verdicts that are expected of them"}
			}
			return timeProblem(c.Context, stdio, timeFlags{
				run: runFlags{
					problem: c.Args().First(), jobs: c.String("jobs"), cores: c.String("cores"), tests: c.String("tests"),
					languages: c.String("languages"), out: outputs.Files{JSON: c.String("json")}, isolation: c.String("isolation"), exclusive: c.Bool("exclusive"), noCache: c.Bool("no-cache"),
				},
				most: c.String("most"), acToTimeLimit: c.String("ac-to-time-limit"),
				timeLimitToTLE: c.String("time-limit-to-tle"), timeResolution: c.String("time-resolution"),
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
	most, err := seconds("most", f.most)
	if err != nil {
		return err
	}
	request, err := f.run.request(ctx)
	if err != nil {
		return err
	}
	defer request.Problem.Close()
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
	result, err := timeAll(ctx, stdio.Stderr, engine, request, rule, most)
	err = errors.Join(err, pool.Close())
	if result.Partial {
		err = errors.Join(err, f.write(stdio, result))
	}
	if err != nil {
		return err
	}
	if err := f.write(stdio, result); err != nil {
		return err
	}
	if !result.Good() {
		return &exitStatus{exitNot}
	}
	return nil
}

func (f timeFlags) rule() (calibrate.Rule, error) {
	rule := calibrate.ICPC()
	for _, factor := range []struct {
		name, text  string
		least, most float64
		to          *float64
	}{
		{"ac-to-time-limit", f.acToTimeLimit, 1, 1000, &rule.ACToTimeLimit},
		{"time-limit-to-tle", f.timeLimitToTLE, 1, 1000, &rule.TimeLimitToTLE},
		{"time-resolution", f.timeResolution, 0.001, 1000, &rule.TimeResolution},
	} {
		if factor.text == "" {
			continue
		}
		var err error
		if *factor.to, err = between(factor.name, factor.text, "", factor.least, factor.most, ""); err != nil {
			return rule, err
		}
	}
	return rule, nil
}

// timeAll measures the accepted submissions, and then the others for as long as these make necessary. When ctx ends
// it returns what it had measured as a partial result, together with ctx's error.
func timeAll(ctx context.Context, stderr io.Writer, engine *judge.Judge, request judge.Request, rule calibrate.Rule, most time.Duration) (calibrate.Result, error) {
	problem := request.Problem
	declared := problem.Limits.Time
	if most == 0 {
		most = max(10*declared, 30*time.Second)
	}
	result := calibrate.Result{
		Schema: calibrate.Schema, Judge: report.ThisBuild(), Machine: engine.Machine, Problem: problem.Name, Path: problem.Path, Rule: rule,
	}
	partial := func(err error) (calibrate.Result, error) {
		result.Partial, result.Limits = ctx.Err() != nil, calibrate.Limits{Declared: declared.Seconds()}
		return result, err
	}
	if err := timeKind(ctx, stderr, engine, request, calibrate.Accepted, most, &result); err != nil {
		return partial(err)
	}
	result.Limits = rule.Fit(result.Timings, declared.Seconds())
	if slowest := result.Limits.Slowest; slowest != nil {
		most = time.Duration(rule.Enough(slowest.Seconds, declared.Seconds()) * float64(time.Second))
	}
	request.Stop = judge.AtFirstTimeout
	if err := timeKind(ctx, stderr, engine, request, calibrate.TooSlow, most, &result); err != nil {
		return partial(err)
	}
	result.Limits = rule.Fit(result.Timings, declared.Seconds())
	return result, nil
}

// timeKind adds the timings of the submissions of one kind, none of which may take more than a limit.
func timeKind(ctx context.Context, stderr io.Writer, engine *judge.Judge, request judge.Request, kind calibrate.Kind, limit time.Duration, to *calibrate.Result) error {
	problem := *request.Problem
	problem.Limits = problem.Limits.WithTime(limit)
	problem.Limits.Wall = max(problem.Limits.Wall, problems.DefaultWall(limit))
	request.Problem, request.Submissions = &problem, nil
	var kinds []calibrate.Kind
	for _, s := range problem.Submissions {
		if of, ok := calibrate.KindOf(s); ok && (of == kind || of == calibrate.FastEnough && kind == calibrate.Accepted) {
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

// judgeError says on which test the judge failed; nil: on none.
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

func (f timeFlags) write(stdio IO, r calibrate.Result) error {
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
