package jailer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate/quick"
)

// socket is the judge's end of a SOCK_SEQPACKET pair. Its methods do not wait unless they say so.
type socket struct{ fd int }

// socketPair returns the two ends of a new pair, the judge's and the other one. Both are
// close-on-exec.
func socketPair() (ours socket, theirs int, err error) {
	one, theirs, err := quick.SocketPair()
	if err != nil {
		return socket{-1}, -1, fmt.Errorf("create a socket pair: %w", err)
	}
	return socket{one}, theirs, nil
}

func (s socket) close() { quick.Close(s.fd) }

// ErrGone means that the process at the other end is dead and that the call has started no program.
// The caller can try again with a new jailer.
var ErrGone = errors.New("the jailer is gone")

// goneOf replaces the errors by which a socket shows that its other end is closed by ErrGone.
func goneOf(err error) error {
	if errors.Is(err, unix.EPIPE) || errors.Is(err, unix.ECONNRESET) || errors.Is(err, io.EOF) {
		return fmt.Errorf("%w (%w)", ErrGone, err)
	}
	return err
}

// send sends one message with descriptors. While the socket is full, it waits, at most for
// Patience.
func (s socket) send(message []byte, fds ...int) error {
	err := quick.Send(s.fd, message, fds)
	if errors.Is(err, unix.EAGAIN) {
		if err = s.wait(unix.POLLOUT); err == nil {
			err = quick.Send(s.fd, message, fds)
		}
	}
	return goneOf(err)
}

// Patience is how long a step of the jailer may take before it counts as hung: longer than on any
// loaded host.
const Patience = 3 * time.Minute

// wait waits until the socket is ready for an event of poll(2), or Patience is over.
func (s socket) wait(event int16) error {
	for end := time.Now().Add(Patience); ; {
		left := unix.NsecToTimespec(int64(max(0, time.Until(end))))
		n, err := unix.Ppoll([]unix.PollFd{{Fd: int32(s.fd), Events: event}}, &left, nil)
		switch {
		case err != nil && err != unix.EINTR:
			return err
		case n > 0:
			return nil
		case !time.Now().Before(end):
			return os.ErrDeadlineExceeded
		}
	}
}

// receive reads the next message, of at most len(buffer) bytes, and its descriptors. It returns
// unix.EAGAIN if there is none yet.
func (s socket) receive(buffer []byte) (n int, fds []int, err error) {
	n, fds, err = quick.Receive(s.fd, buffer)
	if err == nil && n == 0 && len(fds) == 0 {
		err = io.EOF
	}
	return n, fds, err
}

func closeAll(fds []int) {
	for _, fd := range fds {
		quick.Close(fd)
	}
}

// receiveReply reads one wireReply and count descriptors. If the reply names a failed step, the
// error is a *StepError.
func (s socket) receiveReply(count int) ([]int, error) {
	var buffer [sizeReply]byte
	n, fds, err := s.receive(buffer[:])
	if err == nil {
		err = decodeReply(buffer[:n])
	}
	if err == nil && len(fds) != count {
		err = fmt.Errorf("a reply has %d descriptors, expected %d", len(fds), count)
	}
	if err != nil {
		closeAll(fds)
		return nil, goneOf(err)
	}
	return fds, nil
}

func decodeReply(message []byte) error {
	reply, err := decode[wireReply](message)
	if err != nil {
		return err
	}
	return reply.err()
}

func copyString(to []byte, s string) error {
	if len(s) >= len(to) || bytes.IndexByte([]byte(s), 0) >= 0 {
		return fmt.Errorf("%q is longer than %d bytes or contains a NUL", s, len(to)-1)
	}
	copy(to, s)
	return nil
}
