package checkers

import (
	"bytes"
	"io"
	"math"
	"strconv"
)

// LineFloats compares like the DMOJ's checkers floats, floatsabs and floatsrel: line by line, where a line ends with
// CR or LF and an empty line does not count. A line of blanks counts. Lines must have the same number of tokens. A
// token of the answer that is a number for Python's float is compared as a number. NaN is never accepted.
//
// Absolute and Relative are the tolerances; a negative one is off. If both are on, meeting one is enough.
type LineFloats struct{ Absolute, Relative float64 }

// Check compares output and answer. An error means that one of the two could not be read.
func (l LineFloats) Check(answer, output io.Reader) (Check, error) {
	a, o := newWindows(answer, output)
	return conclude(a, o, l.same(&lineWindow{window: a}, &lineWindow{window: o}), byToken)
}

// same passes the equal beginning and stops at the first difference.
func (l LineFloats) same(a, o *lineWindow) bool {
	for {
		next := a.next()
		if next != o.next() {
			return false
		}
		switch next {
		case atEnd:
			return true
		case atToken:
			if !l.sameToken(a.window, o.window) {
				return false
			}
		}
	}
}

// sameToken compares the tokens at the positions of the windows, and passes them if they are the same.
func (l LineFloats) sameToken(a, o *window) bool {
	answer, whole := a.token()
	output, outputWhole := o.token()
	if !whole || !outputWhole {
		return Tokens{CaseSensitive: true}.sameLongToken(a, o)
	}
	if !l.equal(answer, output) {
		return false
	}
	a.pass(len(answer))
	o.pass(len(output))
	return true
}

// equal compares two tokens that are in memory as a whole.
func (l LineFloats) equal(answer, output []byte) bool {
	expected, ok := pythonFloat(answer)
	if !ok {
		return bytes.Equal(answer, output)
	}
	got, ok := pythonFloat(output)
	return ok && l.near(expected, got)
}

// near compares in float64 and in the order of the DMOJ's operations, as borderline results depend on both.
func (l LineFloats) near(expected, got float64) bool {
	distance := math.Abs(got - expected)
	switch {
	case l.Relative < 0:
		return distance <= l.Absolute
	case l.Absolute < 0:
		one, other := expected*(1-l.Relative), expected*(1+l.Relative)
		if other < one {
			one, other = other, one
		}
		return one <= got && got <= other
	}
	return distance <= l.Absolute || math.Abs(expected) >= l.Relative && math.Abs(1-got/expected) <= l.Relative
}

// pythonFloat parses a number like Python's float: decimal, infinite or NaN, with underscores between digits.
func pythonFloat(token []byte) (float64, bool) {
	if bytes.IndexByte(token, '_') >= 0 {
		if token = withoutUnderscores(token); token == nil {
			return 0, false
		}
	}
	switch word := withoutSign(token); {
	case isFloat(token):
		value, _ := strconv.ParseFloat(string(token), 64) //nolint:errcheck // out of range the value is an infinity
		return value, true
	case bytes.EqualFold(word, []byte("nan")):
		return math.NaN(), true
	case bytes.EqualFold(word, []byte("inf")), bytes.EqualFold(word, []byte("infinity")):
		sign := 1
		if token[0] == '-' {
			sign = -1
		}
		return math.Inf(sign), true
	}
	return 0, false
}

// withoutUnderscores removes underscores between digits. It returns nil if an underscore is elsewhere.
func withoutUnderscores(token []byte) []byte {
	isDigit := func(i int) bool { return 0 <= i && i < len(token) && '0' <= token[i] && token[i] <= '9' }
	var rest []byte
	for i, c := range token {
		switch {
		case c != '_':
			rest = append(rest, c)
		case !isDigit(i-1) || !isDigit(i+1):
			return nil
		}
	}
	return rest
}

// lineWindow reads the tokens of lines that are not empty.
type lineWindow struct {
	*window
	started bool // the current line is not empty
}

// lineItem is the next item of a file.
type lineItem uint8

const (
	atToken lineItem = iota
	atLineEnd
	atEnd
)

// next passes white space up to a token, the end of a line that is not empty, or the end of the file.
func (w *lineWindow) next() lineItem {
	for w.some() {
		switch c := w.rest()[0]; {
		case c == '\n' || c == '\r':
			w.pass(1)
			if w.started {
				w.started = false
				return atLineEnd
			}
		case isSpace[c] == 1:
			w.pass(1)
			w.started = true
		default:
			w.started = true
			return atToken
		}
	}
	if w.started {
		w.started = false
		return atLineEnd
	}
	return atEnd
}
