package checkers

import (
	"bytes"
	"io"
)

// Tokens compares like the default output validator of the ICPC problem package format (2025-09, "Default output
// validator specification"). White space separates tokens and is otherwise ignored. Tokens are compared without
// regard to ASCII case. With a tolerance, tokens of the answer that are floating-point numbers are compared as
// numbers. The zero value is the format's default.
type Tokens struct {
	// CaseSensitive makes tokens equal only when they are identical byte for byte.
	CaseSensitive bool
	// SpaceChangeSensitive rejects white space, leading and trailing too, that differs in type or amount.
	SpaceChangeSensitive bool
	// LineSensitive rejects tokens that share a line in the answer but not in the output, or the other way round. Lines
	// without tokens do not count. It is the comparison of the DMOJ's standard checker.
	LineSensitive bool
	// Tolerance, if set, applies to every answer token that is a number, exact integers included.
	Tolerance *Tolerance
}

// Check compares output and answer. An error means that one of the two could not be read.
func (t Tokens) Check(answer, output io.Reader) (Check, error) {
	a, o := newWindows(answer, output)
	equal, broken := t.same(a, o)
	return conclude(a, o, equal, func(a, o *window) *Difference {
		d := byToken(a, o)
		switch broken {
		case inAnswer:
			d.Expected = "\n" + d.Expected
		case inOutput:
			d.Got = "\n" + d.Got
		}
		return d
	})
}

// lineBreak identifies the file in which a line ended before the token, if LineSensitive makes that the difference.
type lineBreak uint8

const (
	nowhere lineBreak = iota
	inAnswer
	inOutput
)

// same passes the equal beginning and stops at the first difference: at the beginning of a token, or in white space
// that differs from the answer's.
func (t Tokens) same(a, o *window) (equal bool, where lineBreak) {
	for first := true; ; first = false {
		passed, broken := passEqualTokens(a, o)
		aBroken, oBroken := false, false
		if t.SpaceChangeSensitive {
			if !sameSpace(a, o) {
				return false, nowhere
			}
		} else {
			aBroken, oBroken = a.skipSpaceOver(), o.skipSpaceOver()
		}
		if !a.some() || !o.some() {
			return !a.some() && !o.some(), nowhere
		}
		if t.LineSensitive && !broken && (!first || passed) {
			switch {
			case aBroken && !oBroken:
				return false, inAnswer
			case oBroken && !aBroken:
				return false, inOutput
			}
		}
		if !t.sameToken(a, o) {
			return false, nowhere
		}
	}
}

// passEqualTokens passes tokens and white space that are the same in both, as far as the windows reach, which is
// nearly all of a correct output. It leaves the last token, whose end is not in the window. tokens reports whether
// there were any, and broken whether a line ended after the last of them.
func passEqualTokens(a, o *window) (tokens, broken bool) {
	for a.some() && o.some() {
		rest := a.rest()[:commonPrefix(a.rest(), o.rest())]
		n := len(rest)
		for n > 0 && isSpace[rest[n-1]] == 0 {
			n--
		}
		if n == 0 {
			break
		}
		space := n
		for space > 0 && isSpace[rest[space-1]] == 1 {
			space--
		}
		if space > 0 {
			tokens, broken = true, false
		}
		broken = broken || bytes.ContainsAny(rest[space:n], "\r\n")
		a.pass(n)
		o.pass(n)
	}
	return tokens, broken
}

// sameSpace passes white space that is the same in both, of any length.
func sameSpace(a, o *window) bool {
	for {
		aSpace, oSpace := a.some() && isSpace[a.rest()[0]] == 1, o.some() && isSpace[o.rest()[0]] == 1
		if !aSpace && !oSpace {
			return true
		}
		if aSpace != oSpace || a.rest()[0] != o.rest()[0] {
			return false
		}
		a.pass(1)
		o.pass(1)
	}
}

// sameToken compares the tokens at the positions of the windows, and passes them if they are the same.
func (t Tokens) sameToken(a, o *window) bool {
	answer, answerWhole := a.token()
	output, outputWhole := o.token()
	if !answerWhole || !outputWhole {
		return t.sameLongToken(a, o)
	}
	if !t.equal(answer, output) {
		return false
	}
	a.pass(len(answer))
	o.pass(len(output))
	return true
}

// equal compares two tokens that are in memory as a whole.
func (t Tokens) equal(answer, output []byte) bool {
	if t.Tolerance != nil && len(answer) <= longestFloat && isFloat(answer) {
		return bytes.Equal(answer, output) ||
			len(output) <= longestFloat && isFloat(output) && t.Tolerance.accepts(answer, output)
	}
	return t.equalText(answer, output)
}

// equalText compares two tokens as text.
func (t Tokens) equalText(answer, output []byte) bool {
	if t.CaseSensitive {
		return bytes.Equal(answer, output)
	}
	return len(answer) == len(output) && equalFold(answer, output)
}

// equalFold compares texts of one length without regard to ASCII case. Other bytes must be identical: the format
// reads files as single-byte characters.
func equalFold(a, b []byte) bool {
	for i, c := range a {
		if lower[c] != lower[b[i]] {
			return false
		}
	}
	return true
}

// lower maps ASCII letters to lower case.
var lower = func() (table [256]byte) {
	for c := range table {
		table[c] = byte(c)
		if 'A' <= c && c <= 'Z' {
			table[c] = byte(c) + 'a' - 'A'
		}
	}
	return table
}()

// sameLongToken compares tokens of which at least one is longer than a window, piece by piece and as text.
func (t Tokens) sameLongToken(a, o *window) bool {
	for {
		answer, answerWhole := a.token()
		output, outputWhole := o.token()
		n := min(len(answer), len(output))
		if !t.equalText(answer[:n], output[:n]) {
			return false
		}
		if answerWhole && outputWhole {
			if len(answer) != len(output) {
				return false
			}
			a.pass(n)
			o.pass(n)
			return true
		}
		if n == 0 {
			return false // one token is longer
		}
		a.pass(n)
		o.pass(n)
	}
}

// byToken describes a difference by the output's token.
func byToken(answer, output *window) *Difference {
	d := &Difference{Line: output.where.line + 1, Column: output.where.column + 1}
	d.Expected, d.ExpectedEnd = answer.tokenExcerpt()
	d.Got, d.GotEnd = output.tokenExcerpt()
	d.Token = output.where.tokens + output.where.beginning()
	return d
}

// tokenExcerpt returns the beginning of the token or of the white space at the position of a window.
func (w *window) tokenExcerpt() (text string, end bool) {
	if !w.some() {
		return "", true
	}
	if isSpace[w.rest()[0]] == 1 {
		n := 1
		for n < min(len(w.rest()), excerptBytes) && isSpace[w.rest()[n]] == 1 {
			n++
		}
		return string(w.rest()[:n]), false
	}
	token, _ := w.token()
	return string(token[:min(len(token), excerptBytes)]), false
}
