package decide

import (
	"time"

	"judge/isolate"
	"judge/problems"
)

// Band is how near to the time limit, as a part of it, a measurement is too near to trust while other tests run. So a
// first run may take that much more than the limit. Where others than this judge use the core as well it is wideBand.
const (
	Band     = 0.2
	wideBand = 0.5
)

// disturbed is the share of core time used by other processes above which a measurement is repeated. The judge's own
// work, making jails, reading outputs and comparing them, takes less.
const disturbed = 0.1

// Whole reports whether facts are all that would have been found without an interruption: a run that did not fail,
// and was measured as often as its time asks for.
func Whole(l problems.Limits, f Facts) bool {
	return f.Run != nil && f.Err == nil && (f.Rerun || !Borderline(l.Time, f))
}

// Margin is the distance from a time limit within which a measurement is not trusted.
func Margin(limit time.Duration) time.Duration { return time.Duration(Band * float64(limit)) }

// Borderline reports whether measurement noise could change the verdict.
func Borderline(limit time.Duration, f Facts) bool {
	if f.Run == nil {
		return false
	}
	off := (f.Run.Usage.CPU - limit).Abs()
	switch f.Run.Cause {
	case isolate.Exited, isolate.Signaled, isolate.BadSyscall:
		return off <= Margin(limit) || f.Disturbed > disturbed && off <= time.Duration(wideBand*float64(limit))
	case isolate.CPULimit: // it was stopped beyond the margin; what it would have taken undisturbed nobody knows
		return f.Disturbed > disturbed
	default: // a limit of something else
		return false
	}
}

// Faster takes the run that used less CPU time. A run cut short by a jail failure or an interruption does not count. A
// program that was stopped beyond the margin, and again at the limit, is too slow by more than the noise: the first
// measurement stays.
func Faster(first, again Facts) Facts {
	best := first
	if again.Run != nil && again.Run.Cause == isolate.CPULimit && first.Run.Cause == isolate.CPULimit {
		return first
	}
	if again.Run != nil && again.Run.Usage.CPU < first.Run.Usage.CPU {
		best = again
	}
	best.Rerun = again.Run != nil
	return best
}
