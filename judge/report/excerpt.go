package report

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"
)

// Bounds of the excerpts of a test's files.
const (
	HeadLines = 20
	HeadBytes = 4 << 10
)

// Head returns the first HeadLines lines of data, in at most HeadBytes bytes of it. Bytes that are not UTF-8 become
// U+FFFD; a character that the bound divides is left out.
func Head(data []byte) string {
	if len(data) > HeadBytes {
		data = data[:HeadBytes]
		last := len(data) - 1
		for last > HeadBytes-utf8.UTFMax && !utf8.RuneStart(data[last]) {
			last--
		}
		if !utf8.FullRune(data[last:]) {
			data = data[:last]
		}
	}
	end := 0
	for range HeadLines {
		i := bytes.IndexByte(data[end:], '\n')
		if i < 0 {
			end = len(data)
			break
		}
		end += i + 1
	}
	return strings.ToValidUTF8(string(data[:end]), "\uFFFD")
}

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
