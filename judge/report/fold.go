package report

import (
	"fmt"
	"slices"
	"strings"

	"judge/problems"
)

// row is a line of the table: one test, or consecutive tests in one.
type row struct {
	first, last int // indexes of tests
}

const (
	// minFold is the fewest tests that share a line: two lines are read as quickly as one for two tests.
	minFold = 3
	// maxRows is how many lines stay as they are; beyond it, only those that decided a verdict do.
	maxRows = 16
)

// rows divides the tests into lines. Tests share a line when every submission has one verdict and reason on all of
// them; if that leaves many lines, the tests between the deciding ones share lines too, whatever their verdicts.
func rows(submissions []Submission, tests int, verbose bool) []row {
	if verbose {
		return folded(tests, func(int, int) bool { return false })
	}
	all := folded(tests, func(a, b int) bool { return alike(submissions, a, b) })
	if len(all) <= maxRows {
		return all
	}
	var kept []row
	open := false // whether the last kept line takes in more
	for i, r := range all {
		switch {
		case i < maxRows || decides(submissions, r):
			kept, open = append(kept, r), false
		case open:
			kept[len(kept)-1].last = r.last
		default:
			kept, open = append(kept, r), true
		}
	}
	return kept
}

func folded(tests int, joins func(a, b int) bool) []row {
	var all []row
	for first := 0; first < tests; {
		last := first
		for last+1 < tests && joins(first, last+1) {
			last++
		}
		if last-first+1 < minFold {
			last = first
		}
		all = append(all, row{first, last})
		first = last + 1
	}
	return all
}

func alike(submissions []Submission, a, b int) bool {
	for _, s := range submissions {
		x, y := s.Tests[a], s.Tests[b]
		same := x.Verdict == y.Verdict && x.Reason == y.Reason && x.Group == y.Group && part(x) == part(y)
		if !same || x.Rerun != y.Rerun || x.Cached != y.Cached {
			return false
		}
	}
	return true
}

// decides reports whether the line has a submission's first failing test.
func decides(submissions []Submission, r row) bool {
	return slices.ContainsFunc(submissions, func(s Submission) bool {
		i := firstFailure(s)
		return i >= r.first && i <= r.last
	})
}

func (r row) count() int { return r.last - r.first + 1 }

// name is the test's, or the first and the last one's; and the group's, if it is one.
func (r row) name(tests []Test) string {
	first, last := tests[r.first], tests[r.last]
	name := first.Name
	if r.count() > 1 {
		name = CutMiddle(first.Name, maxName) + " … " + CutMiddle(last.Name, maxName)
	}
	if first.Group != "" && first.Group == last.Group {
		name = CutMiddle(first.Group, maxName) + ": " + name
	}
	return CutMiddle(name, maxLabel)
}

// most is the line's largest CPU time and memory.
func (r row) most(tests []Test) (cpu float64, memory int64) {
	for _, t := range tests[r.first : r.last+1] {
		cpu, memory = max(cpu, t.CPUSeconds), max(memory, t.MemoryBytes)
	}
	return cpu, memory
}

// verdict returns a submission's text on the line: the tests' one verdict, or the count of each. The verdict that is
// returned with it is the first that is not AC.
func (r row) verdict(tests []Test) (problems.Verdict, string) {
	tests = tests[r.first : r.last+1]
	first, uniform := tests[0], true
	decides := first.Verdict
	counts := map[problems.Verdict]int{}
	for _, t := range tests {
		counts[t.Verdict]++
		uniform = uniform && t.Verdict == first.Verdict && t.Reason == first.Reason && part(t) == part(first)
		if decides == problems.AC {
			decides = t.Verdict
		}
	}
	if uniform {
		return decides, brief(first.Verdict, first.Reason) + part(first) + rerun(tests)
	}
	var words []string
	for v := problems.AC; v <= problems.SKIP; v++ {
		if counts[v] > 0 {
			words = append(words, fmt.Sprintf("%d %s", counts[v], v))
		}
	}
	return decides, cut(strings.Join(words, ", "), maxVerdict)
}

// part is the score that the checker gave a test, if that is neither all nor nothing: a share, or points.
func part(t Test) string {
	switch {
	case t.Points != nil:
		return " " + points(*t.Points) + " p"
	case t.Score != nil && *t.Score > 0 && *t.Score < 1:
		return " " + points(*t.Score)
	default:
		return ""
	}
}

// rerun marks tests that were run again alone, as they were close to the time limit, and those with a cached result.
func rerun(tests []Test) string {
	if !slices.ContainsFunc(tests, func(t Test) bool { return !t.Cached }) {
		return " cached"
	}
	if slices.ContainsFunc(tests, func(t Test) bool { return !t.Rerun }) {
		return ""
	}
	return " rerun"
}

// passed counts the tests that were accepted.
func passed(s Submission) int {
	n := 0
	for _, t := range s.Tests {
		if t.Verdict == problems.AC {
			n++
		}
	}
	return n
}

// firstFailure is the index of the test that decided the submission's verdict; -1 for none. A grader may have chosen
// the verdict of a later test than the first that failed.
func firstFailure(s Submission) int {
	decided := func(t Test) bool {
		return t.Verdict == s.Verdict && t.Verdict != problems.AC && t.Verdict != problems.SKIP
	}
	if i := slices.IndexFunc(s.Tests, decided); i >= 0 {
		return i
	}
	return slices.IndexFunc(s.Tests, func(t Test) bool {
		return t.Verdict != problems.AC && t.Verdict != problems.SKIP
	})
}

// ran reports whether any test was run.
func ran(s Submission) bool {
	return slices.ContainsFunc(s.Tests, func(t Test) bool { return t.Verdict != problems.SKIP })
}
