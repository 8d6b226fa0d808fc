package judge

import (
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// fifo is a named pipe between two programs in jails, each of which opens it by its path. While both live, this process holds it open, so
// that neither waits in open(2) for the other. When one has ended this process takes its place, so that the other never waits for somebody
// who is dead: a reader then sees the end, and what a writer writes goes nowhere. Which of them reads is theirs to agree on: there are tasks
// whose programs use their two pipes the other way round.
type fifo struct {
	path string
	hold *os.File // for reading and writing, which never waits: fifo(7)
	over chan struct{}

	once    sync.Once
	standIn sync.WaitGroup
}

func newFifo(path string) (*fifo, error) {
	if err := unix.Mkfifo(path, 0o600); err != nil {
		return nil, &os.PathError{Op: "mkfifo", Path: path, Err: err}
	}
	if err := os.Chmod(path, 0o666); err != nil { // programs run as users that own nothing
		return nil, err
	}
	hold, err := os.OpenFile(path, os.O_RDWR|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	return &fifo{path: path, hold: hold, over: make(chan struct{})}, nil
}

// oneEnded takes the place of the first of the two that ends.
func (f *fifo) oneEnded() {
	f.once.Do(func() {
		f.stopWriting()
		f.standIn.Go(f.stand)
	})
}

// stopWriting keeps the pipe open for reading alone: what is in it would be lost if nobody had it open.
func (f *fifo) stopWriting() {
	if keeper, err := os.OpenFile(f.path, os.O_RDONLY|unix.O_NONBLOCK, 0); err == nil {
		f.hold.Close()
		f.hold = keeper
	}
}

// looksFull is for how many looks a pipe is full before nobody is thought to read it.
const looksFull = 20

// stand opens the pipe for writing again and again, and closes it: who waits for a writer goes on and reads the end. Where the pipe stays
// full it reads, too.
func (f *fifo) stand() {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for full := 0; ; {
		if fd, err := unix.Open(f.path, unix.O_WRONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0); err == nil { // else nobody reads
			look := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}
			if n, err := unix.Poll(look, 0); n == 0 && err == nil {
				full++
			} else if full < looksFull {
				full = 0
			}
			unix.Close(fd)
		}
		if full == looksFull {
			full++
			f.standIn.Go(f.discard)
		}
		select {
		case <-tick.C:
		case <-f.over:
			return
		}
	}
}

// discard reads all that is written from now on.
func (f *fifo) discard() {
	for {
		_, err := io.Copy(io.Discard, f.hold) // until nobody has it open for writing
		select {
		case <-f.over:
			return
		case <-time.After(time.Millisecond):
		}
		if err != nil {
			return
		}
	}
}

// close is for when both have ended.
func (f *fifo) close() {
	close(f.over)
	f.hold.Close()
	f.standIn.Wait()
}

// end opens one end for a program's stdin, which must wait as programs expect.
func (f *fifo) readEnd() (*os.File, error) {
	fd, err := unix.Open(f.path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	return os.NewFile(uintptr(fd), f.path), err
}

// writeEnd opens the other one, for what this process has read of a program's stdout.
func (f *fifo) writeEnd() (*os.File, error) {
	return os.OpenFile(f.path, os.O_WRONLY|unix.O_NONBLOCK, 0)
}
