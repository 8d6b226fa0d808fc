package judge

import (
	"bytes"
	"sync"
)

// excerpt keeps the first most bytes that are written to it, from any number of writers, and takes the rest.
type excerpt struct {
	most int

	mu   sync.Mutex
	kept bytes.Buffer
}

// Write never fails.
func (e *excerpt) Write(data []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.kept.Write(data[:min(len(data), e.most-e.kept.Len())])
	return len(data), nil
}

func (e *excerpt) Bytes() []byte {
	e.mu.Lock()
	defer e.mu.Unlock()
	return bytes.Clone(e.kept.Bytes())
}

func (e *excerpt) String() string { return string(e.Bytes()) }
