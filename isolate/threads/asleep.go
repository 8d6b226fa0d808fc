// Package threads reads from /proc what the threads of a program do: whether they sleep, what they
// wait for, and how long they waited for a core. It knows threads by their ids, as the files of a
// control group list them.
package threads

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxThreads is how many threads are inspected. A program with more counts as working.
const maxThreads = 256

// AllSleep reports whether each of these threads sleeps or is stopped: state S, T or t of
// proc_pid_stat(5). A thread that is runnable without a core does not sleep, nor does one that is
// exiting. Without threads the program has ended, and the answer is false.
func AllSleep(ids []string) bool {
	return len(ids) > 0 && len(ids) <= maxThreads && !slices.ContainsFunc(ids, func(id string) bool {
		return !strings.ContainsAny(stateOf(id), "STt")
	})
}

// AnyRunnable reports whether one of these threads runs, or could if it had a core.
func AnyRunnable(ids []string) bool {
	return slices.ContainsFunc(ids[:min(len(ids), maxThreads)], func(id string) bool { return stateOf(id) == "R" })
}

// stateOf returns the letter of a thread's state, "" if it cannot be read.
func stateOf(id string) string {
	fields := statFields(id)
	if len(fields) == 0 {
		return ""
	}
	return fields[0]
}

// statFields returns the fields of proc_pid_stat(5) from the third one on, nil if they cannot be
// read. The second one, a name in brackets, may contain any character.
func statFields(id string) []string {
	stat, err := os.ReadFile("/proc/" + id + "/stat")
	if err != nil {
		return nil
	}
	return strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
}

// schedule is what the scheduler has counted for a thread.
type schedule struct {
	ran, waited time.Duration // on a core, and for one
	turns       uint64        // how often it was given a core
}

// scheduleOf reads /proc/ID/schedstat. It returns false if the thread has ended, or if this kernel
// does not count.
func scheduleOf(id string) (schedule, bool) {
	text, err := os.ReadFile("/proc/" + id + "/schedstat")
	if err != nil {
		return schedule{}, false
	}
	return parseSchedule(string(text))
}

// parseSchedule parses "time on a CPU, time waiting for one, time slices". The times are in
// nanoseconds: Documentation/scheduler/sched-stats.rst.
func parseSchedule(text string) (schedule, bool) {
	fields := strings.Fields(text)
	if len(fields) < 3 {
		return schedule{}, false
	}
	var numbers [3]uint64
	for i := range numbers {
		var err error
		if numbers[i], err = strconv.ParseUint(fields[i], 10, 63); err != nil {
			return schedule{}, false
		}
	}
	return schedule{ran: time.Duration(numbers[0]), waited: time.Duration(numbers[1]), turns: numbers[2]}, true
}
