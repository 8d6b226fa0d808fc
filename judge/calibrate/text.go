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
		fmt.Fprintf(&b, "\nCPU time of every test: █ accepted, ░ too slow\n%s", draw(bins, r.marks(), barWidth))
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
	g := report.Grid{Align: "llllrl", Header: []string{"submission", "language", "expected", "verdict", "time", "on test"}}
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
		g.Rows = append(g.Rows, []string{report.Name(t.Path), t.Language, string(t.Kind), report.Name(verdict), time, report.Name(test)})
	}
	return g
}

func (r Result) marks() []mark {
	var marks []mark
	l := r.Limits
	if l.Slowest != nil {
		marks = append(marks, mark{l.Slowest.Seconds, "slowest accepted"}, mark{l.Proposed, "proposed"})
	}
	if l.Declared > 0 && l.Declared != l.Proposed {
		marks = append(marks, mark{l.Declared, "time limit"})
	}
	if l.Fastest != nil {
		marks = append(marks, mark{l.Fastest.Seconds, "fastest too slow"})
	}
	return marks
}

// findings say in words what follows.
func (r Result) findings() []string {
	l := r.Limits
	var lines []string
	for _, t := range r.Timings {
		if t.failed() {
			lines = append(lines, fmt.Sprintf("%s should be accepted and is %s: its times do not count", report.Name(t.Path), t.Verdict))
		}
	}
	for _, t := range r.Timings {
		if t.waits() && !t.failed() {
			lines = append(lines, fmt.Sprintf("%s waits and uses no time: its times do not count", report.Name(t.Path)))
		}
	}
	if r.Partial {
		return append(lines, "PARTIAL: the measuring was interrupted, and no limit is proposed")
	}
	if l.Slowest == nil {
		return append(lines, "no accepted submission: no limit can be proposed")
	}
	lines = append(lines, fmt.Sprintf("at least %.3f s: the slowest accepted submission takes %.3f s, times %s", l.Least, l.Slowest.Seconds, plain(r.Rule.ACToTimeLimit)))
	if l.Most == nil {
		lines = append(lines, "no submission is too slow: there is no upper bound")
	} else {
		stopped := ""
		if l.Fastest.Stopped {
			stopped = "more than "
		}
		lines = append(lines, fmt.Sprintf("at most %.3f s: the fastest too slow submission takes %s%.3f s, divided by %s",
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
		lines = append(lines, "no limit fits: accepted and too slow submissions are too near to each other")
	default:
		lines = append(lines, fmt.Sprintf("no multiple of %s s fits: try a finer --time-resolution", plain(r.Rule.TimeResolution)))
	}
	switch {
	case l.Declared == 0:
	case l.DeclaredFits:
		lines = append(lines, fmt.Sprintf("the problem's time_limit: %s fits", plain(l.Declared)))
	case l.Declared < l.Least:
		lines = append(lines, fmt.Sprintf("the problem's time_limit: %s is too short", plain(l.Declared)))
	default:
		lines = append(lines, fmt.Sprintf("the problem's time_limit: %s is too long", plain(l.Declared)))
	}
	return lines
}

func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// Lacking says what keeps a problem from being calibrated; "" when nothing does.
func Lacking(submissions []problems.Submission) string {
	for _, s := range submissions {
		if kind, ok := KindOf(s); ok && kind == Accepted {
			return ""
		}
	}
	return "no submission is stated to be accepted: list some under `submissions:`, with `expect: [AC]`"
}
