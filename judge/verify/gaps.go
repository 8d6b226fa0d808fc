package verify

import (
	"fmt"
	"slices"
)

// Gap is a kind of thing in a problem that was not checked, as it is not supported. It is reported once for all
// problems of a run.
type Gap struct {
	Has string `json:"has"` // what the problem has, as in "3 problems have X validators, which are not supported"
}

// gap records something that was not checked; has ends the sentence "the problem has".
func (w *verification) gap(has string) {
	if !slices.Contains(w.result.Gaps, Gap{has}) {
		w.result.Gaps = append(w.result.Gaps, Gap{has})
	}
}

// problemsWith is a sentence on what several problems have.
func problemsWith(paths []string, has string) string {
	have := "have"
	if len(paths) == 1 {
		have = "has"
	}
	return fmt.Sprintf("%s %s %s: %s", plural(len(paths), "problem"), have, has, listNames(paths, asItIs))
}

// linked returns the note on problems with files elsewhere in the repository; "": there are none.
func (r *Result) linked() string {
	var paths []string
	for _, p := range r.Problems {
		if p.Linked {
			paths = append(paths, p.Path)
		}
	}
	if paths == nil {
		return ""
	}
	return problemsWith(paths, "links to other places in the git repository, which are followed")
}

// Conclude completes a result: it adds the findings that are about several problems.
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
		message := problemsWith(paths[g], g.Has)
		r.Findings = append(r.Findings, Finding{Severity: Warning, Check: KindPackage, Message: message})
	}
	r.Findings = append(r.Findings, unjudgedFindings(r.Problems)...)
}
