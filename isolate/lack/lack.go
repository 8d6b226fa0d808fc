// Package lack says what a host lacks to isolate programs, and how to fix it.
package lack

import (
	"errors"
	"strings"
	"syscall"
)

// Lack is one thing that the host does not give: what, why it is needed, and the exact fix.
type Lack struct{ What, Why, Fix string }

// Error says that this host cannot give the isolation that was asked for.
type Error struct{ Lacks []Lack }

func (e *Error) Error() string { return strings.Join(e.Lines(), "\n") }

// Lines returns the lines of Error: of each thing that is lacking what and why, and the fix.
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

// New is an Error of one thing.
func New(what, why, fix string) *Error {
	return &Error{[]Lack{{What: what, Why: why, Fix: fix}}}
}

// Jail is what is lacking where only making one shows it.
const Jail = "a jail"

// MoreFiles is what to do about an error of which OutOfFiles is true.
const MoreFiles = "allow more open files: ulimit -n 4096"

// OutOfFiles reports whether this process, or the host, had no descriptors left.
func OutOfFiles(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}
