package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"judge/judge"
	"judge/judge/contest"
	"judge/judge/contest/grade"
	"judge/judge/contest/read"
	"judge/judge/contest/store"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// gradeFlags are the flags of grade as the user wrote them.
type gradeFlags struct {
	run     runFlags // those that it shares with run
	contest string

	stop, results, html, against, shard string
	apply, cancel                       string
	rejudge, keep, quiet                bool
	selection                           selectionFlags
}

func gradeCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "grade",
		Usage:     "grade the submissions of a contest; running it again continues",
		ArgsUsage: "CONTEST",
		Description: "CONTEST is a directory with a contest.yaml, or a CLICS contest package, a directory or a zip.\n" +
			"Judgements are stored in CONTEST/results.judge as they come. What is in there is not judged\n" +
			"again, so that an interrupted grading resumes. The scoreboard is printed at the end.\n\n" +
			"   judge grade spring27 --html board.html",
		Flags: append(selectionFlagList(),
			&cli.StringFlag{
				Name: "stop",
				Usage: "skip a submission's remaining tests by `RULE`: after its first failure, or never " +
					"(default: first)",
			},
			jobsFlag(), coresFlag(), exclusiveFlag(), isolationFlag(), languagesFlag(),
			boolFlag("no-cache", "", "ignore the cache of compiled programs"),
			&cli.StringFlag{Name: "results", Usage: "store judgements in `FILE` (default: CONTEST/results.judge)"},
			&cli.StringFlag{Name: "html", Usage: "keep a self-contained HTML page in `FILE` up to date while grading"},
			boolFlag("rejudge", "", "judge the selected submissions again; nothing counts until it is applied"),
			&cli.StringFlag{Name: "apply", Usage: "let the judgements of rejudging `N` count"},
			&cli.StringFlag{Name: "cancel", Usage: "discard the judgements of rejudging `N`"},
			boolFlag("keep", "", "keep judgements although packages or sources have changed since"),
			&cli.StringFlag{
				Name:  "against",
				Usage: "compare the judgements with those of `FILE`: a result file or a contest package",
			},
			&cli.StringFlag{Name: "shard", Usage: "grade only part `I/N` of the submissions, such as 1/4"},
			boolFlag("quiet", "q", "show no progress"),
			noColorFlag(),
		),
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return &usageError{"expected one contest: judge grade CONTEST", ""}
			}
			return gradeContest(c.Context, stdio, gradeFlags{
				run: sharedFlags(c), contest: c.Args().First(), selection: selectionOf(c),
				stop: c.String("stop"), results: c.String("results"), html: c.String("html"),
				against: c.String("against"), shard: c.String("shard"),
				apply: c.String("apply"), cancel: c.String("cancel"),
				rejudge: c.Bool("rejudge"), keep: c.Bool("keep"), quiet: c.Bool("quiet"),
			})
		},
	}
}

func gradeContest(ctx context.Context, stdio IO, f gradeFlags) (err error) {
	shard, err := f.check()
	if err != nil {
		return err
	}
	if f.apply != "" || f.cancel != "" {
		return f.closeRound(ctx, stdio, shard)
	}
	table, err := loadLanguages(f.run.languages)
	if err != nil {
		return err
	}
	selection, err := f.selection.parse()
	if err != nil {
		return err
	}
	var warned warnings
	defer warned.print(stdio.Stderr)
	host := &lazyHost{flags: f.run, table: table, warn: warned.add}
	defer func() { err = errors.Join(err, host.close()) }()
	g, err := grade.Open(ctx, grade.Options{
		Contest: f.contest, Results: f.results, Selection: selection, Rejudge: f.rejudge, Keep: f.keep, Shard: shard,
		AllTests: f.stop == "never", Languages: table, Judge: report.ThisBuild().String(), Warn: warned.add,
		OpenProblem: func(ctx context.Context, path string) (*problems.Problem, error) {
			p, err := openProblem(ctx, fromHere(path))
			if err != nil {
				return nil, err
			}
			warned.unpacked(p)
			if err := f.makeTests(ctx, stdio.Stderr, host, p); err != nil {
				return nil, errors.Join(err, p.Close())
			}
			return p, nil
		},
	})
	if err != nil {
		return explainGrading(err)
	}
	against, err := f.foreign(ctx)
	if err == nil {
		err = f.grade(ctx, stdio, g, host)
	}
	if err != nil {
		return closed(explainGrading(err), g.Close())
	}
	err = f.conclude(ctx, stdio, g, against)
	return errors.Join(err, g.Close())
}

