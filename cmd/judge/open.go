package main

import (
	"context"

	"judge/problems"
	"judge/problems/formats"
)

// reading returns the result of a function, or the cause of ctx's end if that comes first. Readers of packages
// take no context, and a package can keep them busy: the reader is then abandoned, and ends with the process.
func reading[T any](ctx context.Context, read func() (T, error)) (T, error) {
	var none T
	if ctx.Err() != nil {
		return none, context.Cause(ctx)
	}
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1) // the reader sends once, even if no one receives
	go func() {
		value, err := read()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		return none, context.Cause(ctx)
	}
}

// openProblem opens the problem at a path, or returns the cause of ctx's end if that comes first.
func openProblem(ctx context.Context, path string) (*problems.Problem, error) {
	return reading(ctx, func() (*problems.Problem, error) { return formats.Open(path) })
}
