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
	peer        Peer      // to, if that is one: then a thread on the core near reads, at once; nil: any core will do
	near        int       // CPU number
	over        func()    // called once, when the limit is passed

	kept  []byte    // the first bytes, until they are handed on
	since time.Time // when the first of them came
	ended bool      // nobody can write to it any more

	file *os.File      // read, for the goroutine; nil before it runs, and for a peer
	done chan struct{} // closed by the goroutine at the end; nil before it runs

	count   atomic.Int64
	carrier atomic.Int64 // id of the thread that reads for the peer; 0: none yet
	inHand  atomic.Bool  // set by that thread before it reads, until the peer has all of it
	pause   func()       // called between reading and handing on, for tests; nil: nothing
}

// Peer is what another program reads. A Command whose Stdout is a Peer is read by a thread on its own core, because it waits for an answer to
// what it writes.
type Peer interface {
	io.Writer
	// Full reports whether a Write would have to wait for that program to read. It does not wait.
	Full() bool
	// CloseWrite is called when the program has closed its stdout and goes on: the reader gets an end of file. Words that were written
	// before it have been handed over.
	CloseWrite()
}

const (
	// pipeSize is what a pipe holds, pipe(7).
	pipeSize = 64 << 10
	// mostKept is enough for most outputs, in bytes.
	maxKept = 512
	// keeping is how long a program that goes on is not read: much less than anybody would notice.
	keeping = 2 * time.Millisecond
)

// newStream makes the pipe. It belongs to the program's user, who may then open /dev/stdout by name. near is the core of the program.
func newStream(to io.Writer, limit Bytes, uid uint32, near int) (*stream, error) {
	read, write, err := quick.Pipe()
	if err != nil {
		return nil, fmt.Errorf("make a pipe: %w", err)
	}
	s := &stream{read: read, write: write, to: to, limit: limit, near: near}
	s.peer, _ = to.(Peer)
	err = quick.Chown(write, uid)
	if err == nil {
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

// start hands the program's end over: call it when the program has its own copy. The lookout says when to attend to the stream. A stream
// with a peer does not fail; lives then says whether the program lives, when it has closed its end.
func (s *stream) start(out *poller, over func(), lives func() bool) error {
	quick.Close(s.write)
	s.write, s.over = -1, over
	if s.peer != nil {
		s.done = make(chan struct{})
		go s.carry(lives)
		return nil
	}
	return out.watch(s.read)
}

// attend reads what there is; event is what the lookout saw. It does not wait.
func (s *stream) attend(out *poller, event uint32) error {
	full := false
	if event&unix.EPOLLIN != 0 {
		if len(s.kept) == 0 {
			s.kept, s.since = make([]byte, 0, maxKept), time.Now()
		}
		n, err := quick.Read(s.read, s.kept[len(s.kept):maxKept])
		if err != nil && err != unix.EAGAIN {
			return fmt.Errorf("read what a program writes: %w", err)
		}
		s.kept = s.kept[:len(s.kept)+n]
		full = len(s.kept) == maxKept
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
	return s.since.Add(keeping), s.done == nil && len(s.kept) > 0 && !s.ended
}

// follow lets a goroutine read from now on.
func (s *stream) follow() {
	s.file, s.done = os.NewFile(uintptr(s.read), "pipe"), make(chan struct{})
	go s.drain()
}

func (s *stream) drain() {
	defer close(s.done)
	s.handOn()
	buffer := make([]byte, maxKept)
	for {
		n, err := s.file.Read(buffer)
		s.take(buffer[:n])
		if err != nil {
			return
		}
		buffer = grown(buffer, n)
	}
}

// grown returns a larger buffer when n bytes have filled this one.
func grown(buffer []byte, n int) []byte {
	if n < len(buffer) || n >= pipeSize {
		return buffer
	}
	return make([]byte, min(16*n, pipeSize))
}

// carry hands on what the program writes to its peer. At any time a word is in the pipe, or inHand is set, or the peer has it: quiet relies
// on that.
func (s *stream) carry(lives func() bool) {
	defer close(s.done)
	stayNear(s.near)
	s.carrier.Store(int64(unix.Gettid()))
	buffer := make([]byte, maxKept)
	for {
		waitReadable(s.read)
		s.inHand.Store(true)
		n, err := unix.Read(s.read, buffer)
		switch {
		case n > 0:
			if s.pause != nil {
				s.pause()
			}
			s.take(buffer[:n])
			buffer = grown(buffer, n)
		case err != unix.EAGAIN && err != unix.EINTR:
			if lives() {
				s.peer.CloseWrite()
			}
			s.inHand.Store(false)
			return
		}
		s.inHand.Store(false)
	}
}

// waitReadable waits until a pipe holds something or has ended.
func waitReadable(fd int) {
	for {
		if _, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, -1); err != unix.EINTR {
			return
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
	if _, err := s.to.Write(data); err != nil {
		s.to = nil // the reader has had enough; the program must not notice
	}
}

// quiet reports whether nothing is on its way from the program: the judge need do nothing, or cannot until the peer reads. It may be called
// from any goroutine until finish. A thread that sleeps because this pipe is full is woken when the judge reads from it.
func (s *stream) quiet() bool {
	pending, err := quick.Pending(s.read)
	if err != nil {
		return false
	}
	if s.peer == nil {
		return pending == 0
	}
	// In this order: what leaves the pipe meanwhile is in hand.
	return pending == 0 && !s.inHand.Load() || s.inHand.Load() && s.peer.Full()
}

// finish returns the bytes written when nobody can write any more, and all are handed on.
func (s *stream) finish(out *poller) Bytes {
	if s.done == nil && !s.ended {
		out.forget(s.read)
		s.follow()
	}
	switch {
	case s.done == nil:
		s.handOn()
		quick.Close(s.read)
	case s.file == nil:
		<-s.done
		quick.Close(s.read)
	default:
		<-s.done
		s.file.Close()
	}
	return Bytes(s.count.Load())
}
