package cms

import (
	"slices"

	"judge/problems"
	"judge/problems/folder"
)

// Task gives the readers of other formats of CMS tasks what they share with this package's. Its methods fill in the
// problem.
type Task struct{ r reader }

// NewTask returns the task of a directory. format is the name of its format.
func NewTask(f *folder.Folder, named, name, format string) *Task {
	return &Task{reader{folder: f, problem: problems.Problem{
		Dir: f.Dir, Path: named, Name: name, Format: format, Limits: limits(), Checker: whiteDiff(), Define: evaluation,
	}}}
}

// Problem returns the problem, which the caller may change.
func (t *Task) Problem() *problems.Problem { return &t.r.problem }

// JSON decodes one of the task's files.
func (t *Task) JSON(name string, to any) error { return t.r.json(name, to) }

// Limits sets the name, and the limits in seconds and in bytes or MiB. Zero values change nothing.
func (t *Task) Limits(name string, seconds, memory float64) error {
	return t.r.about(export{Name: name, TimeLimit: seconds, MemoryLimit: memory})
}

// Tests reads the tests in tests/.
func (t *Task) Tests() error { return t.r.exportedTests(export{}) }

// Sum returns the group of all tests of a task without subtasks, and adds the tests to it.
func (t *Task) Sum(points float64) []*problems.Scoring {
	t.r.sum(points)
	return t.r.groups
}

// Checker reads checker/checker.*.
func (t *Task) Checker() error { return t.r.comparator() }

// Program returns the path of the first program among stems: its source, or the compiled program if there is no
// source. "": no such program.
func (t *Task) Program(stems ...string) (string, error) { return t.r.program(stems...) }

// GraderFiles adds the files of one directory to a grader.
func (t *Task) GraderFiles(g *problems.Grader, dir, stem string) error {
	return t.r.graderFiles(g, dir, stem)
}

// Processes checks the number of processes of a submission.
func (t *Task) Processes(n float64) error { return t.r.processes(n) }

// IsSource reports whether an extension is that of a language of CMS.
func IsSource(ext string) bool { return languages()[ext] != "" }

// Verdict is what a solution is expected to do.
type Verdict struct {
	Expect []problems.Verdict // AC on all tests, or one of these on at least one; nil: anything
	Pace   problems.Pace
	Model  bool
}

// Verdicts returns the meaning of a directory's name or of a verdict in solutions.json. ok is false for an unknown one.
func Verdicts(name string) (v Verdict, ok bool) {
	v.Expect, v.Pace, v.Model, ok = verdicts(name)
	return v, ok
}

// Accepted reports whether a solution is expected to be accepted.
func (v Verdict) Accepted() bool { return slices.Equal(v.Expect, []problems.Verdict{problems.AC}) }

// DemandOf returns the demand for at least one of the verdicts on some tests, or for AC on all of them. false means
// no demand.
func DemandOf(expect []problems.Verdict, tests []string) (problems.Demand, bool) {
	d := problems.Demand{Tests: tests, Required: expect}
	if slices.Equal(expect, []problems.Verdict{problems.AC}) {
		d.Permitted, d.Required = expect, nil
	}
	return d, expect != nil && tests != nil
}

// TestsOf returns the names of the tests of a subtask.
func TestsOf(p *problems.Problem, subtask string) (names []string) {
	for _, t := range p.Tests {
		if slices.Contains(t.Groups, subtask) {
			names = append(names, t.Name)
		}
	}
	return names
}
