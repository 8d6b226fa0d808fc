// Package generate makes the tests of recipes: it runs generators and the model solution in jails, and keeps what they
// write in the user's cache.
package generate

import (
	"context"
	"errors"
	"os"
	"time"

	"judge/judge"
	"judge/problems"
	store "judge/problems/cache"
)

// Maker makes tests.
type Maker struct {
	Judge *judge.Judge
	Cache *store.Cache // nil: made tests are kept in temporary files until Close
	// Observe, if set, is called after each test, never at the same time.
	Observe func(Progress)
}

// Progress is how far the making of a problem's tests is.
type Progress struct {
	Made, All int
	Test      string
}

// Test is a test that was made.
type Test struct {
	Name    string
	Bytes   int64 // of the input
	Seconds float64
	Cached  bool
}

// Made are the made tests of one problem. Their files stay until Close.
type Made struct {
	Tests []Test // in the order of the problem's tests
}

// Close lets the cache evict the files.
func (m *Made) Close() error { return nil }

// Make makes every test of a problem that has a recipe, in parallel, and sets the paths of its input and answer.
// The input validators read each input that is new. Tests without a recipe, and cached ones, cost next to
// nothing.
// Errors: *Failure if a program of the problem's is at fault, and those of judge.Judge.Prepare.
func (m Maker) Make(ctx context.Context, p *problems.Problem) (*Made, error) {
	if !p.Made() {
		return &Made{}, nil
	}
	return nil, errors.ErrUnsupported
}

// Failure is the fault of a generator, a model solution or a validator: what was run for which test, and how it ended.
type Failure struct {
	Recipe *problems.Recipe
	Test   string
	Doing  string // "generator random.py --n 10 --seed 7", "model solution sol.cpp"
	How    string // "RTE exit 1", "not deterministic: two runs wrote different inputs"
	Stderr string // its last lines, cleaned; "": none
	Hint   string
}

// Error returns the lines of the failure.
func (f *Failure) Error() string { return f.Doing + ": " + f.How }

// Program is a compiled generator, model solution, or submission that is to be run on inputs that are not
// tests.
type Program struct {
	// Path is the path of its source.
	Path string
}

// Workshop compiles and runs the programs of one problem, outside of its tests. Its methods are safe for concurrent
// use.
type Workshop struct{}

// NewWorkshop returns the workshop of a problem. Call Close at the end.
func NewWorkshop(j *judge.Judge, p *problems.Problem) (*Workshop, error) {
	return nil, errors.ErrUnsupported
}

// Close releases the programs.
func (w *Workshop) Close() error { return nil }

// Generator compiles a generator, once for each path and flags.
func (w *Workshop) Generator(ctx context.Context, given *problems.External) (*Program, error) {
	return nil, errors.ErrUnsupported
}

// Submission compiles a submission, such as the model solution. Sanitize adds the sanitizers of C and C++.
func (w *Workshop) Submission(ctx context.Context, s problems.Submission, o Options) (*Program, error) {
	return nil, errors.ErrUnsupported
}

// Options of Workshop.Submission.
type Options struct {
	Sanitize bool
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

// Run runs a program once in a fresh jail.
func (w *Workshop) Run(ctx context.Context, program *Program, r Run) (Outcome, error) {
	return Outcome{}, errors.ErrUnsupported
}
