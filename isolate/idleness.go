package isolate

import "time"

// idleness notices a program that waits.
type idleness struct {
	tell   func() bool // nil: nobody asks
	before time.Duration
}

// A program waits when it uses less CPU time than idleCPU within idleTick: less than a hundredth, and more than what the
// kernel may account late.
const (
	idleTick = 100 * time.Millisecond
	idleCPU  = time.Millisecond
)

// ticker tells when to call since.
func (i *idleness) ticker() *time.Ticker {
	ticker := time.NewTicker(idleTick)
	if i.tell == nil {
		ticker.Stop()
	}
	return ticker
}

// since takes the CPU time used so far, and reports whether that was the last call that is needed.
func (i *idleness) since(used time.Duration) bool {
	waits := used-i.before < idleCPU
	i.before = used
	return waits && i.tell()
}
