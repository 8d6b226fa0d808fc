package kinds

import (
	"context"
	"errors"
	"fmt"
	"io"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/build"
	"judge/judge/decide"
	"judge/judge/report"
	"judge/problems"
)

// outputOnly checks submitted outputs. It runs no program of the submission.
type outputOnly struct {
	checker Checker
	limits  problems.Limits
	outputs *build.Outputs
}

// Test checks one output. Its usage is zero.
func (s outputOnly) Test(ctx context.Context, a Attempt) decide.Facts {
	t := a.Test
	facts := decide.Facts{Core: a.Core, Run: &isolate.Outcome{Cause: isolate.Exited}}
	file, err := s.outputs.Open(t.Name)
	if err != nil {
		facts.Run, facts.Err = nil, fmt.Errorf("open the output: %w", err)
		return facts
	}
	if file == nil {
		message := "no output for this test: expected a file named " + build.NamesOf(t.Name)[0]
		facts.Check = &checkers.Check{Message: message}
		return facts
	}
	defer file.Close()
	check, err := s.checker.start(t, isolate.OnCore(a.Core))
	if err != nil {
		facts.Run, facts.Err = nil, err
		return facts
	}
	output := &delivery{to: check, head: report.Excerpt{Max: report.HeadBytes}, whole: a.Keep.stdout()}
	limit := int64(s.limits.Output) + 1
	rest := &io.LimitedReader{R: file, N: limit}
	_, err = io.Copy(output, rest)
	if errors.Is(err, errEnough) { // the rest still counts
		_, err = io.Copy(io.Discard, rest)
	}
	n := limit - rest.N
	facts.Output = output.beginning()
	facts.Run.Usage.Output = isolate.Bytes(n)
	switch {
	case n > int64(s.limits.Output):
		facts.Run.Cause = isolate.OutputLimit
	case output.failed != nil:
		facts.Err = fmt.Errorf("store the output: %w", output.failed)
	case err != nil: // a broken archive is a fault of the submission
		facts.Check = &checkers.Check{Message: "the output cannot be read: " + err.Error()}
	default:
		facts.Check, facts.Err = check.finish(ctx)
		return facts
	}
	check.abandon()
	return facts
}
