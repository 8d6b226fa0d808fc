package page

import (
	"regexp"
	"strconv"
	"strings"

	"judge/judge/contest"
	"judge/judge/contest/score"
)

// boardView is a scoreboard as the template writes it.
type boardView struct {
	Scored    bool
	Penalties bool // there is a column of penalties
	Frozen    bool
	Columns   []columnView
	Rows      []rowView
}

type columnView struct {
	Label, Name string
	Colour      string // #rgb or #rrggbb; "": none
	Solved      int
	Judged      int
	Pending     int
}

type rowView struct {
	Rank         int
	ID           string
	Name         string
	Organization string
	Solved       int
	Penalty      int
	Score        string
	Cells        []cellView
}

// cellView is a cell: Class is its colour, Says what a screen reader reads before Value.
type cellView struct {
	Class string // "": the team has submitted nothing
	Says  string
	Value string
	Tries string
	First bool
}

func newBoardView(b score.Board, s *shown) boardView {
	scored := b.Type == contest.Score
	made := boardView{Scored: scored, Penalties: !scored && b.Timed, Frozen: b.Frozen}
	rgb := regexp.MustCompile(`^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)
	for _, c := range b.Problems {
		column := columnView{
			Label: nameOr(c.Problem.Label, c.Problem.ID), Name: name(c.Problem.Name),
			Solved: c.Solved, Judged: c.Judged, Pending: c.Pending,
		}
		if rgb.MatchString(c.Problem.RGB) {
			column.Colour = c.Problem.RGB
		}
		made.Columns = append(made.Columns, column)
	}
	organizations := map[string]string{}
	for _, o := range s.Contest.Organizations {
		organizations[o.ID] = name(o.Name)
	}
	for _, r := range b.Rows {
		row := rowView{
			Rank: r.Rank, ID: name(r.Team.ID), Name: nameOr(r.Team.DisplayName, r.Team.Name, r.Team.ID),
			Organization: organizations[r.Team.Organization],
			Solved:       r.Solved, Penalty: r.Penalty, Score: points(r.Score),
		}
		for i, c := range r.Cells {
			row.Cells = append(row.Cells, newCellView(b, b.Problems[i], c))
		}
		made.Rows = append(made.Rows, row)
	}
	return made
}

func newCellView(b score.Board, column score.Column, c score.Cell) cellView {
	if c.Judged+c.Pending == 0 {
		return cellView{}
	}
	made := cellView{Tries: tries(c), First: c.First}
	switch {
	case b.Type == contest.Score && c.Judged > 0:
		made.Class, made.Says, made.Value = "part", "points: ", points(c.Score)
		switch {
		case c.Pending > 0:
			made.Class = "wait"
		case c.Score >= column.Max:
			made.Class = "yes"
		case c.Score <= 0:
			made.Class = "no"
		}
	case c.Solved && b.Timed:
		made.Class, made.Says, made.Value = "yes", "solved, minute ", strconv.Itoa(c.Minute())
	case c.Solved:
		made.Class, made.Says, made.Value = "yes", "solved", "✓"
	case c.Pending > 0:
		made.Class, made.Says, made.Value = "wait", "pending", "?"
	default:
		made.Class, made.Says, made.Value = "no", "not solved", "✗"
	}
	return made
}

// tries writes how many submissions a cell stands for.
func tries(c score.Cell) string {
	var parts []string
	if c.Judged == 1 {
		parts = append(parts, "1 try")
	} else if c.Judged > 1 {
		parts = append(parts, strconv.Itoa(c.Judged)+" tries")
	}
	if c.Pending > 0 {
		parts = append(parts, strconv.Itoa(c.Pending)+" pending")
	}
	return strings.Join(parts, ", ")
}
