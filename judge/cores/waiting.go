package cores

import (
	"fmt"
	"os"
	"strings"

	"judge/problems"
)

// maxWaitingOnCore is the maximum number of waiting programs on a core, in addition to the running one.
const maxWaitingOnCore = 32

// MaxWaiting returns the maximum number of waiting programs on each core, such that all together use at most half
// of the free memory, even if each reaches its limit.
func MaxWaiting(available, memory problems.Bytes, cores int) int {
	if memory <= 0 || cores <= 0 {
		return 0
	}
	return int(min(available/2/memory/problems.Bytes(cores), maxWaitingOnCore))
}

// AvailableMemory returns the memory that is available without swapping: MemAvailable of /proc/meminfo (proc(5));
// 0 if it cannot be read.
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
