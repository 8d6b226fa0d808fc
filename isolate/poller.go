package isolate

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate/quick"
)

// A lookout waits for several descriptors at a time: an epoll(7) instance in the runtime's poller. To enter each descriptor there takes
// more than all that a run does with it.
type poller struct {
	epoll int
	file  *os.File // the same
	raw   syscall.RawConn
	ready [maxEvents]unix.EpollEvent
}

// mostEvents is how many descriptors are watched at the most: a jail's socket and two streams.
const maxEvents = 3

func newPoller() (*poller, error) {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("make an epoll instance: %w", err)
	}
	if err := unix.SetNonblock(fd, true); err != nil { // by which package os knows that it can be polled
		unix.Close(fd)
		return nil, fmt.Errorf("make an epoll instance: %w", err)
	}
	l := &poller{epoll: fd, file: os.NewFile(uintptr(fd), "epoll")}
	if l.raw, err = l.file.SyscallConn(); err != nil {
		l.file.Close()
		return nil, fmt.Errorf("make an epoll instance: %w", err)
	}
	return l, nil
}

// watch adds a descriptor, if it is not in. wait returns it while it can be read or has ended. Forget it before it is closed.
func (l *poller) watch(fd int) error {
	if err := quick.Watch(l.epoll, fd); err != nil && err != unix.EEXIST {
		return fmt.Errorf("wait for a descriptor: %w", err)
	}
	return nil
}

// forget takes a descriptor out, if it is in.
func (l *poller) forget(fd int) { quick.Forget(l.epoll, fd) }

// wait returns what is ready, or nothing when the time has come. It is good until the next call. What is ready is returned even when the time
// has long come: a caller that is always late would never see it.
func (l *poller) wait(until time.Time) ([]unix.EpollEvent, error) {
	if n, err := quick.Ready(l.epoll, l.ready[:]); n != 0 || err != nil {
		return l.ready[:max(n, 0)], waitFailed(err)
	}
	if err := l.file.SetReadDeadline(until); err != nil {
		return nil, waitFailed(err)
	}
	var n int
	var failed error
	err := l.raw.Read(func(uintptr) bool {
		n, failed = quick.Ready(l.epoll, l.ready[:])
		return n != 0
	})
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return nil, nil
	}
	if err = errors.Join(err, failed); err != nil {
		return nil, waitFailed(err)
	}
	return l.ready[:n], nil
}

func waitFailed(err error) error {
	if err != nil {
		return fmt.Errorf("wait for a jail: %w", err)
	}
	return nil
}

func (l *poller) close() { l.file.Close() }
