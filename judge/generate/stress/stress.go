// Package stress looks for an input on which a submission fails: it draws random inputs, judges them, and shrinks the
// first that fails.
package stress

import (
	"context"
	"fmt"
	"sync"
	"time"

	"judge/judge"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/recipe"
)

// Search looks for an input on which one of the submissions is not accepted.
type Search struct {
	Judge       *judge.Judge
	Problem     *problems.Problem
	Submissions []string
	Language    string // id, for all submissions; "": by extension or shebang
	Advice      string // see judge.Request
	Brute       string // path of a second solution that is right on small inputs; "": none
	Sanitize    bool   // the submissions, with sanitizers
	Templates   []*problems.Template
	Seed        uint64
	Time        time.Duration // in which inputs are drawn; shrinking takes at most as long again
	Slowest     bool          // look for the most CPU time, too
	// Observe, if set, is called now and then, by one goroutine at a time.
	Observe func(Progress)
}

// Progress is how far a search is.
type Progress struct {
	Drawn, Runs int64
	Seconds     float64
	Shrinking   bool
	Bytes       int // of the input that is being shrunk
}

// Result is the result of a search.
type Result struct {
	Seed    uint64
	Drawn   int64 // inputs
	Runs    int64 // programs that were run
	Seconds float64
	Failure *Found // nil: none failed
	Slowest *Found // nil: it was not requested
	Notes   []string
}

// Found is an input that a search has found.
type Found struct {
	Draw       int64 // its number, from 0
	Submission string
	Brute      bool // Submission is the second solution: it and the model solution disagree
	Test       report.Test
	Compile    report.Compile
	Language   string
	Recipe     *problems.Recipe // what made the input, before lines and numbers were made smaller
	Input      []byte
	Answer     []byte
	Output     []byte
	Drew       int  // bytes of the input as it was drawn
	Edited     bool // Recipe does not make Input
}

// NotCompiled reports that a submission does not compile.
type NotCompiled struct {
	Path    string
	Compile report.Compile
	Reason  report.Reason
}

// Error returns the first error of the compiler.
func (e *NotCompiled) Error() string {
	why := e.Compile.Error
	if why == "" {
		why = string(e.Reason)
	}
	return fmt.Sprintf("%s: CE: %s", e.Path, why)
}

// TemplatesOf returns what a problem's random tests are drawn from: its template, or else its recipes with seeds.
func TemplatesOf(p *problems.Problem) []*problems.Template {
	if p.Stress != nil {
		return []*problems.Template{p.Stress}
	}
	var all []*problems.Template
	seen := map[string]bool{}
	for _, t := range p.Tests {
		if t.Recipe == nil || t.Recipe.Input.Origin == problems.FromPath {
			continue
		}
		if of := recipe.Template(t.Recipe); of != nil && !seen[of.Recipe.Line] {
			seen[of.Recipe.Line] = true
			all = append(all, of)
		}
	}
	return all
}

// Run searches until a submission fails, the time is over or ctx ends. The same seed draws the same inputs, and of
// several that fail the first counts. Errors: *NotCompiled, *generate.Failure, and those of judge.Judge.Trial.
func (s Search) Run(ctx context.Context) (*Result, error) {
	w, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	defer w.close()
	began := time.Now()
	found, err := w.search(ctx)
	r := &Result{Seed: s.Seed, Notes: w.notes}
	if err == nil && found != nil {
		err = w.shrink(ctx, found)
	}
	r.Failure = found
	if err == nil && s.Slowest && found == nil {
		r.Slowest, err = w.slowest(ctx)
	}
	r.Notes = w.notes
	r.Drawn, r.Runs, r.Seconds = w.drawn.Load(), w.runs.Load(), time.Since(began).Seconds()
	return r, err
}

// share returns the part of each range that draw i uses: sizes grow, and then begin again.
func share(i int64) float64 {
	const sweep = 128
	at := float64(i%sweep) / (sweep - 1)
	return at * at * at
}

// ticker calls Observe at most a few times a second.
type ticker struct {
	mu   sync.Mutex
	last time.Time
}

func (t *ticker) due() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	const often = 200 * time.Millisecond
	if time.Since(t.last) < often {
		return false
	}
	t.last = time.Now()
	return true
}
