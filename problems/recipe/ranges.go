package recipe

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"judge/problems"
)

// MaxTests bounds the tests that all recipes of a problem make together.
const MaxTests = 100_000

// maxText bounds the names and the arguments of a problem's recipes together, in bytes.
const maxText = 64 << 20

// Budget counts the tests and the text that recipes of one problem have expanded to. Its zero value is full.
type Budget struct {
	tests, text int
}

// spend takes one test with a text of this many bytes, or returns an error.
func (b *Budget) spend(text int) error {
	b.tests++
	b.text += text
	if b.tests > MaxTests || b.text > maxText {
		return &problems.HintError{
			Msg: fmt.Sprintf("the recipes make more than %d tests, or have more than %d MiB of arguments", MaxTests,
				maxText>>20),
			Hint: "make fewer tests",
		}
	}
	return nil
}

// Test is one test of a line: its name and its command, with all holes filled.
type Test struct {
	Name   string
	Words  []string // the program and its arguments
	Others []string // the other texts of the line
}

// hole matches {A..B}, {seed}, and what looks as if it were meant to be one of them.
var hole = regexp.MustCompile(`\{(?:(-?[0-9]+)\.\.(-?[0-9]+)|(seed)|(?i:seed)|-?[0-9]+(?:\.|\.{3,}|-|:)-?[0-9]+|` +
	`-?[0-9]+\.\.|\.\.-?[0-9]+)\}`)

// span is a range {A..B}: a number of values that count up.
type span struct {
	first, last int64
	width       int // of its numbers, padded with zeros
}

// size returns how many numbers the range has.
func (s span) size() int64 { return s.last - s.first + 1 }

// number returns the number at an index as it is written.
func (s span) number(i int64) string {
	n := s.first + i
	if n < 0 {
		return fmt.Sprintf("-%0*d", max(s.width-1, 1), -n)
	}
	return fmt.Sprintf("%0*d", s.width, n)
}

// part is a piece of a text: a literal, a range or the seed.
type part struct {
	literal string
	span    *span
	seed    bool
}

// parse returns the parts of a text.
func parse(s string) ([]part, error) {
	var parts []part
	at := 0
	for _, m := range hole.FindAllStringSubmatchIndex(s, -1) {
		if at < m[0] {
			parts = append(parts, part{literal: s[at:m[0]]})
		}
		at = m[1]
		written := s[m[0]:m[1]]
		switch {
		case m[2] >= 0:
			r, err := parseRange(s[m[2]:m[3]], s[m[4]:m[5]])
			if err != nil {
				return nil, err
			}
			parts = append(parts, part{span: r})
		case m[6] >= 0:
			parts = append(parts, part{seed: true})
		case strings.EqualFold(written, "{seed}"):
			return nil, &problems.HintError{Msg: "unknown hole " + written, Hint: "write {seed}"}
		default:
			return nil, &problems.HintError{Msg: written + " is not a range", Hint: "write {A..B}, as in {1..20}"}
		}
	}
	if at < len(s) {
		parts = append(parts, part{literal: s[at:]})
	}
	return parts, nil
}

// parseRange returns the range of two numbers. A leading zero pads all numbers to the width of the longer one.
func parseRange(from, to string) (*span, error) {
	written := "{" + from + ".." + to + "}"
	first, err := strconv.ParseInt(from, 10, 64)
	last, err2 := strconv.ParseInt(to, 10, 64)
	const most = 1e18
	if err != nil || err2 != nil || max(first, -first, last, -last) > most {
		return nil, &problems.HintError{
			Msg: printable(written) + ": a number is out of range", Hint: "write numbers from -10^18 to 10^18",
		}
	}
	if first > last {
		return nil, &problems.HintError{
			Msg: written + " counts down", Hint: fmt.Sprintf("write {%s..%s}", to, from),
		}
	}
	s := &span{first: first, last: last}
	if padded(from) || padded(to) {
		s.width = max(len(from), len(to))
	}
	return s, nil
}

