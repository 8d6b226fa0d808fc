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
