package isolate

import (
	"syscall"
	"testing"
	"time"
)

func TestCauseOrder(t *testing.T) {
	limits := Limits{CPU: time.Second, Wall: 3 * time.Second, Memory: 64 * MiB, Output: MiB}
	killed := processEnd{signal: syscall.SIGKILL}
	rows := []struct {
		rule  string
		stop  stop
		end   processEnd
		usage Usage
		want  Cause
	}{
		{"ended by itself", ended, processEnd{}, Usage{CPU: time.Second, Wall: 3 * time.Second, Output: MiB}, Exited},
		{"a signal of its own", ended, killed, Usage{}, Signaled},
		{"a forbidden call", ended, processEnd{signal: syscall.SIGSYS}, Usage{}, BadSyscall},
		{"over the CPU limit before the watch looked", ended, processEnd{}, Usage{CPU: time.Second + 1}, CPULimit},
		{"over the CPU limit and crashed then", ended, processEnd{signal: syscall.SIGSEGV}, Usage{CPU: 2 * time.Second}, CPULimit},
		{"killed at the wall limit", stopWall, killed, Usage{Wall: 3 * time.Second}, WallLimit},
		{"ended by itself, but too late", ended, processEnd{}, Usage{Wall: 4 * time.Second}, WallLimit},
		{"CPU comes before wall", stopWall, killed, Usage{CPU: 2 * time.Second, Wall: 3 * time.Second}, CPULimit},
		{"output comes before CPU", stopCPU, killed, Usage{CPU: 2 * time.Second, Output: MiB + 1}, OutputLimit},
		{"memory comes first", stopFlood, killed, Usage{OOM: 1, CPU: 2 * time.Second, Output: 2 * MiB}, MemoryLimit},
		{"stopped", stopAsked, killed, Usage{}, Stopped},
		{"ended by itself as it was stopped", stopAsked, processEnd{}, Usage{}, Exited},
		{"stopped beyond a limit", stopAsked, killed, Usage{CPU: 2 * time.Second}, CPULimit},
		{"a peak at the limit without a kill is allowed", ended, processEnd{}, Usage{Memory: 64 * MiB}, Exited},
	}
	for _, row := range rows {
		if got := cause(limits, row.stop, row.end, row.usage); got != row.want {
			t.Errorf("%s: %v, want %v", row.rule, got, row.want)
		}
	}
}

func TestCauseNames(t *testing.T) {
	seen := map[string]bool{}
	for c := NotRun; c <= Stopped; c++ {
		if name := c.String(); name == "" || name == "unknown" || seen[name] {
			t.Errorf("cause %d has the name %q", c, name)
		} else {
			seen[name] = true
		}
	}
}

func TestImpossibleLimitsAreErrors(t *testing.T) {
	for _, limits := range []Limits{{CPU: -1}, {Wall: -1}, {Memory: -1}, {Memory: 1000}, {Processes: -1}, {Output: -1}, {Stderr: -1}, {Stack: -1}, {FileSize: -1}} {
		if _, err := limits.complete(); err == nil {
			t.Errorf("got no error for %+v", limits)
		}
	}
}
