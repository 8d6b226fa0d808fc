// Package page writes the results of a contest as HTML: one self-contained page with the scoreboard and the submissions,
// which Writer keeps up to date while grading goes on, and a page for each team.
package page

import (
	"errors"
	"io"
	"time"

	"judge/judge/contest"
)

// Live is what a page shows besides the results.
type Live struct {
	Grading bool     // the page loads itself again until this is false
	Frozen  bool     // verdicts of submissions made during the freeze are left out
	Running []string // ids of the submissions that are being judged
	// Left is the estimate of the time until grading ends; 0: unknown.
	Left    time.Duration
	Written time.Time // is shown; zero: it is not
	// Rounds returns the judgements of a round by submission id. nil: the page shows no rejudgings.
	Rounds func(id int) (map[string]*contest.Judgement, error)
}

// Write writes the page. It holds nothing of hidden teams and of submissions outside the contest's time.
func Write(w io.Writer, r *contest.Results, live Live) error { return errors.ErrUnsupported }

// WriteFile writes the page completely or not at all: see safefile.Replace. A link in the place of the file is an error.
func WriteFile(path string, r *contest.Results, live Live) error { return errors.ErrUnsupported }
