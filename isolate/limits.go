package isolate

import (
	"fmt"
	"time"
)

// The limits of a program when a command does not say.
const (
	DefaultCPU       = 10 * time.Second
	DefaultMemory    = 256 * MiB
	DefaultProcesses = 64
	DefaultOutput    = 64 * MiB
)

// leastMemory is the smallest limit under which exec itself still works.
const leastMemory = MiB

// complete fills in the defaults and refuses what makes no sense.
func (l Limits) complete() (Limits, error) {
	if l.CPU < 0 || l.Wall < 0 || l.Memory < 0 || l.Processes < 0 || l.Output < 0 || l.Stderr < 0 || l.Stack < 0 || l.FileSize < 0 {
		return l, fmt.Errorf("a limit is negative: %+v", l)
	}
	if l.CPU == 0 {
		l.CPU = DefaultCPU
	}
	if l.Wall == 0 {
		l.Wall = 2*l.CPU + time.Second
	}
	if l.Memory == 0 {
		l.Memory = DefaultMemory
	}
	if l.Memory < leastMemory {
		return l, fmt.Errorf("a memory limit of %d bytes: no program starts within less than %d", l.Memory, leastMemory)
	}
	if l.Processes == 0 {
		l.Processes = DefaultProcesses
	}
	if l.Output == 0 {
		l.Output = DefaultOutput
	}
	return l, nil
}
