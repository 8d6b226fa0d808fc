package kinds

import (
	"encoding/binary"
	"fmt"

	"golang.org/x/sys/unix"
)

// pipeWatch counts how often programs close named pipes: inotify(7). It also watches for opening, because the
// kernel would report two closings in a row as one.
type pipeWatch struct {
	fd    int
	pipes map[int32]*fifo // by watch descriptor
	lost  bool            // events were dropped: the counts are unusable
}

func newPipeWatch() (*pipeWatch, error) {
	fd, err := unix.InotifyInit1(unix.IN_CLOEXEC | unix.IN_NONBLOCK)
	if err != nil {
		return nil, fmt.Errorf("watch pipes (fs.inotify.max_user_instances may be too small): %w", err)
	}
	return &pipeWatch{fd: fd, pipes: map[int32]*fifo{}}, nil
}

// add watches a pipe that this process has open already, and that no program has opened.
func (w *pipeWatch) add(f *fifo) error {
	wd, err := unix.InotifyAddWatch(w.fd, f.path, unix.IN_OPEN|unix.IN_CLOSE)
	if err != nil {
		return fmt.Errorf("watch a pipe (fs.inotify.max_user_watches may be too small): %w", err)
	}
	w.pipes[int32(wd)] = f
	return nil
}

// update brings the counts of all pipes up to date. It does not block.
func (w *pipeWatch) update() {
	buffer := make([]byte, 64<<10)
	for {
		n, err := unix.Read(w.fd, buffer)
		if err == unix.EINTR {
			continue
		}
		if n <= 0 || err != nil {
			return
		}
		for rest := buffer[:n]; len(rest) >= unix.SizeofInotifyEvent; {
			wd, mask := int32(binary.NativeEndian.Uint32(rest)), binary.NativeEndian.Uint32(rest[4:])
			w.note(wd, mask)
			rest = rest[unix.SizeofInotifyEvent+binary.NativeEndian.Uint32(rest[12:]):]
		}
	}
}

func (w *pipeWatch) note(wd int32, mask uint32) {
	if mask&unix.IN_Q_OVERFLOW != 0 {
		w.lost = true
	}
	f := w.pipes[wd]
	if f == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case mask&unix.IN_CLOSE_WRITE != 0:
		f.closed.writers++
	case mask&unix.IN_CLOSE_NOWRITE != 0:
		f.closed.readers++
	}
}

func (w *pipeWatch) close() { unix.Close(w.fd) }
