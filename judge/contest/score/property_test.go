package score

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// plainCell, plainRow and plain compute a scoreboard again, slowly, from the text of the rules: for each cell, row and
// pair of teams everything is searched for anew.
type plainCell struct {
	judged, pending int
	solved, first   bool
	score           float64
	time            time.Duration
}

type plainRow struct {
	rank    int
	team    string
	solved  int
	penalty int
	score   float64
	last    time.Duration
	cells   []plainCell
}

type plain struct {
	c      contest.Contest
	j      map[string]*contest.Judgement
	frozen bool
}

// of lists what a team submitted to a problem in time, the earliest first.
func (p plain) of(team, problem string) (list []contest.Submission) {
	for _, s := range p.c.Submissions {
		inTime := s.Time >= 0 && (p.c.Duration == 0 || s.Time < p.c.Duration)
		if s.Team == team && s.Problem == problem && inTime {
			list = append(list, s)
		}
	}
	if p.c.Timed {
		sort.SliceStable(list, func(i, k int) bool {
			return list[i].Time < list[k].Time || list[i].Time == list[k].Time && list[i].ID < list[k].ID
		})
	}
	return list
}

func (p plain) isPending(s contest.Submission) bool {
	inFreeze := p.c.Timed && p.c.Duration > 0 && p.c.Freeze > 0 && s.Time >= p.c.Duration-p.c.Freeze
	return p.j[s.ID] == nil || p.j[s.ID].Verdict == problems.JE || p.frozen && inFreeze
}

func (p plain) is(s contest.Submission, v problems.Verdict) bool {
	return !p.isPending(s) && p.j[s.ID].Verdict == v
}

// acceptedAt returns when a team solved a problem; -1: it did not.
func (p plain) acceptedAt(team, problem string) time.Duration {
	at := time.Duration(-1)
	for _, s := range p.of(team, problem) {
		if p.is(s, problems.AC) && at < 0 {
			at = s.Time
		}
		lastOne := p.c.Scoring.Type == contest.Score && p.c.Scoring.Best == contest.LastSubmission
		if lastOne && !p.isPending(s) && !p.is(s, problems.AC) {
			at = -1
		}
	}
	return at
}

// scoreAfter returns a team's score in a problem after its first n submissions.
func (p plain) scoreAfter(team, problem string, n int) float64 {
	best, last, a, b := 0.0, 0.0, 0.0, 0.0
	for _, s := range p.of(team, problem)[:n] {
		if p.isPending(s) {
			continue
		}
		j, points := p.j[s.ID], 0.0
		if problem != "C" && j.Verdict == problems.AC {
			points, a = 100, 100
		} else if j.Score != nil {
			points = *j.Score
			a, b = math.Max(a, j.Groups[0].Score), math.Max(b, j.Groups[1].Score)
		} else if problem == "C" && j.Verdict == problems.AC {
			points = 30
		}
		best, last = math.Max(best, points), points
	}
	return [...]float64{best, a + b, last}[p.c.Scoring.Best]
}

func (p plain) cell(team, problem string) (cell plainCell) {
	list, solvedAt := p.of(team, problem), p.acceptedAt(team, problem)
	cell.solved = solvedAt >= 0
	for n, s := range list {
		switch {
		case p.isPending(s):
			cell.pending++
		case !p.is(s, problems.CE):
			cell.judged++
		}
		if p.c.Scoring.Type == contest.PassFail {
			if p.is(s, problems.AC) {
				cell.time = s.Time
				break
			}
			continue
		}
		cell.score = p.scoreAfter(team, problem, n+1)
		if math.Abs(cell.score-p.scoreAfter(team, problem, n)) > 1e-6 {
			cell.time = s.Time
		}
	}
	if p.c.Scoring.Type == contest.PassFail && cell.solved {
		cell.judged, cell.pending = p.until(list)
	}
	return cell
}

// until counts what was judged and pending up to the first accepted submission.
func (p plain) until(list []contest.Submission) (judged, pending int) {
	for _, s := range list {
		if p.isPending(s) {
			pending++
		} else if !p.is(s, problems.CE) {
			judged++
		}
		if p.is(s, problems.AC) {
			break
		}
	}
	return judged, pending
}

