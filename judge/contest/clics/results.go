package clics

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"judge/judge/contest"
	"judge/judge/contest/score"
)

// writeResults writes the awards and the scoreboard.
func (w *writer) writeResults() error {
	if err := w.putList("awards", w.awards()); err != nil {
		return err
	}
	return w.put("scoreboard.json", w.scoreboard())
}

// scoreboard returns the scoreboard.
func (w *writer) scoreboard() json.RawMessage {
	var b builder
	at := w.clock.last
	if !w.clock.closed.IsZero() {
		at = w.clock.closed
	}
	b.moment("time", at)
	b.span("contest_time", w.clock.since(at))
	b.raw("state", w.state())
	var rows []json.RawMessage
	for _, r := range w.board.Rows {
		rows = append(rows, w.row(r))
	}
	b.raw("rows", listOf(rows))
	return b.end()
}

// row returns a row of the scoreboard.
func (w *writer) row(r score.Row) json.RawMessage {
	var b, total builder
	b.int("rank", r.Rank)
	b.text("team_id", r.Team.ID)
	scored := r.Solved > 0
	if w.board.Type == contest.Score {
		scored = r.Score > 0
		total.number("score", r.Score)
	} else {
		total.int("num_solved", r.Solved)
		w.minutes(&total, "total_time", r.Penalty)
	}
	if scored {
		w.minutes(&total, "time", int(r.Last/time.Minute))
	} else if w.Version == Version202601 {
		total.null("time")
	}
	b.raw("score", total.end())
	cells := []byte("[")
	for i, cell := range r.Cells {
		if i > 0 {
			cells = append(cells, ',')
		}
		cells = append(cells, w.cell(w.board.Problems[i].Problem.ID, cell)...)
	}
	b.raw("problems", append(cells, ']'))
	return b.end()
}

// cell returns what a team has done in one problem.
func (w *writer) cell(problem string, cell score.Cell) json.RawMessage {
	var b builder
	b.text("problem_id", problem)
	b.int("num_judged", cell.Judged)
	b.int("num_pending", cell.Pending)
	timed := cell.Solved
	if w.board.Type == contest.Score {
		b.number("score", max(cell.Score, 0))
		timed = cell.Score > 0
	} else {
		b.flag("solved", cell.Solved)
	}
	if timed {
		w.minutes(&b, "time", cell.Minute())
	}
	return b.end()
}

// minutes writes minutes: a number up to 2023-06, a RELTIME since.
func (w *writer) minutes(b *builder, name string, minutes int) {
	if w.Version == Version202601 {
		b.span(name, time.Duration(minutes)*time.Minute)
	} else {
		b.int(name, minutes)
	}
}

// awards returns the awards that the scoreboard gives, and those that were read and that it does not know.
func (w *writer) awards() []json.RawMessage {
	var objects []json.RawMessage
	add := func(id, citation string, teams []string) {
		var b builder
		b.text("id", id)
		b.text("citation", citation)
		b.list("team_ids", teams)
		objects = append(objects, b.end())
	}
	seen := map[string]bool{}
	for _, a := range score.Awards(w.c, w.board) {
		seen[a.ID] = true
		add(a.ID, a.Citation, a.Teams)
	}
	var read []map[string]json.RawMessage
	if json.Unmarshal(w.c.Carried["awards"], &read) != nil {
		return objects
	}
	for _, members := range read {
		o := object{members: members}
		id, err := o.id("id")
		citation, err2 := o.text("citation")
		w.adapt("awards", members)
		teams, err3 := o.ids("team_ids")
		if cmp.Or(err, err2, err3) != nil || id == "" || seen[id] || computed(id) {
			continue
		}
		seen[id] = true
		if organization, ok := strings.CutPrefix(id, "organization-winner-"); ok {
			teams = w.winners(organization)
		}
		add(id, cmp.Or(citation, id), slices.Compact(slices.Sorted(slices.Values(teams))))
	}
	return objects
}

// computed reports whether an award is one that the scoreboard gives, so that one that was read is not valid any more.
func computed(id string) bool {
	known := []string{"winner", "gold-medal", "silver-medal", "bronze-medal", "honors", "high-honors", "highest-honors",
		"honorable-mention"}
	return slices.Contains(known, id) || slices.ContainsFunc([]string{"rank-", "first-to-solve-", "group-winner-"},
		func(prefix string) bool { return strings.HasPrefix(id, prefix) })
}

// winners returns the best teams of an organization.
func (w *writer) winners(organization string) []string {
	var teams []string
	rank := 0
	for _, r := range w.board.Rows {
		if r.Team.Organization != organization || r.Solved == 0 && r.Score == 0 {
			continue
		}
		if rank = cmp.Or(rank, r.Rank); r.Rank == rank {
			teams = append(teams, r.Team.ID)
		}
	}
	return teams
}
