package kinds

import (
	"context"
	"errors"

	"judge/checkers"
	"judge/isolate"
	"judge/problems"
)

// allOf runs several checkers, all of which must accept: "All output validators provided will be run on the output
// ... Validation fails if any validator fails" (ICPC problem package format, legacy).
type allOf []*External

func (a allOf) start(t problems.TestCase, core isolate.Core) (outputCheck, error) {
	var all allChecks
	for _, e := range a {
		one, err := e.start(t, core)
		if err != nil {
			all.abandon()
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// allChecks are the checks of one output, in their order.
type allChecks []outputCheck

// Write passes the output to all checks.
func (a allChecks) Write(data []byte) (int, error) {
	for _, one := range a {
		if n, err := one.Write(data); err != nil && !errors.Is(err, errEnough) {
			return n, err
		}
	}
	return len(data), nil
}

// finish asks the checks in order and returns the first rejection or failure. Score and messages are from the last
// check that gives any.
func (a allChecks) finish(ctx context.Context) (*checkers.Check, error) {
	all := &checkers.Check{Accepted: true}
	for i, one := range a {
		check, err := one.finish(ctx)
		if err != nil || !check.Accepted {
			a[i+1:].abandon()
			return check, err
		}
		if check.Message != "" {
			all.Message = check.Message
		}
		if check.Points != nil || check.Score != nil {
			all.Points, all.Score = check.Points, check.Score
		}
	}
	return all, nil
}

func (a allChecks) ranWith(of runFacts) {
	for _, one := range a {
		if check, ok := one.(runFactsTaker); ok {
			check.ranWith(of)
		}
	}
}

func (a allChecks) abandon() {
	for _, one := range a {
		one.abandon()
	}
}
