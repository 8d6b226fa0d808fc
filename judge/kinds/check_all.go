package kinds

import (
	"context"
	"errors"

	"judge/checkers"
	"judge/isolate"
	"judge/problems"
)

// allOf are several checkers, all of which have to accept: "All output validators provided will be run on the output
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

// Write gives all checks the same output.
func (a allChecks) Write(data []byte) (int, error) {
	for _, one := range a {
		if n, err := one.Write(data); err != nil && !errors.Is(err, errEnough) {
			return n, err
		}
	}
	return len(data), nil
}

// finish asks one after another; the first that refuses or fails speaks. What they say of scores and to people is the
// last one's that says something.
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
