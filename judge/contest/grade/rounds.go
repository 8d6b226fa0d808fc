package grade

import (
	"context"
	"encoding/json"
	"fmt"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/judge/contest/store"
	"judge/problems"
)

// planRejudging works out what is to do in the round of this rejudging: that of an open round with the same selection,
// else all of the planned submissions.
func (g *Grading) planRejudging(ctx context.Context) error {
	rounds, err := g.store.Rounds(ctx)
	if err != nil {
		return err
	}
	var done map[string]*contest.Judgement
	for _, r := range rounds {
		if isOpen(r) && sameSelection(r.Selection, g.options.Selection) {
			g.open, g.Round = &r, r.ID
			if done, err = g.store.Round(ctx, r.ID); err != nil {
				return err
			}
		}
	}
	for _, one := range g.Planned {
		if j := done[one.Submission.ID]; j == nil || j.Verdict == problems.JE {
			one.round = g.Round
			g.Todo = append(g.Todo, one)
		}
	}
	sortByBound(g.Todo)
	return nil
}

func isOpen(r contest.Round) bool {
	return r.Kind == contest.Rejudge && r.Applied.IsZero() && r.Cancelled.IsZero()
}

func sameSelection(a, b contest.Selection) bool {
	one, err := json.Marshal(a)
	other, err2 := json.Marshal(b)
	return err == nil && err2 == nil && string(one) == string(other)
}

// Preview returns what the judgements of a round change if it is applied.
func (g *Grading) Preview(ctx context.Context) (score.Difference, error) {
	return preview(ctx, g.store, g.Round)
}

// RoundOf returns the judgements of a round.
func (g *Grading) RoundOf(ctx context.Context, id int) (map[string]*contest.Judgement, error) {
	return g.store.Round(ctx, id)
}

// Selection returns the selection with the ids of the contest.
func (g *Grading) Selection() contest.Selection { return g.options.Selection }

func preview(ctx context.Context, s *store.Store, round int) (score.Difference, error) {
	results, err := s.Results(ctx)
	if err != nil {
		return score.Difference{}, err
	}
	after, err := s.Round(ctx, round)
	if err != nil {
		return score.Difference{}, err
	}
	return score.Compare(&results.Contest, results.Judgements, after), nil
}

// Closing says which round is closed, and how.
type Closing struct {
	Results string // path of the result file
	Judge   string // version of this judge
	Round   int
	Apply   bool // its judgements count from now on; else they never count
}

// Closed is what closing a round has changed.
type Closed struct {
	Difference score.Difference
	Results    *contest.Results // afterwards
}

// Close applies or cancels a rejudging. Errors are *store.RoundError for a round that is unknown or closed, or that is
// not complete.
func (c Closing) Close(ctx context.Context) (closed Closed, err error) {
	s, err := store.Open(c.Results, store.Options{Judge: c.Judge})
	if err != nil {
		return Closed{}, err
	}
	defer func() {
		if closing := s.Close(); err == nil {
			err = closing
		}
	}()
	if !c.Apply {
		if err := s.Cancel(c.Round); err != nil {
			return Closed{}, err
		}
		closed.Results, err = s.Results(ctx)
		return closed, err
	}
	if err := complete(ctx, s, c.Round); err != nil {
		return Closed{}, err
	}
	if closed.Difference, err = preview(ctx, s, c.Round); err != nil {
		return Closed{}, err
	}
	if err := s.Apply(c.Round); err != nil {
		return Closed{}, err
	}
	closed.Results, err = s.Results(ctx)
	return closed, err
}

// complete checks that all selected submissions of an open rejudging have been judged.
func complete(ctx context.Context, s *store.Store, number int) error {
	rounds, err := s.Rounds(ctx)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if r.ID != number || !isOpen(r) {
			continue
		}
		results, err := s.Results(ctx)
		if err != nil {
			return err
		}
		judged, err := s.Round(ctx, number)
		if err != nil {
			return err
		}
		if left := missing(results, r.Selection, judged); left > 0 {
			why := fmt.Sprintf("is not complete: %d selected submissions are not judged again yet", left)
			return &store.RoundError{Round: number, Why: why}
		}
	}
	return nil // of an unknown or closed round the store tells
}

// missing counts the judged submissions of a selection that are not judged in a round.
func missing(r *contest.Results, of contest.Selection, judged map[string]*contest.Judgement) (n int) {
	byID := map[string]contest.Problem{}
	for _, p := range r.Contest.Problems {
		byID[p.ID] = p
	}
	for _, s := range r.Contest.Submissions {
		counts := r.Judgements[s.ID]
		if counts != nil && judged[s.ID] == nil && of.Matches(s, byID[s.Problem], counts) {
			n++
		}
	}
	return n
}
