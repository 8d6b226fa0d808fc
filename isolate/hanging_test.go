package isolate

import (
	"context"
	"os"
	"sync/atomic"
	"testing"
	"time"
)

// TestWhatAThreadWaitsFor: lines as proc_pid_syscall(5) shows them.
func TestWhatAThreadWaitsFor(t *testing.T) {
	for _, row := range []struct {
		what, line string
		want       wait
	}{
		{"it runs", "running\n", forTime},
		{"it is in no call", "-1 0x7ffc 0x7f01\n", forTime},
		{"nothing is told", "", forTime},
		{"read", "0 0x0 0x55817d50f460 0x2000 0x7fa7425b5a58 0x0 0x0 0x7ffe 0x7fa7\n", forOthers},
		{"write", "1 0x1 0x55 0x2000 0x0 0x0 0x0 0x7ffe 0x7fa7\n", forOthers},
		{"openat", "257 0xffffff9c 0x55 0x0 0x0 0x0 0x0 0x7ffe 0x7fa7\n", forOthers},
		{"wait4", "61 0xffffffff 0x55 0x0 0x0 0x0 0x0 0x7ffe 0x7fa7\n", forOthers},
		{"clock_nanosleep", "230 0x1 0x0 0x7ff 0x0 0x0 0x0 0x7ffe 0x7fa7\n", forTime},
		{"nanosleep", "35 0x7ff 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7fa7\n", forTime},
		{"restart_syscall, of one of these two", "219 0x0 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7fa7\n", forTime},
		{"poll for ever", "7 0x7ff 0x1 0xffffffff 0x0 0x0 0x0 0x7ffe 0x7fa7\n", forOthers},
		{"poll for a second", "7 0x7ff 0x1 0x3e8 0x0 0x0 0x0 0x7ffe 0x7fa7\n", forTime},
		{"epoll_pwait for ever", "281 0xc 0x7f8d 0x400 0xffffffff 0x0 0x8 0x7ffe 0x7fa7\n", forOthers},
		{"epoll_wait for a second", "232 0xc 0x7f8d 0x400 0x3e8 0x0 0x8 0x7ffe 0x7fa7\n", forTime},
		{"pselect6 for ever", "270 0x1 0x7f8d 0x0 0x0 0x0 0x8 0x7ffe 0x7fa7\n", forOthers},
		{"pselect6 for a while", "270 0x1 0x7f8d 0x0 0x0 0x7ffd 0x8 0x7ffe 0x7fa7\n", forTime},
		{"a lock", "202 0x5660460 0x189 0x0 0x0 0x0 0xffffffff 0x7ffe 0x7fa7\n", forThread},
		{"a lock with a time", "202 0x7fafe0015ec8 0x89 0x0 0x7fafc83cdd00 0x0 0xffffffff 0x7ffe 0x7fa7\n", forMoment},
		{"a call that nobody thought of", "448 0x0 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7fa7\n", forTime},
	} {
		if got := waitOf(row.line); got != row.want {
			t.Errorf("%s: %d, want %d", row.what, got, row.want)
		}
	}
}

// TestWhoSleepsDoesNotHang: both wait; only the one who listens goes on when somebody speaks, and never else.
func TestWhoSleepsDoesNotHang(t *testing.T) {
	pool := openPool(t)
	for _, row := range []struct {
		what, script string
		want         bool
	}{
		{"listens", "read x", true},
		{"a child of it listens", "exec 3<&0; (read x <&3) & wait", true},
		{"sleeps", "exec sleep 1000", false},
		{"a child of it sleeps", "sleep 1000 & read x", false},
	} {
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		var hung atomic.Bool
		stop, waits := make(chan struct{}), 0
		_, err = pool.Run(context.Background(), Command{
			Root: hostRoot(), Args: []string{"/bin/sh", "-c", row.script}, Env: []string{"PATH=/bin"}, Stdin: read, Stop: stop,
			Limits: Limits{CPU: time.Minute, Wall: time.Hour},
			Hangs:  func(_, _ time.Time) bool { hung.Store(true); return true },
			Waits: func() bool {
				waits++
				if waits == 3 { // whoever hangs was seen to by then: both are asked at every look
					close(stop)
				}
				return waits == 3
			},
		})
		if err != nil || hung.Load() != row.want {
			t.Errorf("%s: hangs %v, %v", row.what, hung.Load(), err)
		}
		read.Close()
		write.Close()
	}
}
