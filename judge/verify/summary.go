package verify

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"judge/problems/text"
)

// maxSummary is how large a step's summary may be: GitHub rejects one of more than 1 MiB.
const maxSummary = 1<<20 - 4<<10

// Omissions names what was not verified, in a sentence; "" if nothing was omitted.
func (r Result) Omissions() string { return r.omissions(asItIs) }

// omissions is Omissions with the names as show has them.
func (r Result) omissions(show func(string) string) string {
	if len(r.Omitted) == 0 {
		return ""
	}
	var paths []string
	for _, o := range r.Omitted {
		if !o.Warning {
			paths = append(paths, o.Path)
		}
	}
	if paths == nil {
		return ""
	}
	return fmt.Sprintf("%s not verified: %s", plural(len(paths), "path"), listNames(paths, show))
}

// WriteSummary writes the summary of a step, in Markdown.
func WriteSummary(w io.Writer, r Result) error {
	r = ordered(text.Clean(r))
	var b strings.Builder
	fmt.Fprintf(&b, "## %s: %s, %s, %s\n\n", r.Command(),
		plural(len(r.Problems), "problem"), plural(r.Errors(), "error"), plural(r.Warnings(), "warning"))
	if r.Partial {
		fmt.Fprintf(&b, "**%s**\n\n", r.interruption(markdown))
	}
	if words := r.omissions(markdown); words != "" {
		fmt.Fprintf(&b, "%s\n\n", words)
	}
	for _, o := range r.Merged() {
		if o.Warning && b.Len() < maxSummary/2 {
			fmt.Fprintf(&b, "**warning** %s: %s\n\n", markdown(o.Path), markdown(o.Reason))
		}
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "**%s** %s\n\n", f.Severity, markdown(f.Message))
	}
	b.WriteString("| problem | time limit | submissions | errors | warnings |\n|---|---|---|---|---|\n")
	for _, p := range r.Problems {
		row := fmt.Sprintf("| %s | %s | %s | %d | %d |\n",
			markdown(p.Path), cmp.Or(limitOf(p), "-"), expectations(p), p.count(Error), p.count(Warning))
		if b.Len()+len(row) > maxSummary/2 {
			b.WriteString("\nMore problems are in the report.\n")
			break
		}
		b.WriteString(row)
	}
	for _, p := range r.Problems {
		if len(p.Findings) == 0 {
			continue
		}
		section := fmt.Sprintf("\n### %s\n\n", markdown(p.Path))
		for _, f := range p.Findings {
			section += fmt.Sprintf("- **%s** %s: %s\n", f.Severity, markdown(place(f)), markdown(firstLine(f.Message)))
			if len(section) > maxSummary/4 {
				break
			}
		}
		if b.Len()+len(section) > maxSummary {
			b.WriteString("\nMore findings are in the report.\n")
			break
		}
		b.WriteString(section)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	return nil
}

// limitOf is the time limit that a problem was judged with; "" if it was not judged.
func limitOf(p Problem) string {
	switch {
	case p.Report == nil:
		return ""
	case p.Found:
		return fmt.Sprintf("%g s (derived)", p.Report.Problem.Limits.TimeLimit)
	default:
		return fmt.Sprintf("%g s", p.Report.Problem.Limits.TimeLimit)
	}
}

// expectations counts the submissions that are as expected.
func expectations(p Problem) string {
	if p.Report == nil {
		return cmp.Or(p.Progress(), "-")
	}
	as, of := 0, 0
	for _, s := range p.Report.Submissions {
		if s.AsExpected != nil {
			of++
			if *s.AsExpected {
				as++
			}
		}
	}
	if p.Partial {
		return p.Progress() + fmt.Sprintf(" (%d of %d as expected so far)", as, of)
	}
	return fmt.Sprintf("%d of %d as expected", as, of)
}

// markdown shows an untrusted text in one line and without markup. What GitHub might treat as markup is code, where
// it finds no mention, link, issue or emoji. There all markup characters are entities, so neither a table nor the
// code ends before the text does.
func markdown(s string) string {
	s = text.Line(strings.ReplaceAll(s, "\n", " "))
	odd := strings.ContainsFunc(s, func(c rune) bool { return !isPlain(c) && c != '.' && c != ':' })
	if !odd && strings.Count(s, ":") < 2 && !strings.Contains(s, "://") && !strings.Contains(s, "www.") {
		return s
	}
	var b strings.Builder
	b.WriteString("<code>")
	for _, c := range s {
		if isPlain(c) {
			b.WriteRune(c)
		} else {
			fmt.Fprintf(&b, "&#%d;", c)
		}
	}
	b.WriteString("</code>")
	return b.String()
}

// isPlain reports whether a character is never markup within a line of Markdown.
func isPlain(c rune) bool {
	letter := c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
	return letter || c >= utf8.RuneSelf || strings.ContainsRune(" /-,;()", c)
}
