package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"judge/problems"
)

// maxGroups is how many groups have a line of their own beneath several submissions.
const maxGroups = 12

// points writes a number of points.
func points(x float64) string {
	const beyond = 1e9 // what any problem gives; a checker may write anything
	if math.Abs(x) > beyond {
		return strconv.FormatFloat(x, 'g', 3, 64)
	}
	return strconv.FormatFloat(round(x), 'f', -1, 64)
}

// round drops what sums of shares leave behind the decimals that matter.
func round(x float64) float64 {
	const places = 1e6
	return math.Round(x*places) / places
}

// earned writes the points next to the most that there are.
func (d *drawing) earned(score, of float64) string {
	text := points(score) + " of " + points(of)
	switch {
	case score >= of:
		return d.p.good(text)
	case score <= 0:
		return d.p.bad(text)
	default:
		return text
	}
}

// groups draws what a single submission has scored in each group, and why not more.
func (d *drawing) groups(s Submission) error {
	if s.Score == nil || s.Verdict == problems.CE {
		return nil
	}
	g := Grid{
		Align: "lrl", Header: []string{"group", "points", ""},
		Footer: []string{"score", d.earned(*s.Score, s.Worth), ""},
	}
	for _, group := range s.Groups {
		name := CutMiddle(group.Name, maxName)
		g.Rows = append(g.Rows, []string{name, d.earned(group.Score, group.Points), d.why(group)})
	}
	d.line("")
	return g.Write(&d.b)
}

// why returns what kept a group from scoring more; "" when nothing did.
func (d *drawing) why(g Group) string {
	switch {
	case g.MissingGroup != "":
		return "requires " + CutMiddle(g.MissingGroup, maxName)
	case g.Verdict != problems.AC:
		return d.p.verdict(g.Verdict, brief(g.Verdict, g.Reason)) + " on test " + CutMiddle(g.Test, maxName)
	default:
		return ""
	}
}

// scored reports whether there are points to show beneath the columns.
func (d *drawing) scored() bool {
	return slices.ContainsFunc(d.r.Submissions, func(s Submission) bool { return s.Score != nil })
}

// pointLabels name the lines of pointLines.
func (d *drawing) pointLabels() []string {
	if !d.scored() {
		return nil
	}
	labels := []string{"score"}
	if groups := d.r.Submissions[0].Groups; len(groups) <= maxGroups {
		for _, g := range groups {
			labels = append(labels, fmt.Sprintf("  %s", CutMiddle(g.Name, maxName)))
		}
	}
	return labels
}

// pointLines are the points of one of several submissions, in all and by group.
func (d *drawing) pointLines(s Submission) []string {
	if !d.scored() {
		return nil
	}
	if s.Score == nil {
		return slices.Repeat([]string{"-"}, len(d.pointLabels()))
	}
	lines := []string{d.earned(*s.Score, s.Worth)}
	if len(s.Groups) <= maxGroups {
		for _, g := range s.Groups {
			lines = append(lines, d.earned(g.Score, g.Points))
		}
	}
	return lines
}
