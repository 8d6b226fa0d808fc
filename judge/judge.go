// Package judge is the engine: it compiles submissions, runs them on every test case, decides and reports.
//
// Everything goes one way: a problem and its submissions become programs (compile.go), programs and test cases become
// runs (plan.go), a lane per core carries them out (lanes.go), what was seen of a run is its Facts (facts.go), one pure
// function decides (decide.go), and the decisions become a report.
package judge

import (
	"context"
	"errors"

	"judge/isolate"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
)

// Judge judges submissions on one host. Make one with a literal; it holds no state between calls of Judge.
type Judge struct {
	// Run runs one command in one fresh jail: isolate.Pool's method. It is the engine's only way to start a program.
	Run func(context.Context, isolate.Command) (isolate.Outcome, error)
	// Cores are the CPU numbers that run tests, one lane each; see DefaultCores and ParseCores.
	Cores     []int
	Languages *languages.Table
	Cache     *Cache         // nil: compile always
	Machine   report.Machine // goes into the report as it is
}

// Request is one judging.
type Request struct {
	Problem     *problems.Problem
	Submissions []string // paths of files or directories
	Language    string   // language id for all submissions; "": by extension or shebang
	Stop        Stop
	// Observe, if set, is called from one goroutine at a time with every test that is settled, in no order between
	// submissions and in test order within one.
	Observe func(Event)
}

// Stop says when a submission's remaining tests are skipped.
type Stop uint8

// Stop rules.
const (
	AtEnd          Stop = iota // run every test
	AtFirstFailure             // skip what follows a submission's first test that is not accepted, in test order
)

// Event is one settled step: a compilation (Test is nil) or a test.
type Event struct {
	Submission int // index in Request.Submissions
	Compile    *report.Compile
	Test       *report.Test
}

// Judge judges the request. When ctx ends it returns what had been settled as a partial report together with ctx's
// error. The report is the same for any number of cores, measurements aside.
func (j *Judge) Judge(ctx context.Context, request Request) (*report.Report, error) {
	return nil, errors.New("not built yet")
}

// DefaultCores returns one CPU number for each physical core that this process may run on; SMT siblings are left idle.
func DefaultCores() ([]int, error) { return nil, errors.New("not built yet") }

// ParseCores reads a list such as "1-3,5" and checks that this process may run on each.
func ParseCores(list string) ([]int, error) { return nil, errors.New("not built yet") }
