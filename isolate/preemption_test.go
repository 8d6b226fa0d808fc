package isolate

import (
	"os/exec"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestABusyHostTakesNoWallTime: next to seven others a program gets an eighth of its core. A
// program that works may continue, one that sleeps may not.
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
	for _, row := range []struct{ program, want string }{{works, "Exited 0"}, {givesWay, "WallLimit"}, {sleeps, "WallLimit"}} {
		outcome, err := pool.Run(t.Context(), Command{
			Root: hostRoot(), Args: []string{"/usr/bin/perl", "-e", row.program}, Core: OnCore(cpu),
			Limits: Limits{CPU: 30 * time.Second, Wall: 3 * time.Second},
		})
		if err != nil || describe(outcome) != row.want {
			t.Errorf("%s: %s after %v of CPU time and %v, want %s: %v", row.program, describe(outcome), outcome.Usage.CPU, outcome.Usage.Wall, row.want, err)
		}
	}
}
