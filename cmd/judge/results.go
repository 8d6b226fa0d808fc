package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"judge/cmd/judge/terminal"
	"judge/judge/contest"
	"judge/judge/contest/clics"
	"judge/judge/contest/grade"
	"judge/judge/contest/output"
	"judge/judge/contest/page"
	"judge/judge/contest/read"
	"judge/judge/contest/score"
	"judge/judge/contest/store"
	"judge/judge/report"
)

// resultsFlags are the flags of results as the user wrote them.
type resultsFlags struct {
	paths                           []string
	frozen, runs, detailed, noColor bool
	html, clics, version, csv, json string
	rankings, sources, teamPages    string
}

func resultsCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "results",
		Usage:     "print the scoreboard of a graded contest, or export its results",
		ArgsUsage: "CONTEST|FILE...",
		Description: "CONTEST is a contest that judge grade has graded, FILE a result file. Several files, such as\n" +
			"those of shards, are merged. The files are only read, also while a grader is at work.\n\n" +
			"   judge results spring27 --clics export.zip",
		Flags: []cli.Flag{
			boolFlag("frozen", "", "show the scoreboard as it was when it froze, in every output"),
			&cli.StringFlag{Name: "html", Usage: "write a self-contained HTML page to `FILE`"},
			&cli.StringFlag{Name: "clics", Usage: "write a CLICS contest package to `DEST`, a directory or a .zip"},
			&cli.StringFlag{
				Name: "clics-version", Usage: "`VERSION` of the contest package: 2023-06 or 2026-01 (default: 2023-06)",
			},
			boolFlag("runs", "", "include the result of every test in the contest package"),
			boolFlag("detailed", "", "use the verdicts MLE, OLE, WTL and ILE in the contest package"),
			&cli.StringFlag{
				Name: "csv", Usage: "write the submissions to `FILE` as CSV (\"-\": to stdout, instead of the text)",
			},
			jsonFlag("submissions and scoreboard", "the text"),
			&cli.StringFlag{Name: "rws", Usage: "write the data of the CMS ranking web server to directory `DIR`"},
			&cli.StringFlag{Name: "sources", Usage: "copy accepted programs to `DIR`, as JPlag and MOSS read them"},
			&cli.StringFlag{Name: "html-teams", Usage: "write a page for each team to directory `DIR`"},
			noColorFlag(),
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() < 1 {
				return &usageError{"no contest given: judge results CONTEST|FILE...", ""}
			}
			return results(c.Context, stdio, resultsFlags{
				paths: c.Args().Slice(), frozen: c.Bool("frozen"), runs: c.Bool("runs"), detailed: c.Bool("detailed"),
				noColor: c.Bool("no-color"), html: c.String("html"), clics: c.String("clics"),
				version: c.String("clics-version"), csv: c.String("csv"), json: c.String("json"),
				rankings: c.String("rws"), sources: c.String("sources"), teamPages: c.String("html-teams"),
			})
		},
	}
}

func results(ctx context.Context, stdio IO, f resultsFlags) error {
	version, err := f.check()
	if err != nil {
		return err
	}
	reader, err := openResults(f.paths)
	if err != nil {
		return err
	}
	r, err := reader.Results(ctx)
	if err != nil {
		return errors.Join(explainGrading(err), reader.Close())
	}
	if f.clics+f.sources+f.teamPages != "" { // they need the contest's files
		dir, closer := contestOf(ctx, f.paths[0])
		r.Contest.Dir = dir
		if closer != nil {
			defer closer.Close()
		}
	}
	return errors.Join(f.write(ctx, stdio, reader, r, version), reader.Close())
}

