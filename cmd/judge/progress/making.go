package progress

import (
	"fmt"
	"sync"
	"time"

	"judge/judge/generate"
	"judge/judge/report"
)

// Making counts the tests of one problem that generators make. It is safe for concurrent use.
type Making struct {
	now   func() time.Time
	began time.Time

	mu   sync.Mutex
	last generate.Progress
}

// NewMaking returns the count before the first test.
func NewMaking() *Making { return &Making{now: time.Now, began: time.Now()} }

// Observe records a test that was made.
func (m *Making) Observe(p generate.Progress) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last = p
}

// String returns the line: counts, the last test and the time left.
func (m *Making) String() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.last.All == 0 {
		return "making tests"
	}
	counts := fmt.Sprintf("%d of %d tests made", m.last.Made, m.last.All)
	return joined(counts, report.Name(m.last.Test), left(m.now().Sub(m.began), m.last.Made, m.last.All))
}
