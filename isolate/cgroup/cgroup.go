// Package cgroup limits and measures programs with control groups, on cgroup v1 and v2. Each program has a group of
// its own, which holds the program and all that it starts.
package cgroup

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/containerd/cgroups/v3" // knows how a host mounts its control groups

	"judge/isolate/jailer"
	"judge/isolate/lack"
	"judge/isolate/size"
)

// Controls makes the control groups of a pool's jails, on cgroup v1 or v2.
type Controls interface {
	Version() string
	// Jail makes a fresh, empty group for one program on one CPU; number is unique in the pool.
	Jail(cpu int, number uint32) (Group, error)
	// Close removes what is left of the pool's groups, which must be empty of processes.
	Close() error
}

// Group is the control group of one program and of what it starts. Its limits and its usage are of the program alone:
// the jail's init is not in it.
type Group interface {
	Enter() jailer.Cgroups
	Limit(memory size.Bytes, processes int) error
	CPU() (time.Duration, error)
	// Processes counts those in the group, zombies included.
	Processes() (int, error)
	// Threads lists those in the group by their numbers in /proc.
	Threads() ([]string, error)
	// Starved reports whether something other than this limit kept the program from starting a process.
	ForkRefused(limit int) bool
	// OOMKills is how many processes the OOM killer ended.
	OOMKills() (int, error)
	// OverMemory reports whether the memory limit was reached: the OOM killer also comes when the whole host has no memory.
	OverMemory() (bool, error)
	// Held is the most memory that the program held.
	Held() (size.Bytes, error)
	// Remove gives the group up, which must be empty of processes.
	Remove() error
}

// Open chooses by what the host has mounted.
//
// crowded says that something above the jails limits processes too; see starved. exclusive are CPUs that nobody else may use.
func Open(crowded bool, exclusive []int) (Controls, error) {
	switch mode := cgroups.Mode(); {
	case mode == cgroups.Unified && exclusive != nil:
		return openExclusive(exclusive)
	case exclusive != nil:
		return nil, exclusiveLack("cgroup v1 cannot keep others off", "boot with systemd.unified_cgroup_hierarchy=1")
	case mode == cgroups.Unified:
		return openV2(crowded)
	case mode == cgroups.Legacy || mode == cgroups.Hybrid:
		return openV1(crowded)
	default:
		return nil, noGroups()
	}
}

// noGroups says that no control groups are mounted. Where the kernel has hierarchies of v1, which nothing here
// shows, this is a chroot or a container of a host that has them mounted.
func noGroups() error {
	fix := lack.MountCgroup2
	if kernelUsesV1("/proc/cgroups") {
		fix = "bind those of the host: mount --rbind /sys/fs/cgroup ROOT/sys/fs/cgroup, where ROOT is that of this chroot"
	}
	return lack.New("control groups", "nothing is mounted at "+usualMount, fix)
}

// kernelUsesV1 reports whether a controller is in a hierarchy of v1: the second column of /proc/cgroups, cgroups(7).
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

// held is the peak of a group's memory without the files that the kernel cached on its account: what a program holds is
// anonymous and shared memory, what it has written to its tmpfs, and kernel memory for it. Cached files are on the
// lists of file pages of memory.stat (tmpfs is on the anonymous ones), and only grow until memory gets short; then they
// make room, and the peak is the limit. So what is left of them at the end is what of the peak was theirs.
// See Documentation/admin-guide/cgroup-v2.rst; the keys are the same on v1.
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
