package isolate

import "time"

// idleness notices a program that waits.
type idleness struct {
	tell   func(since, seen time.Time) bool // nil: nobody asks
	asleep func() bool                      // whether no thread of the program could run; on a busy host one that could may get no core
	before time.Duration
	since  time.Time // when the CPU time used had grown
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
	if used != i.before || i.since.IsZero() {
		i.since = time.Now()
	}
	i.before = used
	if seen := time.Now(); waits && i.tell != nil && i.asleep() && i.tell(i.since, seen) {
		i.tell = nil
	}
}

// whenever is for who does not ask since when.
func whenever(tell func() bool) func(_, _ time.Time) bool {
	if tell == nil {
		return nil
	}
	return func(_, _ time.Time) bool { return tell() }
}
