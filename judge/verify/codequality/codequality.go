// Package codequality writes findings as a report of GitLab's code quality: a list of issues in JSON.
package codequality

import (
	"cmp"
	"fmt"
	"io"

	"judge/judge/verify"
	"judge/judge/verify/annotations"
	"judge/judge/verify/sarif"
	"judge/problems/text"
)

// issue has the keys that GitLab reads.
type issue struct {
	Description string   `json:"description"`
	CheckName   string   `json:"check_name"`
	Fingerprint string   `json:"fingerprint"` // unique in the report
	Severity    string   `json:"severity"`
	Location    location `json:"location"`
}

type location struct {
	Path  string `json:"path"`
	Lines lines  `json:"lines"`
}

type lines struct {
	Begin int `json:"begin"`
}

// Write writes the findings, with paths from the root of the repository. GitLab needs a path, so a finding about no
// file has that of its problem.
func Write(w io.Writer, r verify.Result, at annotations.Place) error {
	located := at.Locate(r)
	all, seen := []issue{}, map[string]int{}
	add := func(problem, prefix, place string, f verify.Finding) {
		print := sarif.Fingerprint(problem, f)
		if seen[print]++; seen[print] > 1 {
			print = fmt.Sprintf("%s-%d", print, seen[print])
		}
		severity := "major"
		if f.Severity == verify.Warning {
			severity = "minor"
		}
		if f.Subject != "" {
			prefix += f.Subject + ": "
		}
		all = append(all, issue{
			Description: prefix + f.Message, CheckName: "judge verify: " + f.Check.String(), Fingerprint: print,
			Severity: severity, Location: location{cmp.Or(f.File, place), lines{max(f.Line, 1)}},
		})
	}
	for _, f := range located.Findings {
		add("", "", ".", f)
	}
	for _, p := range located.Problems {
		for _, f := range p.Findings {
			add(cmp.Or(p.Relative, p.Path), p.Name+": ", p.Path, f)
		}
	}
	return text.WriteJSON(w, text.Clean(all))
}
