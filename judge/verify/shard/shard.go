// Package shard divides the problems of a run among machines, and merges their results.
package shard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"judge/judge/verify"
)

// Split returns the paths of a shard, in their order. All machines must have the same paths and weights. A path without
// a weight has that of the average.
func Split(paths []string, weights map[string]float64, s verify.Shard) []string {
	sum, known := 0.0, 0
	for _, p := range paths {
		if w, ok := weights[p]; ok {
			sum, known = sum+w, known+1
		}
	}
	average := 1.0
	if known > 0 && sum > 0 {
		average = sum / float64(known)
	}
	weight := func(path string) float64 {
		if w, ok := weights[path]; ok {
			return w
		}
		return average
	}
	order := slices.Clone(paths)
	slices.SortStableFunc(order, func(a, b string) int { // the heaviest first, each to the lightest shard
		return cmp.Or(cmp.Compare(weight(b), weight(a)), strings.Compare(a, b))
	})
	loads, mine := make([]float64, s.Of), map[string]bool{}
	for _, path := range order {
		lightest := 0
		for i, load := range loads {
			if load < loads[lightest] {
				lightest = i
			}
		}
		loads[lightest] += weight(path)
		mine[path] = lightest == s.Index-1
	}
	return slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return !mine[path] })
}

// Weights returns how long each problem of an earlier result took, by its path from the argument.
func Weights(r verify.Result) map[string]float64 {
	all := map[string]float64{}
	for _, p := range r.Problems {
		if p.Report == nil || p.Partial {
			continue
		}
		seconds := 0.0
		for _, s := range p.Report.Submissions {
			seconds += s.Compile.Seconds
			for _, t := range s.Tests {
				seconds += t.WallSeconds
			}
		}
		all[cmp.Or(p.Relative, p.Path)] = seconds
	}
	return all
}

// Merge returns one result of those of all shards. Each shard must be there once, and none may overlap.
func Merge(results []verify.Result) (verify.Result, error) {
	if len(results) == 0 {
		return verify.Result{}, fmt.Errorf("no result to merge")
	}
	merged := results[0]
	merged.Problems, merged.Omitted, merged.Known, merged.Shard = nil, nil, nil, nil
	if err := complete(results); err != nil {
		return merged, err
	}
	seen := map[string]bool{}
	for _, r := range results {
		for _, p := range r.Problems {
			if seen[p.Path] {
				return merged, fmt.Errorf("the problem %s is in two results: expected each in one shard", p.Path)
			}
			seen[p.Path] = true
			merged.Problems = append(merged.Problems, p)
		}
		for _, o := range r.Omitted {
			if !slices.Contains(merged.Omitted, o) {
				merged.Omitted = append(merged.Omitted, o)
			}
		}
		merged.Budget = max(merged.Budget, r.Budget)
		if r.Began.Before(merged.Began) {
			merged.Began = r.Began
		}
	}
	slices.SortFunc(merged.Problems, func(a, b verify.Problem) int { return strings.Compare(a.Path, b.Path) })
	merged.Conclude()
	return merged, nil
}

// complete checks that the results are the shards of one run. Results without a shard may be merged, too.
func complete(results []verify.Result) error {
	first := results[0].Shard
	seen := map[int]bool{}
	for _, r := range results {
		switch {
		case (r.Shard == nil) != (first == nil):
			return fmt.Errorf("some results are shards and some are not: expected the results of one run")
		case r.Shard == nil:
		case r.Shard.Of != first.Of:
			return fmt.Errorf("shards of %d and of %d: expected the results of one run", first.Of, r.Shard.Of)
		case seen[r.Shard.Index]:
			return fmt.Errorf("shard %d/%d is there twice", r.Shard.Index, r.Shard.Of)
		default:
			seen[r.Shard.Index] = true
		}
	}
	for i := 1; first != nil && i <= first.Of; i++ {
		if !seen[i] {
			return fmt.Errorf("shard %d/%d is missing: its problems were not verified", i, first.Of)
		}
	}
	return nil
}
