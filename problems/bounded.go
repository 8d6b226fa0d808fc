package problems

import (
	"errors"
	"strings"
)

// ErrTooLong is the error of a text that exceeds its bound.
var ErrTooLong = errors.New("too long")

// BoundedText collects a text of at most Left bytes. It is for texts with constants written out: a short text can
// become very long.
type BoundedText struct {
	Left int

	text strings.Builder
}

// Write appends to the text, or returns ErrTooLong.
func (b *BoundedText) Write(p []byte) (int, error) {
	if b.Left -= len(p); b.Left < 0 {
		return 0, ErrTooLong
	}
	return b.text.Write(p)
}

// WriteString appends to the text, or returns ErrTooLong.
func (b *BoundedText) WriteString(s string) (int, error) {
	if b.Left -= len(s); b.Left < 0 {
		return 0, ErrTooLong
	}
	return b.text.WriteString(s)
}

// String returns the text.
func (b *BoundedText) String() string { return b.text.String() }
