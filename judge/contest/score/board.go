// Package score computes what a contest's judgements are worth: the scoreboard, the awards, and what a rejudging
// changes. It is pure: it starts no process, opens no file and asks no clock. Every scoreboard that the judge shows or
// writes is a Board of this package.
//
//	board := score.Compute(results, score.Options{})
//	awards := score.Awards(&results.Contest, board)
package score

import (
	"time"

	"judge/judge/contest"
)

// Options are what a viewer chooses.
type Options struct {
	// Frozen shows the scoreboard as it was when it froze: later submissions are pending.
	Frozen bool
}

// Board is a scoreboard.
type Board struct {
	Type   contest.Type
	Timed  bool // times and penalties mean something
	Frozen bool // submissions made during the freeze are pending
	// Problems are the columns, in the order of the contest. Rows are sorted by rank; rows of a rank by the team's
	// name by the Unicode collation algorithm, then by its id.
	Problems []Column
	Rows     []Row
	// Pending counts the submissions on the scoreboard that are pending: not judged, JE, or made during the freeze.
	Pending int
}

// Column is a problem of a scoreboard.
type Column struct {
	Problem contest.Problem
	Max     float64 // the most points; of score contests
	Judged  int     // counted submissions that are judged, of all teams
	Pending int
	Solved  int      // teams that solved it
	First   []string // ids of the teams that solved it first; nil: not settled, or none did
}

// Row is a team's line of a scoreboard.
type Row struct {
	Rank  int // from 1; teams with equal results share a rank, and the next rank is skipped
	Team  contest.Team
	Cells []Cell // one for each column

	Solved  int           // problems
	Penalty int           // minutes; of pass-fail contests
	Score   float64       // of score contests
	Pending int           // submissions
	Last    time.Duration // pass-fail: contest time of the last problem solved; score: when Score was reached. Exact
}

// Cell is what a team has done in one problem. CE counts nowhere but as the last submission of a LastSubmission
// contest.
type Cell struct {
	// Judged counts the judged submissions: of pass-fail contests up to the first accepted one, which is included.
	Judged int
	// Pending counts the pending submissions: of pass-fail contests those before the first accepted one.
	Pending int
	Solved  bool // a submission was accepted; of score contests one that counts
	First   bool // the team is one of Column.First
	Score   float64
	// Time is the exact contest time of the first accepted submission; of score contests that of the submission
	// since which the team has Score. It means nothing if the problem is not solved, or has no Score.
	Time time.Duration
}

// Rejected counts the judged submissions that did not solve the problem.
func (c Cell) Rejected() int {
	if c.Solved {
		return c.Judged - 1
	}
	return c.Judged
}

// Minute is the minute of Time, rounded down, as penalties count it.
func (c Cell) Minute() int { return int(c.Time / time.Minute) }

// Row returns the row of a team; nil: it is not on the scoreboard.
func (b Board) Row(team string) *Row {
	for i := range b.Rows {
		if b.Rows[i].Team.ID == team {
			return &b.Rows[i]
		}
	}
	return nil
}
