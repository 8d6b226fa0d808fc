package grade

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"judge/judge/contest"
	"judge/judge/contest/output"
	"judge/judge/report"
	"judge/problems/text"
)

// Write prints the counts, and each difference. with names the other side.
func (a Against) Write(w io.Writer, with string, c *contest.Contest) error {
	teams, labels := map[string]string{}, map[string]string{}
	for _, t := range c.Teams {
		teams[t.ID] = cmp.Or(t.DisplayName, t.Name)
	}
	for _, p := range c.Problems {
		labels[p.ID] = p.Label
	}
	b := &strings.Builder{}
	fmt.Fprintf(b, "compared with %s: %d judged by both, %s", text.Line(with), a.Compared,
		output.Differ(len(a.Differ)))
	if a.Pending > 0 {
		fmt.Fprintf(b, ", %d pending", a.Pending)
	}
	if len(a.Missing) > 0 {
		fmt.Fprintf(b, ", %d only here", len(a.Missing))
	}
	b.WriteString("\n")
	for _, d := range a.Differ {
		s := d.Submission
		fmt.Fprintf(b, "  %s  %s, problem %s: %s there, %s here", text.Line(s.ID), report.Name(teams[s.Team]),
			report.Name(labels[s.Problem]), d.Other.describe(), d.Own.describe())
		if d.Judgement.Evidence != "" {
			fmt.Fprintf(b, ": %s", text.Line(d.Judgement.Evidence))
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (v Verdict) describe() string {
	if v.Score != nil {
		return fmt.Sprintf("%s %g", text.Line(v.Type), *v.Score)
	}
	return text.Line(v.Type)
}

// Subject describes a selection: "problem C, team KTH"; "" if every submission is chosen.
func Subject(s contest.Selection) string {
	var verdicts []string
	for _, v := range s.Verdicts {
		verdicts = append(verdicts, v.String())
	}
	var parts []string
	for _, one := range []struct {
		noun   string
		values []string
	}{
		{"problem", s.Problems}, {"team", s.Teams}, {"language", s.Languages}, {"submission", s.Submissions},
		{"verdict", verdicts}, {"machine", s.Machines},
	} {
		if len(one.values) > 1 {
			one.noun += "s"
		}
		if len(one.values) > 0 {
			parts = append(parts, one.noun+" "+report.Short(strings.Join(one.values, ", ")))
		}
	}
	if s.From != nil {
		parts = append(parts, fmt.Sprintf("from %v", *s.From))
	}
	if s.To != nil {
		parts = append(parts, fmt.Sprintf("to %v", *s.To))
	}
	return strings.Join(parts, ", ")
}
