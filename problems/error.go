package problems

import (
	"fmt"
	"strings"

	"judge/problems/text"
)

// Error is a fault in a file that a user wrote: its place, what is wrong and how to fix it.
type Error struct {
	File      string // as the user named it
	Line, Col int    // from 1; 0: unknown
	Msg       string
	Hint      string // "" without one
	Usual     bool   // of a note: nobody needs to act on it
}

// Error returns "file:line:column: what" and, on a separate line, the hint.
func (e *Error) Error() string { return strings.Join(e.Lines(), "\n") }

// Place returns "file:line:column", without what is unknown.
func (e *Error) Place() string {
	var b strings.Builder
	b.WriteString(printable(e.File))
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
		if e.Col > 0 {
			fmt.Fprintf(&b, ":%d", e.Col)
		}
	}
	return b.String()
}

// Lines returns the lines of Error, with untrusted texts escaped.
func (e *Error) Lines() []string {
	lines := []string{e.Place() + ": " + text.Line(e.Msg)}
	if e.Hint != "" {
		lines = append(lines, "hint: "+text.Line(e.Hint))
	}
	return lines
}

// HintError is an error without a place in a file, and how to fix it.
type HintError struct{ Msg, Hint string }

// Error returns the message and, on a separate line, the hint.
func (e *HintError) Error() string { return strings.Join(e.Lines(), "\n") }

// Lines returns the lines of Error.
func (e *HintError) Lines() []string { return []string{e.Msg, "hint: " + e.Hint} }

// printable returns a file's name, quoted if a terminal would do more than show it: names of directories are untrusted
// too.
func printable(name string) string {
	if name == "" || !text.Plain(name) {
		return `"` + text.Line(name) + `"`
	}
	return name
}
