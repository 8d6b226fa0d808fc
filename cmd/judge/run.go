package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"judge/cmd/judge/outputs"
	"judge/cmd/judge/targets"
	"judge/cmd/judge/terminal"
	"judge/isolate"
	"judge/judge"
	"judge/judge/cache"
	"judge/judge/cores"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/judge/verify"
	"judge/problems"
	"judge/problems/formats"
	"judge/problems/text"
)

// runFlags are the flags of run as the user wrote them, before the host is examined.
type runFlags struct {
	problem     string
	submissions []string

	jobs, cores, timeLimit, tests string
	language, languages           string
	isolation, keep               string
	out                           outputs.Files
	exclusive                     bool
	failFast, noCache, reuse      bool
	sanitize                      bool
	verbose, noColor              bool
}

func runCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "run",
		Aliases:   []string{"test"},
		Usage:     "run submissions on every test and print the verdict table",
		ArgsUsage: "PROBLEM [SUBMISSION...]",
		Description: "PROBLEM is a problem.yaml or a directory that contains one " +
			"(judge show --help lists all formats).\n" +
			"A SUBMISSION is a source file, a directory of one program, or a directory of submissions. Without\n" +
			"one, all submissions of the problem run, and are compared with their expected verdicts. A directory\n" +
			"is one program if the problem lists it or if it has main.* or a build script.\n\n" +
			"   judge run examples/aplusb examples/aplusb/submissions/int.c",
		Flags: []cli.Flag{
			jobsFlag(), coresFlag(), exclusiveFlag(),
			&cli.StringFlag{
				Name: "time-limit", Aliases: []string{"t"}, Usage: "override the time limit (`SECONDS` of CPU time)",
			},
			testsFlag(),
			sanitizeFlag(),
			boolFlag("fail-fast", "", "skip a submission's remaining tests after its first failure"),
			&cli.StringFlag{
				Name:  "language",
				Usage: "set the language of the submissions to `ID` (default: by extension, then by #! line)",
			},
			languagesFlag(), jsonFlag("the report", "the table"),
			&cli.StringFlag{Name: "csv", Usage: "write a line for each submission to `FILE`, for a spreadsheet"},
			&cli.StringFlag{
				Name:  "keep",
				Usage: "write input, answer, output and stderr of failed tests below `DIR`, as SUBMISSION/TEST.in, ...",
			},
			junitFlag(), htmlFlag(), githubFlag(),
			isolationFlag(),
			boolFlag("no-cache", "", "ignore the cache of compiled programs"),
			boolFlag("reuse", "", "reuse cached results that are still valid (times are from the cached run)"),
			boolFlag("verbose", "v", "list every test, with time and memory next to the limits"),
			noColorFlag(),
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() < 1 {
				return &usageError{"no problem given: judge run PROBLEM SUBMISSION...", ""}
			}
			if swapped := submissionAlone(c.Args().First()); c.NArg() == 1 && swapped != nil {
				return swapped
			}
			f := sharedFlags(c)
			f.timeLimit, f.language, f.sanitize = c.String("time-limit"), c.String("language"), c.Bool("sanitize")
			f.failFast, f.reuse, f.keep = c.Bool("fail-fast"), c.Bool("reuse"), c.String("keep")
			f.problem, f.submissions = c.Args().First(), c.Args().Tail()
			return run(c.Context, stdio, f)
		},
	}
}

// sharedFlags are the flags of run that other commands have as well.
func sharedFlags(c *cli.Context) runFlags {
	return runFlags{
		jobs: c.String("jobs"), cores: c.String("cores"), tests: c.String("tests"), languages: c.String("languages"),
		isolation: c.String("isolation"), exclusive: c.Bool("exclusive"), noCache: c.Bool("no-cache"),
		verbose: c.Bool("verbose"), noColor: c.Bool("no-color"), out: outputFiles(c),
	}
}

func run(ctx context.Context, stdio IO, f runFlags) error {
	if err := f.out.Check(); err != nil {
		return &misuse{err}
	}
	began := time.Now()
	request, err := f.request(ctx)
	if err != nil {
		return err
	}
	defer request.Problem.Close()
	names, err := f.chooseSubmissions(stdio.Stderr, &request)
	if err != nil {
		return err
	}
	folder, err := f.keepIn(&request)
	if err != nil {
		return err
	}
	defer folder.close()
	var warned warnings
	defer warned.print(stdio.Stderr)
	warned.unpacked(request.Problem)
	engine, pool, err := f.engine(warned.add)
	if err != nil {
		return err
	}
	if _, err := makeTests(ctx, stdio.Stderr, engine, request.Problem, making{choose: f.chooseMade()}); err != nil {
		return errors.Join(err, pool.Close())
	}
	noteLongLimit(stdio.Stderr, f.timeLimit, request.Problem.Limits.Time)
	line := startProgress(stdio.Stderr, request)
	request.Observe = line.observe
	result, err := engine.Judge(ctx, request)
	line.end()
	err = errors.Join(err, pool.Close(), folder.close())
	if result == nil {
		return err
	}
	result.Began = &began
	unchecked := uncheckedIn(request.Problem, result)
	for i, name := range names {
		result.Submissions[i].Path = name
	}
	if err := f.write(stdio, result); err != nil {
		return err
	}
	if err != nil {
		return err
	}
	if slices.Contains(unchecked, true) {
		fmt.Fprintf(stdio.Stderr, "judge: note: --tests left out some tests: expected verdicts were not checked\n")
	}
	return &exitStatus{reportCode(result, unchecked)}
}

