package problems

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Error is a fault in what a user wrote: where it stands, what is wrong and what to do about it. Msg and Hint hold
// nothing that a terminal would obey; readers quote what they cite.
type Error struct {
	File      string // as the user named it
	Line, Col int    // from 1; 0: unknown
	Msg       string
	Hint      string // "" without one
}

// Error returns "file:line:column: what" and, on a line of its own, the hint.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(printable(e.File))
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

// printable is a file's name as it is, or quoted if a terminal would do more than show it: directories of problems come
// from strangers too.
func printable(name string) string {
	for _, c := range name {
		if !unicode.IsPrint(c) || c == unicode.ReplacementChar {
			return strconv.Quote(name)
		}
	}
	if name == "" {
		return `""`
	}
	return name
}
