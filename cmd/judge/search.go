package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"judge/judge/verify"
	"judge/problems/repository"
)

// errBudget is the cause of a context that ends because the time for the run is used up.
var errBudget = errors.New("the budget is used up")

// findProblems returns the problems that arguments name, or those in the directories below. A path without
// problems is an omission. If there is no problem at all the error is an *emptyError, returned with the omissions.
func findProblems(ctx context.Context, arguments, exclude []string) (*repository.Found, error) {
	for _, pattern := range exclude {
		if !repository.Valid(pattern) {
			return nil, &usageError{fmt.Sprintf("--exclude %q: malformed pattern", pattern),
				"write it as in --exclude 'templates/**'"}
		}
	}
	found, err := repository.Search{Exclude: exclude}.Find(ctx, arguments)
	if err != nil {
		return nil, err
	}
	if len(found.Paths) == 0 {
		var all []string
		for _, o := range (verify.Result{Omitted: omissions(found)}).Merged() {
			all = append(all, o.Path+": "+o.Reason)
		}
		return found, &emptyError{strings.Join(all, "; ")}
	}
	return found, nil
}

// omissions are what a search has left out, for the result.
func omissions(found *repository.Found) []verify.Omission {
	var all []verify.Omission
	for _, o := range found.Omitted {
		all = append(all, verify.Omission{Path: o.Path, Reason: o.Reason, Warning: o.Warning})
	}
	return all
}
