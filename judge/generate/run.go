package generate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"judge/judge"
	"judge/judge/cache"
	"judge/problems"
	store "judge/problems/cache"
	"judge/problems/safefile"
)

// Names in the product of an entry.
const (
	stdoutName = "stdout"
	stderrName = "stderr"
	filesName  = "files" // a directory
)

// run is one run of a generator, from which several tests may come.
type run struct {
	recipe *problems.Recipe // of the first test
	needs  []need
	all    bool // both streams and every file that it leaves are wanted

	entry   *store.Entry
	cached  bool
	seconds float64 // of CPU
}

// need is what one test takes from a run.
type need struct {
	problems.Source
	test int // index in Problem.Tests
}

// runKey identifies the runs of a problem.
type runKey struct {
	Path   string
	Flags  []string
	Driver []problems.File
	Args   []string
	Stdin  string
}

func keyOfRun(r *problems.Recipe) string {
	return cache.HashOf(runKey{
		Path: r.Program.Path, Flags: r.Program.Flags, Driver: r.Program.Driver, Args: argsOf(r), Stdin: r.Stdin,
	})
}

// made holds everything that determines what a run of a generator leaves.
type made struct {
	Format  int // of the entries: a new number invalidates all older ones
	Program string
	Run     []string
	RunEnv  []string
	RunSees []string
	Args    []string
	Stdin   string // digest
	Time    time.Duration
	Memory  problems.Bytes
	Output  problems.Bytes
	Sources []problems.Source
	All     bool
}

// programKey identifies a compiled program; it is not known for one that is not in the cache.
func programKey(p *Program) (key string, known bool) {
	if key := p.Key(); key != "" {
		return key, true
	}
	return p.Path, false
}

// generate returns the entry with what a run leaves.
func (m *making) generate(ctx context.Context, core int, r *run) error {
	generator, err := m.workshop.Generator(ctx, r.recipe.Program)
	if err != nil {
		return err
	}
	stdin := ""
	if r.recipe.Stdin != "" {
		if stdin = m.digests.Of(r.recipe.Stdin); stdin == "" {
			return m.failure(r, "stdin cannot be read: "+filepath.Base(r.recipe.Stdin), nil)
		}
	}
	program, known := programKey(generator)
	plan := generator.tool.Program.Plan
	time, memory, output := limits(m.problem)
	key := cache.HashOf(made{
		Format: 1, Program: program, Run: plan.Run, RunEnv: plan.RunEnv, RunSees: plan.RunSees, Args: argsOf(r.recipe),
		Stdin: stdin, Time: time, Memory: memory, Output: output, Sources: r.wanted(), All: r.all,
	})
	r.entry, r.cached, err = m.shelf.entry(name{key, known}, func(product string) error {
		return m.runGenerator(ctx, core, r, generator, product)
	})
	return err
}

// wanted returns the sources that the tests of the run need, without repetitions.
func (r *run) wanted() (all []problems.Source) {
	for _, n := range r.needs {
		if !slices.Contains(all, n.Source) {
			all = append(all, n.Source)
		}
	}
	return all
}

// wants reports whether a file that the run has left is needed.
func (r *run) wants(name string) bool {
	is := func(n need) bool { return n.Origin == problems.FromRunFile && path.Clean(n.Name) == name }
	return r.all || slices.ContainsFunc(r.needs, is)
}

// from reports whether a test needs something of this origin.
func (r *run) from(o problems.Origin) bool {
	return r.all || slices.ContainsFunc(r.needs, func(n need) bool { return n.Origin == o })
}

