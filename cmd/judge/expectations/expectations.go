// Package expectations records what submissions did as what is expected of them, in native specs.
package expectations

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"judge/judge/report"
	"judge/judge/verify"
	"judge/problems"
	"judge/problems/formats"
	"judge/problems/specedit"
)

// Recorded is what was recorded of one problem.
type Recorded struct {
	Spec        string
	Submissions int // whose expectations changed
}

// Record writes the verdicts and the scores of a result into the specs of its problems, where they differ from what is
// expected. Problems in other formats are an error, and so are specs that cannot be edited; the others are written all
// the same.
func Record(r verify.Result, open func(path string) (*problems.Problem, error)) ([]Recorded, error) {
	var all []Recorded
	var errs []error
	for _, p := range r.Problems {
		if p.Format != "native" && !p.Invalid {
			const message = "%s: the format %s has no place for them: convert it to native first"
			errs = append(errs, fmt.Errorf(message, p.Path, p.Format))
			continue
		}
		if p.Report == nil {
			continue
		}
		one, err := record(p, open)
		if err != nil {
			errs = append(errs, err)
		}
		if one.Submissions > 0 {
			all = append(all, one)
		}
	}
	return all, errors.Join(errs...)
}

func record(p verify.Problem, open func(path string) (*problems.Problem, error)) (Recorded, error) {
	problem, err := open(p.Path)
	if err != nil {
		return Recorded{}, err
	}
	defer problem.Close()
	found := Found(problem, p.Report)
	one := Recorded{Spec: formats.Spec(p.Path), Submissions: len(found)}
	if len(found) == 0 || formats.IsArchive(one.Spec) {
		return Recorded{}, nil
	}
	changed, err := specedit.File(one.Spec, func(data []byte) ([]byte, error) {
		return specedit.SetExpectations(data, found)
	}, func() error {
		again, err := open(p.Path)
		if err != nil {
			return err
		}
		return again.Close()
	})
	if !changed {
		one.Submissions = 0
	}
	return one, err
}

// Found returns the expectations that differ from the declared ones. A judge error, and a submission that was
// interrupted, show none.
func Found(p *problems.Problem, r *report.Report) []specedit.Expectation {
	var all []specedit.Expectation
	for _, said := range p.Submissions {
		i := slices.IndexFunc(r.Submissions, func(s report.Submission) bool { return s.Path == said.Listed })
		if i < 0 || !conclusive(r.Submissions[i]) {
			continue
		}
		s, e := r.Submissions[i], specedit.Expectation{Path: said.Listed}
		declares := len(said.Expect) > 0 || len(said.Demands) > 0
		if len(said.Expect) > 0 && !slices.Contains(said.Expect, s.Verdict) || !declares {
			e.Keys, e.Texts = append(e.Keys, "expect"), append(e.Texts, s.Verdict.String())
		}
		if s.Score != nil && !allows(said, *s.Score) {
			score := math.Round(*s.Score*1e6) / 1e6
			e.Keys, e.Texts = append(e.Keys, "score"), append(e.Texts, strconv.FormatFloat(score, 'f', -1, 64))
		}
		if len(e.Keys) > 0 {
			all = append(all, e)
		}
	}
	return all
}

// conclusive reports whether a result says what a submission does.
func conclusive(s report.Submission) bool {
	failed := func(t report.Test) bool { return t.Verdict == problems.JE }
	decided := s.Verdict != problems.JE && s.Verdict != problems.SKIP
	return !s.Unfinished && decided && !slices.ContainsFunc(s.Tests, failed)
}

// allows reports whether a submission declares a score of its own that a found score meets.
func allows(said problems.Submission, score float64) bool {
	const slack = 1e-6
	return slices.ContainsFunc(said.Demands, func(d problems.Demand) bool {
		return d.Score != nil && d.Group == "" && score >= d.Score.Least-slack && score <= d.Score.Most+slack
	})
}
