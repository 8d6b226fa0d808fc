package decide

import (
	"time"

	"judge/isolate"
	"judge/problems"
)

// Band is the distance from the time limit, relative to it, within which a measurement is not trusted while other
// tests run. A first run may exceed the limit by that much. On cores that other processes use as well it is
// wideBand.
const (
	Band     = 0.2
	wideBand = 0.5
)

// disturbed is the share of core time used by other processes above which a measurement is repeated. The judge's
// own work, such as creating jails and comparing outputs, stays below it.
const disturbed = 0.1

// Whole reports whether facts are complete in spite of an interruption: the run did not fail, and was repeated if
// its time required that.
func Whole(l problems.Limits, f Facts) bool {
	return f.Run != nil && f.Err == nil && (f.Rerun || !Borderline(l.Time, f))
}

// Margin returns the distance from a time limit within which a measurement is not trusted.
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
	case isolate.CPULimit: // it was stopped beyond the margin; how long it would have taken undisturbed is unknown
		return f.Disturbed > disturbed
	default: // another limit
		return false
	}
}

// Faster returns the run that used less CPU time. A run cut short by a jail failure or an interruption does not
// count. If a program was stopped beyond the margin and then again at the limit, noise cannot explain it: Faster
// returns the first measurement.
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
