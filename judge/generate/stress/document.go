package stress

import (
	"slices"
	"strconv"
	"strings"
)

// document is an input as lines of tokens with the white space between them, so that an edit leaves the rest as it is.
type document []line

// line is one line: each token follows its gap, and the end is what follows the last token, the newline included.
type line struct {
	gaps, tokens []string
	end          string
}

// parse reads an input. Its String is the same bytes.
func parse(input []byte) document {
	var d document
	for text := range strings.Lines(string(input)) {
		var l line
		for {
			start := strings.IndexFunc(text, func(r rune) bool { return !isBlank(r) })
			if start < 0 {
				break
			}
			stop := strings.IndexFunc(text[start:], isBlank)
			if stop < 0 {
				stop = len(text) - start
			}
			l.gaps, l.tokens = append(l.gaps, text[:start]), append(l.tokens, text[start:start+stop])
			text = text[start+stop:]
		}
		l.end = text
		d = append(d, l)
	}
	return d
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' }

// String returns the input.
func (d document) String() string {
	var b strings.Builder
	for _, l := range d {
		for i, t := range l.tokens {
			b.WriteString(l.gaps[i])
			b.WriteString(t)
		}
		b.WriteString(l.end)
	}
	return b.String()
}

// place is a token of a document.
type place struct{ line, token int }

func (d document) at(p place) string { return d[p.line].tokens[p.token] }

// clone returns a copy whose tokens may be changed.
func (d document) clone() document {
	c := slices.Clone(d)
	for i := range c {
		c[i].gaps, c[i].tokens = slices.Clone(c[i].gaps), slices.Clone(c[i].tokens)
	}
	return c
}

// withoutLines returns the document without the lines from a to b.
func (d document) withoutLines(a, b int) document { return slices.Concat(d[:a], d[b:]).clone() }

// cutTokens removes the tokens from a to b of a line, in place.
func (d document) cutTokens(l, a, b int) {
	first := d[l].gaps[a]
	d[l].gaps, d[l].tokens = slices.Delete(d[l].gaps, a, b), slices.Delete(d[l].tokens, a, b)
	if a < len(d[l].gaps) {
		d[l].gaps[a] = first
	}
}

// number returns the value of a token that is a whole number as programs write it: no plus, no leading zero.
func number(token string) (int64, bool) {
	n, err := strconv.ParseInt(token, 10, 64)
	return n, err == nil && strconv.FormatInt(n, 10) == token
}

// add adds to a token that is a number, in place; false if it is none, or would be negative.
func (d document) add(p place, by int64) bool {
	n, is := number(d.at(p))
	if !is || n+by < 0 {
		return false
	}
	d[p.line].tokens[p.token] = strconv.FormatInt(n+by, 10)
	return true
}

// maxCounters is how many numbers are tried as the count of what an edit removes.
const maxCounters = 5

// counters returns the numbers before a line that may count what is in it or below, the likeliest first: those that
// equal such a count, then those of the line above and of the first two lines. of are counts of what is removed from.
func (d document) counters(before int, of ...int) []place {
	var likely, others []place
	for _, l := range slices.Compact(slices.Sorted(slices.Values([]int{0, 1, before - 2, before - 1}))) {
		if l < 0 || l >= before {
			continue
		}
		for t := range min(len(d[l].tokens), 4) {
			n, is := number(d[l].tokens[t])
			switch p := (place{l, t}); {
			case !is || n <= 0:
			case slices.Contains(of, int(n)):
				likely = append(likely, p)
			default:
				others = append(others, p)
			}
		}
	}
	all := append(likely, others...)
	return all[:min(len(all), maxCounters)]
}
