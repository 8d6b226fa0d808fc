package isolate

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestSchedstatIsTwoTimesAndACount(t *testing.T) {
	for text, want := range map[string]struct {
		own, waited time.Duration
		ok          bool
	}{
		"1063655 16408435 3\n": {1063655, 16408435, true},
		"1 2":                  {1, 2, true},
		"1":                    {0, 0, false},
		"":                     {0, 0, false},
		"a 2 3":                {0, 2, false},
		"1 b 3":                {1, 0, false},
	} {
		if own, waited, ok := parseSchedstat(text); ok != want.ok || ok && (own != want.own || waited != want.waited) {
			t.Errorf("%q: %v, %v, %v", text, own, waited, ok)
		}
	}
}

func TestWhoIsNicerThanOthersGivesWay(t *testing.T) {
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

// TestABusyHostTakesNoWallTime: beside seven others a program gets an eighth of its core. What works is let go on, what sleeps is not.
func TestABusyHostTakesNoWallTime(t *testing.T) {
	pool := openPool(t)
	cpu := pool.cores[0]
	for range 7 {
		other := exec.Command("/bin/sh", "-c", "while :; do :; done")
		other.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL} // the kernel may share out a core by sessions: sched(7), autogroup
		if err := other.Start(); err != nil {
			t.Fatal(err)
		}
		defer other.Wait()
		defer other.Process.Kill()
		var set unix.CPUSet
		set.Set(cpu)
		if err := unix.SchedSetaffinity(other.Process.Pid, &set); err != nil {
			t.Fatal(err)
		}
	}
	const works, sleeps = "1 while (times)[0] + (times)[1] < 0.6", "sleep 20"
	const givesWay = "my $p = pack('i', 0); syscall(144, 0, 5, $p) == 0 or die; " + works // sched_setscheduler: SCHED_IDLE
	for _, row := range []struct {
		program string
		shared  bool
		want    string
	}{{works, false, "Exited 0"}, {works, true, "WallLimit"}, {givesWay, false, "WallLimit"}, {sleeps, false, "WallLimit"}} {
		outcome, err := pool.Run(t.Context(), Command{
			Root: hostRoot(), Args: []string{"/usr/bin/perl", "-e", row.program}, Core: OnCore(cpu), Shared: row.shared,
			Limits: Limits{CPU: 30 * time.Second, Wall: 3 * time.Second},
		})
		if err != nil || describe(outcome) != row.want {
			t.Errorf("%s, shared %v: %s after %v of CPU time and %v, want %s: %v", row.program, row.shared, describe(outcome), outcome.Usage.CPU, outcome.Usage.Wall, row.want, err)
		}
	}
}
