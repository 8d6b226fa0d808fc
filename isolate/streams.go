package isolate

import (
	"fmt"
	"io"
	"os"
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
	count       atomic.Int64
}

// pipeSize is what a pipe holds, pipe(7).
const pipeSize = 64 << 10

// newStream makes the pipe. It belongs to the program's user, who may then open /dev/stdout by name.
func newStream(to io.Writer, limit Bytes, uid uint32) (*stream, error) {
	var fds [2]int
	if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
		return nil, fmt.Errorf("make a pipe: %w", err)
	}
	// Only our end is nonblocking, for the runtime's poller; the program's is as programs expect.
	err := unix.SetNonblock(fds[0], true)
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
		to: to, limit: limit, over: make(chan struct{}), done: make(chan struct{}),
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
	buffer := make([]byte, 4<<10) // enough for most outputs
	for {
		n, err := s.read.Read(buffer)
		s.take(buffer[:n])
		if err != nil {
			return
		}
		if n == len(buffer) && n < pipeSize {
			buffer = make([]byte, pipeSize)
		}
	}
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
	if _, err := s.to.Write(data); err != nil {
		s.to = nil // the reader has had enough; the program must not notice
	}
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
