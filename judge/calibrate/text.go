package calibrate

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// barWidth leaves room for times, counts and marks on a terminal of 80 columns.
const barWidth = 32

// Write writes the result for people: a line for each submission, how the times spread, and which limits fit.
func (r Result) Write(w io.Writer) error {
	r = text.Clean(r)
	var b strings.Builder
	fmt.Fprintf(&b, "%s   %s\n", r.Problem, strings.Join(r.facts(), " · "))
	if err := r.grid().Write(&b); err != nil {
		return err
	}
	if bins := histogram(r.Timings); len(bins) > 0 {
		marks := r.marks()
		fmt.Fprintf(&b, "\nCPU time of each test: █ AC, ░ TLE\n%s", draw(spanning(bins, marks), marks, barWidth))
	}
	b.WriteString("\n")
	for _, line := range r.findings() {
		b.WriteString(line + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Result) facts() []string {
	facts := []string{"isolation " + r.Machine.Isolation}
	if r.Machine.Speed > 0 {
		facts = append(facts, fmt.Sprintf("speed of this machine %.2f", r.Machine.Speed))
	}
	return facts
}

func (r Result) grid() report.Grid {
	g := report.Grid{
		Align:  "llllrl",
		Header: []string{"submission", "language", "expected", "verdict", "time", "on test"},
	}
	for _, t := range r.Timings {
		verdict := t.Verdict.String()
		if t.Reason != "" {
			verdict += " " + string(t.Reason)
		}
		time, test := "-", "-"
		if t.Test != "" {
			time, test = fmt.Sprintf("%.3f s", t.Seconds), t.Test
		}
		if t.Stopped {
			time = "> " + time
		}
		g.Rows = append(g.Rows, []string{
			report.Name(t.Path), t.Language, t.Kind.expected(), report.Name(verdict), time, report.Name(test),
		})
	}
	return g
}

func (r Result) marks() []mark {
	var marks []mark
	l := r.Limits
	if l.Slowest != nil {
		marks = append(marks, mark{l.Slowest.Seconds, "slowest AC"}, mark{l.Proposed, "proposed"})
	}
	if l.Declared > 0 && l.Declared != l.Proposed {
		marks = append(marks, mark{l.Declared, "time limit"})
	}
	if l.Fastest != nil {
		marks = append(marks, mark{l.Fastest.Seconds, "fastest TLE"})
	}
	return marks
}

// findings are the conclusions, a line each.
func (r Result) findings() []string {
	l := r.Limits
	var lines []string
	for _, t := range r.Timings {
		if t.failed() {
			lines = append(lines,
				fmt.Sprintf("%s: expected AC, got %s: its times are ignored", report.Name(t.Path), t.Verdict))
		}
	}
	for _, t := range r.Timings {
		if t.waits() && !t.failed() {
			lines = append(lines, report.Name(t.Path)+": TLE by waiting, not by CPU time: its times are ignored")
		}
	}
	if r.Partial {
		return append(lines, "PARTIAL: interrupted; no limit is proposed")
	}
	if l.Slowest == nil {
		return append(lines, "no AC submission to derive a time limit from")
	}
	lines = append(lines, fmt.Sprintf("at least %.3f s: the slowest AC submission takes %.3f s, times %s",
		l.Least, l.Slowest.Seconds, plain(r.Rule.ACToTimeLimit)))
	if l.Most == nil {
		lines = append(lines, "no TLE submission: no upper bound")
	} else {
		stopped := ""
		if l.Fastest.Stopped {
			stopped = "more than "
		}
		lines = append(lines, fmt.Sprintf("at most %.3f s: the fastest TLE submission takes %s%.3f s, divided by %s",
			*l.Most, stopped, l.Fastest.Seconds, plain(r.Rule.TimeLimitToTLE)))
	}
	return append(lines, r.advice()...)
}

func (r Result) advice() []string {
	l := r.Limits
	var lines []string
	switch {
	case l.ProposedFits:
		lines = append(lines, fmt.Sprintf("proposed: time_limit: %s", plain(l.Proposed)))
	case l.Most != nil && *l.Most < l.Least:
		lines = append(lines, "no limit fits: the slowest AC and the fastest TLE submission are too close")
	default:
		step := plain(r.Rule.TimeResolution)
		lines = append(lines, fmt.Sprintf("no multiple of %s s fits: use a smaller time resolution", step))
	}
	switch {
	case l.Declared == 0:
	case l.DeclaredFits:
		lines = append(lines, fmt.Sprintf("the declared time limit of %s s fits", plain(l.Declared)))
	case l.Declared < l.Least:
		lines = append(lines, fmt.Sprintf("the declared time limit of %s s is too short", plain(l.Declared)))
	default:
		lines = append(lines, fmt.Sprintf("the declared time limit of %s s is too long", plain(l.Declared)))
	}
	return lines
}

func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// Lacking returns what keeps a problem from being calibrated; "": nothing does.
func Lacking(submissions []problems.Submission) string {
	for _, s := range submissions {
		if kind, ok := KindOf(s); ok && kind == Accepted {
			return ""
		}
	}
	return "no submission with the expected verdict AC: list one under `submissions:` with `expect: AC`"
}
