package isolate

import "time"

// idleness notices a program that waits.
type idleness struct {
	tell   func() bool // called until it returns true; nil: nobody asks
	asleep func() bool // whether no thread of the program could run; on a busy host one that could may get no core
	before time.Duration
}

// A program waits when it uses less CPU time than idleCPU within idleTick: less than a hundredth, and more than what the
// kernel may account late.
const (
	idleTick = 100 * time.Millisecond
	idleCPU  = time.Millisecond
)

// look takes the CPU time used so far, at every tick.
func (i *idleness) look(used time.Duration) {
	waits := used-i.before < idleCPU
	i.before = used
	if waits && i.tell != nil && i.asleep() && i.tell() {
		i.tell = nil
	}
}

// absence counts the time in which the judge itself did not run: it was stopped (Ctrl-Z), frozen, or starved. Nobody read
// meanwhile what the program wrote, or gave it what it waited for, so that this is no wall time of the program's.
type stallTime struct {
	last  time.Time // of the looks
	total time.Duration
}

// leastAbsence is how late a look must come to count: they come every idleTick, and a busy host delays some of them.
const minStall = time.Second

// look is to be called at least every idleTick while a program runs.
func (a *stallTime) look(now time.Time) {
	if late := now.Sub(a.last) - idleTick; late > minStall {
		a.total += late
	}
	a.last = now
}
