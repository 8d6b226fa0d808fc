package report

import (
	"fmt"
	"io"
	"strings"

	"judge/problems"
)

// evidenceLines bounds what is shown of a compiler's words or of stderr.
const evidenceLines = 10

// evidence tells, for every submission that failed, what the first failing test showed.
func evidence(w io.Writer, r *Report, names []string, p palette) {
	for i, s := range r.Submissions {
		if s.Verdict == problems.AC {
			continue
		}
		title := p.bold(names[i]) + ": " + p.verdict(s.Verdict, judged(s.Verdict, s.Reason))
		t := firstFailure(s)
		if t == nil || s.Verdict == problems.CE {
			if s.Verdict == problems.SKIP {
				continue // nothing was seen
			}
			fmt.Fprintln(w, title)
			excerpt(w, s.Compile.Log)
			continue
		}
		fmt.Fprintf(w, "%s on test %s%s\n", title, t.Name, measure(r.Problem.Limits, t))
		if t.Difference != nil {
			fmt.Fprintf(w, "    %s\n", difference(t.Difference))
		}
		if t.Message != "" {
			fmt.Fprintf(w, "    %s\n", t.Message)
		}
		if t.Stderr != "" {
			fmt.Fprintln(w, p.faint("    stderr:"))
			excerpt(w, t.Stderr)
		}
	}
}

// measure is the figure that went with a limit.
func measure(l Limits, t *Test) string {
	switch {
	case t.Verdict == problems.TLE && t.Reason == "cpu":
		return fmt.Sprintf(": %s of %s s", seconds(t.CPUSeconds), number(l.TimeLimit))
	case t.Verdict == problems.TLE:
		return fmt.Sprintf(": %s elapsed of %s s, %s of CPU", seconds(t.WallSeconds), number(l.WallTime), seconds(t.CPUSeconds))
	case t.Verdict == problems.MLE:
		return fmt.Sprintf(": all of %s MiB", number(l.Memory))
	case t.Verdict == problems.OLE:
		return fmt.Sprintf(": more than %s MiB", number(l.Output))
	default:
		return ""
	}
}

func difference(d *Difference) string {
	var at []string
	for _, part := range []struct {
		name  string
		value int
	}{{"line", d.Line}, {"column", d.Column}, {"token", d.Token}} {
		if part.value > 0 {
			at = append(at, fmt.Sprintf("%s %d", part.name, part.value))
		}
	}
	return fmt.Sprintf("%s: expected %s, got %s", strings.Join(at, ", "), side(d.Expected, d.ExpectedEnd), side(d.Got, d.GotEnd))
}

func side(text string, end bool) string {
	if end {
		return "the end"
	}
	return `"` + cut(text, 60) + `"`
}

// excerpt writes the first lines of a text, indented.
func excerpt(w io.Writer, text string) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		if line == "" && len(lines) == 1 {
			return
		}
		if i == evidenceLines {
			fmt.Fprintf(w, "    … %s more\n", plural(len(lines)-i, "line"))
			return
		}
		fmt.Fprintf(w, "    %s\n", cut(strings.ReplaceAll(line, "\t", "    "), 116))
	}
}
