package isolate

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate/quick"
)

// stream is a pipe from the program to a writer of the judge. It counts, and hands on no more than limit bytes; it
// reads until every process of the jail is dead, so the program never waits for a reader that has had enough.
//
// Most programs write little and end. So whoever watches the run looks after the stream as well (attend) and keeps the first bytes. When
// there are more, or when the program goes on, a goroutine takes over (follow): to write them may take any time.
type stream struct {
	read, write int       // descriptors
	to          io.Writer // nil: thrown away
	limit       Bytes     // negative: none
	near        int       // the CPU number on which it is read, at once; negative: onAnyCore
	over        func()    // called once, when the limit is passed

	kept  []byte    // the first bytes, until they are handed on
	since time.Time // when the first of them came
	ended bool      // nobody can write to it any more

	file *os.File      // read, for the goroutine; nil: there is none
	done chan struct{} // closed by drain at the end

	count   atomic.Int64
	writing atomic.Bool // what has been read is being handed on
}

const (
	// pipeSize is what a pipe holds, pipe(7).
	pipeSize = 64 << 10
	// mostKept is enough for most outputs, in bytes.
	mostKept = 512
	// keeping is how long a program that goes on is not read: much less than anybody would notice.
	keeping = 2 * time.Millisecond
)

// onAnyCore is for streams that nobody waits for.
const onAnyCore = -1

// newStream makes the pipe. It belongs to the program's user, who may then open /dev/stdout by name.
func newStream(to io.Writer, limit Bytes, uid uint32, near int) (*stream, error) {
	read, write, err := quick.Pipe()
	if err != nil {
		return nil, fmt.Errorf("make a pipe: %w", err)
	}
	s := &stream{read: read, write: write, to: to, limit: limit, near: near}
	err = quick.Chown(write, uid)
	if err == nil && near == onAnyCore {
		// Only our end; the program's is as programs expect. What is in the pipe may go before we read it: the program may read it, too.
		err = quick.DoNotWait(read)
	}
	if err != nil {
		s.abandon()
		return nil, fmt.Errorf("set up a pipe: %w", err)
	}
	return s, nil
}

// abandon closes both ends of a stream that has not been started.
func (s *stream) abandon() {
	quick.Close(s.read)
	quick.Close(s.write) // -1, which is no descriptor, when start has closed it
}

// start hands the program's end over: call it when the program has its own copy. The lookout says when to attend to the stream. Only one that
// stays on any core can fail.
func (s *stream) start(out *lookout, over func()) error {
	quick.Close(s.write)
	s.write, s.over = -1, over
	if s.near != onAnyCore {
		s.follow()
		return nil
	}
	return out.watch(s.read)
}

// attend reads what there is; event is what the lookout saw. It does not wait.
func (s *stream) attend(out *lookout, event uint32) error {
	full := false
	if event&unix.EPOLLIN != 0 {
		if len(s.kept) == 0 {
			s.kept, s.since = make([]byte, 0, mostKept), time.Now()
		}
		n, err := quick.Read(s.read, s.kept[len(s.kept):mostKept])
		if err != nil && err != unix.EAGAIN {
			return fmt.Errorf("read what a program writes: %w", err)
		}
		s.kept = s.kept[:len(s.kept)+n]
		full = len(s.kept) == mostKept
	}
	switch {
	case full:
		out.forget(s.read)
		s.follow()
	case event&unix.EPOLLIN == 0: // an end, and nothing left to read
		out.forget(s.read)
		s.ended = true
	}
	return nil
}

// overdue is when the goroutine must take over; false when nothing is kept for it.
func (s *stream) overdue() (time.Time, bool) {
	return s.since.Add(keeping), s.file == nil && len(s.kept) > 0 && !s.ended
}

// follow lets a goroutine read from now on.
func (s *stream) follow() {
	s.file, s.done = os.NewFile(uintptr(s.read), "pipe"), make(chan struct{})
	go s.drain()
}

func (s *stream) drain() {
	defer close(s.done)
	if s.near != onAnyCore {
		stayNear(s.near)
	}
	s.handOn()
	buffer := make([]byte, mostKept)
	for {
		n, err := s.file.Read(buffer)
		s.take(buffer[:n])
		if err != nil {
			return
		}
		if n == len(buffer) && n < pipeSize {
			buffer = make([]byte, min(16*n, pipeSize))
		}
	}
}

// handOn hands on what is kept.
func (s *stream) handOn() {
	kept := s.kept
	s.kept = nil
	s.take(kept)
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
			s.over()
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
	if s.file == nil {
		pending, err := quick.Pending(s.read)
		return s.ended || err == nil && pending == 0 && len(s.kept) == 0
	}
	select {
	case <-s.done: // the program has closed it
		return true
	default:
	}
	// The descriptor is open until finish.
	pending, err := quick.Pending(s.read)
	return err == nil && (pending == 0 || s.writing.Load())
}

// finish returns the bytes written when nobody can write any more, and all are handed on.
func (s *stream) finish(out *lookout) Bytes {
	if s.file == nil && !s.ended {
		out.forget(s.read)
		s.follow()
	}
	if s.file != nil {
		<-s.done
		s.file.Close()
	} else {
		s.handOn()
		quick.Close(s.read)
	}
	return Bytes(s.count.Load())
}
