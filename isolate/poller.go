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

// poller waits for several descriptors at once. It is an epoll(7) instance registered with the
// runtime's poller: registering each descriptor there takes longer than everything that a run does
// with it.
type poller struct {
	epoll int
	file  *os.File // the same instance
	raw   syscall.RawConn
	ready [maxEvents]unix.EpollEvent
}

// maxEvents is the number of watched descriptors: a jail's socket and two streams.
const maxEvents = 3

func newPoller() (*poller, error) {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("create an epoll instance: %w", err)
	}
	if err := unix.SetNonblock(fd, true); err != nil { // package os takes this to mean that the file can be polled
		unix.Close(fd)
		return nil, fmt.Errorf("create an epoll instance: %w", err)
	}
	p := &poller{epoll: fd, file: os.NewFile(uintptr(fd), "epoll")}
	if p.raw, err = p.file.SyscallConn(); err != nil {
		p.file.Close()
		return nil, fmt.Errorf("create an epoll instance: %w", err)
	}
	return p, nil
}

// watch adds a descriptor, unless it is watched already. wait returns it while it has bytes to read
// or is at its end. Call forget before closing it.
func (p *poller) watch(fd int) error {
	if err := quick.Watch(p.epoll, fd); err != nil && err != unix.EEXIST {
		return fmt.Errorf("watch a descriptor: %w", err)
	}
	return nil
}

// forget removes a descriptor. It does nothing if the descriptor is not watched.
func (p *poller) forget(fd int) { quick.Forget(p.epoll, fd) }

// wait returns the ready descriptors, or none at the time until. The result is valid until the next
// call. Ready descriptors are returned even if until has passed: a caller that is always late would
// never see them otherwise.
func (p *poller) wait(until time.Time) ([]unix.EpollEvent, error) {
	if n, err := quick.Ready(p.epoll, p.ready[:]); n != 0 || err != nil {
		return p.ready[:max(n, 0)], waitFailed(err)
	}
	if err := p.file.SetReadDeadline(until); err != nil {
		return nil, waitFailed(err)
	}
	var n int
	var failed error
	err := p.raw.Read(func(uintptr) bool {
		n, failed = quick.Ready(p.epoll, p.ready[:])
		return n != 0
	})
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return nil, nil
	}
	if err = errors.Join(err, failed); err != nil {
		return nil, waitFailed(err)
	}
	return p.ready[:n], nil
}

func waitFailed(err error) error {
	if err != nil {
		return fmt.Errorf("wait for a jail: %w", err)
	}
	return nil
}

func (p *poller) close() { p.file.Close() }
