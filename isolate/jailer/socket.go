package jailer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// socketPair returns the judge's end and the other's of a new SOCK_SEQPACKET pair; both are close-on-exec.
func socketPair() (*net.UnixConn, *os.File, error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("make a socket pair: %w", err)
	}
	ours, theirs := os.NewFile(uintptr(fds[0]), "jailer"), os.NewFile(uintptr(fds[1]), "jail")
	conn, err := net.FileConn(ours)
	ours.Close() // FileConn works on a duplicate
	if err != nil {
		theirs.Close()
		return nil, nil, fmt.Errorf("watch a socket: %w", err)
	}
	return conn.(*net.UnixConn), theirs, nil
}

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

func send(conn *net.UnixConn, message []byte, files ...*os.File) error {
	var rights []byte
	if len(files) > 0 {
		fds := make([]int, len(files))
		for i, f := range files {
			fds[i] = int(f.Fd())
		}
		rights = unix.UnixRights(fds...)
	}
	_, _, err := conn.WriteMsgUnix(message, rights, nil)
	return goneOf(err)
}

// receive reads one message of at most len(buffer) bytes and the descriptor that came with it, which is nil without one.
// It waits until the deadline; the zero time is no deadline.
func receive(conn *net.UnixConn, buffer []byte, deadline time.Time) (int, *os.File, error) {
	if err := conn.SetReadDeadline(deadline); err != nil {
		return 0, nil, err
	}
	oob := make([]byte, unix.CmsgSpace(4))
	n, oobn, flags, _, err := conn.ReadMsgUnix(buffer, oob)
	if err != nil {
		return 0, nil, err
	}
	if n == 0 && oobn == 0 {
		return 0, nil, io.EOF
	}
	if flags&(unix.MSG_TRUNC|unix.MSG_CTRUNC) != 0 {
		return 0, nil, errors.New("a message was cut")
	}
	if oobn == 0 {
		return n, nil, nil
	}
	messages, err := unix.ParseSocketControlMessage(oob[:oobn])
	if err != nil || len(messages) != 1 {
		return 0, nil, errors.New("a message came with strange control data")
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil || len(fds) != 1 {
		return 0, nil, errors.New("a message came with strange descriptors")
	}
	return n, os.NewFile(uintptr(fds[0]), "received"), nil
}

// receiveReply reads one wireReply; a reply that names a failed step is returned as its *StepError.
func receiveReply(conn *net.UnixConn, deadline time.Time) (*os.File, error) {
	buffer := make([]byte, sizeReply)
	n, file, err := receive(conn, buffer, deadline)
	if err == nil {
		err = decodeReply(buffer[:n])
	}
	err = goneOf(err)
	if err != nil && file != nil {
		file.Close()
		file = nil
	}
	return file, err
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
