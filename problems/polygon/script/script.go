// Package script reads the test scripts of Polygon: templates of FreeMarker whose lines are commands of generators.
//
//	lines, err := script.Read(text)
//
// It knows the directives that such scripts use: list, assign, if, and comments. Anything else is an error with its
// place. The text may be hostile: its steps, its numbers and its output are bounded.
package script

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Line is a command of an expanded script, and where its tests go.
type Line struct {
	Command string
	Tests   []int // numbers of tests from 1; nil: the first free one, as > $ says
	File    bool  // the generator writes one file for each test, instead of to stdout
	Place   Place
}

// Place is a line and a column of the script, from 1.
type Place struct{ Row, Column int }

// Error is a fault of a script.
type Error struct {
	Place
	Msg, Hint string
}

// Error returns the place and the message.
func (e *Error) Error() string { return fmt.Sprintf("%d:%d: %s", e.Row, e.Column, e.Msg) }

// maxTests bounds the tests of a script, and their numbers.
const maxTests = 100_000

// Read expands a script and returns its commands in order. Errors are *Error.
func Read(text string) ([]Line, error) {
	expanded, err := expand(text)
	if err != nil {
		return nil, err
	}
	var lines []Line
	for _, l := range expanded {
		if strings.TrimSpace(l.text) == "" {
			continue
		}
		line, err := l.line()
		if err != nil {
			return nil, err
		}
		if lines = append(lines, line); len(lines) > maxTests {
			return nil, &Error{line.Place, fmt.Sprintf("more than %d commands", maxTests), ""}
		}
	}
	return lines, nil
}

// line reads a command and its target: GENERATOR ARG... > TARGET.
func (l expandedLine) line() (Line, error) {
	fault := func(msg, hint string) (Line, error) { return Line{}, &Error{l.place, msg, hint} }
	const hint = "end the line with > N, > {N-M} or > $"
	at := strings.LastIndexByte(l.text, '>')
	if at < 0 {
		return fault(fmt.Sprintf("%.80q does not say which test it makes", l.text), hint)
	}
	line := Line{Command: strings.TrimSpace(l.text[:at]), Place: l.place}
	target := strings.TrimSpace(l.text[at+1:])
	if line.Command == "" {
		return fault("no generator before >", "write GENERATOR ARG... > N")
	}
	if target == "$" {
		return line, nil
	}
	list, braces := strings.CutPrefix(target, "{")
	list, closed := strings.CutSuffix(list, "}")
	if braces != closed {
		return fault(fmt.Sprintf("unknown target %.80q", target), hint)
	}
	line.File = braces
	for part := range strings.SplitSeq(list, ",") {
		first, last, ranged := strings.Cut(part, "-")
		from, err := number(first)
		to := from
		if ranged && err == nil {
			to, err = number(last)
		}
		if err != nil || to < from || !braces && (ranged || list != part) {
			return fault(fmt.Sprintf("unknown target %.80q", target), hint)
		}
		if len(line.Tests)+to-from >= maxTests {
			return fault(fmt.Sprintf("more than %d tests", maxTests), "")
		}
		for n := from; n <= to; n++ {
			line.Tests = append(line.Tests, n)
		}
	}
	return line, nil
}

// number reads the number of a test.
func number(text string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err == nil && (n < 1 || n > maxTests) {
		err = strconv.ErrRange
	}
	return n, err
}

// Number gives each line without a test the first free number, in the order of the lines. Taken are the numbers of
// tests that are files. Two lines that make one test are an error.
func Number(lines []Line, taken []int) error {
	used := map[int]bool{}
	for _, n := range taken {
		used[n] = true
	}
	for _, l := range lines {
		for _, n := range l.Tests {
			if used[n] {
				return &Error{l.Place, fmt.Sprintf("test %d is already made by another line or is a file", n),
					"give it another number, or write > $"}
			}
			used[n] = true
		}
	}
	next := 1
	for i := range lines {
		if lines[i].Tests != nil {
			continue
		}
		for used[next] {
			next++
		}
		used[next] = true
		lines[i].Tests = []int{next}
	}
	return nil
}

// expandedLine is a line of an expanded script, and the place of its first character that is not white space.
type expandedLine struct {
	text  string
	place Place
}

// output collects the expanded text.
type output struct {
	lines []expandedLine
	text  strings.Builder
	place Place
	left  int // bytes
}

// write adds text that comes from a place. It reports whether there is room for it.
func (o *output) write(text string, at Place) bool {
	if o.left -= len(text); o.left < 0 {
		return false
	}
	for i, part := range strings.Split(text, "\n") {
		if i > 0 {
			o.end()
			at = Place{at.Row + 1, 1}
		}
		if blank := len(part) - len(strings.TrimLeft(part, " \t\r")); o.place.Row == 0 && blank < len(part) {
			o.place = Place{at.Row, at.Column + blank}
		}
		o.text.WriteString(part)
	}
	return true
}

// end ends a line.
func (o *output) end() {
	if text := o.text.String(); strings.TrimSpace(text) != "" {
		o.lines = append(o.lines, expandedLine{strings.TrimSpace(text), o.place})
	}
	o.text.Reset()
	o.place = Place{}
}

// expand expands the template.
func expand(text string) ([]expandedLine, error) {
	p := newParser(text)
	nodes, err := p.template()
	if err != nil {
		return nil, err
	}
	e := &expander{out: output{left: maxOutput}, vars: map[string]value{}}
	if err := e.nodes(nodes); err != nil {
		return nil, err
	}
	e.out.end()
	return slices.Clip(e.out.lines), nil
}
