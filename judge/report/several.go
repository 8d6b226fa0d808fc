package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"judge/problems"
)

// several draws submissions side by side if they fit, and else a line for each of them. A verbose table has all tests,
// in blocks of as many submissions as fit.
func (d *drawing) several() error {
	if block, ok := d.fits(); ok {
		return block.Write(&d.b)
	}
	if !d.verbose {
		d.isList = true
		return d.listed()
	}
	for first := 0; first < len(d.r.Submissions); {
		last := first + 1
		block := d.block(first, last, maxName)
		for last < len(d.r.Submissions) {
			wider := d.block(first, last+1, maxName)
			if wider.width() > d.width {
				break
			}
			block, last = wider, last+1
		}
		if first > 0 {
			d.line("")
		}
		if err := block.Write(&d.b); err != nil {
			return err
		}
		first = last
	}
	return nil
}

// block draws the submissions from first to before last, with names of at most most columns.
func (d *drawing) block(first, last, most int) Grid {
	submissions := d.r.Submissions[first:last]
	g := Grid{Align: strings.Repeat("l", 1+len(submissions)), Header: []string{"test"}}
	var lines []row // none where nothing compiled, as no test ran
	if slices.ContainsFunc(submissions, func(s Submission) bool { return s.Verdict != problems.CE }) {
		lines = rows(submissions, d.r.Problem.Tests, d.verbose)
	}
	for _, line := range lines {
		name := line.name(submissions[0].Tests)
		if line.count() > 1 {
			name += d.p.faint(fmt.Sprintf("  ×%d", line.count()))
		}
		g.Rows = append(g.Rows, []string{name})
	}
	g.Footer = []string{strings.Join(d.labels(), "\n")}
	for i, s := range submissions {
		g.Header = append(g.Header, CutMiddle(d.names[first+i], most))
		for k, cell := range d.column(s, lines) {
			g.Rows[k] = append(g.Rows[k], cell)
		}
		g.Footer = append(g.Footer, strings.Join(d.summary(s), "\n"))
	}
	return g
}

// cell is a submission's result on a line's tests.
type cell struct {
	verdict      problems.Verdict
	text         string
	time, memory string // "": not shown
}

// column returns a submission's cells: verdicts on the left, figures aligned.
func (d *drawing) column(s Submission, lines []row) []string {
	cells := make([]cell, len(lines))
	var text, time, memory int // widths; of the texts that figures follow
	for i, line := range lines {
		c := d.cell(s, line)
		cells[i] = c
		if c.time != "" {
			text = max(text, runewidth.StringWidth(c.text))
		}
		time, memory = max(time, runewidth.StringWidth(c.time)), max(memory, runewidth.StringWidth(c.memory))
	}
	column := make([]string, len(cells))
	for i, c := range cells {
		column[i] = d.p.verdict(c.verdict, c.text)
		if c.time == "" {
			continue
		}
		figures := padLeft(c.time, time)
		if c.memory != "" {
			figures += "  " + padLeft(c.memory, memory)
		}
		column[i] = d.p.verdict(c.verdict, pad(c.text, text)) + "  " + d.p.faint(figures)
	}
	return column
}

// cell shows the figures of accepted tests; verbose, of all that ran.
func (d *drawing) cell(s Submission, line row) cell {
	if s.Verdict == problems.CE {
		return cell{verdict: s.Verdict}
	}
	v, text := line.verdict(s.Tests)
	c := cell{verdict: v, text: text}
	time, memory := d.figures(v, line, s.Tests)
	switch {
	case d.verbose:
		c.time, c.memory = time, memory
	case v == problems.AC:
		c.time = time
	}
	return c
}

// labels name the lines of summary.
func (d *drawing) labels() []string {
	labels := append([]string{"verdict"}, d.pointLabels()...)
	labels = append(labels, "passed", "max time", "max memory", "language")
	if d.anyExpected() {
		labels = append(labels, "expected")
	}
	return labels
}

func (d *drawing) anyExpected() bool {
	return slices.ContainsFunc(d.r.Submissions, func(s Submission) bool { return d.expectation(s) != "" })
}

// summary is the footer of a submission's column.
func (d *drawing) summary(s Submission) []string {
	time, memory := maxima(s)
	lines := append([]string{d.p.verdict(s.Verdict, brief(s.Verdict, s.Reason))}, d.pointLines(s)...)
	lines = append(lines, fmt.Sprintf("%d of %d", passed(s), len(s.Tests)), time, memory, cut(s.Language, maxName))
	if !d.anyExpected() {
		return lines
	}
	if e := d.expectation(s); e != "" {
		return append(lines, e)
	}
	return append(lines, "-")
}
