package report

import (
	"fmt"

	"judge/problems"
)

// row is a line of the table: one test, or consecutive tests that went alike for every submission.
type row struct {
	first, last int // indexes of tests
}

// leastFold is the fewest tests that are folded into a line: two lines are as quickly read as one that stands for two.
const leastFold = 3

// rows divides the tests into lines. Tests are folded when every submission has one verdict and reason on all of them.
func rows(submissions []Submission, tests int, verbose bool) []row {
	var all []row
	for first := 0; first < tests; {
		last := first
		for !verbose && last+1 < tests && alike(submissions, first, last+1) {
			last++
		}
		if last-first+1 < leastFold {
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
		if x.Verdict != y.Verdict || x.Reason != y.Reason || x.Group != y.Group {
			return false
		}
	}
	return true
}

func (r row) count() int { return r.last - r.first + 1 }

// name is the test's, or the first and the last one's.
func (r row) name(tests []Test) string {
	name := tests[r.first].Name
	if r.count() > 1 {
		name = fmt.Sprintf("%s … %s", cut(name, 12), cut(tests[r.last].Name, 12))
	}
	if group := tests[r.first].Group; group != "" {
		name = group + ": " + name
	}
	return cut(name, 32)
}

// most is the line's largest CPU time and memory.
func (r row) most(tests []Test) (cpu float64, memory int64) {
	for _, t := range tests[r.first : r.last+1] {
		cpu, memory = max(cpu, t.CPUSeconds), max(memory, t.MemoryBytes)
	}
	return cpu, memory
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

// firstFailure is the test that decided the submission's verdict; nil for none.
func firstFailure(s Submission) *Test {
	for i := range s.Tests {
		if t := &s.Tests[i]; t.Verdict != problems.AC && t.Verdict != problems.SKIP {
			return t
		}
	}
	return nil
}
