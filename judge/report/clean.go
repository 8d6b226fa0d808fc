package report

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable makes a text of several lines fit for a terminal: what is not printable (control characters, the marks that
// turn text round, bytes that are not UTF-8) becomes a visible escape. Line ends and tabs stay.
func Printable(text string) string { return escape(text, "\n\t") }

// oneLine is Printable without line ends and tabs.
func oneLine(text string) string { return escape(text, "") }

func escape(text, keep string) string {
	var b strings.Builder
	for text != "" {
		c, size := utf8.DecodeRuneInString(text)
		raw := text[:size]
		text = text[size:]
		if strings.ContainsRune(keep, c) || unicode.IsPrint(c) && (c != utf8.RuneError || size > 1) {
			b.WriteString(raw)
			continue
		}
		quoted := strconv.QuoteToASCII(raw)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}

// cleaned is a copy of the report whose texts are fit for a terminal, for a saved report may come from anywhere.
func cleaned(r *Report) *Report {
	c := *r
	c.Problem.Name, c.Problem.Path = oneLine(r.Problem.Name), oneLine(r.Problem.Path)
	c.Machine.Isolation = oneLine(r.Machine.Isolation)
	c.Submissions = slices.Clone(r.Submissions)
	for i := range c.Submissions {
		s := &c.Submissions[i]
		s.Path, s.Language, s.Reason = oneLine(s.Path), oneLine(s.Language), oneLine(s.Reason)
		s.Unmet = slices.Clone(s.Unmet)
		for k := range s.Unmet {
			s.Unmet[k] = oneLine(s.Unmet[k])
		}
		s.Compile.Log = Printable(s.Compile.Log)
		s.Groups = slices.Clone(s.Groups)
		for k := range s.Groups {
			g := &s.Groups[k]
			g.Name, g.Reason, g.Test, g.Lacks = oneLine(g.Name), oneLine(g.Reason), oneLine(g.Test), oneLine(g.Lacks)
		}
		s.Tests = slices.Clone(s.Tests)
		for k := range s.Tests {
			cleanTest(&s.Tests[k])
		}
	}
	return &c
}

func cleanTest(t *Test) {
	t.Name, t.Group, t.Reason = oneLine(t.Name), oneLine(t.Group), oneLine(t.Reason)
	t.Message, t.Stderr, t.Interaction = oneLine(t.Message), Printable(t.Stderr), Printable(t.Interaction)
	if t.Difference != nil {
		d := *t.Difference
		d.Expected, d.Got = oneLine(d.Expected), oneLine(d.Got)
		t.Difference = &d
	}
}
