package store

import (
	"context"

	"judge/problems"
)

// Digests are those of the files as they are now. What is missing in a map is not compared.
type Digests struct {
	Packages map[string]string // by problem
	Sources  map[string]string // by submission
}

// Outdated are the judgements that depend on old files. Those with the verdict JE are left out: they do not stay.
type Outdated struct {
	Problems map[string]int // how many judgements depend on another package, by problem
	Sources  []string       // submissions whose judgement is of another source, in the contest's order
	Total    int            // judgements of either kind
}

// Outdated counts the judgements that count and that depend on a package or a source that has changed since.
func (r *Reader) Outdated(ctx context.Context, now Digests) (Outdated, error) {
	o := Outdated{Problems: map[string]int{}}
	results, err := r.Results(ctx)
	if err != nil {
		return o, err
	}
	for _, one := range results.Contest.Submissions {
		j := results.Judgements[one.ID]
		if j == nil || j.Verdict == problems.JE {
			continue
		}
		oldPackage := changed(j.Package, now.Packages, one.Problem)
		oldSource := changed(j.Source, now.Sources, one.ID)
		if oldPackage {
			o.Problems[one.Problem]++
		}
		if oldSource {
			o.Sources = append(o.Sources, one.ID)
		}
		if oldPackage || oldSource {
			o.Total++
		}
	}
	return o, nil
}

// changed reports whether a digest is known then and now, and not the same.
func changed(then string, now map[string]string, of string) bool {
	is, known := now[of]
	return known && then != "" && is != then
}