// first reports whether no other team solved the problem earlier, or may have.
func (p plain) first(team, problem string, teams []string) bool {
	at := p.acceptedAt(team, problem)
	if at < 0 || !p.c.Timed {
		return false
	}
	for _, other := range teams {
		if other == team {
			continue
		}
		if t := p.acceptedAt(other, problem); t >= 0 && t < at {
			return false
		}
		for _, s := range p.of(other, problem) {
			if p.isPending(s) && s.Time < at {
				return false
			}
			if p.c.Scoring.Type == contest.PassFail && p.is(s, problems.AC) {
				break
			}
		}
	}
	return true
}

func (p plain) board() (rows []plainRow) {
	var teams []string
	names := map[string]string{}
	for _, t := range p.c.Teams {
		names[t.ID] = t.Name
		if !t.Hidden && !slices.Contains(t.Groups, "h") {
			teams = append(teams, t.ID)
		}
	}
	for _, team := range teams {
		row := plainRow{team: team}
		for _, problem := range p.c.Problems {
			cell := p.cell(team, problem.ID)
			cell.first = p.first(team, problem.ID, teams)
			row.cells = append(row.cells, cell)
			row.score += cell.score
			if cell.solved {
				row.solved++
			}
			if p.c.Scoring.Type == contest.PassFail && cell.solved {
				row.penalty += int(cell.time.Seconds())/60 + 20*(cell.judged-1)
			}
			if cell.score > 0 || p.c.Scoring.Type == contest.PassFail && cell.solved {
				row.last = max(row.last, cell.time)
			}
		}
		rows = append(rows, row)
	}
	for i := range rows {
		rows[i].rank = 1
		for k := range rows {
			if p.beats(rows[k], rows[i]) {
				rows[i].rank++
			}
		}
	}
	sort.Slice(rows, func(i, k int) bool {
		if rows[i].rank != rows[k].rank {
			return rows[i].rank < rows[k].rank
		}
		return names[rows[i].team] < names[rows[k].team]
	})
	return rows
}

func (p plain) beats(a, b plainRow) bool {
	if p.c.Scoring.Type == contest.Score {
		if math.Abs(a.score-b.score) > 1e-6 {
			return a.score > b.score
		}
		return p.c.Scoring.Ties == contest.TimeBreaks && a.last < b.last
	}
	if a.solved != b.solved {
		return a.solved > b.solved
	}
	if a.penalty != b.penalty {
		return a.penalty < b.penalty
	}
	return int(a.last.Seconds())/60 < int(b.last.Seconds())/60
}

func written(rows []plainRow) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%d %s %d %d %.6f %v:", r.rank, r.team, r.solved, r.penalty, r.score, r.last)
		for _, c := range r.cells {
			fmt.Fprintf(&b, " %d/%d %v %v %.6f %v,", c.judged, c.pending, c.solved, c.first, c.score, c.time)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func asPlain(b Board) (rows []plainRow) {
	for _, r := range b.Rows {
		row := plainRow{r.Rank, r.Team.ID, r.Solved, r.Penalty, r.Score, r.Last, nil}
		for _, c := range r.Cells {
			row.cells = append(row.cells, plainCell{c.Judged, c.Pending, c.Solved, c.First, c.Score, c.Time})
		}
		rows = append(rows, row)
	}
	return rows
}

func TestBoardEqualsPlainComputation(t *testing.T) {
	for seed := range uint64(4000) {
		s := random(rand.New(rand.NewPCG(seed, 1)))
		for _, frozen := range []bool{false, true} {
			want := written(plain{s.Contest, s.Judgements, frozen}.board())
			got := written(asPlain(Compute(&s.Results, Options{Frozen: frozen})))
			if got != want {
				t.Fatalf("seed %d, frozen %v, %+v, timed %v:\nexpected\n%sgot\n%s", seed, frozen, s.Contest.Scoring,
					s.Contest.Timed, want, got)
			}
		}
	}
}

func TestBoardDoesNotDependOnTheOrderOfArrival(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 2))
		s := random(r)
		if !s.Contest.Timed {
			continue
		}
		want := s.board()
		all := s.Contest.Submissions
		r.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
		teams := s.Contest.Teams
		r.Shuffle(len(teams), func(i, k int) { teams[i], teams[k] = teams[k], teams[i] })
		before := slices.Clone(all)
		if got := s.board(); !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: expected\n%+v\ngot\n%+v", seed, want, got)
		}
		if !reflect.DeepEqual(before, s.Contest.Submissions) {
			t.Fatal("Compute sorted the submissions of its caller")
		}
	}
}