// uncheckedIn reports for each submission whether its expected verdict was not checked, because only some tests ran:
// the other tests may be those that it fails.
func uncheckedIn(p *problems.Problem, r *report.Report) []bool {
	unchecked := make([]bool, len(r.Submissions))
	for i, s := range r.Submissions {
		unchecked[i] = p.Part && s.AsExpected == nil && !s.Unfinished && declares(p, s.Path)
	}
	return unchecked
}

// declares reports whether a problem declares an expected verdict for a submission.
func declares(p *problems.Problem, path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(p.Submissions, func(s problems.Submission) bool {
		own, err := os.Stat(s.Path)
		return err == nil && os.SameFile(own, info) && len(s.Expect)+len(s.Demands) > 0
	})
}

// request reads the problem and the names of the submissions.
func (f runFlags) request(ctx context.Context) (request judge.Request, err error) {
	if swapped := problemFirst(f.problem, f.submissions); swapped != nil {
		return judge.Request{}, swapped
	}
	problem, err := openProblem(ctx, f.problem)
	if err != nil {
		return judge.Request{}, err
	}
	defer func() {
		if err != nil {
			problem.Close()
		}
	}()
	limit, err := seconds("time-limit", f.timeLimit)
	if err != nil {
		return judge.Request{}, err
	}
	if limit > 0 {
		problem.Limits = problem.Limits.WithTime(limit)
	}
	if f.sanitize {
		problem.Limits = judge.SanitizedLimits(problem.Limits)
	}
	if len(problem.Batches) == 0 { // else makeTests chooses, when the names of the tests are known
		if err := choose(problem, f.tests); err != nil {
			return judge.Request{}, err
		}
	}
	for _, s := range f.submissions {
		if _, err := os.Stat(s); errors.Is(err, fs.ErrNotExist) {
			return judge.Request{}, &usageError{s + ": no such file", nearFile(s, problem.Dir)}
		}
	}
	request = judge.Request{
		Problem: problem, Submissions: f.submissions, Language: f.language, Sanitize: f.sanitize,
		Advice: "choose it with --language ID; judge languages lists them",
	}
	if f.failFast {
		request.Stop = judge.AtFirstFailure
	}
	return request, nil
}

// chooseMade returns the choice among tests whose names only their making shows.
func (f runFlags) chooseMade() func(*problems.Problem) error {
	return func(p *problems.Problem) error { return choose(p, f.tests) }
}

// chooseSubmissions replaces the directories among a request's submissions by the submissions in them, or adds all
// submissions of the problem if none is named. It returns the path to show for each.
func (f runFlags) chooseSubmissions(stderr io.Writer, request *judge.Request) ([]string, error) {
	var chosen targets.Targets
	if len(request.Submissions) == 0 {
		chosen = targets.All(request.Problem, f.problem)
	} else {
		table, err := loadLanguages(f.languages)
		if err != nil {
			return nil, err
		}
		if chosen, err = targets.Expand(request.Problem, table, request.Submissions); err != nil {
			return nil, &misuse{err}
		}
	}
	for _, note := range chosen.Notes {
		fmt.Fprintf(stderr, "judge: note: %s\n", text.Line(note))
	}
	if len(chosen.Paths) == 0 {
		return nil, &hinted{
			&emptyError{"no submission given, and " + f.problem + " lists none"},
			"write judge run PROBLEM SUBMISSION..., or list submissions in the problem",
		}
	}
	request.Submissions, request.Listed = chosen.Paths, chosen.Listed
	return slices.Clone(chosen.Names), nil
}

// keptFolder is the directory for the files of failed tests. It is nil without --keep.
type keptFolder struct {
	*report.Folder
	closed bool
}

// keepIn opens the directory that --keep names, for a request.
func (f runFlags) keepIn(request *judge.Request) (*keptFolder, error) {
	if f.keep == "" {
		return nil, nil //nolint:nilnil // none is wanted
	}
	folder, err := report.OpenFolder(f.keep, request.Submissions)
	if err != nil {
		return nil, &misuse{fmt.Errorf("--keep %s: %w", f.keep, errors.Unwrap(err))}
	}
	request.Keep = folder
	return &keptFolder{Folder: folder}, nil
}

// close returns the first error of storing files, once.
func (k *keptFolder) close() error {
	if k == nil || k.closed {
		return nil
	}
	k.closed = true
	return k.Close()
}

