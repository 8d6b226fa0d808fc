package clics

import (
	"encoding/json"
	"time"

	"judge/judge/contest"
)

// clock has the times of a contest that an export states. All are derived from the results, so that the same results
// give the same export.
type clock struct {
	start, end time.Time
	duration   time.Duration
	frozen     time.Time // zero: no freeze
	last       time.Time // of the last judgement, not before end
	final      time.Time // zero: something is pending
	closed     time.Time // the end of updates; zero: something is pending
}

// usualDuration is what an export states of a contest that states no duration. It is longer if a submission is later.
const usualDuration = 5 * time.Hour

// newClock works out the times of the contest.
func (w *writer) newClock() clock {
	k := clock{start: w.c.Start, duration: w.c.Duration}
	var latest time.Duration
	var first, last time.Time
	for _, s := range w.c.Submissions {
		latest = max(latest, s.Time)
		if j := w.judged[s.ID]; j != nil {
			if first.IsZero() || j.Started.Before(first) {
				first = j.Started
			}
			if j.Ended.After(last) {
				last = j.Ended
			}
		}
	}
	if k.duration <= 0 {
		k.duration = max(usualDuration, latest.Truncate(time.Minute)+time.Minute)
	}
	if k.start.IsZero() {
		k.start = first.Add(-k.duration).Truncate(time.Minute)
		if first.Year() < 1970 { // nothing is judged, or nobody knows when
			k.start = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
		}
	}
	k.end = k.start.Add(k.duration)
	k.last = k.end
	if w.c.Freeze > 0 {
		k.frozen = k.end.Add(-min(w.c.Freeze, k.duration-time.Millisecond))
	}
	for _, s := range w.c.Submissions {
		if j := w.judged[s.ID]; j != nil {
			k.place(s, j)
			if j.end.After(k.last) {
				k.last = j.end
			}
		}
	}
	k.last = k.last.Truncate(time.Millisecond)
	if !w.frozen && len(w.judged) == len(w.c.Submissions) {
		k.final = k.last.Add(time.Second)
		k.closed = k.last.Add(2 * time.Second)
	}
	return k
}

// place sets the times of a judgement. Contests are also graded in advance, for a test: nothing is judged before it was
// submitted.
func (k *clock) place(s contest.Submission, j *verdict) {
	j.start, j.end = j.Started, j.Ended
	if at := k.at(s); j.start.Before(at) {
		j.start, j.end = at, at.Add(max(j.Ended.Sub(j.Started), 0))
	}
	if j.end.Before(j.start) {
		j.end = j.start
	}
	j.start, j.end = j.start.In(k.start.Location()), j.end.In(k.start.Location())
}

// at returns when a submission was made.
func (k *clock) at(s contest.Submission) time.Time {
	if s.At.IsZero() {
		return k.start.Add(s.Time)
	}
	return s.At.In(k.start.Location())
}

// since returns a moment as contest time.
func (k *clock) since(at time.Time) time.Duration {
	return at.Truncate(time.Millisecond).Sub(k.start.Truncate(time.Millisecond))
}

// started returns the state of the contest at its start, which the event feed has before the submissions.
func (w *writer) started() json.RawMessage {
	return w.stateOf(clock{start: w.clock.start, frozen: w.clock.frozen}, false)
}

// state returns the state of the contest: over, and final if nothing is pending.
func (w *writer) state() json.RawMessage { return w.stateOf(w.clock, true) }

// stateOf returns a state. The times of the freeze are there if the contest has one.
func (w *writer) stateOf(k clock, over bool) json.RawMessage {
	var b builder
	put := func(name string, at time.Time, happened bool) {
		if at.IsZero() || !happened {
			b.null(name)
		} else {
			b.moment(name, at)
		}
	}
	freezes := !k.frozen.IsZero()
	put("started", k.start, true)
	if freezes {
		put("frozen", k.frozen, over)
	}
	put("ended", k.end, over)
	if freezes {
		put("thawed", k.last.Add(time.Second), over && !w.frozen)
	}
	put("finalized", k.final, over)
	put("end_of_updates", k.closed, over)
	return b.end()
}
