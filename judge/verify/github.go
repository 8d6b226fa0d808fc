package verify

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"judge/problems/text"
)

// mostAnnotations bounds annotations: GitHub shows ten errors and ten warnings of a step, and fifty of a job.
const mostAnnotations = 50

// mostSummary is how large a step's summary may be: GitHub refuses one of more than 1 MiB.
const mostSummary = 1<<20 - 4<<10

// WriteAnnotations writes workflow commands, each of which puts a finding beside its line. Errors come first, as what is over the bound is
// only counted. (docs.github.com, "Workflow commands for GitHub Actions")
func WriteAnnotations(w io.Writer, r Result) error {
	r = text.Clean(r)
	var b strings.Builder
	written, left := 0, 0
	if r.Partial {
		fmt.Fprintf(&b, "::error title=judge verify::%s\n", data(r.Interruption()))
	}
	if words := omissions(r, asItIs); words != "" {
		fmt.Fprintf(&b, "::notice title=judge verify::%s\n", data(words))
	}
	for _, o := range r.Omitted {
		if o.Warning {
			fmt.Fprintf(&b, "::warning title=judge verify::%s\n", data(o.Path+": "+o.Reason))
		}
	}
	for _, severity := range []Severity{Error, Warning} {
		for _, p := range r.Problems {
			for _, f := range p.Findings {
				switch {
				case f.Severity != severity:
				case written == mostAnnotations:
					left++
				default:
					written++
					fmt.Fprintln(&b, annotation(p, f))
				}
			}
		}
	}
	if left > 0 {
		fmt.Fprintf(&b, "::notice::%d more findings are in the log and in the report\n", left)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write annotations: %w", err)
	}
	return nil
}

func annotation(p Problem, f Finding) string {
	properties := "file=" + property(f.File)
	if f.Line > 0 {
		properties += fmt.Sprintf(",line=%d", f.Line)
	}
	title := p.Name
	if f.Subject != "" {
		title += ": " + f.Subject
	}
	return fmt.Sprintf("::%s %s,title=%s::%s", f.Severity, properties, property(title), data(f.Message))
}

// omissions names what was not verified and is no warning, in a sentence; "" if there is nothing.
func omissions(r Result, show func(string) string) string {
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

// data escapes what stands behind the command, property what stands within: without it, a message could hold commands.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text.Neutral(s))
}

func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(s))
}

// WriteSummary writes the summary of a step, in Markdown.
func WriteSummary(w io.Writer, r Result) error {
	r = text.Clean(r)
	var b strings.Builder
	fmt.Fprintf(&b, "## judge verify: %s, %s, %s\n\n", plural(len(r.Problems), "problem"), plural(r.Errors(), "error"), plural(r.Warnings(), "warning"))
	if r.Partial {
		fmt.Fprintf(&b, "**%s**\n\n", r.interruption(markdown))
	}
	if words := omissions(r, markdown); words != "" {
		fmt.Fprintf(&b, "%s\n\n", words)
	}
	for _, o := range r.Omitted {
		if o.Warning && b.Len() < mostSummary/2 {
			fmt.Fprintf(&b, "**warning** %s: %s\n\n", markdown(o.Path), markdown(o.Reason))
		}
	}
	b.WriteString("| problem | submissions | errors | warnings |\n|---|---|---|---|\n")
	for _, p := range r.Problems {
		row := fmt.Sprintf("| %s | %s | %d | %d |\n", markdown(p.Path), expectations(p), p.count(Error), p.count(Warning))
		if b.Len()+len(row) > mostSummary/2 {
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
			if len(section) > mostSummary/4 {
				break
			}
		}
		if b.Len()+len(section) > mostSummary {
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

// markdown shows a foreign text in one line and without markup. What GitHub might take for any is code, in which it looks
// for no mention, link, issue or emoji. There everything that is markup somewhere is an entity, so that neither a table
// nor the code ends before the text does.
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

// isPlain reports whether Markdown never takes a character for markup within a line.
func isPlain(c rune) bool {
	letter := c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
	return letter || c >= utf8.RuneSelf || strings.ContainsRune(" /-,;()", c)
}
