package cores

import (
	"fmt"
	"os"
	"strings"
	"sync"

	"judge/problems"
)

// maxWaitingOnCore is the maximum number of waiting programs on a core, in addition to the running one.
const maxWaitingOnCore = 32

// Waiting bounds the waiting programs of one core, such that those of all cores use at most half of the free memory,
// even if each reaches its limit. It is safe for concurrent use.
type Waiting struct {
	mu    sync.Mutex
	left  problems.Bytes
	count int
}

// NewWaiting returns the bound of one of several cores, by the memory that is available to all.
func NewWaiting(available problems.Bytes, cores int) *Waiting {
	return &Waiting{left: available / 2 / problems.Bytes(max(cores, 1))}
}

// Enter lets a program wait that may use so much memory; false: there is no room for it.
func (w *Waiting) Enter(memory problems.Bytes) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if memory <= 0 || memory > w.left || w.count == maxWaitingOnCore {
		return false
	}
	w.left -= memory
	w.count++
	return true
}

// Leave ends the wait of a program that has entered.
func (w *Waiting) Leave(memory problems.Bytes) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.left += memory
	w.count--
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
