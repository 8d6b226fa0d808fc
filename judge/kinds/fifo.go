package kinds

import (
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate/threads"
)

// fifo is a named pipe between two programs in jails, each of which opens it by its path. While both live, this
// process holds the pipe open, so that neither blocks in open(2) waiting for the other. When one has ended this
// process takes its place, so that the other never waits for a dead program: a reader gets an end of file, and
// what a writer writes is discarded. The programs choose which of them reads: in some tasks they use their two
// pipes in the opposite directions.
//
// A program that closes its end while it lives also gives the other an end of file: see relieve.
type fifo struct {
	path string
	file threads.File
	held func() threads.Held // by the living programs
	over chan struct{}

	mu      sync.Mutex
	hold    *os.File // for reading and writing, which never blocks (fifo(7)); later for reading only
	stands  bool     // stands in for a program
	sink    bool     // that program was the reader
	closed  closings
	standIn sync.WaitGroup
}

// closings counts how often programs have closed a pipe.
type closings struct{ writers, readers int }

func newFifo(path string, held func() threads.Held) (*fifo, error) {
	if err := unix.Mkfifo(path, 0o600); err != nil {
		return nil, &os.PathError{Op: "mkfifo", Path: path, Err: err}
	}
	// Two unprivileged users of jails open it. No other user can reach the directory.
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

// oneEnded takes the place of a program that has ended, or has closed its end for good. sink means that the
// program is known to be the reader. On return, a program that was blocked opening or reading the pipe has been
// woken.
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

// stopWriting holds the pipe open for reading only: its contents would be lost if nobody had it open.
func (f *fifo) stopWriting() {
	if keeper, err := os.OpenFile(f.path, os.O_RDONLY|unix.O_NONBLOCK, 0); err == nil {
		f.hold.Close()
		f.hold = keeper
	}
}

// poke opens the pipe for writing and closes it: a program that waits for a writer continues and reads the end of
// file. It reports whether the pipe was full.
func (f *fifo) poke() (full bool) {
	file, err := os.OpenFile(f.path, os.O_WRONLY|unix.O_NONBLOCK, 0)
	if err != nil { // nobody reads
		return false
	}
	defer file.Close()
	return isFull(file)
}

// looksFull is for how many observations a pipe must be full before it counts as unread.
const looksFull = 20

// stand pokes repeatedly. If the pipe stays full and the living program writes to it, stand also reads.
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

// onlyWritten reports whether nobody will read from the pipe: its reader has ended, or the living programs have it
// open for writing only.
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

// discard reads everything that is written from now on.
func (f *fifo) discard() {
	for {
		_, err := io.Copy(io.Discard, f.hold) // until no process has it open for writing
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

// relieve unblocks programs when all are blocked: it wakes one that waits for a program that has ended, empties
// the pipe for one that writes to it, and, if ends is set, gives an end of file to one that reads a pipe that the
// other program has closed. held is what they have open.
//
// An end of file is due when no program has the pipe open for writing, and at least as many writers have closed it
// as there were readers: the reader's writer is then gone. A program that opened the pipe again waits for the next
// writer, as with any named pipe.
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

// empty discards the contents of the pipe.
func (f *fifo) empty() {
	buffer := make([]byte, 64<<10)
	for {
		f.hold.SetReadDeadline(time.Now().Add(time.Millisecond)) // in case another process reads it
		if n, err := f.hold.Read(buffer); n == 0 || err != nil {
			return
		}
	}
}

// close is called when both programs have ended.
func (f *fifo) close() {
	close(f.over)
	f.hold.Close() // which ends a read
	f.standIn.Wait()
}

// readEnd opens the read end for a program's stdin, which must block as programs expect.
func (f *fifo) readEnd() (*os.File, error) {
	fd, err := unix.Open(f.path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: f.path, Err: err}
	}
	return os.NewFile(uintptr(fd), f.path), nil
}

// fifoWriter is the write end, for output that this process has read from a program's stdout.
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

// isFull reports whether a write to the pipe would block: poll(2). A pipe that is closed or has no reader is not
// full.
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
