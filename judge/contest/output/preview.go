package output

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/judge/report"
	"judge/problems/text"
)

// mostNamed is how many submissions of a kind a preview names.
const mostNamed = 10

// Preview draws what a rejudging changes: the verdicts before (rows) and after (columns), the submissions that gain
// and lose by it, and the teams whose rank or medal changes. title names the rejudging, such as "rejudging 2 of
// problem C".
func (t Terminal) Preview(w io.Writer, title string, c *contest.Contest, d score.Difference) error {
	var out bytes.Buffer
	line := fmt.Sprintf("%s: %d judged, %s", text.Line(title), d.Judged, Differ(d.Differ))
	fmt.Fprintf(&out, "%s\n", report.CutMiddle(line, t.columns()))
	if len(d.Verdicts) > 0 {
		if err := t.matrix(d).Write(&out); err != nil {
			return err
		}
	}
	names := map[string]string{}
	for _, team := range c.Teams {
		names[team.ID] = report.CutMiddle(nameOf(team), longestName)
	}
	scores := c.Scoring.Type == contest.Score
	t.changes(&out, "gain", "gains", d.Gain, names, scores)
	t.changes(&out, "lose", "loses", d.Lose, names, scores)
	t.changes(&out, "change otherwise", "changes otherwise", d.Other, names, scores)
	t.teams(&out, d.Teams, names)
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write the preview: %w", err)
	}
	return nil
}

// Differ writes "1 differs", "2 differ".
func Differ(n int) string {
	if n == 1 {
		return "1 differs"
	}
	return strconv.Itoa(n) + " differ"
}

// matrix is the table of verdicts before and after.
func (t Terminal) matrix(d score.Difference) report.Grid {
	g := report.Grid{Align: "l", Header: []string{"before / after"}}
	for i, verdict := range d.Verdicts {
		g.Align, g.Header = g.Align+"r", append(g.Header, verdict.String())
		row := []string{verdict.String()}
		for k, n := range d.Matrix[i] {
			count := strconv.Itoa(n)
			if t.Color && n > 0 && i != k {
				count = report.Paint(d.Verdicts[k], count)
			}
			row = append(row, count)
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// changes names the submissions of a kind, one a line.
func (t Terminal) changes(
	out *bytes.Buffer, many, one string, all []score.Change, names map[string]string, scores bool,
) {
	if len(all) == 0 {
		return
	}
	verb := many
	if len(all) == 1 {
		verb = one
	}
	fmt.Fprintf(out, "%s %s:\n", plural(len(all), "submission"), verb)
	for _, change := range all[:min(len(all), mostNamed)] {
		s := change.Submission
		line := fmt.Sprintf("  %s  %s, problem %s: %s to %s", text.Line(s.ID), orID(names, s.Team),
			text.Line(s.Problem), verdict(change.Before, scores), verdict(change.After, scores))
		fmt.Fprintf(out, "%s\n", report.CutMiddle(line, t.columns()))
	}
	if left := len(all) - mostNamed; left > 0 {
		fmt.Fprintf(out, "  and %d more\n", left)
	}
}

// orID returns the name of a team; its id if the contest has no such team.
func orID(names map[string]string, team string) string {
	if name, known := names[team]; known {
		return name
	}
	return text.Line(team)
}

// verdict writes a judgement for people: "WA", and "WA 30" if there are scores.
func verdict(j *contest.Judgement, scores bool) string {
	switch {
	case j == nil:
		return "unjudged"
	case scores && j.Score != nil:
		return j.Verdict.String() + " " + points(*j.Score)
	}
	return j.Verdict.String()
}

// teams names the teams whose rank or medal changes, all of them: they are what a jury decides by.
func (t Terminal) teams(out *bytes.Buffer, all []score.TeamChange, names map[string]string) {
	if len(all) == 0 {
		out.WriteString("scoreboard: no rank or medal changes\n")
		return
	}
	fmt.Fprintf(out, "scoreboard: %s rank or medal\n", changed(len(all)))
	for _, change := range all {
		var parts []string
		if change.Before.Rank != change.After.Rank {
			parts = append(parts, fmt.Sprintf("rank %d to %d", change.Before.Rank, change.After.Rank))
		}
		if change.MedalBefore != change.MedalAfter {
			parts = append(parts, fmt.Sprintf("%s to %s", medal(change.MedalBefore), medal(change.MedalAfter)))
		}
		line := fmt.Sprintf("  %s: %s", orID(names, change.After.Team.ID), strings.Join(parts, ", "))
		fmt.Fprintf(out, "%s\n", report.CutMiddle(line, t.columns()))
	}
}

func changed(n int) string {
	if n == 1 {
		return "1 team changes"
	}
	return strconv.Itoa(n) + " teams change"
}

func medal(m score.Medal) string {
	if m == score.NoMedal {
		return "no medal"
	}
	return m.String()
}
