package quick

import (
	"os"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// The benchmarks compare the calls of one jail, made by this package, with the same calls made through Go's scheduler.
// Every jail comes after a pause, as in a judging, where the judge waits for the program: then the scheduler's threads are
// asleep. The figure to compare is cpu-ns/op, the CPU time of this process for each jail:
//
//	go test -run '^$' -bench . -count 10 ./isolate/quick
func BenchmarkJailCalls(b *testing.B) {
	jailCalls(b, calls{
		pread:    Pread,
		write:    Pwrite,
		pending:  Pending,
		readable: Readable,
	})
}

// BenchmarkJailCallsScheduled is what BenchmarkJailCalls is compared with.
func BenchmarkJailCallsScheduled(b *testing.B) {
	jailCalls(b, calls{
		pread: func(fd int, buffer []byte) (int, error) { return unix.Pread(fd, buffer, 0) },
		write: func(fd int, data []byte) error {
			_, err := unix.Pwrite(fd, data, 0)
			return err
		},
		pending: func(fd int) (int, error) { return unix.IoctlGetInt(fd, unix.TIOCINQ) },
		readable: func(fd int) (bool, error) {
			n, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, 0)
			return n == 1, err
		},
	})
}

type calls struct {
	pread    func(fd int, buffer []byte) (int, error)
	write    func(fd int, data []byte) error
	pending  func(fd int) (int, error)
	readable func(fd int) (bool, error)
}

func jailCalls(b *testing.B, c calls) {
	b.Helper()
	const rounds = 13 // of four calls each: about as many as a jail takes
	var fds [2]int
	if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
		b.Fatal(err)
	}
	defer unix.Close(fds[0])
	defer unix.Close(fds[1])
	stat, err := os.Open("/proc/self/oom_score_adj")
	if err != nil {
		b.Fatal(err)
	}
	defer stat.Close()
	memory, err := unix.MemfdCreate("limit", unix.MFD_CLOEXEC)
	if err != nil {
		b.Fatal(err)
	}
	defer unix.Close(memory)
	buffer, limit := make([]byte, 64), []byte("268435456")
	before := cpuTime(b)
	for b.Loop() {
		time.Sleep(time.Millisecond)
		for range rounds {
			if _, err := c.pread(int(stat.Fd()), buffer); err != nil {
				b.Fatal(err)
			}
			if err := c.write(memory, limit); err != nil {
				b.Fatal(err)
			}
			if n, err := c.pending(fds[0]); n != 0 || err != nil {
				b.Fatal(n, err)
			}
			if ready, err := c.readable(fds[0]); ready || err != nil {
				b.Fatal(ready, err)
			}
		}
	}
	b.ReportMetric(float64(cpuTime(b)-before)/float64(b.N), "cpu-ns/op")
}

func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
