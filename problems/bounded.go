package problems

import (
	"errors"
	"strings"
)

// ErrTooLong ends a text that would be longer than its bound.
var ErrTooLong = errors.New("too long")

// BoundedText is a text of at most Left bytes: constants written out can make a short text long.
type BoundedText struct {
	Left int

	text strings.Builder
}

// Write adds to the text.
func (b *BoundedText) Write(p []byte) (int, error) {
	if b.Left -= len(p); b.Left < 0 {
		return 0, ErrTooLong
	}
	return b.text.Write(p)
}

// WriteString adds to the text.
func (b *BoundedText) WriteString(s string) (int, error) {
	if b.Left -= len(s); b.Left < 0 {
		return 0, ErrTooLong
	}
	return b.text.WriteString(s)
}

func (b *BoundedText) String() string { return b.text.String() }
