// Package grade judges what is not judged of a contest. What is to do is worked out at each start: the planned
// submissions minus those that have a judgement in the result file, which is the only state.
//
//	g, err := grade.Open(ctx, grade.Options{Contest: "spring27"})
//	defer g.Close()
//	err = g.Grade(ctx, engine, machine)
//	results, err := g.Results(ctx)
//	board := score.Compute(results, score.Options{})
package grade

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"judge/judge"
	"judge/judge/contest"
	"judge/judge/contest/read"
	"judge/judge/contest/store"
	"judge/judge/languages"
	"judge/problems"
	"judge/problems/formats"
)

// Options say what to grade.
type Options struct {
	Contest   string            // path of the contest
	Results   string            // path of the result file; "": see ResultFile
	Selection contest.Selection // of the submissions
	Rejudge   bool              // judge the selection again, as a round that does not count until it is applied
	Keep      bool              // keep judgements of packages and sources that have changed since
	Shard     Shard             // the zero value: every submission
	AllTests  bool              // run every test, also after a submission's first failure

	Languages *languages.Table
	Judge     string // version of this judge
	// OpenProblem opens a problem's package; nil: formats.Open.
	OpenProblem func(ctx context.Context, path string) (*problems.Problem, error)
	// Warn, if set, receives what users should know and need not act on.
	Warn func(error)
}

// Grading is a contest with its result file, open for grading. Close it after use.
type Grading struct {
	Contest *contest.Contest
	Path    string // of the result file
	Round   int    // in which submissions are judged; 0: a rejudging that has not begun
	// Planned are the selected submissions of this shard, and Todo those of them that are not judged, in the order in
	// which they are judged.
	Planned, Todo []Item
	Progress      *Progress

	options  Options
	store    *store.Store
	tree     *tree
	closer   io.Closer
	problems map[string]*opened // by id
	before   *contest.Results   // as they were at the start
	open     *contest.Round     // of this rejudging; nil: it is to be opened
}

// opened is a problem of the contest with its package.
type opened struct {
	contest.Problem
	spec     *problems.Problem
	prepared *judge.Prepared
}

// Item is a submission to judge.
type Item struct {
	Submission contest.Submission
	// Bound is the most CPU time that its tests may take: the number of tests times the time limit.
	Bound time.Duration

	problem *opened
	round   int
	source  string // digest of its files
}

// Open reads a contest and its packages, opens the result file and works out what is to do. Errors are *problems.Error,
// *SelectionError, *EmptyError, *ChangedError, *store.BusyError and those of the system.
func Open(ctx context.Context, o Options) (*Grading, error) {
	c, closer, err := read.Open(ctx, o.Contest)
	if err != nil {
		return nil, err
	}
	g := &Grading{
		Contest: c, Path: o.Results, options: o, closer: closer, tree: &tree{dir: c.Dir},
		problems: map[string]*opened{},
	}
	if g.Path == "" {
		g.Path = ResultFile(o.Contest, o.Shard)
	}
	if err := g.start(ctx); err != nil {
		closing := g.Close()
		if errors.As(err, new(*store.FullError)) && errors.As(closing, new(*store.FullError)) {
			closing = nil // it is the same
		}
		return nil, errors.Join(err, closing)
	}
	return g, nil
}

// start opens the packages and the result file, works out what is to do, and stores the contest.
func (g *Grading) start(ctx context.Context) error {
	if len(g.Contest.Submissions) == 0 {
		return &EmptyError{fmt.Sprintf("%s: the contest has no submissions", g.options.Contest)}
	}
	for _, step := range []func(context.Context) error{g.openProblems, g.openStore, g.plan, g.unchanged} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	g.Progress = newProgress(g.Planned, g.Todo)
	g.keepFiles()
	return g.store.SetContest(*g.Contest)
}

// Close closes the result file and the packages.
func (g *Grading) Close() error {
	var all error
	for _, p := range g.problems {
		if p.prepared != nil {
			p.prepared.Close()
		}
		all = errors.Join(all, p.spec.Close())
	}
	if g.store != nil {
		all = errors.Join(all, g.store.Close())
	}
	all = errors.Join(all, g.tree.Close())
	if g.closer != nil {
		all = errors.Join(all, g.closer.Close())
	}
	return all
}

