package score

import (
	"math"
	"slices"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// tally counts submissions, in the order in which they were made, into the cells of a board.
type tally struct {
	contest *contest.Contest
	options Options
	board   Board
	rows    map[string]int // by team id
	columns map[string]int // by problem id
	cells   [][]progress   // what is known of each cell beyond what the board shows, by row and column
}

// progress is the state of a cell.
type progress struct {
	pending  bool          // at least one submission is pending
	since    time.Duration // contest time of the first pending submission
	solvedAt time.Duration
	best     float64     // of one submission
	sum      float64     // of groups, bounded
	groups   []groupBest // the first is what is in no group
}

// groupBest is the best score in a group of tests.
type groupBest struct {
	name   string
	points float64
}

func newTally(c *contest.Contest, o Options) *tally {
	t := &tally{contest: c, options: o, rows: map[string]int{}, columns: map[string]int{}}
	t.board = Board{Type: c.Scoring.Type, Timed: c.Timed, Frozen: o.Frozen}
	for i, p := range c.Problems {
		t.columns[p.ID] = i
		t.board.Problems = append(t.board.Problems, Column{Problem: p, Max: MaxScore(&p)})
	}
	hidden := Hidden(c)
	for _, team := range c.Teams {
		if !hidden[team.ID] {
			t.rows[team.ID] = len(t.board.Rows)
			t.board.Rows = append(t.board.Rows, Row{Team: team, Cells: make([]Cell, len(c.Problems))})
			t.cells = append(t.cells, make([]progress, len(c.Problems)))
		}
	}
	return t
}

// MaxScore returns the most points of a problem: those of its package, or else defaultScore.
func MaxScore(p *contest.Problem) float64 {
	if p.Facts != nil && Finite(p.Facts.MaxScore) > 0 {
		return p.Facts.MaxScore
	}
	return defaultScore
}

// defaultScore is the worth of a problem without points.
const defaultScore = 100

// Pending reports whether a judgement decides nothing yet: there is none, or it is JE.
func Pending(j *contest.Judgement) bool {
	return j == nil || j.Verdict == problems.JE || j.Verdict == problems.Unjudged || j.Verdict == problems.SKIP
}

// Worth returns the score of a judgement in a score contest; 0 if it is pending.
func Worth(p *contest.Problem, j *contest.Judgement) float64 {
	switch {
	case Pending(j):
		return 0
	case j.Score != nil:
		return tidy(Finite(*j.Score))
	case j.Verdict == problems.AC:
		return MaxScore(p)
	}
	return 0
}

// add counts one submission. It must be called in the order in which submissions were made.
func (t *tally) add(s *contest.Submission, j *contest.Judgement) {
	row, isTeam := t.rows[s.Team]
	column, isProblem := t.columns[s.Problem]
	if !isTeam || !isProblem || !Counts(t.contest, *s) {
		return
	}
	cell, state, problem := &t.board.Rows[row].Cells[column], &t.cells[row][column], &t.board.Problems[column]
	passFail := t.board.Type == contest.PassFail
	if passFail && cell.Solved {
		return
	}
	j = Shown(t.contest, *s, j, t.options)
	if Pending(j) {
		if !state.pending {
			state.pending, state.since = true, s.Time
		}
		cell.Pending++
		problem.Pending++
		t.board.Rows[row].Pending++
		t.board.Pending++
		return
	}
	if j.Verdict != problems.CE {
		cell.Judged++
		problem.Judged++
	}
	if passFail {
		if j.Verdict == problems.AC {
			cell.Solved, cell.Time, state.solvedAt = true, s.Time, s.Time
		}
		return
	}
	t.addScore(problem, cell, state, s.Time, j)
}

// addScore counts a judged submission of a score contest.
func (t *tally) addScore(problem *Column, cell *Cell, state *progress, at time.Duration, j *contest.Judgement) {
	best := t.contest.Scoring.Best
	if j.Verdict == problems.AC && !cell.Solved {
		cell.Solved, state.solvedAt = true, at
	} else if j.Verdict != problems.AC && best == contest.LastSubmission {
		cell.Solved = false
	}
	score := Worth(&problem.Problem, j)
	switch best {
	case contest.BestPerGroup:
		score = state.bestOfGroups(score, problem.Max, j.Groups)
	case contest.BestSubmission:
		score = max(score, cell.Score)
	}
	if score != cell.Score {
		cell.Score, cell.Time = score, at
	}
}

// bestOfGroups returns the sum of the best scores of each group so far. What a submission scores beyond its groups,
// as in tests outside of them, is a group of its own. most bounds the sum: the problem's score need not be the sum of
// its groups.
func (p *progress) bestOfGroups(score, most float64, groups []contest.GroupScore) float64 {
	p.best = max(p.best, score)
	if len(groups) == 0 && score == 0 { // as of a CE
		return p.sum
	}
	parts, improved := make([]float64, 0, 32), false
	for i, g := range groups {
		points := tidy(Finite(g.Score))
		parts = append(parts, -points)
		improved = p.note(i+1, g.Name, points) || improved
	}
	improved = p.note(0, "", Sum(append(parts, score))) || improved
	if improved {
		parts = parts[:0]
		for _, g := range p.groups {
			parts = append(parts, g.points)
		}
		p.sum = min(Sum(parts), max(most, p.best))
	}
	return p.sum
}

// note keeps a group's score if it is the best so far. at is where the group is expected; 0 is what is in no group.
func (p *progress) note(at int, name string, points float64) (improved bool) {
	if p.groups == nil {
		p.groups = make([]groupBest, 1, 8)
		p.groups[0].points = math.Inf(-1)
	}
	if at > 0 && (at >= len(p.groups) || p.groups[at].name != name) {
		at = slices.IndexFunc(p.groups[1:], func(g groupBest) bool { return g.name == name }) + 1
		if at == 0 {
			at = len(p.groups)
			p.groups = append(p.groups, groupBest{name, math.Inf(-1)})
		}
	}
	best := &p.groups[at].points
	if points <= *best {
		return false
	}
	*best = points
	return true
}

// settleFirst finds the teams that solved each problem first. A team has done so if no other team solved it earlier,
// or may have: with a submission that was made earlier and is pending. Teams that solved it at the same time share it.
func (t *tally) settleFirst() {
	for column := range t.board.Problems {
		problem, first := &t.board.Problems[column], time.Duration(math.MaxInt64)
		for row := range t.board.Rows {
			if t.board.Rows[row].Cells[column].Solved {
				problem.Solved++
				first = min(first, t.cells[row][column].solvedAt)
			}
		}
		if problem.Solved == 0 || !t.board.Timed {
			continue
		}
		earlier := map[int]bool{} // rows with a pending submission from before the first accepted one
		for row := range t.board.Rows {
			if state := t.cells[row][column]; state.pending && state.since < first {
				earlier[row] = true
			}
		}
		for row := range t.board.Rows {
			cell := &t.board.Rows[row].Cells[column]
			others := len(earlier) > 1 || len(earlier) == 1 && !earlier[row]
			if cell.Solved && t.cells[row][column].solvedAt == first && !others {
				cell.First = true
				problem.First = append(problem.First, t.board.Rows[row].Team.ID)
			}
		}
		slices.Sort(problem.First)
	}
}

// total adds up the cells of a row.
func (t *tally) total(r *Row) {
	penalty := int(t.contest.Scoring.Penalty / time.Minute)
	scores := make([]float64, len(r.Cells))
	for i, cell := range r.Cells {
		scores[i] = cell.Score
		counts := cell.Score > 0
		if cell.Solved {
			r.Solved++
		}
		if t.board.Type == contest.PassFail {
			counts = cell.Solved
			if cell.Solved {
				r.Penalty += cell.Minute() + cell.Rejected()*penalty
			}
		}
		if counts {
			r.Last = max(r.Last, cell.Time)
		}
	}
	r.Score = Sum(scores)
}
