package threads

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Preempted returns a lower bound of how long a program was runnable while others on the host had
// its core. ids are its threads now; cpu is the CPU time of all threads that it ever started.
//
// A thread that waits for its core may be waiting for another thread of the program, which then
// uses CPU time: that time does not count. Nor does that of a thread that has raised its nice
// value, which waits by its own choice.
func Preempted(ids []string, cpu time.Duration) time.Duration {
	var longest time.Duration
	for _, id := range ids[:min(len(ids), maxThreads)] {
		if s, ok := scheduleOf(id); ok && !gaveWay(id) {
			longest = max(longest, s.waited-(cpu-s.ran))
		}
	}
	return longest
}

// Waited returns how long these threads together have waited for a core, without those that have
// raised their nice value.
func Waited(ids []string) time.Duration {
	var sum time.Duration
	for _, id := range ids[:min(len(ids), maxThreads)] {
		if s, ok := scheduleOf(id); ok && !gaveWay(id) {
			sum += s.waited
		}
	}
	return sum
}

// AnyGaveWay reports whether one of these threads has raised its nice value above this process's. A
// thread that has ended has not.
func AnyGaveWay(ids []string) bool {
	return slices.ContainsFunc(ids[:min(len(ids), maxThreads)], func(id string) bool {
		_, err := os.Stat("/proc/" + id)
		return err == nil && gaveWay(id)
	})
}

// gaveWay reports whether a thread is nicer than this process or has another scheduling policy. It
// is true if that cannot be read.
func gaveWay(id string) bool {
	own, failed := os.ReadFile("/proc/self/stat")
	its, err := os.ReadFile("/proc/" + id + "/stat")
	return failed != nil || err != nil || !asUrgent(string(its), string(own))
}

// asUrgent compares the nice value and the policy of a thread and another, the 19th and the 41st
// field of proc_pid_stat(5).
func asUrgent(stat, other string) bool {
	nice, policy, ok := urgency(stat)
	usual, usually, known := urgency(other)
	return ok && known && nice <= usual && policy == usually
}

func urgency(stat string) (nice int, policy string, ok bool) {
	const third, niceField, policyField = 3, 19, 41
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:]) // the second one may contain any character
	if len(fields) <= policyField-third {
		return 0, "", false
	}
	nice, err := strconv.Atoi(fields[niceField-third])
	return nice, fields[policyField-third], err == nil
}