// openProblems opens the packages of all problems, so that one that cannot be read ends grading before anything runs.
func (g *Grading) openProblems(ctx context.Context) error {
	for i := range g.Contest.Problems {
		p := &g.Contest.Problems[i]
		spec, err := g.openProblem(ctx, packagePath(g.Contest, *p))
		if err != nil {
			return ofProblem(*p, err)
		}
		g.problems[p.ID] = &opened{spec: spec}
		if p.TimeLimit > 0 {
			spec.Limits = spec.Limits.WithTime(p.TimeLimit)
		} else if spec.NoTimeLimit {
			g.warn(fmt.Errorf("problem %s declares no time limit, %v is used: set its time_limit in contest.yaml",
				p.Label, spec.Limits.Time))
		}
		if p.Facts, err = factsOf(spec); err != nil {
			return ofProblem(*p, err)
		}
		if p.Name == "" {
			p.Name = spec.Name
		}
		g.problems[p.ID].Problem = *p
	}
	return nil
}

// packagePath returns the path of a problem's package.
func packagePath(c *contest.Contest, p contest.Problem) string {
	if filepath.IsAbs(p.Package) {
		return p.Package
	}
	return filepath.Join(c.Dir, p.Package)
}

// ofProblem adds the problem's label to an error that does not name a file of it.
func ofProblem(p contest.Problem, err error) error {
	if _, names := err.(interface{ Lines() []string }); names { //nolint:errorlint // only of the error itself
		return err
	}
	return fmt.Errorf("problem %s: %w", p.Label, err)
}

func (g *Grading) openProblem(ctx context.Context, path string) (*problems.Problem, error) {
	if g.options.OpenProblem != nil {
		return g.options.OpenProblem(ctx, path)
	}
	return formats.Open(path)
}

func (g *Grading) warn(err error) {
	if g.options.Warn != nil {
		g.options.Warn(err)
	}
}

// factsOf returns what results show of a problem.
func factsOf(p *problems.Problem) (*contest.Facts, error) {
	digest, files, err := packageDigest(p)
	if err != nil {
		return nil, err
	}
	f := &contest.Facts{
		Digest: digest, Files: files, TimeLimit: p.Limits.Time, MemoryLimit: int64(p.Limits.Memory),
		OutputLimit: int64(p.Limits.Output), CodeLimit: int64(p.Limits.Code), MaxScore: 100,
		Points: p.Scoring.Groups() != nil,
	}
	if f.Points {
		f.MaxScore = judge.Worth(p)
	}
	for _, t := range p.Tests {
		one := contest.Test{Name: t.Name, Sample: t.Sample}
		if len(t.Groups) > 0 {
			one.Group = t.Groups[0]
		}
		f.Tests = append(f.Tests, one)
	}
	return f, nil
}

// openStore opens the result file, and reads what has been judged.
func (g *Grading) openStore(ctx context.Context) (err error) {
	if g.store, err = store.Open(g.Path, store.Options{Judge: g.options.Judge}); err != nil {
		return err
	}
	if g.before, err = g.store.Results(ctx); err != nil {
		return err
	}
	if held := g.before.Contest.ID; held != "" && held != g.Contest.ID {
		why := fmt.Sprintf("holds results of the contest %q, expected %q", held, g.Contest.ID)
		return &store.MismatchError{Path: g.Path, Why: why}
	}
	return nil
}

// Results returns the contest with the judgements that count.
func (g *Grading) Results(ctx context.Context) (*contest.Results, error) { return g.store.Results(ctx) }

// Judged returns how many of the planned submissions are judged.
func (g *Grading) Judged() int { return len(g.Planned) - len(g.Todo) }

// JudgeErrors returns the judgements that are judge errors, in the order of the contest.
func JudgeErrors(r *contest.Results) (all []*contest.Judgement) {
	for _, s := range r.Contest.Submissions {
		if j := r.Judgements[s.ID]; j != nil && j.Verdict == problems.JE {
			all = append(all, j)
		}
	}
	return all
}

// Unjudged counts the submissions without a judgement.
func Unjudged(r *contest.Results) int {
	n := 0
	for _, s := range r.Contest.Submissions {
		if r.Judgements[s.ID] == nil {
			n++
		}
	}
	return n
}
