package verify

import (
	"fmt"
	"strings"

	"judge/judge/report"
	"judge/problems"
)

// Verified counts the problems that were verified as a whole.
func (r Result) Verified() int {
	n := 0
	for _, p := range r.Problems {
		if !p.Partial {
			n++
		}
	}
	return n
}

// Valid counts the problems that were verified as a whole and have no errors.
func (r Result) Valid() int {
	n := 0
	for _, p := range r.Problems {
		if !p.Partial && p.count(Error) == 0 {
			n++
		}
	}
	return n
}

// Interruption describes how far an interrupted verification came; "" for one that was not interrupted.
func (r Result) Interruption() string { return r.interruption(asItIs) }

// asItIs returns a name unchanged, for a sentence that is escaped as a whole.
func asItIs(name string) string { return name }

// interruption is Interruption with the names of problems as show returns them.
func (r Result) interruption(show func(string) string) string {
	if !r.Partial {
		return ""
	}
	var cut, waiting []string
	for _, p := range r.Problems {
		switch {
		case p.NotBegun:
			waiting = append(waiting, p.Path)
		case p.Partial:
			cut = append(cut, p.Path)
		}
	}
	words := "interrupted"
	if r.Budget > 0 {
		words = fmt.Sprintf("the budget of %g s was used up", r.Budget)
	}
	words += fmt.Sprintf(": %d of %d verified", r.Verified(), len(r.Problems))
	if len(cut) > 0 {
		words += fmt.Sprintf(", %d cut short: %s", len(cut), listNames(cut, show))
	}
	if len(waiting) > 0 {
		words += fmt.Sprintf(", %d not started: %s", len(waiting), listNames(waiting, show))
	}
	return words
}

// maxNamed bounds how many names are in one sentence.
const maxNamed = 5

// listNames lists names, and counts those that a sentence has no room for.
func listNames(names []string, show func(string) string) string {
	var shown []string
	for _, name := range names[:min(len(names), maxNamed)] {
		shown = append(shown, show(name))
	}
	text := strings.Join(shown, ", ")
	if more := len(names) - len(shown); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// Progress describes how far the verification of a problem came; "" for one that was verified as a whole.
func (p Problem) Progress() string {
	switch {
	case p.NotBegun:
		return "not started"
	case p.Partial:
		return "interrupted: verified in part"
	default:
		return ""
	}
}

// failedAsJudge reports whether a judge error decided a submission or one of its tests.
func failedAsJudge(s report.Submission) bool {
	if s.Verdict == problems.JE {
		return true
	}
	for _, t := range s.Tests {
		if t.Verdict == problems.JE {
			return true
		}
	}
	return false
}
