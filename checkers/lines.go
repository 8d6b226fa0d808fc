package checkers

import "io"

// Lines accepts an output with the same lines as the answer. White space at the ends of lines and blank lines at the
// end do not count.
type Lines struct{}

// Check compares output and answer. An error means that one of the two could not be read.
func (Lines) Check(answer, output io.Reader) (Check, error) {
	a, o := newWindows(answer, output)
	return conclude(a, o, sameLines(a, o), byLine)
}

// sameLines passes the equal beginning and stops at the first difference.
func sameLines(a, o *window) bool {
	for {
		more, moreOutput := a.some(), o.some()
		if more && moreOutput && passCommon(a, o) > 0 {
			continue
		}
		if !more && !moreOutput {
			return true
		}
		// The two differ here. They may only if both have only white space up to the end of the line.
		if !atSpace(a) || !atSpace(o) {
			return false
		}
		a.skipSpace('\n')
		o.skipSpace('\n')
		switch aEnd, oEnd := !a.some(), !o.some(); {
		case aEnd || oEnd: // one has ended: the rest of the other must be blank
			a.skipSpace(-1)
			o.skipSpace(-1)
			return !a.some() && !o.some()
		case a.rest()[0] != '\n' || o.rest()[0] != '\n':
			return false
		}
	}
}

// atSpace reports whether white space or the end comes next.
func atSpace(w *window) bool { return !w.some() || isSpace[w.rest()[0]] == 1 }
