package progress

import (
	"fmt"
	"sync"
	"time"

	"judge/judge"
	"judge/judge/report"
)

// Problems counts what is verified of many problems, several of them at once. It is safe for concurrent use.
type Problems struct {
	total int
	now   func() time.Time
	began time.Time

	mu    sync.Mutex
	done  int
	tests int
	path  string
}

// NewProblems returns the count of so many problems.
func NewProblems(total int) *Problems {
	return &Problems{total: total, now: time.Now, began: time.Now()}
}

// Begin names a problem that is begun.
func (p *Problems) Begin(path string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.path = path
}

// Done counts a problem that is verified.
func (p *Problems) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
}

// Observe counts the tests that are run.
func (p *Problems) Observe(e judge.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if e.Test != nil {
		p.tests++
	}
}

// String returns the line: counts, the problem that was begun last and the time left.
func (p *Problems) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	counts := fmt.Sprintf("%d of %d problems, %d tests run", p.done, p.total, p.tests)
	return joined(counts, report.Name(p.path), left(p.now().Sub(p.began), p.done, p.total))
}
