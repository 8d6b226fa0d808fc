package problems

import (
	"fmt"
	"strings"
)

// Error is a fault in what a user wrote: where it stands, what is wrong and what to do about it.
type Error struct {
	File      string
	Line, Col int // from 1; 0: unknown
	Msg       string
	Hint      string // "" without one
}

// Error returns "file:line:column: what" and, on a line of its own, the hint.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
		if e.Col > 0 {
			fmt.Fprintf(&b, ":%d", e.Col)
		}
	}
	b.WriteString(": " + e.Msg)
	if e.Hint != "" {
		b.WriteString("\nhint: " + e.Hint)
	}
	return b.String()
}
