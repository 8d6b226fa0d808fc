package cgroup

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// memoryNode returns the NUMA node of a CPU, a link in its directory (Documentation/ABI,
// sysfs-devices-node).
func memoryNode(sys string, cpu int) (node string, ok bool) {
	entries, err := os.ReadDir(filepath.Join(sys, "cpu"+strconv.Itoa(cpu)))
	if err != nil {
		return "", false
	}
	for _, entry := range entries {
		number, found := strings.CutPrefix(entry.Name(), "node")
		if _, err := strconv.ParseUint(number, 10, 32); found && err == nil {
			return number, true
		}
	}
	return "", false
}

// useNearMemory restricts a core's cpuset to the memory of the core's own node: other memory is
// slower. The kernel refuses a node without memory, and one that this judge may not use; then the
// core keeps what it has.
func useNearMemory(cpuset string, cpu int) {
	if node, ok := memoryNode("/sys/devices/system/cpu", cpu); ok {
		write(filepath.Join(cpuset, "cpuset.mems"), node)
	}
}
