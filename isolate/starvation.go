package isolate

import (
	"os"
	"strconv"
	"strings"
	"time"
)

// starvation is how long a program could have run and others of the host had its core, at least: while a program waits for its core, no wall
// time of its own passes. threads are its threads now, cpu is what all that it ever started have used.
//
// A thread that waits for its core may be waiting for another of the program's, which then uses CPU time: what the others than it
// have used does not count.
func starvation(threads []string, cpu time.Duration) time.Duration {
	var longest time.Duration
	for _, id := range threads[:min(len(threads), mostSleepers)] {
		text, err := os.ReadFile("/proc/" + id + "/schedstat")
		if err != nil {
			continue // it has ended, or this kernel does not tell
		}
		if own, waited, ok := parseSchedstat(string(text)); ok {
			longest = max(longest, waited-(cpu-own))
		}
	}
	return longest
}

// parseSchedstat reads "time on a CPU, time waiting for one, time slices", in nanoseconds: Documentation/scheduler/sched-stats.rst.
func parseSchedstat(text string) (own, waited time.Duration, ok bool) {
	fields := strings.Fields(text)
	if len(fields) < 2 {
		return 0, 0, false
	}
	first, err := strconv.ParseInt(fields[0], 10, 64)
	second, failed := strconv.ParseInt(fields[1], 10, 64)
	return time.Duration(first), time.Duration(second), err == nil && failed == nil
}

// mostPatience bounds what starvation adds, in wall limits: a host that has no core to give does not hold up the judge for ever.
const mostPatience = 9
