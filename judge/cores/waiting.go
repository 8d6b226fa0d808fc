package cores

import (
	"fmt"
	"os"
	"strings"

	"judge/problems"
)

// maxWaitingOnCore is how many programs that wait a core may have beside the one that it runs.
const maxWaitingOnCore = 32

// MaxWaiting bounds the programs that wait on each of the cores, so that all together they hold at most half of the
// memory that is free even if each holds all that it may.
func MaxWaiting(available, memory problems.Bytes, cores int) int {
	if memory <= 0 || cores <= 0 {
		return 0
	}
	return int(min(available/2/memory/problems.Bytes(cores), maxWaitingOnCore))
}

// AvailableMemory is what can be had without swapping: MemAvailable of /proc/meminfo (proc(5)); 0 if it cannot be read.
func AvailableMemory() problems.Bytes {
	info, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(info)) {
		var kib problems.Bytes
		if n, _ := fmt.Sscanf(line, "MemAvailable: %d kB", &kib); n == 1 {
			return kib * problems.KiB
		}
	}
	return 0
}