// runGenerator runs a generator into the product of a new entry.
func (m *making) runGenerator(ctx context.Context, core int, r *run, generator *Program, product string) error {
	tool := judge.ToolRun{Core: core, Args: argsOf(r.recipe)}
	tool.Time, tool.Memory, tool.Output = limits(m.problem)
	var streams []*storing
	for _, s := range []struct {
		origin problems.Origin
		name   string
		to     *io.Writer
	}{{problems.FromStdout, stdoutName, &tool.Stdout}, {problems.FromStderr, stderrName, &tool.Stderr}} {
		if !r.from(s.origin) {
			continue
		}
		file, err := created(product, s.name)
		if err != nil {
			return errors.Join(err, closeAll(streams))
		}
		one := &storing{file: file}
		streams, *s.to = append(streams, one), one
	}
	if r.recipe.Stdin != "" {
		stdin, err := safefile.Open(r.recipe.Stdin)
		if err != nil {
			return errors.Join(err, closeAll(streams))
		}
		defer stdin.Close()
		tool.Stdin, tool.Input = stdin, r.recipe.Stdin
	}
	tool.Take = r.taking(product)
	end, err := generator.tool.Run(ctx, tool)
	r.seconds = end.Usage.CPU.Seconds()
	if err = errors.Join(err, closeAll(streams)); err != nil {
		return err
	}
	if end.Verdict != problems.AC {
		return m.failure(r, howEnded(m.problem, end), end.Stderr)
	}
	return m.lacking(r, product, end.Stderr)
}

func closeAll(streams []*storing) error {
	var err error
	for _, s := range streams {
		err = errors.Join(err, s.Close())
	}
	return err
}

// taking returns the function that stores the files that a run leaves.
func (r *run) taking(product string) func(name string) (io.WriteCloser, error) {
	if !r.from(problems.FromRunFile) {
		return nil
	}
	return func(name string) (io.WriteCloser, error) {
		if !r.wants(name) {
			return nil, nil
		}
		inner := filepath.Join(filesName, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(filepath.Join(product, inner)), 0o755); err != nil {
			return nil, store.ErrorOf("store a test", err)
		}
		file, err := created(product, inner)
		if err != nil {
			return nil, err
		}
		return &storing{file: file}, nil
	}
}

// lacking returns the failure of a run that has not left a file that a test needs.
func (m *making) lacking(r *run, product string, stderr []byte) error {
	for _, n := range r.needs {
		if n.Origin != problems.FromRunFile {
			continue
		}
		if _, err := os.Lstat(filepath.Join(product, inProduct(n.Source))); err != nil {
			f := m.failure(r, fmt.Sprintf("did not write the file %.200q", n.Name), stderr)
			f.Recipe, f.Test = m.problem.Tests[n.test].Recipe, m.problem.Tests[n.test].Name
			return f
		}
	}
	return nil
}

// inProduct returns the slash-separated path of a source in the product of its run.
func inProduct(s problems.Source) string {
	switch s.Origin {
	case problems.FromStdout:
		return stdoutName
	case problems.FromStderr:
		return stderrName
	default:
		return path.Join(filesName, path.Clean("/"+s.Name))
	}
}

// failure returns the failure of a run.
func (m *making) failure(r *run, how string, stderr []byte) *Failure {
	f := &Failure{Recipe: r.recipe, Doing: doing(r.recipe), How: how, Stderr: lastLines(stderr)}
	if len(r.needs) > 0 {
		f.Test = m.problem.Tests[r.needs[0].test].Name
	}
	return f
}

// howEnded describes how a program failed, with the limit that it reached.
func howEnded(p *problems.Problem, end judge.ToolEnd) string {
	words := end.Verdict.String()
	if end.Reason != "" {
		words += " " + string(end.Reason)
	}
	time, memory, output := limits(p)
	switch end.Verdict {
	case problems.TLE:
		words += fmt.Sprintf(": still running after the %g s of validation_time", time.Seconds())
	case problems.MLE:
		words += fmt.Sprintf(": used more than the %g MiB of validation_memory", mebibytes(memory))
	case problems.OLE:
		words += fmt.Sprintf(": wrote more than the %g MiB of generation_output", mebibytes(output))
	}
	return words
}

func mebibytes(b problems.Bytes) float64 { return float64(b) / float64(problems.MiB) }
