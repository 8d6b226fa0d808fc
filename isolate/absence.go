package isolate

import "time"

// absence counts the time in which the judge itself did not run: it was stopped (Ctrl-Z), frozen, or starved. Nobody read
// meanwhile what the program wrote, or gave it what it waited for, so that this is no wall time of the program's.
type absence struct {
	last  time.Time // of the looks
	total time.Duration
}

// leastAbsence is how late a look must come to count: they come every idleTick, and a busy host delays some of them.
const leastAbsence = time.Second

// look is to be called at least every idleTick while a program runs.
func (a *absence) look(now time.Time) {
	if late := now.Sub(a.last) - idleTick; late > leastAbsence {
		a.total += late
	}
	a.last = now
}
