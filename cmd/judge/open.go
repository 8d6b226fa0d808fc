package main

import (
	"context"

	"judge/problems"
	"judge/problems/formats"
)

// openProblem opens a problem, or returns the cause of ctx's end if that comes first. The readers know of no context:
// one that is not done then is left to itself, and ends with the process.
func openProblem(ctx context.Context, path string) (*problems.Problem, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	type opened struct {
		problem *problems.Problem
		err     error
	}
	done := make(chan opened, 1)
	go func() {
		problem, err := formats.Open(path)
		done <- opened{problem, err}
	}()
	select {
	case o := <-done:
		return o.problem, o.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
