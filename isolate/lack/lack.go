// Package lack says what a host lacks to isolate programs, and how to fix it.
package lack

import (
	"errors"
	"strings"
	"syscall"
)

// Lack is one thing that the host does not give.
type Lack struct {
	What, Why string
	Fix       string // in the imperative
	Waiver    Waiver // what the caller can do without instead
}

// Waiver is a part of the isolation that a caller can do without.
type Waiver uint8

// The waivers.
const (
	NoWaiver Waiver = iota
	OwnUsers        // a user for each program
	OwnCores        // cores that no other process uses
)

// Error says that this host cannot give the requested isolation. It is never empty.
type Error struct{ Lacks []Lack }

// New returns an Error of one thing.
func New(what, why, fix string) *Error {
	return &Error{[]Lack{{What: what, Why: why, Fix: fix}}}
}

// Waivable returns an Error of the same things, all of which the caller can waive by w.
func (e *Error) Waivable(w Waiver) *Error {
	lacks := make([]Lack, len(e.Lacks))
	for i, l := range e.Lacks {
		l.Waiver = w
		lacks[i] = l
	}
	return &Error{lacks}
}

// Error returns the lines of Lines.
func (e *Error) Error() string { return strings.Join(e.Lines(), "\n") }

// Lines returns two lines for each thing: what is lacking and why, and the fix.
func (e *Error) Lines() []string {
	var lines []string
	for _, l := range e.Lacks {
		what := l.What + ": "
		if l.What == Jail || strings.Contains(l.Why, l.What) {
			what = ""
		}
		lines = append(lines, "cannot create a jail: "+what+l.Why, "hint: "+l.Fix)
	}
	return lines
}

// Jail is What of a Lack that shows only when a jail is made.
const Jail = "a jail"

// OutOfFiles reports whether this process, or the host, had no descriptors left. The fix is
// MoreFiles.
func OutOfFiles(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}
