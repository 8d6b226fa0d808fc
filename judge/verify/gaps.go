package verify

import (
	"fmt"
	"slices"
)

// Gap is a kind of thing in a problem that was not looked at, because nothing here can. It is told once for all
// problems of a run.
type Gap struct {
	Has string `json:"has"` // what the problem has, as in "3 problems have X validators, which are not run"
}

// gap notes something that was not looked at; has ends the sentence "the problem has".
func (w *verification) gap(has string) {
	if !slices.Contains(w.result.Gaps, Gap{has}) {
		w.result.Gaps = append(w.result.Gaps, Gap{has})
	}
}

// Conclude ends a result: it makes the findings that are about no one problem.
func (r *Result) Conclude() {
	r.Partial = slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Partial })
	r.Findings = []Finding{}
	var gaps []Gap
	paths := map[Gap][]string{}
	for _, p := range r.Problems {
		for _, g := range p.Gaps {
			if paths[g] == nil {
				gaps = append(gaps, g)
			}
			paths[g] = append(paths[g], p.Path)
		}
	}
	for _, g := range gaps {
		have := "have"
		if len(paths[g]) == 1 {
			have = "has"
		}
		message := fmt.Sprintf("%s %s %s: %s", plural(len(paths[g]), "problem"), have, g.Has, listNames(paths[g], asItIs))
		r.Findings = append(r.Findings, Finding{Severity: Warning, Check: KindPackage, Message: message})
	}
	r.Findings = append(r.Findings, unjudgedFindings(r.Problems)...)
}
