package isolate

import (
	"os"
	"strings"
)

// mostSleepers is how many threads are looked at; a program with more is taken for one that works.
const mostSleepers = 256

// allSleep reports whether every one of these threads sleeps or is stopped: state S, T or t of proc_pid_stat(5). A thread that could
// run and gets no core does not, nor does one that is about to be gone; and where there is none, the program has ended.
func allSleep(threads []string) bool {
	if len(threads) == 0 || len(threads) > mostSleepers {
		return false
	}
	for _, id := range threads {
		stat, err := os.ReadFile("/proc/" + id + "/stat")
		if err != nil {
			return false
		}
		// The name before it, in brackets, may hold anything.
		_, state, found := strings.Cut(string(stat[strings.LastIndexByte(string(stat), ')')+1:]), " ")
		if !found || !strings.ContainsAny(state[:min(1, len(state))], "STt") {
			return false
		}
	}
	return true
}