// padded reports whether a number has a leading zero.
func padded(number string) bool {
	digits := strings.TrimPrefix(number, "-")
	return len(digits) > 1 && digits[0] == '0'
}

// line is a name and a command, parsed.
type line struct {
	name   []part
	words  [][]part
	others [][]part
	first  *span // the first range; nil: there is none
}

// parseLine parses a name, a command and other texts, whose ranges must have the same length.
func parseLine(name string, words, others []string) (*line, error) {
	l := &line{}
	for i, s := range slices.Concat([]string{name}, words, others) {
		parts, err := parse(s)
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			switch {
			case p.seed && (i < 2 || i > len(words)):
				return nil, &problems.HintError{
					Msg:  "{seed} in " + printable(s) + ": expected it in an argument",
					Hint: "write it behind the program, as in random {seed}",
				}
			case p.span == nil:
			case l.first == nil:
				l.first = p.span
			case l.first.size() != p.span.size():
				return nil, &problems.HintError{
					Msg: fmt.Sprintf("the ranges have different lengths: %s has %d numbers, {%s..%s} has %d",
						l.first, l.first.size(), p.span.number(0), p.span.number(p.span.size()-1), p.span.size()),
					Hint: "all ranges of a line count together: give them the same length",
				}
			}
		}
		switch {
		case i == 0:
			l.name = parts
		case i <= len(words):
			l.words = append(l.words, parts)
		default:
			l.others = append(l.others, parts)
		}
	}
	return l, nil
}

// String returns the range as it may be written.
func (s span) String() string { return "{" + s.number(0) + ".." + s.number(s.size()-1) + "}" }

// fill returns the text with the number at an index in place of its ranges, and with the seed; "": {seed} stays.
func fill(parts []part, i int64, seed string) string {
	var b strings.Builder
	for _, p := range parts {
		switch {
		case p.span != nil:
			b.WriteString(p.span.number(i))
		case p.seed && seed == "":
			b.WriteString("{seed}")
		case p.seed:
			b.WriteString(seed)
		default:
			b.WriteString(p.literal)
		}
	}
	return b.String()
}

// Expand returns the tests of a line: its name, the words of its command, and other texts such as names of files. All
// ranges {A..B} of the line count together, one test a number; without a range there is one test. Each {seed} of a test
// is the same number. Errors are *problems.HintError.
func Expand(name string, words, others []string, b *Budget) ([]Test, error) {
	l, err := parseLine(name, words, others)
	if err != nil {
		return nil, err
	}
	n, ranged := int64(1), false
	if l.first != nil {
		n = l.first.size()
	}
	for _, p := range l.name {
		ranged = ranged || p.span != nil
	}
	if n > 1 && !ranged {
		return nil, &problems.HintError{
			Msg:  fmt.Sprintf("%d tests would be named %s", n, printable(name)),
			Hint: "write a range in the name too: " + printable(name+"-"+l.first.String()),
		}
	}
	var tests []Test
	for i := range n {
		t, err := l.test(i, b)
		if err != nil {
			return nil, err
		}
		tests = append(tests, t)
	}
	return tests, nil
}

// test returns the test at an index of the ranges.
func (l *line) test(i int64, b *Budget) (Test, error) {
	unseeded := make([]string, len(l.words))
	for k, parts := range l.words {
		unseeded[k] = fill(parts, i, "")
	}
	var number *int64
	if l.first != nil {
		n := l.first.first + i
		number = &n
	}
	seed := strconv.Itoa(int(Seed(unseeded, number)))
	t := Test{Name: fill(l.name, i, "")}
	size := len(t.Name)
	for _, parts := range l.words {
		word := fill(parts, i, seed)
		size += len(word)
		t.Words = append(t.Words, word)
	}
	for _, parts := range l.others {
		other := fill(parts, i, "")
		size += len(other)
		t.Others = append(t.Others, other)
	}
	return t, b.spend(size)
}
