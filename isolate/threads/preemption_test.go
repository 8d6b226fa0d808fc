package threads

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestParseSchedule(t *testing.T) {
	for text, want := range map[string]struct {
		schedule schedule
		ok       bool
	}{
		"1063655 16408435 3\n": {schedule{1063655 * time.Nanosecond, 16408435 * time.Nanosecond, 3}, true},
		"1 2":                  {}, "": {}, "a 2 3": {}, "1 b 3": {}, "1 2 c": {}, "-1 2 3": {},
	} {
		if got, ok := parseSchedule(text); ok != want.ok || got != want.schedule {
			t.Errorf("%q: %+v, %v", text, got, ok)
		}
	}
}

func TestNicerThreadsGiveWay(t *testing.T) {
	stat := func(nice, policy string) string {
		fields := strings.Fields(strings.Repeat("7 ", 50)) // from the third field on
		fields[0], fields[16], fields[38] = "R", nice, policy
		return "12 (a) 0 (b)) " + strings.Join(fields, " ")
	}
	for text, want := range map[string]bool{
		stat("3", "0"): true, stat("-5", "0"): true, stat("4", "0"): false, stat("19", "0"): false, stat("0", "5"): false, stat("0", "3"): false,
		"12 (a) R 1": false, "": false,
	} {
		if asUrgent(text, stat("3", "0")) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
	own, err := os.ReadFile("/proc/self/stat")
	if err != nil || !asUrgent(string(own), string(own)) {
		t.Errorf("this process: %q, %v", own, err)
	}
}
