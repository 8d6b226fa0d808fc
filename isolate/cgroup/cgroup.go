// Package cgroup limits and measures programs with control groups, on cgroup v1 and v2. Each
// program has its own group, which holds the program and all processes that it starts.
package cgroup

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/containerd/cgroups/v3" // detects how the host mounts its control groups

	"judge/isolate/jailer"
	"judge/isolate/lack"
	"judge/isolate/size"
)

// Controls makes the control groups of a pool's jails, on cgroup v1 or v2.
type Controls interface {
	// Version returns "v1" or "v2".
	Version() string
	// Jail creates a fresh, empty group for one program on one CPU. number is unique within the
	// pool.
	Jail(cpu int, number uint32) (Group, error)
	// Close removes the remaining groups of the pool. They must hold no process.
	Close() error
}

// Group is the control group of one program and of the processes that it starts. Limits and usage
// are those of the program alone: the jail's init is in another group.
type Group interface {
	// Enter returns how the program's process gets into the group.
	Enter() jailer.Cgroups
	// Limit sets the limits on memory, and on processes and threads. Call it before the program starts.
	Limit(memory size.Bytes, processes int) error
	// CPU returns the CPU time of all processes that were ever in the group.
	CPU() (time.Duration, error)
	// Processes returns how many processes are in the group, zombies included.
	Processes() (int, error)
	// Threads returns the threads in the group, by their numbers in /proc.
	Threads() ([]string, error)
	// ForkRefused reports whether something other than this limit kept the program from starting a
	// process.
	ForkRefused(limit int) bool
	// OOMKills returns how many processes the OOM killer ended.
	OOMKills() (int, error)
	// OverMemory reports whether the memory limit was reached. The OOM killer also kills when the
	// whole host is out of memory.
	OverMemory() (bool, error)
	// Held returns the program's peak memory, without cached files.
	Held() (size.Bytes, error)
	// Remove gives the group up. It must hold no process.
	Remove() error
}

// Open returns the controls for the cgroup version that the host has mounted. The error is a
// *lack.Error when the host lacks something.
//
// limitedAbove says that a group above the jails limits processes, see CheckRoom. exclusive lists
// CPUs that no other process may use; nil: none.
func Open(limitedAbove bool, exclusive []int) (Controls, error) {
	switch mode := cgroups.Mode(); {
	case mode == cgroups.Unified && exclusive != nil:
		return openExclusive(exclusive)
	case exclusive != nil:
		return nil, exclusiveLack("cgroup v1 cannot reserve cores", "boot with systemd.unified_cgroup_hierarchy=1")
	case mode == cgroups.Unified:
		return openV2(limitedAbove)
	case mode == cgroups.Legacy || mode == cgroups.Hybrid:
		return openV1(limitedAbove)
	default:
		return nil, noGroups()
	}
}

// noGroups is the error when no control groups are mounted. If the kernel has v1 hierarchies all
// the same, this is a chroot or a container on a host that has them mounted, and the fix is another
// one.
func noGroups() error {
	fix := lack.MountCgroup2
	if kernelUsesV1("/proc/cgroups") {
		fix = "bind those of the host into this chroot: mount --rbind /sys/fs/cgroup ROOT/sys/fs/cgroup"
	}
	return lack.New("control groups", "no control groups are mounted at "+usualMount, fix)
}

// kernelUsesV1 reports whether a controller is in a v1 hierarchy: the second column of
// /proc/cgroups, cgroups(7).
func kernelUsesV1(path string) bool {
	text, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) == 4 && !strings.HasPrefix(fields[0], "#") && fields[1] != "0" {
			return true
		}
	}
	return false
}

// held returns the peak of a group's memory without the files that the kernel cached on its
// account. A program holds anonymous and shared memory, its files on the tmpfs and kernel memory.
// Cached files are on the file lists of memory.stat (a tmpfs is on the anonymous ones). They grow
// until memory gets short; only then are they dropped, and the peak is the limit. So the files that
// are still cached at the end were part of the peak. See Documentation/admin-guide/cgroup-v2.rst;
// the keys are the same on v1.
func held(peak int64, stat string) (size.Bytes, error) {
	for _, list := range []string{"active_file", "inactive_file"} {
		cached, err := findKey(stat, list)
		if err != nil {
			return 0, fmt.Errorf("memory.stat: %w", err)
		}
		peak -= cached
	}
	return size.Bytes(max(peak, 0)), nil
}
