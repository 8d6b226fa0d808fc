package judge

import (
	"judge/judge/build"
	"judge/judge/decide"
	"judge/judge/report"
	"judge/problems"
)

// What users of the engine need of its rooms stands here under the engine's own name, so that they import no room.

// Stop says when a submission's remaining tests are skipped.
type Stop = decide.Stop

// Stop rules.
const (
	AtEnd          = decide.AtEnd          // run every test
	AtFirstFailure = decide.AtFirstFailure // skip what follows the first test that fails, unless it can earn points
	AtFirstTimeout = decide.AtFirstTimeout // skip what follows the first test that is over the time limit
)

// Band is how near to the time limit, as a part of it, a measurement is too near to trust while other tests run.
const Band = decide.Band

// ScoreWarning says what is odd about a submission that is accepted as it should be; see decide.ScoreWarning.
func ScoreWarning(p *problems.Problem, said problems.Submission, s report.Submission) string {
	return decide.ScoreWarning(p, said, s)
}

// ScoreFault says which score is outside of what the package says is possible; see decide.ScoreFault.
func ScoreFault(p *problems.Problem, s report.Submission) string { return decide.ScoreFault(p, s) }

// SubmissionError reports why a submission cannot be judged at all.
type SubmissionError = build.SubmissionError

// MissingError reports that this host lacks what a submission's language needs.
type MissingError = build.MissingError

// CheckerError reports why a problem's own program cannot be used at all. It is the setter's to fix.
type CheckerError = build.CheckerError