// closed adds the error of closing a result file, unless it is known that the disk is full.
func closed(err, closing error) error {
	if errors.As(err, new(*store.FullError)) && errors.As(closing, new(*store.FullError)) {
		return err
	}
	return errors.Join(err, closing)
}

// check checks flags that contradict each other, and returns the shard.
func (f gradeFlags) check() (grade.Shard, error) {
	switch {
	case f.stop != "" && f.stop != "first" && f.stop != "never":
		return grade.Shard{}, &usageError{fmt.Sprintf("--stop %s: expected first or never", f.stop), ""}
	case f.apply != "" && f.cancel != "":
		return grade.Shard{}, &usageError{"--apply and --cancel exclude each other", ""}
	case f.rejudge && (f.apply != "" || f.cancel != ""):
		return grade.Shard{}, &usageError{"--apply and --cancel close a rejudging that --rejudge has made",
			"leave --rejudge out"}
	case f.rejudge && f.keep:
		return grade.Shard{}, &usageError{"--rejudge and --keep exclude each other", ""}
	}
	shard, err := parseShard(f.shard)
	if err != nil {
		return shard, err
	}
	results := f.results
	if results == "" {
		results = grade.ResultFile(f.contest, shard)
	}
	html := []destination{{"html", f.html}}
	not := precious{results: []string{results}, inputs: read.Inputs(f.contest)}
	return shard, errors.Join(checkNotStdout(html), checkFiles(html, not))
}

// grade judges what is to do, with progress on stderr and on the page.
func (f gradeFlags) grade(
	ctx context.Context, stdio IO, g *grade.Grading, host *lazyHost,
) (err error) {
	f.head(stdio.Stderr, g)
	for _, note := range g.Contest.Notes {
		fmt.Fprintf(stdio.Stderr, "judge: note: %s\n", text.Error(note))
	}
	if len(g.Todo) == 0 {
		return nil
	}
	engine, err := host.open()
	if err != nil {
		return err
	}
	f.machineLine(stdio.Stderr, engine.Machine)
	page := f.startPage(g)
	line := func() {}
	if !f.quiet {
		line = startGradingProgress(stdio.Stderr, g)
	}
	err = g.Grade(ctx, engine, thisMachine(engine))
	line()
	page()
	err = errors.Join(err, host.close())
	if err != nil { // the page would wait for more
		if r, failed := g.Results(context.WithoutCancel(ctx)); failed == nil {
			err = errors.Join(err, f.finalPage(g, r))
		}
	}
	if ctx.Err() != nil {
		status := g.Progress.Status()
		fmt.Fprintf(stdio.Stderr, "judge: %d of %d submissions are judged: the same command continues\n",
			status.Judged, status.Total)
	}
	return err
}

// thisMachine describes this host for the result file.
func thisMachine(engine *judge.Judge) contest.Machine {
	name, err := os.Hostname()
	if err != nil {
		name = "localhost"
	}
	m := engine.Machine
	return contest.Machine{Name: name, Class: contest.Class{
		CPU: m.CPU, Kernel: m.Kernel, Cgroup: m.Cgroup, Isolation: m.Isolation, Judge: report.ThisBuild().String(),
		Speed: m.Speed,
	}}
}

// head prints what is to do.
func (f gradeFlags) head(stderr io.Writer, g *grade.Grading) {
	if f.quiet {
		return
	}
	c := g.Contest
	parts := []string{
		counted(len(c.Problems), "problem"), counted(len(c.Teams), "team"), counted(len(c.Submissions), "submission"),
	}
	if n := len(g.Planned); n != len(c.Submissions) {
		parts = append(parts, fmt.Sprintf("%d selected", n))
	}
	if n := g.Judged(); n > 0 {
		parts = append(parts, fmt.Sprintf("%d judged before", n))
	}
	name := c.Name
	if name == "" {
		name = c.ID
	}
	fmt.Fprintf(stderr, "%s   %s\n", report.Name(name), strings.Join(parts, " · "))
}

// machineLine prints which machine judges.
func (f gradeFlags) machineLine(stderr io.Writer, m report.Machine) {
	if f.quiet {
		return
	}
	fmt.Fprintf(stderr, "%s · Linux %s · %s · isolation %s\n",
		m.CPU, m.Kernel, counted(len(m.Cores), "core"), m.Isolation)
}
