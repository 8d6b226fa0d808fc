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

// stream is a pipe from the program to a writer of the judge. It counts the bytes and passes on at
// most limit of them. It reads until all processes of the jail are dead, so the program never waits
// for a reader that has stopped reading.
//
// Most programs write little and end. So the goroutine that watches the run reads the first bytes
// as well (attend) and keeps them. If there are more, or the program goes on, another goroutine
// takes over (follow), because writing to the judge's writer may take any time.
type stream struct {
	read, write int       // descriptors
	to          io.Writer // nil: discarded
	limit       Bytes     // negative: none
	peer        Peer      // to, if it is a Peer: then a thread on the core near reads at once; else nil
	near        int       // CPU number
	over        func()    // called once, when the limit is passed

	kept  []byte    // the first bytes, until they are passed on
	since time.Time // when the first of them came
	ended bool      // nobody can write to it any more

	file *os.File      // read, for the goroutine; nil before it runs, and for a peer
	done chan struct{} // closed by the goroutine at its end; nil before it runs

	count   atomic.Int64
	carrier atomic.Int64 // id of the thread that reads for the peer; 0: none yet
	inHand  atomic.Bool  // set by that thread before it reads, until the peer has all bytes
	pause   func()       // for tests: called between reading and writing; nil: nothing
}

// Peer is a writer that another program reads from. If a Command's Stdout is a Peer, a thread on
// the program's own core reads the output, because the program waits for an answer.
type Peer interface {
	io.Writer
	// Full reports whether a Write would wait for the reading program. It does not wait.
	Full() bool
	// CloseWrite is called when the program has closed its stdout but goes on. The reader must get
	// an end of file. All bytes before it have been written.
	CloseWrite()
}

const (
	// pipeSize is the capacity of a pipe, pipe(7).
	pipeSize = 64 << 10
	// maxKept is enough for most outputs, in bytes.
	maxKept = 512
	// keeping is how long the output of a running program is not passed on: too short to notice.
	keeping = 2 * time.Millisecond
)

// newStream creates the pipe. It belongs to the program's user, so that the program can open
// /dev/stdout by name. near is the program's core.
func newStream(to io.Writer, limit Bytes, uid uint32, near int) (*stream, error) {
	read, write, err := quick.Pipe()
	if err != nil {
		return nil, fmt.Errorf("create a pipe: %w", err)
	}
	s := &stream{read: read, write: write, to: to, limit: limit, near: near}
	s.peer, _ = to.(Peer)
	err = quick.Chown(write, uid)
	if err == nil {
		// Only the judge's end; the program's end blocks, as programs expect. Bytes that were in
		// the pipe may be gone when the judge reads, as the program can read them, too.
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
	quick.Close(s.write) // -1, which is not a descriptor, if start has closed it
}

// start closes the program's end. Call it once the program has its own copy. The poller then says
// when to call attend. A stream with a peer returns no error; it calls lives when the program has
// closed its end.
func (s *stream) start(p *poller, over func(), lives func() bool) error {
	quick.Close(s.write)
	s.write, s.over = -1, over
	if s.peer != nil {
		s.done = make(chan struct{})
		go s.carry(lives)
		return nil
	}
	return p.watch(s.read)
}

// attend reads the available bytes. event is what the poller returned. It does not wait.
func (s *stream) attend(p *poller, event uint32) error {
	full := false
	if event&unix.EPOLLIN != 0 {
		if len(s.kept) == 0 {
			s.kept, s.since = make([]byte, 0, maxKept), time.Now()
		}
		n, err := quick.Read(s.read, s.kept[len(s.kept):maxKept])
		if err != nil && err != unix.EAGAIN {
			return fmt.Errorf("read a program's output: %w", err)
		}
		s.kept = s.kept[:len(s.kept)+n]
		full = len(s.kept) == maxKept
	}
	switch {
	case full:
		p.forget(s.read)
		s.follow()
	case event&unix.EPOLLIN == 0: // at the end, and nothing left to read
		p.forget(s.read)
		s.ended = true
	}
	return nil
}

// overdue returns when the goroutine must take over; false if no bytes are kept for it.
func (s *stream) overdue() (time.Time, bool) {
	return s.since.Add(keeping), s.done == nil && len(s.kept) > 0 && !s.ended
}

// follow starts a goroutine that reads from now on.
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

// grown returns a larger buffer if n bytes have filled this one.
func grown(buffer []byte, n int) []byte {
	if n < len(buffer) || n >= pipeSize {
		return buffer
	}
	return make([]byte, min(16*n, pipeSize))
}

// carry copies the program's output to its peer. At any time a byte is in the pipe, or inHand is
// set, or the peer has it: quiet relies on that.
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

// waitReadable waits until a pipe holds bytes or is at its end.
func waitReadable(fd int) {
	for {
		if _, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, -1); err != unix.EINTR {
			return
		}
	}
}

// handOn passes on the kept bytes.
func (s *stream) handOn() {
	kept := s.kept
	s.kept = nil
	s.take(kept)
}

// stayNear gives the calling goroutine its own thread on a core, for good. Waking a thread on
// another core, and the runtime's poller before that, takes longer than the exchange of two
// programs.
func stayNear(cpu int) {
	runtime.LockOSThread() // and never unlock: the thread ends with the goroutine
	var set unix.CPUSet
	set.Set(cpu)
	unix.SchedSetaffinity(0, &set) // if that is refused, it is only slower
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
		s.to = nil // the reader stopped reading; the program must not notice
	}
}

// quiet reports whether no output of the program is in transit: the judge has nothing to do, or
// cannot continue until the peer reads. Any goroutine may call it until finish. A thread that
// sleeps because this pipe is full wakes when the judge reads from it.
func (s *stream) quiet() bool {
	pending, err := quick.Pending(s.read)
	if err != nil {
		return false
	}
	if s.peer == nil {
		return pending == 0
	}
	// In this order: bytes that leave the pipe in the meantime are in hand.
	return pending == 0 && !s.inHand.Load() || s.inHand.Load() && s.peer.Full()
}

// finish returns the number of bytes written, once nobody can write any more and all are passed on.
func (s *stream) finish(p *poller) Bytes {
	if s.done == nil && !s.ended {
		p.forget(s.read)
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
