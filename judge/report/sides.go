package report

import (
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"

	"judge/problems"
)

// Bounds of the excerpts that the evidence shows.
const (
	linesBefore = 3 // of a difference
	minSide     = 12
	maxDetailed = 3 // submissions with excerpts, of several
)

// files shows the beginning of a failed test's input, and its answer and output next to each other.
func (d *drawing) files(t Test) []string {
	var all []string
	if t.Input != nil && *t.Input != "" {
		all = append(all, d.p.faint("input:"))
		for _, line := range d.first(*t.Input) {
			all = append(all, strings.TrimRight("  "+line, " "))
		}
	}
	if t.Output == nil || t.Answer == nil || *t.Output == "" && t.Verdict != problems.WA {
		return all
	}
	return append(all, d.sides(t)...)
}

// first returns the first lines of an excerpt, with a mark if there are more.
func (d *drawing) first(text string) []string {
	lines := split(text)
	more := len(lines) > evidenceLines+1 // naming one line takes as much room as the line
	if more {
		lines = lines[:evidenceLines]
	}
	var all []string
	for _, line := range lines {
		all = append(all, cut(line, d.width-len(indent)-2))
	}
	if more {
		all = append(all, "…")
	}
	return all
}

// split returns the lines of an excerpt, fit for a terminal.
func split(text string) []string {
	if text == "" {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(line, "\t", indent)
	}
	return lines
}

// sides are the lines of an answer and of an output that are drawn.
type sides struct {
	names         [2]string
	lines         [2][]string
	from, to      int // the lines that are drawn
	mark          int // the line with the first difference; -1: none is known
	column        int // of the difference, from 1
	width, number int // of the widest line, and of a line's number
}

// sides draws answer and output around the first difference: next to each other if they fit, else one below the other.
// It draws nothing if the difference is beyond the excerpts.
func (d *drawing) sides(t Test) []string {
	s := sides{names: [2]string{"answer", "output"}, mark: -1}
	s.lines = [2][]string{split(*t.Answer), split(*t.Output)}
	s.to = max(len(s.lines[0]), len(s.lines[1]))
	if x := t.Difference; x != nil && x.Line > 0 {
		if x.Line > s.to {
			return nil
		}
		s.names, s.mark, s.column = [2]string{"expected", "got"}, x.Line-1, x.Column
		s.from = max(0, s.mark-linesBefore)
	}
	s.to = min(s.to, s.from+evidenceLines)
	for side, name := range s.names {
		if len(s.lines[side]) == 0 {
			s.names[side] = name + " (empty)"
		}
		s.width = max(s.width, runewidth.StringWidth(s.names[side]))
		for i := s.from; i < s.to; i++ {
			s.width = max(s.width, runewidth.StringWidth(s.line(side, i)))
		}
	}
	s.number = len(fmt.Sprint(s.to))
	if half := (d.width - len(indent) - s.number - len("  ≠ ")) / 2; s.width > max(half, minSide) {
		return d.stacked(s)
	}
	return d.beside(s)
}

// line returns a line of one side; "" behind its end.
func (s sides) line(side, i int) string {
	if i < len(s.lines[side]) {
		return s.lines[side][i]
	}
	return ""
}

// beside draws the two sides next to each other.
func (d *drawing) beside(s sides) []string {
	head := fmt.Sprintf("%*s  %s   %s", s.number, "", pad(s.names[0], s.width), s.names[1])
	all := []string{d.p.faint(head)}
	for i := s.from; i < s.to; i++ {
		left, right, mark := pad(s.line(0, i), s.width), s.line(1, i), " "
		if i == s.mark {
			left, right, mark = d.p.good(left), d.p.bad(right), d.p.bad("≠")
		}
		line := fmt.Sprintf("%s  %s %s %s", d.p.faint(fmt.Sprintf("%*d", s.number, i+1)), left, mark, right)
		all = append(all, strings.TrimRight(line, " "))
	}
	return all
}

// stacked draws one side below the other.
func (d *drawing) stacked(s sides) []string {
	width := d.width - len(indent) - s.number - len("  ") - len("= ")
	var all []string
	for side, name := range s.names {
		all = append(all, d.p.faint(name+":"))
		for i := s.from; i < min(s.to, len(s.lines[side])); i++ {
			text, mark, column := s.line(side, i), " ", 0
			if i == s.mark {
				mark, column = d.p.bad("≠"), s.column
			}
			text = around(text, column, width)
			switch {
			case i == s.mark && side == 0:
				text = d.p.good(text)
			case i == s.mark:
				text = d.p.bad(text)
			}
			line := fmt.Sprintf("%s %s %s", mark, d.p.faint(fmt.Sprintf("%*d", s.number, i+1)), text)
			all = append(all, strings.TrimRight(line, " "))
		}
	}
	return all
}

// around shortens a text to a width such that the byte in a column, from 1, is seen.
func around(text string, column, width int) string {
	if runewidth.StringWidth(text) <= width || column <= width*3/4 || width < minSide {
		return cut(text, width)
	}
	skipped := runewidth.StringWidth(text[:min(column, len(text))]) - width/2
	return cut("…"+runewidth.TruncateLeft(text, max(skipped, 0), ""), width)
}
