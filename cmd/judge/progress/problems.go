package progress

import (
	"fmt"
	"sync"
	"time"

	"judge/judge"
	"judge/judge/report"
)

// Problems counts verified problems. Several may be verified at once. It is safe for concurrent use.
type Problems struct {
	total int
	now   func() time.Time
	began time.Time

	mu    sync.Mutex
	done  int
	tests int
	path  string
}

// NewProblems returns the count for n problems.
func NewProblems(total int) *Problems {
	return &Problems{total: total, now: time.Now, began: time.Now()}
}

// Begin records the start of a problem.
func (p *Problems) Begin(path string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.path = path
}

// Done records the end of a problem.
func (p *Problems) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
}

// Observe counts the tests that ran.
func (p *Problems) Observe(e judge.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if e.Test != nil {
		p.tests++
	}
}

// String returns the line: counts, the most recently started problem and the time left.
func (p *Problems) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	counts := fmt.Sprintf("%d of %d problems, %d tests run", p.done, p.total, p.tests)
	return joined(counts, report.Name(p.path), left(p.now().Sub(p.began), p.done, p.total))
}
