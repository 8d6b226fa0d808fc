package kinds

import (
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate/threads"
)

// fifo is a named pipe between two programs in jails, each of which opens it by its path. While both live, this process
// holds it open, so that neither waits in open(2) for the other. When one has ended this process takes its place, so
// that the other never waits for somebody who is dead: a reader then sees the end, and what a writer writes goes
// nowhere. Which of them reads is theirs to agree on: there are tasks whose programs use their two pipes the other way
// round.
//
// A program that closes its end and lives gives the other an end of file, too: see relieve.
type fifo struct {
	path string
	file threads.File
	held func() threads.Held // by the programs that live
	over chan struct{}

	mu      sync.Mutex
	hold    *os.File // for reading and writing, which never waits (fifo(7)); later for reading alone
	stands  bool     // in for a program
	sink    bool     // that program was the reader
	closed  closings
	standIn sync.WaitGroup
}

// closings are how often programs have closed a pipe.
type closings struct{ writers, readers int }

func newFifo(path string, held func() threads.Held) (*fifo, error) {
	if err := unix.Mkfifo(path, 0o600); err != nil {
		return nil, &os.PathError{Op: "mkfifo", Path: path, Err: err}
	}
	// Two users of jails open it, which own nothing. Nobody else reaches the directory.
	if err := os.Chmod(path, 0o666); err != nil {
		return nil, err
	}
	hold, err := os.OpenFile(path, os.O_RDWR|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	var stat unix.Stat_t
	if err := unix.Stat(path, &stat); err != nil {
		hold.Close()
		return nil, &os.PathError{Op: "stat", Path: path, Err: err}
	}
	return &fifo{path: path, file: threads.FileOf(stat), held: held, hold: hold, over: make(chan struct{})}, nil
}

// oneEnded takes the place of a program that has ended, or closed its end for good. sink says that it is known to be
// the reader. When it returns, a program that waits to open the pipe or to read from it has been woken.
func (f *fifo) oneEnded(sink bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sink = f.sink || sink
	if f.stands {
		return
	}
	f.stands = true
	f.stopWriting()
	f.poke()
	f.standIn.Go(f.stand)
}

// stopWriting keeps the pipe open for reading alone: what is in it would be lost if nobody had it open.
func (f *fifo) stopWriting() {
	if keeper, err := os.OpenFile(f.path, os.O_RDONLY|unix.O_NONBLOCK, 0); err == nil {
		f.hold.Close()
		f.hold = keeper
	}
}

// poke opens the pipe for writing and closes it: a program that waits for a writer goes on and reads the end. It
// reports whether the pipe was full.
func (f *fifo) poke() (full bool) {
	file, err := os.OpenFile(f.path, os.O_WRONLY|unix.O_NONBLOCK, 0)
	if err != nil { // nobody reads
		return false
	}
	defer file.Close()
	return isFull(file)
}

// looksFull is for how many looks a pipe is full before nobody is thought to read it.
const looksFull = 20

// stand pokes again and again. Where the pipe stays full, and the program that lives writes to it, stand reads, too.
func (f *fifo) stand() {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for full := 0; ; {
		select {
		case <-tick.C:
		case <-f.over:
			return
		}
		if !f.poke() {
			full = 0
			continue
		}
		if full++; full%looksFull == 0 && f.onlyWritten() {
			f.standIn.Go(f.discard)
			full = -1 << 30 // once
		}
	}
}

// onlyWritten reports whether nobody will read from the pipe: its reader has ended, or the programs that live have it
// open for writing alone.
func (f *fifo) onlyWritten() bool {
	f.mu.Lock()
	sink := f.sink
	f.mu.Unlock()
	if sink {
		return true
	}
	access := f.held()[f.file]
	return access.Writes && !access.Reads
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

// relieve does what is owed to programs that are blocked, when all of them are: it wakes one that waits for a program
// that has ended, empties the pipe for one that writes to it, and gives an end of file to one that reads what another
// has closed, if ends is set. held is what they have open.
//
// An end is owed when no program has the pipe open for writing, and the writers that closed it are no fewer than the
// readers there were: then the reader came for a writer that has gone. One that opened the pipe once more waits for the
// next writer, as with any named pipe.
func (f *fifo) relieve(held threads.Held, ends bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	access := held[f.file]
	switch {
	case f.stands && (f.sink || access.Writes && !access.Reads):
		f.empty()
	case f.stands:
		f.poke()
	case ends && access.Reads && !access.Writes && f.closed.writers > f.closed.readers:
		f.stopWriting()
	}
}

// empty throws away what is in the pipe.
func (f *fifo) empty() {
	buffer := make([]byte, 64<<10)
	for {
		f.hold.SetReadDeadline(time.Now().Add(time.Millisecond)) // in case somebody else reads it
		if n, err := f.hold.Read(buffer); n == 0 || err != nil {
			return
		}
	}
}

// close is for when both have ended.
func (f *fifo) close() {
	close(f.over)
	f.hold.Close() // which ends a read
	f.standIn.Wait()
}

// readEnd opens one end for a program's stdin, which must wait as programs expect.
func (f *fifo) readEnd() (*os.File, error) {
	fd, err := unix.Open(f.path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: f.path, Err: err}
	}
	return os.NewFile(uintptr(fd), f.path), nil
}

// fifoWriter is the other end, for what this process has read of a program's stdout.
type fifoWriter struct {
	*os.File
	of   *fifo
	once sync.Once
}

func (f *fifo) writeEnd() (*fifoWriter, error) {
	file, err := os.OpenFile(f.path, os.O_WRONLY|unix.O_NONBLOCK, 0)
	return &fifoWriter{File: file, of: f}, err
}

// Full implements isolate.Peer.
func (w *fifoWriter) Full() bool { return isFull(w.File) }

// CloseWrite implements isolate.Peer.
func (w *fifoWriter) CloseWrite() {
	w.close()
	w.of.oneEnded(false)
}

func (w *fifoWriter) close() { w.once.Do(func() { w.File.Close() }) }

// isFull reports whether a pipe takes nothing more: poll(2). One that is closed, or that nobody reads, is not full: a
// write to it does not wait.
func isFull(file *os.File) bool {
	raw, err := file.SyscallConn()
	if err != nil {
		return false
	}
	full := false
	err = raw.Control(func(fd uintptr) {
		look := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}
		n, failed := unix.Poll(look, 0)
		full = n == 0 && failed == nil
	})
	return err == nil && full
}
