package doctor

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"judge/judge/report"
	"judge/problems/text"
)

// Table holds how an examination is drawn. The zero value is plain, for a pipe.
type Table struct {
	Color bool
	Width int // columns of the terminal; 0: 120
}

// Widths in columns.
const (
	defaultWidth = 120
	maxName      = 20 // of a check; a language of the user's may have any name
	minWidth     = 60 // below it the terminal breaks lines
	besides      = 8  // a space on either side of each of the four columns
)

// Write draws the checks by group, then what to do, then the conclusion.
func (t Table) Write(w io.Writer, e Examination) error {
	d := drawing{Table: t, checks: clean(e.Checks)}
	if d.Width <= 0 {
		d.Width = defaultWidth
	}
	d.Width = max(min(d.Width, defaultWidth), minWidth)
	if err := d.grids(); err != nil {
		return err
	}
	d.fixes()
	d.conclusion(e)
	if _, err := w.Write(d.b.Bytes()); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}

// drawing is a table that is being drawn.
type drawing struct {
	Table
	b      bytes.Buffer
	checks []Check
}

// clean escapes the texts, most of which come from the host, and makes each one line.
func clean(checks []Check) []Check {
	line := func(s string) string { return strings.Join(strings.Fields(text.Lines(s)), " ") }
	var all []Check
	for _, c := range checks {
		c.Name, c.Value, c.Means, c.Fix = line(c.Name), line(c.Value), line(c.Means), line(c.Fix)
		all = append(all, c)
	}
	return all
}

// grids draws a table a group, all with the same columns.
func (d *drawing) grids() error {
	state, name, value := 0, 0, 0
	for _, c := range d.checks {
		state, name = max(state, len(c.State.String())), max(name, runewidth.StringWidth(c.Name))
		value = max(value, runewidth.StringWidth(c.Value))
	}
	name = min(name, maxName)
	room := d.Width - besides - state - name
	value = min(value, room*2/5)
	head := func(title, here, means string) []string {
		return []string{strings.Repeat(" ", state), d.paint("1", runewidth.FillRight(title, name)),
			runewidth.FillRight(here, value), runewidth.FillRight(means, room-value)}
	}
	for i, rest := 0, d.checks; len(rest) > 0; i++ {
		g := report.Grid{Align: "llll", Header: head(rest[0].Group.String(), "", "")}
		if i == 0 {
			g.Header = head(rest[0].Group.String(), "here", "what it means")
		} else {
			d.b.WriteByte('\n')
		}
		for group := rest[0].Group; len(rest) > 0 && rest[0].Group == group; rest = rest[1:] {
			c := rest[0]
			g.Rows = append(g.Rows, []string{
				d.state(c.State), wrap(c.Name, name), wrap(c.Value, value), wrap(c.Means, room-value),
			})
		}
		if err := g.Write(&d.b); err != nil {
			return err
		}
	}
	return nil
}

// fixes lists what to do, the worst first, each command on its own line so that it can be copied.
func (d *drawing) fixes() {
	titled := false
	for state := Unfit; state >= Note; state-- {
		for _, c := range d.checks {
			if c.State != state || c.Fix == "" {
				continue
			}
			if !titled {
				fmt.Fprintf(&d.b, "\n%s %s\n", d.paint("1", "what to do"), "(run the commands as root)")
				titled = true
			}
			gap := strings.Repeat(" ", len(Unfit.String())-len(state.String()))
			fmt.Fprintf(&d.b, " %s%s  %s\n        %s\n", d.state(state), gap, c.Name, c.Fix)
		}
	}
}

// conclusion is the last line.
func (d *drawing) conclusion(e Examination) {
	moving, other := 0, 0
	for _, c := range e.Checks {
		switch {
		case c.State == Warn && c.Group == Timing:
			moving++
		case c.State == Warn:
			other++
		}
	}
	words := []string{"fit for " + text.Line(e.Level) + " isolation"}
	colour := "32"
	switch {
	case !e.Fit() && e.Level == "":
		words, colour = []string{"unfit: programs cannot be isolated here"}, "31"
	case !e.Fit():
		words, colour = []string{"unfit: nothing can be judged here"}, "31"
	case moving > 0:
		words = append(words, plural(moving, "warning")+" about timing")
	default:
		words = append(words, "no problem with timing found")
	}
	if other > 0 {
		words = append(words, plural(other, "other warning"))
	}
	fmt.Fprintf(&d.b, "\n%s\n", d.paint(colour, strings.Join(words, "; ")))
}

var colours = [...]string{OK: "32", Note: "36", Warn: "33", Unfit: "1;31"}

func (d *drawing) state(s State) string {
	if int(s) >= len(colours) {
		return s.String()
	}
	return d.paint(colours[s], s.String())
}

func (d *drawing) paint(code, text string) string {
	if !d.Color || code == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// wrap breaks a text into lines of that many columns, at spaces where there are any, and a path or a setting after a
// mark.
func wrap(text string, width int) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case runewidth.StringWidth(line+" "+word) <= width:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
		for runewidth.StringWidth(line) > width {
			_, first := utf8.DecodeRuneInString(line)
			head := line[:max(first, len(runewidth.Truncate(line, width, "")))]
			if head == line {
				break // one character that is wider
			}
			if mark := strings.LastIndexAny(head, "/_="); mark > 0 {
				head = head[:mark+1]
			}
			lines, line = append(lines, head), line[len(head):]
		}
	}
	return strings.Join(append(lines, line), "\n")
}
