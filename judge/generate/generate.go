// Package generate makes the tests of recipes: it runs generators and the model solution in jails, and keeps what they
// write in the user's cache.
//
//	made, err := generate.Maker{Judge: engine, Cache: cache}.Make(ctx, problem)
//	defer made.Close()
package generate

import (
	"context"

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
	// Choose, if set, is called once the names of all tests are known, before any but those of batches are made. It may
	// remove tests.
	Choose func(*problems.Problem) error
	// Every makes the other tests after a failure, so that all failures are found.
	Every bool
	// Fresh makes everything anew and leaves the cache alone.
	Fresh bool
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

	shelf *shelf
}

// Close lets the cache evict the files.
func (m *Made) Close() error {
	if m == nil || m.shelf == nil {
		return nil
	}
	return m.shelf.close()
}

// Make makes every test of a problem that has a recipe, in parallel, and sets the paths of its input and answer. A test
// that is a file stays as it is. The input validators read each input that is new. Tests without a recipe, and cached
// ones, cost next to nothing.
// Errors: Failures if a program of the problem's is at fault, then with the tests that could be made; those of Choose
// and of judge.Judge.Prepare; and that of ctx.
func (m Maker) Make(ctx context.Context, p *problems.Problem) (*Made, error) {
	if !p.Made() {
		if m.Choose != nil {
			if err := m.Choose(p); err != nil {
				return nil, err
			}
		}
		return &Made{}, nil
	}
	w, err := NewWorkshop(m.Judge, p)
	if err != nil {
		return nil, err
	}
	defer w.Close()
	work := newMaking(m, p, w)
	err = work.make(ctx)
	made := work.result()
	if err == nil && len(work.failures) > 0 {
		err = work.failed()
	}
	if err != nil && !m.Every {
		made.Close() //nolint:errcheck // the first error is reported
		return nil, err
	}
	return made, err
}
