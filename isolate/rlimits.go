package isolate

import (
	"fmt"
	"math"

	"golang.org/x/sys/unix"
)

// What a hard limit of this process must leave, which its jails inherit.
const (
	unlimited = math.MaxUint64 // RLIM_INFINITY of 64-bit Linux
	// leastProcesses is beyond what a compiler or a program is usually allowed. Ordinary users always have some limit.
	leastProcesses = 1024
)

// How many files a program may have open. What it can make of them counts on its user's account: pipes, and
// descriptors in flight.
const (
	openFiles          = 1024
	openFilesOfOneUser = 256
)

// resourceLimits checks that a program meets its own limits before those that this process was started with, and lifts
// what stands in the way. Where even root may not, a program would fail for what is the host's doing.
func resourceLimits() error {
	var lacks []Lack
	for _, l := range [...]struct {
		resource int
		what     string
		option   string // of ulimit
		least    uint64
	}{
		{unix.RLIMIT_NPROC, "processes", "-u", leastProcesses},
		{unix.RLIMIT_STACK, "stack", "-s", unlimited},
		{unix.RLIMIT_FSIZE, "file size", "-f", unlimited},
		{unix.RLIMIT_CPU, "CPU time", "-t", unlimited},
		{unix.RLIMIT_AS, "address space", "-v", unlimited},
		{unix.RLIMIT_DATA, "data", "-d", unlimited},
	} {
		var now unix.Rlimit
		if err := unix.Getrlimit(l.resource, &now); err != nil {
			return fmt.Errorf("read the limit on %s: %w", l.what, err)
		}
		if now.Max >= l.least {
			continue
		}
		now.Max = unlimited // the jailers lift the soft limit, of the jails alone
		if err := unix.Setrlimit(l.resource, &now); err != nil {
			lacks = append(lacks, Lack{"room for " + l.what, "programs would meet the hard limit that this process was started with",
				"start the judge where ulimit -H " + l.option + " says unlimited"})
		}
	}
	if len(lacks) > 0 {
		return &LackError{lacks}
	}
	return nil
}
