package isolate

import (
	"fmt"
	"math"

	"golang.org/x/sys/unix"
)

// Jails inherit the hard limits of this process. These are the smallest values that leave room for
// programs.
const (
	unlimited = math.MaxUint64 // RLIM_INFINITY of 64-bit Linux
	// minProcesses is more than a compiler or a program usually may have. Ordinary users always
	// have some limit.
	minProcesses = 1024
)

// How many files a program may have open. The kernel charges pipes, and descriptors in flight, to
// the program's user.
const (
	openFiles          = 1024
	openFilesOfOneUser = 256
)

// resourceLimits checks that programs reach their own limits before those that this process was
// started with, and raises the hard limits that are too low. Where even root may not, a program
// would fail because of the host.
func resourceLimits() error {
	var lacks []Lack
	for _, l := range [...]struct {
		resource int
		what     string
		option   string // of ulimit
		least    uint64
	}{
		{unix.RLIMIT_NPROC, "processes", "-u", minProcesses},
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
		now.Max = unlimited // the jailers raise the soft limit, of the jails alone
		if err := unix.Setrlimit(l.resource, &now); err != nil {
			lacks = append(lacks, Lack{
				What: "room for " + l.what, Why: "the hard limit of this process would stop programs",
				Fix: "start the judge where ulimit -H " + l.option + " prints unlimited",
			})
		}
	}
	if len(lacks) > 0 {
		return &LackError{Lacks: lacks}
	}
	return nil
}

// usableCores checks that this process may run on each of the CPUs. nil stands for all CPUs on
// which it may run.
func usableCores(wanted []int) ([]int, error) {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return nil, fmt.Errorf("find the usable cores: %w", err)
	}
	if len(wanted) > 0 {
		for _, cpu := range wanted {
			if !set.IsSet(cpu) {
				return nil, fmt.Errorf("core %d does not exist or is not available to this process", cpu)
			}
		}
		return wanted, nil
	}
	var cores []int
	for cpu := 0; len(cores) < set.Count(); cpu++ {
		if set.IsSet(cpu) {
			cores = append(cores, cpu)
		}
	}
	return cores, nil
}
