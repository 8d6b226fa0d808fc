package checkers

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/bits"
)

// windowSize bounds the part of a stream in memory, and the tokens that are seen whole.
const windowSize = 128 << 10

// window is the part of a stream in memory. Its position is that of the first byte that is not yet passed.
type window struct {
	source io.Reader
	buffer []byte
	lo, hi int
	ended  bool      // the source has no more
	err    error     // error of the source, which ends the stream
	where  *position // nil for an answer, whose positions are not reported
}

// firstWindow is the initial size, enough for most answers.
const firstWindow = 4 << 10

// newWindows returns the windows of an answer and an output.
func newWindows(answer, output io.Reader) (a, o *window) {
	a = &window{source: answer, buffer: make([]byte, firstWindow)}
	return a, &window{source: output, buffer: make([]byte, firstWindow), where: &position{afterSpace: true}}
}

// rest returns the bytes that are read and not yet passed.
func (w *window) rest() []byte { return w.buffer[w.lo:w.hi] }

// more reads more bytes, and reports whether it got any. A full window gets none.
func (w *window) more() bool {
	if w.ended {
		return false
	}
	if w.lo > 0 {
		w.hi = copy(w.buffer, w.rest())
		w.lo = 0
	}
	if w.hi == windowSize {
		return false
	}
	if w.hi == len(w.buffer) {
		w.buffer = append(w.buffer, make([]byte, windowSize-len(w.buffer))...)
	}
	for {
		n, err := w.source.Read(w.buffer[w.hi:])
		w.hi += n
		if err != nil {
			w.ended = true
			if err != io.EOF {
				w.err = err
			}
		}
		if n > 0 || w.ended {
			return n > 0
		}
	}
}

// some reports whether there is another byte, and reads more if needed.
func (w *window) some() bool { return w.lo < w.hi || w.more() }

// endsWithin reports whether n bytes are all that is left. The window has at least as many.
func (w *window) endsWithin(n int) bool {
	if len(w.rest()) == n {
		w.more()
	}
	return len(w.rest()) == n
}

// pass passes n bytes.
func (w *window) pass(n int) {
	if w.where != nil {
		w.where.pass(w.buffer[w.lo : w.lo+n])
	}
	w.lo += n
}

// skipSpace passes white space up to the byte stop, if that is not negative.
func (w *window) skipSpace(stop int) {
	for w.some() {
		rest := w.rest()
		n := 0
		for n < len(rest) && isSpace[rest[n]] == 1 && int(rest[n]) != stop {
			n++
		}
		w.pass(n)
		if n < len(rest) {
			return
		}
	}
}

// skipSpaceOver passes white space, and reports whether a line ended in it, with LF or CR.
func (w *window) skipSpaceOver() (broken bool) {
	for w.some() {
		rest := w.rest()
		n := 0
		for n < len(rest) && isSpace[rest[n]] == 1 {
			broken = broken || rest[n] == '\n' || rest[n] == '\r'
			n++
		}
		w.pass(n)
		if n < len(rest) {
			break
		}
	}
	return broken
}

// byteSet marks bytes with 1.
type byteSet = *[256]byte

// skip passes the bytes of a set.
func (w *window) skip(set byteSet) {
	for w.some() {
		rest := w.rest()
		n := 0
		for n < len(rest) && set[rest[n]] == 1 {
			n++
		}
		w.pass(n)
		if n < len(rest) {
			return
		}
	}
}

// tokenUpTo returns the bytes from the window's position up to one of a set or the end, and whether they are whole: a
// token that fills the window may continue.
func (w *window) tokenUpTo(separators byteSet) (token []byte, whole bool) {
	for n := 0; ; {
		rest := w.rest()
		for n < len(rest) && separators[rest[n]] == 0 {
			n++
		}
		if n < len(rest) {
			return rest[:n], true
		}
		if !w.more() {
			return w.rest(), w.ended
		}
	}
}

// token returns the token at the window's position, and whether it is whole: one that fills the window may continue.
func (w *window) token() (token []byte, whole bool) { return w.tokenUpTo(&isSpace) }

// position counts from 0, for messages.
type position struct {
	line, column, tokens int  // column in bytes
	afterSpace           bool // a token could begin here
}

// pass counts the bytes that a window passes.
func (p *position) pass(data []byte) {
	if len(data) == 0 {
		return
	}
	if n := bytes.Count(data, newline); n > 0 {
		p.line += n
		p.column = len(data) - bytes.LastIndexByte(data, '\n') - 1
	} else {
		p.column += len(data)
	}
	p.tokens += tokenStarts(data, p.afterSpace)
	p.afterSpace = isSpace[data[len(data)-1]] == 1
}

// beginning returns 1 if the next token could begin here, which is not counted yet.
func (p *position) beginning() int {
	if p.afterSpace {
		return 1
	}
	return 0
}

// newline is an argument of bytes.Count.
var newline = []byte{'\n'}

// isSpace marks the white space of the ICPC problem package format 2025-09, "Output parsing": space, form feed, line
// feed, carriage return, horizontal and vertical tab.
var isSpace = [256]byte{' ': 1, '\f': 1, '\n': 1, '\r': 1, '\t': 1, '\v': 1}

// commonPrefix returns the length of the common beginning of a and b.
func commonPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	a, b = a[:n], b[:n]
	if bytes.Equal(a, b) { // the usual case, and the fastest way to see it
		return n
	}
	i := 0
	for ; i+8 <= n; i += 8 {
		if differ := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]); differ != 0 {
			return i + bits.TrailingZeros64(differ)/8
		}
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

// passCommon passes the common beginning of the windows, without reading more.
func passCommon(answer, output *window) int {
	n := commonPrefix(answer.rest(), output.rest())
	answer.pass(n)
	output.pass(n)
	return n
}

// excerptBytes bounds the excerpts of a Difference.
const excerptBytes = 100

// excerpt returns the beginning of a window, up to the end of a line.
func (w *window) excerpt() (text string, end bool) {
	if !w.some() {
		return "", true
	}
	for len(w.rest()) < excerptBytes && bytes.IndexByte(w.rest(), '\n') < 0 && w.more() {
	}
	rest := w.rest()[:min(len(w.rest()), excerptBytes)]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:max(i, 1)] // an excerpt may be a line end
	}
	return string(rest), false
}

// failure returns the error of the stream that failed first. An error of the output may only mean that its writer
// died.
func failure(answer, output *window) error {
	if answer.err != nil {
		return answer.err
	}
	return output.err
}
