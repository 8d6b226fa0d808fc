package jailer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// socket is the judge's end of a SOCK_SEQPACKET pair. Not a net.UnixConn, which takes four times the system calls to make.
type socket struct {
	file *os.File
	raw  syscall.RawConn
}

// socketPair returns the judge's end and the other's of a new pair; both are close-on-exec.
func socketPair() (ours *socket, theirs int, err error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, -1, fmt.Errorf("make a socket pair: %w", err)
	}
	// Only our end is nonblocking, for the runtime's poller.
	err = unix.SetNonblock(fds[0], true)
	file := os.NewFile(uintptr(fds[0]), "jailer")
	var raw syscall.RawConn
	if err == nil {
		raw, err = file.SyscallConn()
	}
	if err != nil {
		file.Close()
		unix.Close(fds[1])
		return nil, -1, fmt.Errorf("watch a socket: %w", err)
	}
	return &socket{file, raw}, fds[1], nil
}

func (s *socket) close() { s.file.Close() }

// ErrGone says that the process at the other end is dead, and that no program was started by the call that returns it:
// the call can be made again with a new jailer.
var ErrGone = errors.New("the jailer is gone")

// goneOf names the errors by which a socket shows that its other end is closed.
func goneOf(err error) error {
	if errors.Is(err, unix.EPIPE) || errors.Is(err, unix.ECONNRESET) || errors.Is(err, io.EOF) {
		return fmt.Errorf("%w (%w)", ErrGone, err)
	}
	return err
}

// send sends one message and descriptors with it.
func (s *socket) send(message []byte, fds ...int) error {
	var rights []byte
	if len(fds) > 0 {
		rights = unix.UnixRights(fds...)
	}
	var sent error
	err := s.raw.Write(func(fd uintptr) bool {
		sent = unix.Sendmsg(int(fd), message, rights, nil, unix.MSG_NOSIGNAL)
		return !again(sent)
	})
	return goneOf(errors.Join(err, sent))
}

// again reports whether a call is to be made once more, when the poller says so.
func again(err error) bool { return err == unix.EAGAIN || err == unix.EINTR }

// received is one message, which is buffer[:n], and its descriptors.
type received struct {
	n, rights, flags int
	err              error
}

// receive reads one message of at most len(buffer) bytes and the descriptors that came with it. It waits until the
// deadline; the zero time is no deadline.
func (s *socket) receive(buffer []byte, deadline time.Time) (n int, fds []int, err error) {
	if !deadline.IsZero() {
		if err := s.file.SetReadDeadline(deadline); err != nil {
			return 0, nil, err
		}
	}
	var control [64]byte // more than mostReceived descriptors take
	var r received
	err = s.raw.Read(func(fd uintptr) bool {
		r.n, r.rights, r.flags, _, r.err = unix.Recvmsg(int(fd), buffer, control[:], unix.MSG_CMSG_CLOEXEC)
		return !again(r.err)
	})
	if err = errors.Join(err, r.err); err != nil {
		return 0, nil, err
	}
	if r.n == 0 && r.rights == 0 {
		return 0, nil, io.EOF
	}
	if r.rights > 0 {
		fds, err = rightsOf(control[:r.rights])
	}
	if err == nil && r.flags&(unix.MSG_TRUNC|unix.MSG_CTRUNC) != 0 {
		err = errors.New("a message was cut")
	}
	if err != nil {
		closeAll(fds)
		return 0, nil, err
	}
	return r.n, fds, nil
}

func rightsOf(control []byte) ([]int, error) {
	messages, err := unix.ParseSocketControlMessage(control)
	if err != nil || len(messages) != 1 {
		return nil, errors.New("a message came with strange control data")
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil {
		return nil, errors.New("a message came with strange descriptors")
	}
	return fds, nil
}

func closeAll(fds []int) {
	for _, fd := range fds {
		unix.Close(fd)
	}
}

// receiveReply reads one wireReply and so many descriptors; a reply that names a failed step is returned as its *StepError.
func (s *socket) receiveReply(count int, deadline time.Time) ([]int, error) {
	buffer := make([]byte, sizeReply)
	n, fds, err := s.receive(buffer, deadline)
	if err == nil {
		err = decodeReply(buffer[:n])
	}
	if err == nil && len(fds) != count {
		err = fmt.Errorf("%d descriptors came with a reply, not %d", len(fds), count)
	}
	if err != nil {
		closeAll(fds)
		return nil, goneOf(err)
	}
	return fds, nil
}

func decodeReply(message []byte) error {
	if len(message) != sizeReply {
		return errors.New("a reply was short")
	}
	var reply wireReply
	if _, err := binary.Decode(message, binary.NativeEndian, &reply); err != nil {
		return err
	}
	return reply.err()
}

func copyString(to []byte, s string) error {
	if len(s) >= len(to) || bytes.IndexByte([]byte(s), 0) >= 0 {
		return fmt.Errorf("%q is too long for a jail (at most %d bytes) or holds a NUL", s, len(to)-1)
	}
	copy(to, s)
	return nil
}
