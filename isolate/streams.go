package isolate

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// stream is a pipe from the program to a writer of the judge. It counts, and hands on no more than limit bytes; it
// reads until every process of the jail is dead, so the program never waits for a reader that has had enough.
type stream struct {
	read, write *os.File
	to          io.Writer     // nil: thrown away
	limit       Bytes         // negative: none
	over        chan struct{} // closed by drain when the limit is passed
	done        chan struct{} // closed by drain at the end
	near        int           // the CPU number on which it is read; negative: onAnyCore
	count       atomic.Int64
	writing     atomic.Bool // what has been read is being handed on
}

// pipeSize is what a pipe holds, pipe(7).
const pipeSize = 64 << 10

// onAnyCore is for streams that nobody waits for.
const onAnyCore = -1

// newStream makes the pipe. It belongs to the program's user, who may then open /dev/stdout by name.
func newStream(to io.Writer, limit Bytes, uid uint32, near int) (*stream, error) {
	var fds [2]int
	if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
		return nil, fmt.Errorf("make a pipe: %w", err)
	}
	// Only our end is nonblocking, for the runtime's poller; the program's is as programs expect.
	var err error
	if near == onAnyCore {
		err = unix.SetNonblock(fds[0], true)
	}
	if err == nil {
		err = unix.Fchown(fds[1], int(uid), int(uid))
	}
	if err != nil {
		unix.Close(fds[0])
		unix.Close(fds[1])
		return nil, fmt.Errorf("set up a pipe: %w", err)
	}
	return &stream{
		read: os.NewFile(uintptr(fds[0]), "pipe"), write: os.NewFile(uintptr(fds[1]), "pipe"),
		to: to, limit: limit, over: make(chan struct{}), done: make(chan struct{}), near: near,
	}, nil
}

// start hands the program's end over: call it when the program has its own copy.
func (s *stream) start() {
	s.write.Close()
	go s.drain()
}

func (s *stream) drain() {
	defer close(s.done)
	defer s.read.Close()
	if s.near != onAnyCore {
		stayNear(s.near)
	}
	buffer := make([]byte, 512) // enough for most
	for {
		n, err := s.read.Read(buffer)
		s.take(buffer[:n])
		if err != nil {
			return
		}
		if n == len(buffer) && n < pipeSize {
			buffer = make([]byte, min(16*n, pipeSize))
		}
	}
}

// stayNear gives the calling goroutine a thread of its own on a core, for good: to wake somebody on another core, and the runtime's
// poller before, takes longer than what two programs have to say to one another.
func stayNear(cpu int) {
	runtime.LockOSThread() // and never unlock: the thread ends with the goroutine
	var set unix.CPUSet
	set.Set(cpu)
	unix.SchedSetaffinity(0, &set) // where that is refused it is only slower
}

func (s *stream) take(data []byte) {
	before := Bytes(s.count.Load())
	after := Bytes(s.count.Add(int64(len(data))))
	if s.limit >= 0 && after > s.limit {
		data = data[:max(0, s.limit-before)]
		if before <= s.limit {
			close(s.over)
		}
	}
	if s.to == nil || len(data) == 0 {
		return
	}
	s.writing.Store(true)
	defer s.writing.Store(false)
	if _, err := s.to.Write(data); err != nil {
		s.to = nil // the reader has had enough; the program must not notice
	}
}

// settled reports whether nothing that the program has written is still in the pipe; what a slow reader keeps waiting for long counts as
// handed on.
func (s *stream) settled() bool {
	select {
	case <-s.done: // the program has closed it
		return true
	default:
	}
	raw, err := s.read.SyscallConn()
	if err != nil {
		return false
	}
	pending := 0
	err = raw.Control(func(fd uintptr) { pending, _ = unix.IoctlGetInt(int(fd), unix.TIOCINQ) })
	return err == nil && (pending == 0 || s.writing.Load())
}

// abandon closes both ends of a stream that was never started.
func (s *stream) abandon() {
	s.read.Close()
	s.write.Close()
}

// wait returns the bytes written, once nobody can write any more.
func (s *stream) wait() Bytes {
	<-s.done
	return Bytes(s.count.Load())
}
