package isolate

import "time"

// idleness detects a program that waits.
type idleness struct {
	tell   func() bool // called until it returns true; nil: not asked for
	asleep func() bool // reports whether no thread could run; on a busy host a runnable one may get no core
	before time.Duration
}

// A program waits when it uses less CPU time than idleCPU within idleTick: less than a hundredth,
// and more than the kernel may account late.
const (
	idleTick = 100 * time.Millisecond
	idleCPU  = time.Millisecond
)

// look is called at every tick with the CPU time used so far.
func (i *idleness) look(used time.Duration) {
	waits := used-i.before < idleCPU
	i.before = used
	if waits && i.tell != nil && i.asleep() && i.tell() {
		i.tell = nil
	}
}

// stallTime counts the time in which the judge itself did not run: it was stopped (Ctrl-Z), frozen,
// or got no core. In that time nobody read the program's output or sent its input, so it does not
// count as the program's wall time.
type stallTime struct {
	last  time.Time // time of the last look
	total time.Duration
}

// minStall is the delay of a look that counts as a stall. Looks come every idleTick, and a busy
// host delays some of them.
const minStall = time.Second

// look must be called at least every idleTick while a program runs.
func (s *stallTime) look(now time.Time) {
	if late := now.Sub(s.last) - idleTick; late > minStall {
		s.total += late
	}
	s.last = now
}
