package report

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/mattn/go-runewidth"

	"judge/problems"
)

// Bounds of the list of submissions, and of the names in a table.
const (
	longestName  = 60 // of a submission in the head of its column, if the terminal has room
	shortestName = 10
	maxNameShown = 80 // of a submission that has its own line
	maxFaults    = 10 // submissions in a list whose evidence is shown
)

// listed draws a line for each submission, where their columns do not fit the terminal.
func (d *drawing) listed() error {
	scored, expected := d.scored(), d.anyExpected()
	g := Grid{Align: "llrrr", Header: []string{"submission", "verdict", "passed", "time", "memory"}}
	if scored {
		g.Align, g.Header = g.Align+"r", append(g.Header, "score")
	}
	if expected {
		g.Align, g.Header = g.Align+"l", append(g.Header, "expected")
	}
	for _, s := range d.r.Submissions {
		time, memory := maxima(s)
		row := []string{
			"", d.p.verdict(s.Verdict, verdictAt(s)), fmt.Sprintf("%d/%d", passed(s), len(s.Tests)), time, memory,
		}
		if scored && s.Score == nil {
			row = append(row, "-")
		} else if scored {
			row = append(row, points(*s.Score))
		}
		if expected {
			row = append(row, d.expectation(s))
		}
		g.Rows = append(g.Rows, row)
	}
	room := max(d.width-g.width()+runewidth.StringWidth(g.Header[0]), shortestName)
	for i, name := range d.names {
		g.Rows[i][0] = CutMiddle(name, min(room, maxNameShown))
	}
	return g.Write(&d.b)
}

// verdictAt is a submission's verdict with the test that decided it: "WA@7".
func verdictAt(s Submission) string {
	i := firstFailure(s)
	if i < 0 || s.Verdict == problems.AC || s.Tests[i].Verdict != s.Verdict {
		return s.Verdict.String()
	}
	return s.Verdict.String() + "@" + CutMiddle(s.Tests[i].Name, maxName)
}

// fits draws all submissions side by side, with names as long as the terminal has room for. ok is false if they do not
// fit.
func (d *drawing) fits() (block Grid, ok bool) {
	if len(d.r.Submissions)*shortestName > d.width {
		return Grid{}, false
	}
	for _, most := range []int{longestName, 40, 30, 24, maxName, 14, shortestName} {
		if block = d.block(0, len(d.r.Submissions), most); block.width() <= d.width {
			return block, true
		}
	}
	return Grid{}, false
}

// unsurprising reports whether a submission has the verdict that its author expects, and needs no evidence among many.
func unsurprising(s Submission) bool {
	isJE := func(t Test) bool { return t.Verdict == problems.JE }
	return s.AsExpected != nil && *s.AsExpected && !slices.ContainsFunc(s.Tests, isJE)
}

// more writes how many failed submissions have no evidence.
func more(n int) string { return "… and " + strconv.Itoa(n) + " more that failed" }
