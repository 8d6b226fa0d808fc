package score

import (
	"judge/judge/contest"
	"judge/problems"
)

// Difference is what a rejudging changes.
type Difference struct {
	Judged int // submissions that were judged again
	Differ int // submissions of which the verdict or the score differs
	// Verdicts are the rows and columns of Matrix, in the order of problems.Verdict, without those that do not occur.
	// Unjudged stands for a submission that had no judgement.
	Verdicts []problems.Verdict
	Matrix   [][]int  // submissions by verdict before (row) and after (column)
	Gain     []Change // submissions that are better off, in the order of the contest
	Lose     []Change // submissions that are worse off
	Other    []Change // submissions that differ and are neither, such as WA to TLE or AC to JE
	Teams    []TeamChange
}

// Change is a submission that differs.
type Change struct {
	Submission contest.Submission
	Before     *contest.Judgement // nil: there was none
	After      *contest.Judgement
}

// TeamChange is a team of which the rank or the medal changes, by the rank after.
type TeamChange struct {
	Before, After           Row
	MedalBefore, MedalAfter Medal
}

// Compare returns what changes if the judgements after replace those before. after may lack submissions that were not
// judged again; their judgements stay. Both are keyed by submission id.
func Compare(c *contest.Contest, before, after map[string]*contest.Judgement) Difference {
	return Difference{}
}
