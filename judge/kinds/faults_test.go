package kinds

import (
	"context"
	"errors"
	"io"
	"testing"

	"judge/checkers"
	"judge/isolate"
	"judge/problems"
)

// TestIncompleteOutputIsNotChecked: what a checker makes of the first half of a right output is "wrong".
func TestIncompleteOutputIsNotChecked(t *testing.T) {
	noRoom := errors.New("no space left")
	run := func(_ context.Context, c isolate.Command) (isolate.Outcome, error) {
		io.WriteString(c.Stdout, "1\n")
		return isolate.Outcome{Cause: isolate.Exited}, nil
	}
	b := newBatch(Setup{Run: run, Checker: refusing{noRoom}, Problem: &problems.Problem{}}, anyProgram(t))
	facts := b.Test(t.Context(), Attempt{Test: problemWith(t, "1", "1").Tests[0]})
	if facts.Check != nil || !errors.Is(facts.Err, noRoom) {
		t.Errorf("the check %v, the error %v", facts.Check, facts.Err)
	}
}

// refusing is a checker that cannot keep what it gets, and would find the rest right.
type refusing struct{ err error }

func (r refusing) start(t problems.TestCase, core isolate.Core) (outputCheck, error) {
	check, err := builtIn{checkers.Tokens{}}.start(t, core)
	return refused{check, r.err}, err
}

type refused struct {
	outputCheck
	err error
}

func (r refused) Write([]byte) (int, error) { return 0, r.err }
