package judge

import (
	"judge/judge/build"
	"judge/judge/decide"
	"judge/judge/report"
	"judge/problems"
)

// Users of the engine need these names of its rooms. They are declared here, so that users import only this
// package.

// Stop is a rule that skips a submission's remaining tests.
type Stop = decide.Stop

// Stop rules.
const (
	AtEnd          = decide.AtEnd          // run every test
	AtFirstFailure = decide.AtFirstFailure // see decide.Stop
	AtFirstTimeout = decide.AtFirstTimeout // see decide.Stop
)

// Band is the distance from the time limit, relative to it, within which a measurement is not trusted while other
// tests run.
const Band = decide.Band

// ScoreWarning returns a doubt about a submission that is accepted as expected; see decide.ScoreWarning.
func ScoreWarning(p *problems.Problem, said problems.Submission, s report.Submission) string {
	return decide.ScoreWarning(p, said, s)
}

// ScoreFault returns the fault of a score outside the package's range; see decide.ScoreFault.
func ScoreFault(p *problems.Problem, s report.Submission) string { return decide.ScoreFault(p, s) }

// SubmissionError reports why a submission cannot be judged at all.
type SubmissionError = build.SubmissionError

// MissingError reports that this host lacks what a submission's language needs.
type MissingError = build.MissingError

// CheckerError reports why a problem's own program cannot be used at all. The setter must fix it.
type CheckerError = build.CheckerError

// Worth returns the most that a submission can score in a problem with points; see decide.Worth.
func Worth(p *problems.Problem) float64 { return decide.Worth(p) }

// SanitizedLimits returns the limits of sanitized programs; see build.SanitizedLimits.
func SanitizedLimits(l problems.Limits) problems.Limits { return build.SanitizedLimits(l) }