// check checks the flags, and that files can be written.
func (f resultsFlags) check() (version clics.Version, err error) {
	switch f.version {
	case "", "2023-06":
	case "2026-01":
		version = clics.Version202601
	default:
		return 0, &usageError{fmt.Sprintf("--clics-version %s: expected 2023-06 or 2026-01", f.version), ""}
	}
	for _, only := range []struct {
		flag string
		used bool
	}{{"clics-version", f.version != ""}, {"runs", f.runs}, {"detailed", f.detailed}} {
		if only.used && f.clics == "" {
			return 0, &usageError{"--" + only.flag + " concerns the contest package", "add --clics DEST"}
		}
	}
	if f.csv == "-" && f.json == "-" {
		return 0, &usageError{"--csv - and --json - exclude each other: stdout holds one of them", ""}
	}
	if err := checkNotStdout([]destination{
		{"html", f.html}, {"clics", f.clics}, {"rws", f.rankings}, {"sources", f.sources}, {"html-teams", f.teamPages},
	}); err != nil {
		return 0, err
	}
	files := []destination{{"html", f.html}}
	for _, file := range []destination{{"csv", f.csv}, {"json", f.json}} {
		if file.path != "-" {
			files = append(files, file)
		}
	}
	return version, checkFiles(files, preciousOf(f.paths))
}

// openResults opens the result files of contests and files.
func openResults(named []string) (*store.Reader, error) {
	var paths []string
	for _, path := range named {
		file := resultFileOf(path)
		if !exists(file) {
			stem := strings.TrimSuffix(file, ".judge")
			shards, _ := filepath.Glob(stem + "-*-of-*.judge") //nolint:errcheck // for a hint
			if len(shards) > 0 {
				return nil, &usageError{file + ": no such file", "name the files of all shards, such as " + shards[0]}
			}
			return nil, noResults(file, path)
		}
		paths = append(paths, file)
	}
	reader, err := store.Merge(paths...)
	if err != nil {
		return nil, explainGrading(err)
	}
	return reader, nil
}

// resultFileOf returns the result file that a path means: that of a contest, or the path itself.
func resultFileOf(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() || grade.IsContestFile(path) {
		return grade.ResultFile(path, grade.Shard{})
	}
	return path
}

// write writes the requested outputs, and the scoreboard unless one of them is stdout. A failed output does not stop
// the others.
func (f resultsFlags) write(
	ctx context.Context, stdio IO, reader *store.Reader, r *contest.Results, version clics.Version,
) error {
	o := score.Options{Frozen: f.frozen}
	files := &grade.Files{Contest: &r.Contest}
	var all []error
	if f.csv != "-" && f.json != "-" {
		all = append(all, printBoard(stdio, r, f.frozen, f.noColor))
	}
	for _, file := range []struct {
		path  string
		write func(io.Writer) error
	}{
		{f.csv, func(w io.Writer) error { return output.CSV(w, r, o) }},
		{f.json, func(w io.Writer) error { return output.JSON(w, r, o) }},
	} {
		switch file.path {
		case "":
		case "-":
			all = append(all, ignoreClosed(file.write(stdio.Stdout)))
		default:
			all = append(all, report.WriteFile(file.path, file.write))
		}
	}
	if f.html != "" {
		round := func(id int) (map[string]*contest.Judgement, error) { return reader.Round(ctx, id) }
		all = append(all, page.WriteFile(f.html, r, page.Live{Frozen: f.frozen, Round: round}))
	}
	all = append(all, f.writeFolders(ctx, stdio, reader, r, files, version), files.Close())
	return errors.Join(all...)
}

// writeFolders writes the outputs of several files.
func (f resultsFlags) writeFolders(
	ctx context.Context, stdio IO, reader *store.Reader, r *contest.Results, files *grade.Files, version clics.Version,
) error {
	o := score.Options{Frozen: f.frozen}
	var all []error
	var warned warnings
	defer warned.print(stdio.Stderr)
	if f.clics != "" {
		export := clics.Export{Results: r, Version: version, Detailed: f.detailed, Frozen: f.frozen, Warn: warned.add}
		if f.runs {
			export.Runs = func(ctx context.Context) iter.Seq2[contest.RunsOf, error] {
				return reader.Runs(ctx, store.Which{})
			}
		}
		all = append(all, clics.Write(ctx, f.clics, export))
	}
	if f.rankings != "" {
		all = append(all, output.RWS(f.rankings, r, o))
	}
	if f.sources != "" {
		left, err := output.Sources(f.sources, r, o, files.Source)
		for _, one := range left {
			warned.add(one)
		}
		all = append(all, err)
	}
	if f.teamPages != "" {
		all = append(all, occupied(page.Teams(ctx, f.teamPages, r, page.TeamsOptions{
			Frozen: f.frozen, Input: files.Input,
			Runs: func(ctx context.Context, of []*contest.Judgement) iter.Seq2[contest.RunsOf, error] {
				var ids []string
				for _, j := range of {
					ids = append(ids, j.Submission)
				}
				return reader.Runs(ctx, store.Which{Submissions: ids})
			},
		})))
	}
	return errors.Join(all...)
}

