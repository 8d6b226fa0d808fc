// Package output writes the results of a contest: the scoreboard and the preview of a rejudging for a terminal, and
// files that other programs read.
//
//	err := output.Terminal{Color: true, Width: 120}.Board(os.Stdout, "Spring contest", board)
//	err := output.JSON(file, results, options)
//
// It computes nothing: ranks and scores are those of package score. Where a frozen scoreboard is chosen, no output
// shows what a submission made during the freeze has achieved.
package output

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// Terminal is how results are drawn on a terminal. The zero value is plain, for a pipe.
type Terminal struct {
	Color bool
	Width int // columns; 0: as many as are needed
	Rows  int // the most rows of a scoreboard; 0: all
}

// Widths of a team's name, in columns.
const (
	longestName  = 40
	shortestName = 12
)

// Board draws a scoreboard. title is the contest's name; "": none is drawn.
//
// A cell of a pass-fail contest shows the problem's part of the penalty:
//
//	12         solved in minute 12 with the first submission
//	1+44       solved in minute 44 after 1 rejected submission
//	-2         2 rejected submissions
//	pending    a submission is not judged, is a judge error, or was made during the freeze
//	-2 pending both
//
// A cell of a score contest shows the score; a cell of an untimed contest shows + in place of the minute. If the
// terminal is too narrow, names are shortened in the middle; then ? stands for pending and + for the minute; then
// the last problems are left out, and a note says so.
func (t Terminal) Board(w io.Writer, title string, b score.Board) error {
	var out bytes.Buffer
	if title != "" {
		fmt.Fprintf(&out, "%s\n", report.CutMiddle(text.Line(title), t.columns()))
	}
	if b.Frozen {
		out.WriteString("Scoreboard as it was frozen: later submissions are pending.\n")
	}
	s := sheet{board: b, rows: b.Rows, columns: len(b.Problems)}
	if t.Rows > 0 && len(s.rows) > t.Rows {
		s.rows = s.rows[:t.Rows]
	}
	s.fit(t.Width)
	if err := s.grid(t.Color).Write(&out); err != nil {
		return err
	}
	if left := len(b.Rows) - len(s.rows); left > 0 {
		fmt.Fprintf(&out, " and %s\n", plural(left, "more team"))
	}
	if left := len(b.Problems) - s.columns; left > 0 {
		fmt.Fprintf(&out, "note: %s not shown: expected more than %d columns\n", plural(left, "problem"), t.Width)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write the scoreboard: %w", err)
	}
	return nil
}

// columns returns the width of a line of text.
func (t Terminal) columns() int {
	if t.Width > 0 {
		return t.Width
	}
	return 200
}

// sheet is a scoreboard that is fitted into a terminal.
type sheet struct {
	board   score.Board
	rows    []score.Row
	name    int  // columns of a name
	columns int  // problems that are shown
	short   bool // cells without minutes
}

// fit chooses what is shown, so that no line is wider than the terminal if that is possible.
func (s *sheet) fit(width int) {
	s.name = 0
	for _, r := range s.rows {
		s.name = max(s.name, runewidth.StringWidth(nameOf(r.Team)))
	}
	s.name = min(s.name, longestName)
	if width <= 0 {
		return
	}
	longest, least := s.name, min(s.name, shortestName)
	for {
		s.name = longest
		if over := s.width() - width; over > 0 {
			s.name = max(least, longest-over)
		}
		switch {
		case s.width() <= width:
			return
		case !s.short:
			s.short = true
		case s.columns > 0:
			s.columns--
		default:
			return
		}
	}
}

// width returns how many columns the sheet takes.
func (s *sheet) width() int {
	g, sum := s.grid(false), 0
	for column := range g.Header {
		widest := runewidth.StringWidth(g.Header[column])
		for _, row := range g.Rows {
			widest = max(widest, runewidth.StringWidth(row[column]))
		}
		sum += widest + 2 // a space on either side
	}
	return sum
}

func (s *sheet) grid(color bool) report.Grid {
	g := report.Grid{Align: "rl", Header: []string{"rank", "team"}}
	if s.board.Type == contest.PassFail {
		g.Align, g.Header = g.Align+"rr", append(g.Header, "solved", "penalty")
	} else {
		g.Align, g.Header = g.Align+"r", append(g.Header, "score")
	}
	for _, p := range s.board.Problems[:s.columns] {
		g.Align, g.Header = g.Align+"l", append(g.Header, report.CutMiddle(text.Line(p.Problem.Label), shortestName))
	}
	for _, r := range s.rows {
		row := []string{strconv.Itoa(r.Rank), report.CutMiddle(nameOf(r.Team), s.name)}
		if s.board.Type == contest.PassFail {
			row = append(row, strconv.Itoa(r.Solved), strconv.Itoa(r.Penalty))
		} else {
			row = append(row, points(r.Score))
		}
		for _, c := range r.Cells[:s.columns] {
			row = append(row, s.cell(c, color))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// cell returns the text of a cell, as Board documents it.
func (s *sheet) cell(c score.Cell, color bool) string {
	shown, verdict := "", problems.WA
	switch {
	case s.board.Type == contest.Score && (c.Judged > 0 || c.Score > 0):
		shown = points(c.Score)
		if c.Score > 0 {
			verdict = problems.TLE
		}
		if c.Solved {
			verdict = problems.AC
		}
	case c.Solved:
		shown, verdict = s.solved(c), problems.AC
	case c.Judged > 0:
		shown = "-" + strconv.Itoa(c.Judged)
	}
	if c.Pending > 0 && (s.board.Type == contest.Score || !c.Solved) {
		verdict = problems.JE
		if s.short {
			shown += "?"
		} else {
			shown = strings.TrimSpace(shown + " pending")
		}
	}
	if color && shown != "" {
		return report.Paint(verdict, shown)
	}
	return shown
}

func (s *sheet) solved(c score.Cell) string {
	rejected, minute := "", "+"
	if c.Rejected() > 0 {
		rejected = strconv.Itoa(c.Rejected())
	}
	if s.board.Timed && !s.short {
		if rejected != "" {
			rejected += "+"
		}
		minute = strconv.Itoa(c.Minute())
	}
	return rejected + minute
}

// nameOf returns the name of a team for people.
func nameOf(t contest.Team) string { return text.Line(cmp.Or(t.DisplayName, t.Name, t.ID)) }

// points writes a score with at most two decimals.
func points(score float64) string {
	shown := strconv.FormatFloat(score, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(shown, "0"), ".")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
