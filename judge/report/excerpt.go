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

// Tail is a writer that keeps the last Max bytes and discards the rest. It is safe for concurrent use.
type Tail struct {
	Max int

	mu   sync.Mutex
	kept []byte
}

// Write never fails.
func (t *Tail) Write(data []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(data)
	data = data[max(0, n-t.Max):]
	t.kept = append(t.kept[max(0, len(t.kept)+len(data)-t.Max):], data...)
	return n, nil
}

// Bytes returns a copy of what is kept.
func (t *Tail) Bytes() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return bytes.Clone(t.kept)
}
