package verify

import (
	"fmt"
	"io"
	"strings"

	"judge/judge/report"
	"judge/problems/text"
)

// Text holds how findings are written for people.
type Text struct {
	Color   bool
	Verbose bool // also problems without findings, and what was checked
}

// Write writes the findings of each problem, and a last line that counts.
func (t Text) Write(w io.Writer, r Result) error {
	r = ordered(text.Clean(r))
	var b strings.Builder
	for _, p := range r.Problems {
		t.problem(&b, p)
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%s: %s\n", t.severity(f), oneLine(f.Message))
	}
	if linked := r.linked(); linked != "" {
		fmt.Fprintf(&b, "note: %s\n", linked)
	}
	for _, o := range Merge(r.Omitted, report.Short) {
		kind := "note"
		if o.Warning {
			kind = t.paint("33", string(Warning))
		}
		fmt.Fprintf(&b, "%s: %s: %s\n", kind, o.Path, o.Reason)
	}
	n := len(r.Problems)
	line := fmt.Sprintf("%s: %d of %d valid, %s, %s",
		plural(n, "problem"), r.Valid(), n, plural(r.Errors(), "error"), plural(r.Warnings(), "warning"))
	if n := r.knownCount(); n > 0 {
		line += fmt.Sprintf(", %d in the baseline", n)
	}
	if r.Partial {
		line += "; " + r.Interruption()
	}
	code := "32"
	if r.Errors() > 0 || r.Partial {
		code = "31"
	}
	fmt.Fprintln(&b, t.paint(code, line))
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the findings: %w", err)
	}
	return nil
}

func (t Text) problem(b *strings.Builder, p Problem) {
	if len(p.Findings) == 0 && !t.Verbose && !p.Partial {
		return
	}
	title := p.Path
	if p.Format != "" {
		title += " (" + p.Format + ")"
	}
	title = t.paint("1", report.Short(title))
	if p.Partial {
		title += ": " + p.Progress()
	}
	fmt.Fprintln(b, title)
	if t.Verbose {
		for _, c := range p.Checks {
			fmt.Fprintf(b, "  %s\n", t.paint("2", c.verb()+" "+c.Words()))
		}
		for _, note := range p.Notes {
			fmt.Fprintf(b, "  %s\n", t.paint("2", note))
		}
	}
	for _, f := range p.Findings {
		place := f.File
		if f.Line > 0 {
			place += fmt.Sprintf(":%d", f.Line)
		}
		if place == p.Path {
			place = f.Check.String()
		}
		fmt.Fprintf(b, "  %s %s: %s\n", t.severity(f), report.Short(place), oneLine(f.Message))
	}
}

func oneLine(message string) string { return strings.ReplaceAll(message, "\n", " / ") }

func (t Text) severity(f Finding) string {
	if f.Severity == Error {
		return t.paint("31", string(f.Severity))
	}
	return t.paint("33", string(f.Severity))
}

func (t Text) paint(code, text string) string {
	if !t.Color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// verb returns the verb for the items of a check.
func (c Check) verb() string {
	if strings.HasPrefix(c.Name, "cached ") {
		return "reused"
	}
	return "checked"
}

// plural writes "1 test", "2 tests"; many is the plural of a noun that takes more than an s.
func plural(n int, noun string, many ...string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case many != nil:
		return fmt.Sprintf("%d %s", n, many[0])
	default:
		return fmt.Sprintf("%d %ss", n, noun)
	}
}
