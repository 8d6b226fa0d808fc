package judge

import (
	"context"
	"errors"

	"judge/judge/report"
	"judge/problems"
)

// Prepared is a problem with its own programs compiled, ready for any number of submissions. It belongs to the
// Judge that prepared it, and is safe for concurrent use.
type Prepared struct{}

// Prepare compiles a problem's own programs, once for all submissions. stop is the rule that skips tests of each of
// them. Call Close on the result when all jobs with it are done. Errors: *CheckerError, *MissingError,
// *isolate.LackError, and that of ctx.
func (j *Judge) Prepare(ctx context.Context, problem *problems.Problem, stop Stop) (*Prepared, error) {
	return nil, errors.ErrUnsupported
}

// Close releases the compiled programs.
func (p *Prepared) Close() {}

// Job is one submission of a stream.
type Job struct {
	Prepared *Prepared
	Path     string // of a file or directory
	Language string // id; "": by extension or shebang
	Entry    string // entry point; "": by the rules of the language
	// Done receives the result, once. It is called from any goroutine, and keeps a core from its next work until
	// it returns. The error is a *SubmissionError if the submission cannot be judged at all, a *CheckerError if
	// the problem cannot judge it, and nil otherwise; the submission then has a verdict or is Unfinished.
	Done func(report.Submission, error)
}

// Stream judges jobs until next returns false, and returns when all are done. next is called by one goroutine at a
// time, when a core is free. A core judges one submission after the other: it compiles it and runs its tests in
// sequence. While a program only waits, its core goes on with other work, the next submission included. Nothing of
// a job is kept when it is done. The results are those of Judge. When ctx ends, jobs that have begun become
// Unfinished and no more are begun. Errors: *isolate.LackError if the host is unfit, and that of ctx.
func (j *Judge) Stream(ctx context.Context, next func() (Job, bool)) error {
	return errors.ErrUnsupported
}
