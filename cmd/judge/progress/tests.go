package progress

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"judge/judge"
	"judge/judge/report"
	"judge/problems"
)

// Tests counts the settled steps of a session. It is safe for concurrent use.
type Tests struct {
	submissions, names []string
	now                func() time.Time

	mu       sync.Mutex
	settled  []int // tests, by submission
	compiled int
	done     int // tests of all submissions
	failed   int
	began    time.Time // when the last program had been compiled
}

// NewTests returns the count for submissions, by path, on tests, by name.
func NewTests(submissions, tests []string) *Tests {
	return &Tests{
		submissions: submissions, names: tests, now: time.Now,
		settled: make([]int, len(submissions)), began: time.Now(),
	}
}

// Observe counts a settled step. The tests of a submission are settled in their order.
func (t *Tests) Observe(e judge.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e.Test == nil {
		t.compiled++
		t.began = t.now()
		return
	}
	t.done++
	if e.Submission < len(t.settled) {
		t.settled[e.Submission]++
	}
	if e.Test.Verdict != problems.AC && e.Test.Verdict != problems.SKIP {
		t.failed++
	}
}

// String returns the line: counts, the current item and the time left.
func (t *Tests) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done == 0 && t.compiled < len(t.submissions) {
		return joined(fmt.Sprintf("%d of %d compiled", t.compiled, len(t.submissions)), "", "")
	}
	total := len(t.submissions) * len(t.names)
	counts := fmt.Sprintf("%d of %d tests, %d failed", t.done, total, t.failed)
	return joined(counts, t.current(), left(t.now().Sub(t.began), t.done, total))
}

// current returns the first test that is not settled.
func (t *Tests) current() string {
	for i, n := range t.settled {
		if n < len(t.names) {
			return report.Name(filepath.Base(t.submissions[i])) + ", test " + report.Name(t.names[n])
		}
	}
	return ""
}

func joined(parts ...string) string {
	var all []string
	for _, part := range parts {
		if part != "" {
			all = append(all, part)
		}
	}
	return strings.Join(all, " · ")
}

// soon is how long work must run before the time left is shown.
const soon = 2 * time.Second

// left estimates the time left from the completed share; "" while that is too small.
func left(elapsed time.Duration, done, total int) string {
	if elapsed < soon || done == 0 || done >= total {
		return ""
	}
	return remaining(time.Duration(float64(elapsed) / float64(done) * float64(total-done)))
}
