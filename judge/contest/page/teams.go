package page

import (
	"context"
	"errors"
	"iter"

	"judge/judge/contest"
)

// TeamsOptions are the choices for Teams.
type TeamsOptions struct {
	Frozen bool // verdicts of submissions made during the freeze are left out
	// AllInputs shows the failing input of every test, and not only of samples.
	AllInputs bool
	// Input returns the beginning of the input of a test, by its ordinal from 1. nil: no inputs are shown.
	Input func(problem contest.Problem, test int) ([]byte, error)
	// Runs yields the runs of judgements. It is called once for each team. nil: verdicts by test are not shown.
	Runs func(ctx context.Context, judgements []*contest.Judgement) iter.Seq2[TestRuns, error]
}

// TestRuns are the runs of one judgement.
type TestRuns struct {
	Submission string
	Runs       []contest.Run
}

// Teams writes a directory with a page for each team that is not hidden, and an index. The directory must be absent,
// empty, or one that Teams wrote earlier.
func Teams(ctx context.Context, dir string, r *contest.Results, o TeamsOptions) error {
	return errors.ErrUnsupported
}