// choose keeps the tests of a problem whose name matches; by "samples", the samples if no test has that name.
func choose(p *problems.Problem, glob string) error {
	if glob == "" {
		return nil
	}
	if _, err := path.Match(glob, ""); err != nil {
		return &usageError{fmt.Sprintf("--tests %s: malformed pattern: [ without ]", glob), `write \[ for a literal [`}
	}
	matches := func(t problems.TestCase) bool {
		is, err := path.Match(glob, t.Name)
		return is && err == nil
	}
	if glob == "samples" && !slices.ContainsFunc(p.Tests, matches) {
		matches = problems.TestCase.IsSample
	}
	if !slices.ContainsFunc(p.Tests, matches) {
		return noTest(glob, p.Tests)
	}
	p.Keep(matches)
	return nil
}

// engine prepares the host once: cores, jails, languages, cache. Without a cache it only takes longer.
func (f runFlags) engine(warn func(error)) (*judge.Judge, *isolate.Pool, error) {
	cpus, exclusive, err := f.chooseCores()
	if err != nil {
		return nil, nil, err
	}
	pool, err := openPool(f.isolation, cpus, exclusive) // first, because it prepares jails in the background
	if err != nil {
		return nil, nil, err
	}
	table, err := loadLanguages(f.languages)
	if err != nil {
		return nil, nil, errors.Join(err, pool.Close())
	}
	alone := pool.Level() == isolate.OneUser
	if alone {
		cpus = cpus[len(cpus)-1:]
		warn(errors.New("isolation one-user: tests run one after the other, " +
			"as programs of one user can disturb each other"))
	}
	engine := &judge.Judge{
		Run: pool.Run, Cores: cpus, Languages: table, Machine: machine(pool, cpus), Warn: warn, Alone: alone,
	}
	engine.Machine.Exclusive = exclusive != nil
	if engine.Machine.JudgeOn, err = cores.StepAside(cpus); err != nil {
		return nil, nil, errors.Join(err, pool.Close())
	}
	if !f.noCache {
		if engine.Cache, err = cache.Open(""); err != nil {
			warn(err)
		}
	}
	if f.reuse && engine.Cache != nil {
		if engine.Verdicts, err = cache.OpenVerdicts(""); err != nil {
			warn(err)
		}
	}
	engine.Machine.Speed = cores.Speed(engine.Cache, engine.Machine.CPU, cpus[0])
	return engine, pool, nil
}

// chooseCores returns the CPU numbers that run tests, and those among them that are exclusive; nil: none.
func (f runFlags) chooseCores() (cpus, exclusive []int, err error) {
	jobs, err := count("jobs", f.jobs, 1024)
	if err != nil {
		return nil, nil, err
	}
	cpus, err = cores.Default()
	if f.cores != "" {
		if cpus, err = cores.Parse(f.cores); err != nil {
			return nil, nil, &usageError{"--" + err.Error(), ""}
		}
	}
	if err != nil {
		return nil, nil, err
	}
	if jobs > len(cpus) {
		return nil, nil, &usageError{fmt.Sprintf("--jobs %d exceeds the %s; each test needs its own core", jobs,
			counted(len(cpus), "usable core")),
			fmt.Sprintf("use --jobs %d", len(cpus))}
	}
	if jobs == 0 && f.cores == "" && f.exclusive && len(cpus) > 1 {
		jobs = len(cpus) - 1
	}
	if jobs > 0 {
		cpus = cpus[len(cpus)-jobs:] // the first one mostly serves the devices
	}
	if !f.exclusive {
		return cpus, nil, nil
	}
	if exclusive, err = cores.Exclusive(cpus); err != nil {
		return nil, nil, &usageError{"--exclusive: " + err.Error(), "choose fewer cores, with --jobs or --cores"}
	}
	return cpus, exclusive, nil
}

// loadLanguages merges the user's table into the built-in one: the named file, or else the one in the user's
// configuration directory if it exists.
func loadLanguages(file string) (*languages.Table, error) {
	if file == "" {
		if dir, err := os.UserConfigDir(); err == nil {
			own := filepath.Join(dir, "judge", "languages.yaml")
			if _, err := os.Stat(own); err == nil {
				file = own
			}
		}
	}
	table, err := languages.Load(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &usageError{"--languages " + file + ": no such file", nearFile(file, ".")}
	}
	if err != nil {
		return nil, &misuse{err}
	}
	return table, nil
}

// write prints the table and writes the requested outputs. A failed output does not stop the others: they may hold
// hours of work.
func (f runFlags) write(stdio IO, r *report.Report) error {
	if err := r.Check(); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	var err error
	if f.out.JSON != "-" {
		width := terminal.Width(stdio.Stdout)
		table := report.Table{Verbose: f.verbose, Width: width, Color: terminal.Colours(width, f.noColor)}
		err = ignoreClosed(table.Write(stdio.Stdout, r))
	}
	result := verify.OfReport(r)
	result.Problems[0].Spec = formats.Spec(f.problem)
	return errors.Join(err, f.out.Write(outputs.Streams{Stdout: stdio.Stdout, Stderr: stdio.Stderr}, result, r))
}

// jsonFile checks, before any work is done, that a file for results can be written.
func jsonFile(path string) error {
	if err := (outputs.Files{JSON: path}).Check(); err != nil {
		return &misuse{err}
	}
	return nil
}
