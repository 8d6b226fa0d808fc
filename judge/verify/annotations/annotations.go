// Package annotations writes the findings of verify as workflow commands, which GitHub Actions shows next to the lines
// of files (docs.github.com, "Workflow commands for GitHub Actions").
//
//	err := annotations.Write(w, result, annotations.Place{Repository: root})
package annotations

import (
	"fmt"
	"io"
	"strings"

	"judge/judge/verify"
	"judge/problems/text"
)

// most bounds the errors, and the warnings: GitHub shows ten of each for a step.
const most = 10

// Write writes an annotation for each cause. Problems take turns, so that none takes all the room; the last annotation
// counts what is left.
func Write(w io.Writer, r verify.Result, at Place) error {
	located := at.Locate(r) // before names are escaped
	r = text.Clean(located)
	title := r.Command() // of an annotation about no one problem
	var b strings.Builder
	for _, severity := range []verify.Severity{verify.Error, verify.Warning} {
		var lines []string
		if r.Partial && severity == verify.Error {
			lines = append(lines, command(severity, "title="+title, r.Interruption()))
		}
		chosen, left := choose(causes(r, severity), most-len(lines))
		for _, c := range chosen {
			lines = append(lines, c.command(severity))
		}
		if left > 0 {
			rest := more(left, severity) + " in the log and in the report"
			lines = append(lines, command(severity, "title="+title, rest))
		}
		b.WriteString(strings.Join(lines, ""))
	}
	if words := r.Omissions(); words != "" {
		b.WriteString(command("notice", "title="+title, words))
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write annotations: %w", err)
	}
	return nil
}

func more(n int, s verify.Severity) string {
	if n == 1 {
		return fmt.Sprintf("1 more %s is", s)
	}
	return fmt.Sprintf("%d more %ss are", n, s)
}

// cause is what findings of one problem have in common.
type cause struct {
	problem string // its name; "" for findings about no one problem
	first   verify.Finding
	more    int // findings
}

// causes are those of one severity, by problem.
func causes(r verify.Result, s verify.Severity) [][]cause {
	all := [][]cause{of(r.Command(), r.Findings, s)}
	for _, o := range r.Merged() {
		if o.Warning && s == verify.Warning {
			all = append(all, []cause{{problem: r.Command(), first: verify.Finding{Message: o.Path + ": " + o.Reason}}})
		}
	}
	for _, p := range r.Problems {
		all = append(all, of(p.Name, p.Findings, s))
	}
	return all
}

func of(problem string, findings []verify.Finding, s verify.Severity) (all []cause) {
	type key struct {
		check   verify.Kind
		message string
	}
	at := map[key]int{}
	for _, f := range findings {
		if f.Severity != s {
			continue
		}
		k := key{f.Check, f.Message}
		if i, known := at[k]; known {
			all[i].more++
			continue
		}
		at[k] = len(all)
		all = append(all, cause{problem: problem, first: f})
	}
	return all
}

// choose takes causes from one problem after the other until there is no room, and counts the findings that are left.
// Where something is left, it leaves room to say so.
func choose(problems [][]cause, room int) (chosen []cause, left int) {
	var turns []cause
	for turn := 0; ; turn++ {
		before := len(turns)
		for _, all := range problems {
			if turn < len(all) {
				turns = append(turns, all[turn])
			}
		}
		if len(turns) == before {
			break
		}
	}
	if len(turns) <= room {
		return turns, 0
	}
	for _, c := range turns[room-1:] {
		left += 1 + c.more
	}
	return turns[:room-1], left
}

func (c cause) command(s verify.Severity) string {
	var properties []string
	if c.first.File != "" {
		properties = append(properties, "file="+property(c.first.File))
	}
	if c.first.Line > 0 {
		properties = append(properties, fmt.Sprintf("line=%d", c.first.Line))
	}
	title := c.problem
	if c.first.Subject != "" {
		title += ": " + c.first.Subject
	}
	properties = append(properties, "title="+property(title))
	message := c.first.Message
	if c.more > 0 {
		message += fmt.Sprintf(" (and %d more like this)", c.more)
	}
	return command(s, strings.Join(properties, ","), message)
}

func command(s verify.Severity, properties, message string) string {
	return fmt.Sprintf("::%s %s::%s\n", s, properties, data(message))
}

// data escapes the text after the command, property the text within it: without it, a message could hold commands.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text.Neutral(s))
}

func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(s))
}
