package generate

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"os"
	"path"
	"reflect"
	"slices"
	"sync"
	"time"

	"judge/judge"
	"judge/problems"
)

// Program is a compiled generator, model solution, or submission that is to be run on inputs that are not
// tests.
type Program struct {
	// Path is the path of its source.
	Path string

	tool *judge.Tool
}

// Key identifies the compiled program; "": nothing is known that determines its runs.
func (p *Program) Key() string { return p.tool.Program.Key }

// Workshop compiles and runs the programs of one problem, outside of its tests. Its methods are safe for concurrent
// use.
type Workshop struct {
	judge   *judge.Judge
	problem *problems.Problem
	cores   []int

	mu         sync.Mutex
	generators []*compilation
	programs   []*Program // all, for Close
	turns      int        // of cores that compile
}

// compilation is that of one generator, which several runs share.
type compilation struct {
	of    *problems.External
	ready chan struct{} // closed when the fields below are set
	made  *Program
	err   error
}

// NewWorkshop returns the workshop of a problem. Call Close at the end.
func NewWorkshop(j *judge.Judge, p *problems.Problem) (*Workshop, error) {
	cores, err := j.CoresOf()
	if err != nil {
		return nil, err
	}
	return &Workshop{judge: j, problem: p, cores: cores}, nil
}

// Close releases the programs.
func (w *Workshop) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range w.programs {
		p.tool.Release()
	}
	w.programs = nil
	return nil
}

// Generator compiles a generator, once for each path and flags. Errors are those of judge.Judge.CompileExternal.
func (w *Workshop) Generator(ctx context.Context, given *problems.External) (*Program, error) {
	w.mu.Lock()
	i := slices.IndexFunc(w.generators, func(c *compilation) bool { return sameProgram(c.of, given) })
	if i >= 0 {
		c := w.generators[i]
		w.mu.Unlock()
		<-c.ready
		return c.made, c.err
	}
	c := &compilation{of: given, ready: make(chan struct{})}
	w.generators = append(w.generators, c)
	w.mu.Unlock()
	defer close(c.ready)
	tool, err := w.judge.CompileExternal(ctx, w.core(), w.problem, given)
	if err == nil {
		c.made = w.keep(given.Path, tool)
	}
	c.err = err
	return c.made, c.err
}

// sameProgram reports whether two descriptions lead to the same compiled program.
func sameProgram(a, b *problems.External) bool {
	return a == b || a.Path == b.Path && slices.Equal(a.Flags, b.Flags) && reflect.DeepEqual(a.Driver, b.Driver)
}

// Submission compiles a submission, such as the model solution. Sanitize adds the sanitizers of C and C++. Errors are
// those of judge.Judge.CompileSubmission.
func (w *Workshop) Submission(ctx context.Context, s problems.Submission, o Options) (*Program, error) {
	tool, err := w.judge.CompileSubmission(ctx, w.core(), w.problem, s, o.Sanitize)
	if err != nil {
		return nil, err
	}
	return w.keep(s.Path, tool), nil
}

// Options of Workshop.Submission.
type Options struct {
	Sanitize bool
}

// core returns the next core for a compiler.
func (w *Workshop) core() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.turns++
	return w.cores[w.turns%len(w.cores)]
}

func (w *Workshop) keep(path string, tool *judge.Tool) *Program {
	p := &Program{Path: path, tool: tool}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.programs = append(w.programs, p)
	return p
}

// Run is one run of a program. Core is a number of Judge.Cores, which the caller has to itself.
type Run struct {
	Core   int
	Args   []string
	Stdin  *os.File // nil: empty
	Time   time.Duration
	Memory problems.Bytes
	Output problems.Bytes
	Files  []string // glob patterns of files that it may leave and that are wanted; nil: none
}

// Outcome is what a run did. Stdout and Files hold at most Run.Output bytes together.
type Outcome struct {
	Verdict problems.Verdict // AC: it ended by itself with exit code 0
	Reason  string           // of another verdict
	Stdout  []byte
	Stderr  []byte // its last 4 KiB
	Files   map[string][]byte
	Seconds float64 // of CPU
	Memory  problems.Bytes
}

// Run runs a program once in a fresh jail. A submission reads and writes the files that the problem names. An error is
// not the program's.
func (w *Workshop) Run(ctx context.Context, program *Program, r Run) (Outcome, error) {
	var stdout bytes.Buffer
	files := map[string]*bytes.Buffer{}
	end, err := program.tool.Run(ctx, judge.ToolRun{
		Core: r.Core, Args: r.Args, Stdin: r.Stdin, Time: r.Time, Memory: r.Memory, Output: r.Output, Stdout: &stdout,
		Take: func(name string) (io.WriteCloser, error) {
			wanted := func(pattern string) bool { is, err := path.Match(pattern, name); return is && err == nil }
			if !slices.ContainsFunc(r.Files, wanted) {
				return nil, nil
			}
			files[name] = &bytes.Buffer{}
			return unclosed{files[name]}, nil
		},
	})
	if err != nil {
		return Outcome{}, err
	}
	o := Outcome{
		Verdict: end.Verdict, Reason: string(end.Reason), Stdout: stdout.Bytes(), Stderr: end.Stderr,
		Seconds: end.Usage.CPU.Seconds(), Memory: problems.Bytes(end.Usage.Memory), Files: map[string][]byte{},
	}
	for name, content := range files {
		o.Files[name] = content.Bytes()
	}
	return o, nil
}

// unclosed is a writer that nobody has to close.
type unclosed struct{ io.Writer }

// Close does nothing.
func (unclosed) Close() error { return nil }

// limits returns the limits of a problem's generators and of its model solution: validation_time, validation_memory and
// generation_output.
func limits(p *problems.Problem) (time.Duration, problems.Bytes, problems.Bytes) {
	l, usual := p.Limits, problems.DefaultLimits()
	return cmp.Or(l.ValidationTime, usual.ValidationTime), cmp.Or(l.ValidationMemory, usual.ValidationMemory),
		cmp.Or(l.GenerationOutput, usual.GenerationOutput)
}
