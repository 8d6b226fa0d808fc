package judge

import (
	"context"
	"sync"
	"time"

	"judge/isolate"
	"judge/problems"
)

// band is how near to the time limit, as a part of it, a measurement is too near to trust while other tests run. So a first
// run may take that much more than the limit.
const band = 0.2

// measure runs a test, and once more alone when its CPU time is too near the limit to trust; the better of the two
// measurements counts. Alone is while no other lane runs anything: they finish their test, and wait.
//
// A program that waits does not hold up its core, and disturbs nobody.
func (w *judging) measure(ctx context.Context, b batch, l *lane, t problems.TestCase) Facts {
	limit := b.limits.Time
	w.quiet.RLock()
	rest := sync.OnceFunc(w.quiet.RUnlock)
	b.command.Waits = func() bool {
		rest()
		return l.goOn()
	}
	first := b.within(limit+margin(limit)).test(ctx, l.cpu, t)
	rest()
	if !near(limit, first) {
		return first
	}
	w.quiet.Lock()
	defer w.quiet.Unlock()
	b.command.Waits = nil
	return better(first, b.within(limit).test(ctx, l.cpu, t))
}

func margin(limit time.Duration) time.Duration { return time.Duration(band * float64(limit)) }

// within is the same batch under another CPU limit.
func (b batch) within(cpu time.Duration) batch {
	b.command.Limits.CPU = cpu
	return b
}

// near reports whether a verdict may hang on how well the CPU time was measured.
func near(limit time.Duration, f Facts) bool {
	if f.Run == nil {
		return false
	}
	switch f.Run.Cause {
	case isolate.Exited, isolate.Signaled, isolate.BadSyscall:
		return (f.Run.Usage.CPU - limit).Abs() <= margin(limit)
	default: // a limit that was passed by more, or of something else
		return false
	}
}

// better takes the run that used less CPU time. One that the jail's failure or an interruption cut short is none.
func better(first, again Facts) Facts {
	best := first
	if again.Run != nil && again.Run.Usage.CPU < first.Run.Usage.CPU {
		best = again
	}
	best.Rerun = again.Run != nil
	return best
}
