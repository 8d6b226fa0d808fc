// Package baseline tells new findings from those that an earlier run has reported and that are accepted for now.
//
//	known := baseline.Of(saved.Result)
//	known.Apply(&result) // result.Errors() counts new findings only
package baseline

import (
	"cmp"

	"judge/judge/verify"
)

// Baseline is a set of findings. A finding is identified by its problem, what was checked and what it is about, so a
// different message or line does not make it new.
type Baseline struct {
	findings  map[key]bool
	omissions map[string]bool
}

type key struct {
	problem string // by its path from the argument, so that the repository may be elsewhere
	check   verify.Kind
	subject string
}

// Of returns the findings of a saved result, those of its own baseline included.
func Of(r verify.Result) Baseline {
	b := Baseline{findings: map[key]bool{}, omissions: map[string]bool{}}
	for _, p := range r.Problems {
		for _, all := range [][]verify.Finding{p.Findings, p.Known} {
			for _, f := range all {
				b.findings[ofProblem(p, f)] = true
			}
		}
	}
	for _, all := range [][]verify.Finding{r.Findings, r.Known} {
		for _, f := range all {
			b.findings[ofRun(f)] = true
		}
	}
	for _, o := range r.Omitted {
		b.omissions[o.Path] = true
	}
	return b
}

func ofProblem(p verify.Problem, f verify.Finding) key {
	return key{cmp.Or(p.Relative, p.Path), f.Check, f.Subject}
}

// ofRun returns the key of a finding about no one problem. Such a finding has no subject.
func ofRun(f verify.Finding) key { return key{"", f.Check, f.Message} }

// Apply moves the findings of the baseline from Findings to Known. Judge errors stay: nobody can accept that it is
// unknown what a program does.
func (b Baseline) Apply(r *verify.Result) {
	for i := range r.Problems {
		p := &r.Problems[i]
		p.Findings, p.Known = b.split(p.Findings, func(f verify.Finding) key { return ofProblem(*p, f) })
	}
	r.Findings, r.Known = b.split(r.Findings, ofRun)
	for i, o := range r.Omitted {
		if b.omissions[o.Path] {
			r.Omitted[i].Warning = false
		}
	}
}

func (b Baseline) split(all []verify.Finding, of func(verify.Finding) key) (unknown, known []verify.Finding) {
	unknown = []verify.Finding{}
	for _, f := range all {
		if f.Check != verify.KindJudgeError && b.findings[of(f)] {
			known = append(known, f)
		} else {
			unknown = append(unknown, f)
		}
	}
	return unknown, known
}
