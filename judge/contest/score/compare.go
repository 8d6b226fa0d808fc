package score

import (
	"maps"
	"slices"

	"judge/judge/contest"
	"judge/problems"
)

// Difference is what a rejudging changes.
type Difference struct {
	Judged int // submissions that were judged again
	Differ int // submissions of which the verdict differs, or in a score contest the score
	// Verdicts are the rows and columns of Matrix, in the order of problems.Verdict, without those that do not occur.
	// Unjudged stands for a submission that had no judgement.
	Verdicts []problems.Verdict
	Matrix   [][]int  // submissions by verdict before (row) and after (column)
	Gain     []Change // submissions that are worth more, in the order of the contest
	Lose     []Change // submissions that are worth less
	Other    []Change // submissions that differ and are worth as much, such as WA to TLE
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
// judged again; their judgements stay. Both are keyed by submission id. All submissions are compared, also those that
// are on no scoreboard.
func Compare(c *contest.Contest, before, after map[string]*contest.Judgement) Difference {
	var d Difference
	counts := map[[2]problems.Verdict]int{}
	worth := worthOf(c)
	for _, s := range InOrder(c) {
		now, judged := after[s.ID]
		if !judged || now == nil {
			continue
		}
		was := before[s.ID]
		d.Judged++
		counts[[2]problems.Verdict{verdictOf(was), now.Verdict}]++
		change, old, next := Change{s, was, now}, worth(s, was), worth(s, now)
		switch {
		case next > old:
			d.Gain = append(d.Gain, change)
		case next < old:
			d.Lose = append(d.Lose, change)
		case verdictOf(was) != now.Verdict:
			d.Other = append(d.Other, change)
		}
	}
	d.Differ = len(d.Gain) + len(d.Lose) + len(d.Other)
	d.fill(counts)
	merged := map[string]*contest.Judgement{}
	maps.Copy(merged, before)
	maps.Copy(merged, after)
	d.Teams = compareTeams(boardOf(c, before), boardOf(c, merged))
	return d
}

func boardOf(c *contest.Contest, judgements map[string]*contest.Judgement) Board {
	return Compute(&contest.Results{Contest: *c, Judgements: judgements}, Options{})
}

// worthOf returns what a judgement is worth to a submission: 1 if it is accepted, or its score in a score contest.
func worthOf(c *contest.Contest) func(contest.Submission, *contest.Judgement) float64 {
	found := make(map[string]*contest.Problem, len(c.Problems))
	for i := range c.Problems {
		found[c.Problems[i].ID] = &c.Problems[i]
	}
	return func(s contest.Submission, j *contest.Judgement) float64 {
		switch {
		case c.Scoring.Type == contest.Score && found[s.Problem] != nil:
			return Worth(found[s.Problem], j)
		case j != nil && j.Verdict == problems.AC:
			return 1
		}
		return 0
	}
}

func verdictOf(j *contest.Judgement) problems.Verdict {
	if j == nil {
		return problems.Unjudged
	}
	return j.Verdict
}

// fill makes the matrix.
func (d *Difference) fill(counts map[[2]problems.Verdict]int) {
	for pair := range counts {
		for _, v := range pair {
			if !slices.Contains(d.Verdicts, v) {
				d.Verdicts = append(d.Verdicts, v)
			}
		}
	}
	slices.Sort(d.Verdicts)
	for _, was := range d.Verdicts {
		var row []int
		for _, now := range d.Verdicts {
			row = append(row, counts[[2]problems.Verdict{was, now}])
		}
		d.Matrix = append(d.Matrix, row)
	}
}

// compareTeams returns the teams of which the rank or the medal differs. Both boards have the same teams.
func compareTeams(before, after Board) []TeamChange {
	old := make(map[string]Row, len(before.Rows))
	for _, r := range before.Rows {
		old[r.Team.ID] = r
	}
	var changes []TeamChange
	for _, now := range after.Rows {
		was := old[now.Team.ID]
		change := TeamChange{was, now, MedalOf(before, was), MedalOf(after, now)}
		if was.Rank != now.Rank || change.MedalBefore != change.MedalAfter {
			changes = append(changes, change)
		}
	}
	return changes
}
