package report

import (
	"bytes"
	"sync"
)

// Excerpt is a writer that keeps the first Max bytes and discards the rest. It is safe for concurrent use.
type Excerpt struct {
	Max int

	mu   sync.Mutex
	kept bytes.Buffer
}

// Write never fails.
func (e *Excerpt) Write(data []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.kept.Write(data[:min(len(data), e.Max-e.kept.Len())])
	return len(data), nil
}

// Bytes returns a copy of what is kept.
func (e *Excerpt) Bytes() []byte {
	e.mu.Lock()
	defer e.mu.Unlock()
	return bytes.Clone(e.kept.Bytes())
}

// String returns what is kept.
func (e *Excerpt) String() string { return string(e.Bytes()) }