// contestOf returns the directory of the contest that a path means; "": only the result file is there. The closer
// removes what was unpacked.
func contestOf(ctx context.Context, path string) (dir string, closer io.Closer) {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		if stem, ok := strings.CutSuffix(path, ".judge"); ok && exists(stem+".zip") {
			path = stem + ".zip"
		}
		if strings.EqualFold(filepath.Ext(path), ".zip") {
			if c, closer, err := read.Open(ctx, path); err == nil {
				return c.Dir, closer
			}
			return "", nil
		}
		path = filepath.Dir(path)
	}
	if full, err := filepath.Abs(path); err == nil {
		return full, nil
	}
	return "", nil
}

// foreign returns the judgements to compare with; nil: no --against.
func (f gradeFlags) foreign(ctx context.Context) (*grade.Foreign, error) {
	if f.against == "" {
		return nil, nil
	}
	info, err := os.Stat(f.against)
	if err != nil {
		return nil, &usageError{"--against " + f.against + ": no such file", nearFile(f.against, ".")}
	}
	if !info.IsDir() && !grade.IsContestFile(f.against) {
		return foreignResults(ctx, f.against)
	}
	c, closer, err := read.Open(ctx, f.against)
	if err != nil {
		return nil, err
	}
	if err := closer.Close(); err != nil {
		return nil, err
	}
	if c.Given != nil {
		of := grade.ForeignOfPackage(c)
		return &of, nil
	}
	if file := resultFileOf(f.against); exists(file) && f.against != f.contest {
		return foreignResults(ctx, file)
	}
	return nil, &usageError{"--against " + f.against + ": it has no judgements",
		"name a result file, or a contest package with judgements"}
}

func foreignResults(ctx context.Context, path string) (*grade.Foreign, error) {
	reader, err := store.OpenReader(path)
	if err != nil {
		return nil, explainGrading(err)
	}
	r, err := reader.Results(ctx)
	if err := errors.Join(err, reader.Close()); err != nil {
		return nil, err
	}
	of := grade.ForeignOfResults(r)
	return &of, nil
}

// board prints the scoreboard.
func (f gradeFlags) board(stdio IO, r *contest.Results) error {
	return printBoard(stdio, r, false, f.run.noColor)
}

// drawn is how results are drawn on stdout.
func drawn(stdio IO, noColor bool) output.Terminal {
	width := terminal.Width(stdio.Stdout)
	return output.Terminal{Width: width, Color: terminal.Colours(width, noColor)}
}

// printBoard prints the scoreboard, and what is missing in it.
func printBoard(stdio IO, r *contest.Results, frozen, noColor bool) error {
	board := score.Compute(r, score.Options{Frozen: frozen})
	name := r.Contest.Name
	if name == "" {
		name = r.Contest.ID
	}
	if err := ignoreClosed(drawn(stdio, noColor).Board(stdio.Stdout, name, board)); err != nil {
		return err
	}
	if n := grade.Unjudged(r); n > 0 {
		fmt.Fprintf(stdio.Stderr, "judge: note: %s not judged yet\n", is(n, "submission"))
	}
	return nil
}

// is writes "1 submission is", "2 submissions are".
func is(n int, noun string) string {
	if n == 1 {
		return counted(n, noun) + " is"
	}
	return counted(n, noun) + " are"
}
