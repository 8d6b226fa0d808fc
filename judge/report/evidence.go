package report

import (
	"fmt"
	"slices"
	"strings"

	"judge/problems"
)

// Bounds of what is shown.
const (
	evidenceLines = 10 // of a compiler's log, or of stderr
	indent        = "    "
)

// evidence writes what the first failing test of each failed submission shows.
func (d *drawing) evidence() {
	spacious := true // whether a blank line separates this submission from the one before
	shown, detailed := 0, 0
	for i, s := range d.r.Submissions {
		details := d.details(s, detailed)
		title, body := d.failure(s, details)
		if title == "" || d.isList && unsurprising(s) {
			continue
		}
		if shown++; d.isList && shown > maxFaults {
			continue
		}
		if details {
			detailed++
		}
		if spacious || len(body) > 0 {
			d.line("")
		}
		d.line("%s: %s", d.p.bold(d.names[i]), title)
		for _, line := range body {
			d.line("%s%s", indent, line)
		}
		spacious = len(body) > 0
	}
	if d.isList && shown > maxFaults {
		d.line("%s", d.p.faint(more(shown-maxFaults)))
	}
}

// details reports whether the evidence of a submission has excerpts of the test's files: of several submissions, the
// first that fail unexpectedly have them. n have had them.
func (d *drawing) details(s Submission, n int) bool {
	return len(d.r.Submissions) == 1 || d.verbose || !d.isList && n < maxDetailed && !unsurprising(s)
}

// failure returns why a submission failed, with excerpts of the test's files if details are wanted; "" if it did not
// fail, or did not run.
func (d *drawing) failure(s Submission, details bool) (title string, body []string) {
	if s.Verdict == problems.AC || s.Verdict == problems.SKIP {
		return "", nil
	}
	title = d.p.verdict(s.Verdict, judged(s.Verdict, s.Reason))
	i := firstFailure(s)
	if i < 0 {
		return title, d.excerpt(s.Compile.Log)
	}
	t := s.Tests[i]
	title += d.where(t)
	if t.Difference != nil {
		body = append(body, d.difference(t.Difference)...)
	}
	if m := t.Explanation(); m != "" {
		body = append(body, m)
	}
	if details {
		body = append(body, d.files(t)...)
	}
	if said := d.interaction(t.Interaction); len(said) > 0 {
		body = append(append(body, d.p.faint("interaction (> submission, < interactor, after seconds):")), said...)
	}
	if stderr := d.excerpt(t.Stderr); len(stderr) > 0 {
		body = append(append(body, d.p.faint("stderr:")), stderr...)
	}
	return title, append(body, d.hidden(s, i)...)
}

// Evidence returns what a submission's first failed test shows, in one line; "": no test has failed.
func (s Submission) Evidence(limits Limits) string {
	i := firstFailure(s)
	if i < 0 || s.Tests[i].Verdict == problems.SKIP {
		return ""
	}
	t := s.Tests[i]
	line := "test " + t.Name
	if figure := measure(limits, t); figure != "" {
		line += ": " + figure
	}
	if x := t.Difference; x != nil {
		line += ": " + x.line()
	}
	if m := t.Explanation(); m != "" {
		line += ": " + m
	}
	return line
}

// where names the test, and the figure next to the limit.
func (d *drawing) where(t Test) string {
	at := " on test " + CutMiddle(t.Name, 2*maxName)
	if t.Group != "" {
		at += " of group " + CutMiddle(t.Group, maxName)
	}
	if figure := measure(d.r.Problem.Limits, t); figure != "" {
		at += ": " + figure
	}
	return at
}

// Explanation returns the test's message; "" where its reason has the same words, as with most judge errors.
func (t Test) Explanation() string {
	if t.Message == string(t.Reason) {
		return ""
	}
	return t.Message
}

// hidden finds a judge error after the failing test, as it decides the exit code.
func (d *drawing) hidden(s Submission, first int) []string {
	for _, t := range s.Tests[first+1:] {
		if t.Verdict == problems.JE && s.Tests[first].Verdict != problems.JE {
			line := d.p.ours("and "+judged(t.Verdict, t.Reason)) + d.where(t)
			if m := t.Explanation(); m != "" {
				line += ": " + m
			}
			return []string{line}
		}
	}
	return nil
}

// measure is the measured figure next to the limit that was reached.
func measure(l Limits, t Test) string {
	switch {
	case t.Verdict == problems.TLE && t.Reason == OverCPU:
		return over(t.CPUSeconds, l.TimeLimit)
	case t.Verdict == problems.TLE && t.WallSeconds < l.WallTime: // a deadlock
		return fmt.Sprintf("killed after %.2f s, used %s of CPU", t.WallSeconds, seconds(t.CPUSeconds))
	case t.Verdict == problems.TLE:
		return fmt.Sprintf("reached the wall limit of %s s, used %s of CPU",
			hundredths(l.WallTime), seconds(t.CPUSeconds))
	case t.Verdict == problems.MLE:
		return fmt.Sprintf("killed at the memory limit of %s MiB", number(l.Memory))
	case t.Verdict == problems.OLE:
		return fmt.Sprintf("over the output limit of %s MiB", number(l.Output))
	default:
		return ""
	}
}

// difference shows the expected and the actual text: in one line, or in two if that is too long.
func (d *drawing) difference(x *Difference) []string {
	room := d.width - len(indent)
	if line := x.line(); cut(line, room) == line {
		return []string{line}
	}
	expected, got := x.sides()
	return []string{x.place() + ":", cut("expected "+expected, room), cut("got      "+got, room)}
}

// line returns the difference in one line.
func (x *Difference) line() string {
	expected, got := x.sides()
	return fmt.Sprintf("%s: expected %s, got %s", x.place(), expected, got)
}

// sides returns what the answer and the output have where they differ.
func (x *Difference) sides() (expected, got string) {
	return side(x.Expected, x.ExpectedEnd), side(x.Got, x.GotEnd)
}

// place returns where in the output the difference is.
func (x *Difference) place() string {
	var at []string
	for _, part := range []struct {
		name  string
		value int
	}{{"line", x.Line}, {"column", x.Column}, {"token", x.Token}} {
		if part.value > 0 {
			at = append(at, fmt.Sprintf("%s %d", part.name, part.value))
		}
	}
	return strings.Join(at, ", ")
}

func side(text string, end bool) string {
	if end {
		return "end of output"
	}
	return `"` + text + `"`
}

// excerpt is the first lines of a text; nil of an empty one.
func (d *drawing) excerpt(text string) []string { return d.lines(text, evidenceLines, 0) }

// interaction returns the beginning and the end of an interaction, where most fail; verbose, all that was
// recorded.
func (d *drawing) interaction(text string) []string {
	if d.verbose {
		return d.lines(text, len(text), 0)
	}
	return d.lines(text, evidenceLines/2, evidenceLines/2)
}

// lines are the first lines of a text and the last.
func (d *drawing) lines(text string, first, last int) []string {
	text = strings.Trim(text, "\n")
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	if more := len(lines) - first - last; more > 1 { // naming one line takes as much room as the line
		cut := []string{fmt.Sprintf("… %s more", plural(more, "line"))}
		lines = slices.Concat(lines[:first], cut, lines[len(lines)-last:])
	}
	for i, line := range lines {
		lines[i] = cut(strings.TrimRight(strings.ReplaceAll(line, "\t", indent), " "), d.width-len(indent))
	}
	return lines
}
