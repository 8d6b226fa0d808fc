package cgroup

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// memoryNode returns the NUMA node of a CPU, which is a link beside its other properties (Documentation/ABI, sysfs-devices-node).
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

// useNearMemory gives a core's cpuset the memory of its own node alone: other memory is slower. A node without memory, or one that
// this judge may not use, is refused by the kernel, and the core keeps what it has.
func useNearMemory(cpuset string, cpu int) {
	if node, ok := memoryNode("/sys/devices/system/cpu", cpu); ok {
		write(filepath.Join(cpuset, "cpuset.mems"), node)
	}
}
