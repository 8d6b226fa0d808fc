package report

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"judge/problems"
)

func seconds(s float64) string { return fmt.Sprintf("%.2f s", s) }

func mebibytes(bytes int64) string {
	mib := float64(bytes) / (1 << 20)
	if mib < 10 {
		return fmt.Sprintf("%.1f MiB", mib)
	}
	return fmt.Sprintf("%.0f MiB", mib)
}

// number writes a limit without needless zeros.
func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// judged is a verdict with its reason: "RTE exit 3".
func judged(v problems.Verdict, reason string) string {
	return strings.TrimSpace(v.String() + " " + reason)
}

// plural writes "1 test", "2 tests".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// cut shortens a text to a width of that many columns.
func cut(text string, width int) string { return runewidth.Truncate(text, width, "…") }

// shortNames gives each submission the shortest end of its path that no other has.
func shortNames(submissions []Submission) []string {
	names := make([]string, len(submissions))
	for i, s := range submissions {
		parts := strings.Split(strings.TrimSuffix(s.Path, "/"), "/")
		for n := 1; n <= len(parts); n++ {
			names[i] = path.Join(parts[len(parts)-n:]...)
			if !endsAnother(submissions, i, names[i]) {
				break
			}
		}
	}
	return names
}

func endsAnother(submissions []Submission, self int, name string) bool {
	for i, s := range submissions {
		trimmed := strings.TrimSuffix(s.Path, "/")
		if i != self && (trimmed == name || strings.HasSuffix(trimmed, "/"+name)) {
			return true
		}
	}
	return false
}

// palette colours words, or leaves them as they are.
type palette struct{ on bool }

func (p palette) paint(code, text string) string {
	if !p.on || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (p palette) bold(text string) string  { return p.paint("1", text) }
func (p palette) faint(text string) string { return p.paint("2", text) }

// verdict colours a text by a verdict: green passes, yellow is a limit, red is wrong, grey was not run, magenta is ours.
func (p palette) verdict(v problems.Verdict, text string) string {
	codes := map[problems.Verdict]string{
		problems.AC: "32", problems.WA: "31", problems.RTE: "31", problems.CE: "31", problems.TLE: "33", problems.MLE: "33",
		problems.OLE: "33", problems.JE: "1;35", problems.SKIP: "2",
	}
	return p.paint(codes[v], text)
}
