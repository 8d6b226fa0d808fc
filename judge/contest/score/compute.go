package score

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"judge/judge/contest"
)

// Compute returns the scoreboard of a contest. Only submissions with 0 <= time < duration by teams that are not hidden
// are on it. The order in which judgements were made does not matter, and of a timed contest neither does the order
// of the submissions.
//
// Pass-fail contests follow the CCS rules of the ICPC: a problem costs the minute of the first accepted submission,
// rounded down, and the penalty for each rejected submission before it. Teams are ranked by problems solved, then by
// penalty, then by the minute of the last problem solved. CE and pending submissions count nowhere.
//
// Score contests rank teams by the sum of their scores, and on request by when they reached it.
//
// An untimed contest has neither minutes nor a freeze, and nobody solves a problem first.
func Compute(r *contest.Results, o Options) Board {
	t := newTally(&r.Contest, o)
	all := InOrder(&r.Contest)
	for i := range all {
		t.add(&all[i], r.Judgements[all[i].ID])
	}
	t.settleFirst()
	for i := range t.board.Rows {
		t.total(&t.board.Rows[i])
	}
	t.board.rank(r.Contest.Scoring.Ties)
	return t.board
}

// Hidden returns the ids of the teams that are on no scoreboard, award or page: those that are hidden, and those in
// a hidden group.
func Hidden(c *contest.Contest) map[string]bool {
	groups, teams := map[string]bool{}, map[string]bool{}
	for _, g := range c.Groups {
		groups[g.ID] = g.Hidden
	}
	for _, team := range c.Teams {
		if team.Hidden || slices.ContainsFunc(team.Groups, func(id string) bool { return groups[id] }) {
			teams[team.ID] = true
		}
	}
	return teams
}

// Counts reports whether a submission is on the scoreboard by its time: 0 <= time < duration. Whether its team is
// hidden is another matter.
func Counts(c *contest.Contest, s contest.Submission) bool {
	return s.Time >= 0 && (c.Duration <= 0 || s.Time < c.Duration)
}

// InFreeze reports whether a submission was made during the freeze or later, so that a frozen output shows it as
// pending.
func InFreeze(c *contest.Contest, s contest.Submission) bool {
	return c.Timed && c.Duration > 0 && c.Freeze > 0 && s.Time >= c.Duration-c.Freeze
}

// Shown returns the judgement of a submission that a viewer may see: nil during the freeze of a frozen output.
func Shown(c *contest.Contest, s contest.Submission, j *contest.Judgement, o Options) *contest.Judgement {
	if o.Frozen && InFreeze(c, s) {
		return nil
	}
	return j
}

// InOrder returns the submissions in the order in which they count: by time and id, or as they are if the contest is
// untimed.
func InOrder(c *contest.Contest) []contest.Submission {
	order := func(a, b contest.Submission) int {
		if a.Time != b.Time {
			return cmp.Compare(a.Time, b.Time)
		}
		return strings.Compare(a.ID, b.ID)
	}
	if !c.Timed || slices.IsSortedFunc(c.Submissions, order) {
		return c.Submissions
	}
	sorted := slices.Clone(c.Submissions)
	slices.SortFunc(sorted, order)
	return sorted
}

// rank sorts the rows and numbers them.
func (b *Board) rank(ties contest.Ties) {
	better := func(x, y Row) int {
		if b.Type == contest.PassFail {
			return cmp.Or(cmp.Compare(y.Solved, x.Solved), cmp.Compare(x.Penalty, y.Penalty),
				cmp.Compare(x.Last/time.Minute, y.Last/time.Minute))
		}
		byScore := cmp.Compare(y.Score, x.Score)
		if ties == contest.TimeBreaks && b.Timed {
			return cmp.Or(byScore, cmp.Compare(x.Last, y.Last))
		}
		return byScore
	}
	slices.SortStableFunc(b.Rows, better)
	for first := 0; first < len(b.Rows); {
		next := first + 1
		for next < len(b.Rows) && better(b.Rows[first], b.Rows[next]) == 0 {
			next++
		}
		sortByName(b.Rows[first:next])
		for i := first; i < next; i++ {
			b.Rows[i].Rank = first + 1
		}
		first = next
	}
}

// sortByName sorts rows by the names of their teams as people in the United States expect, which is the default of
// CLICS.
func sortByName(rows []Row) {
	if len(rows) < 2 {
		return
	}
	var buffer collate.Buffer
	collator, keys := collate.New(language.AmericanEnglish), make(map[string]string, len(rows))
	for _, r := range rows {
		keys[r.Team.ID] = string(collator.KeyFromString(&buffer, r.Team.Name))
		buffer.Reset()
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(strings.Compare(keys[a.Team.ID], keys[b.Team.ID]), strings.Compare(a.Team.ID, b.Team.ID))
	})
}
