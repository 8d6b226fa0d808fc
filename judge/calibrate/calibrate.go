// Package calibrate finds the time limits that fit a problem's submissions with expected verdicts.
//
// The rule is that of the ICPC problem package format (2025-09, "Limits"): the slowest AC submission, times a factor,
// is within the limit, and the limit, times another factor, is within the time of the fastest TLE submission. It
// works on measurements only, so it can be tested without running anything.
package calibrate

import (
	"math"
	"slices"

	"judge/judge/report"
	"judge/problems"
)

// Rule holds the factors of the format, which are at least 1, and the step of limits in seconds.
type Rule struct {
	ACToTimeLimit  float64 `json:"ac_to_time_limit"`
	TimeLimitToTLE float64 `json:"time_limit_to_tle"`
	TimeResolution float64 `json:"time_resolution"`
}

// ICPC returns the default rule of the format.
func ICPC() Rule { return Rule{ACToTimeLimit: 2, TimeLimitToTLE: 1.5, TimeResolution: 1} }

// Kind is how fast a submission is expected to be.
type Kind string

// The kinds.
const (
	Accepted   Kind = "accepted"
	FastEnough Kind = "fast enough" // whatever else it is
	TooSlow    Kind = "too slow"
)

// expected is the kind as a table shows it.
func (k Kind) expected() string {
	switch k {
	case Accepted:
		return "AC"
	case TooSlow:
		return "TLE"
	default:
		return string(k)
	}
}

// KindOf returns what a submission implies about the time limit; ok is false when it implies nothing.
func KindOf(s problems.Submission) (kind Kind, ok bool) {
	switch s.Pace {
	case problems.NoPace:
		return TooSlow, false
	case problems.SlowEnough:
		return TooSlow, true
	case problems.FastEnough:
		if len(s.Expect) == 1 && s.Expect[0] == problems.AC {
			return Accepted, true
		}
		return FastEnough, true
	}
	slow := false
	for _, v := range s.Expect {
		switch v {
		case problems.AC:
			return Accepted, len(s.Expect) == 1
		case problems.TLE:
			slow = true
		}
	}
	return TooSlow, slow
}

// Timing is what was measured of one submission. Times are CPU time in seconds.
type Timing struct {
	Path     string           `json:"path"`
	Language string           `json:"language"`
	Kind     Kind             `json:"kind"`
	Verdict  problems.Verdict `json:"verdict"`
	Reason   report.Reason    `json:"reason"`
	Test     string           `json:"test"`    // that took the most time; "" when none ran
	Seconds  float64          `json:"seconds"` // of that test
	Stopped  bool             `json:"stopped"` // there: it would have taken longer
	Times    []float64        `json:"times"`   // of all tests that ran
}

// failed reports whether a submission with the expected verdict AC has another one, so its times are ignored.
func (t Timing) failed() bool { return t.Kind == Accepted && t.Verdict != problems.AC }

// waits reports whether the submission was killed because it waited: no time limit would be long enough.
func (t Timing) waits() bool {
	return t.Verdict == problems.TLE && (t.Reason == report.Idle || t.Reason == report.OverWall)
}

// counts reports whether the times count for the limits.
func (t Timing) counts() bool { return t.Test != "" && !t.failed() && !t.waits() }

// Limits are the time limits that fit, in seconds. Declared is 0 where the problem states none.
type Limits struct {
	Slowest      *Timing  `json:"-"`        // accepted; nil: there is none
	Fastest      *Timing  `json:"-"`        // too slow; nil: there is none
	Least        float64  `json:"least"`    // by the slowest accepted submission
	Most         *float64 `json:"most"`     // by the fastest too slow one; null: there is none
	Proposed     float64  `json:"proposed"` // the smallest multiple of the resolution that is at least Least
	ProposedFits bool     `json:"proposed_fits"`
	Declared     float64  `json:"declared"`
	DeclaredFits bool     `json:"declared_fits"`
}

// Fit finds the limits that fit.
func (r Rule) Fit(timings []Timing, declared float64) Limits {
	l := Limits{Declared: declared}
	for i := range timings {
		t := &timings[i]
		switch {
		case !t.counts():
		case t.Kind != TooSlow && (l.Slowest == nil || t.Seconds > l.Slowest.Seconds):
			l.Slowest = t
		case t.Kind == TooSlow && (l.Fastest == nil || t.Seconds < l.Fastest.Seconds):
			l.Fastest = t
		}
	}
	if l.Slowest == nil {
		return l
	}
	l.Least = l.Slowest.Seconds * r.ACToTimeLimit
	l.Proposed = r.proposed(l.Slowest.Seconds)
	if l.Fastest != nil {
		most := l.Fastest.Seconds / r.TimeLimitToTLE
		l.Most = &most
	}
	fits := func(limit float64) bool { return limit >= l.Least && (l.Most == nil || limit <= *l.Most) }
	l.ProposedFits, l.DeclaredFits = fits(l.Proposed), fits(declared)
	return l
}

func (r Rule) proposed(slowest float64) float64 {
	steps := math.Ceil(slowest * r.ACToTimeLimit / r.TimeResolution)
	return math.Round(max(steps, 1)*r.TimeResolution*1e6) / 1e6 // 3 x 0.1 is 0.3
}

// Enough returns for how many seconds a TLE submission must run to be slow enough, with a small margin: no run
// needs to be longer.
func (r Rule) Enough(slowest, declared float64) float64 {
	const room = 1.1
	return max(r.proposed(slowest), declared) * r.TimeLimitToTLE * room
}

// Schema is the number of the JSON's format, as that of a report.
const Schema = 1

// Result is a whole calibration: what is printed, and the JSON.
type Result struct {
	Schema  int            `json:"schema"`
	Partial bool           `json:"partial"` // it was interrupted: submissions are missing, no limit is proposed
	Judge   report.Build   `json:"judge"`
	Machine report.Machine `json:"machine"`
	Problem string         `json:"problem"`
	Path    string         `json:"path"`
	Rule    Rule           `json:"rule"`
	Timings []Timing       `json:"submissions"`
	Limits  Limits         `json:"time_limit"`
}

// Proposes reports whether the proposed limit fits, and every submission with the expected verdict AC has it.
func (r Result) Proposes() bool {
	return !r.Partial && r.Limits.Slowest != nil && r.Limits.ProposedFits &&
		!slices.ContainsFunc(r.Timings, Timing.failed)
}

// Good reports whether a limit fits, the declared one if there is one, and every submission with the expected verdict
// AC has it.
func (r Result) Good() bool {
	for _, t := range r.Timings {
		if t.failed() {
			return false
		}
	}
	if r.Limits.Declared > 0 {
		return r.Limits.Slowest != nil && r.Limits.DeclaredFits
	}
	return r.Limits.Slowest != nil && r.Limits.ProposedFits
}
