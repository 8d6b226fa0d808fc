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
// have used does not count. One that has made itself less urgent waits by its own choice.
func starvation(threads []string, cpu time.Duration) time.Duration {
	var longest time.Duration
	for _, id := range threads[:min(len(threads), mostSleepers)] {
		text, err := os.ReadFile("/proc/" + id + "/schedstat")
		if err != nil {
			continue // it has ended, or this kernel does not tell
		}
		if own, waited, ok := parseSchedstat(string(text)); ok && !gaveWay(id) {
			longest = max(longest, waited-(cpu-own))
		}
	}
	return longest
}

// gaveWay reports whether a thread is nicer than this process, or of a scheduling policy of its own, or nobody knows.
func gaveWay(id string) bool {
	own, failed := os.ReadFile("/proc/self/stat")
	its, err := os.ReadFile("/proc/" + id + "/stat")
	return failed != nil || err != nil || !asUrgent(string(its), string(own))
}

// asUrgent compares the fields nice and policy, the 19th and the 41st of proc_pid_stat(5), of a thread and another.
func asUrgent(stat, other string) bool {
	nice, policy, ok := urgency(stat)
	usual, usually, known := urgency(other)
	return ok && known && nice <= usual && policy == usually
}

func urgency(stat string) (nice int, policy string, ok bool) {
	const third, niceField, policyField = 3, 19, 41
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:]) // the second, a name in brackets, may hold anything
	if len(fields) <= policyField-third {
		return 0, "", false
	}
	nice, err := strconv.Atoi(fields[niceField-third])
	return nice, fields[policyField-third], err == nil
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
