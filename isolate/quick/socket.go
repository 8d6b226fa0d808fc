package quick

import (
	"errors"
	"fmt"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// SocketPair creates two connected sockets of messages (SOCK_SEQPACKET). Both are close-on-exec.
//
// SAFETY: it allocates memory and two descriptors, and waits for nothing else.
func SocketPair() (one, other int, err error) {
	var fds [2]int32
	const kind = unix.SOCK_SEQPACKET | unix.SOCK_CLOEXEC
	_, _, errno := syscall.RawSyscall6(unix.SYS_SOCKETPAIR, unix.AF_UNIX, kind, 0, uintptr(unsafe.Pointer(&fds)), 0, 0)
	return int(fds[0]), int(fds[1]), failure(errno)
}

// Send sends one message with descriptors. It returns EAGAIN when the socket is full.
//
// SAFETY: MSG_DONTWAIT.
func Send(socket int, message []byte, fds []int) error {
	var control []byte
	if len(fds) > 0 {
		control = unix.UnixRights(fds...)
	}
	part := unix.Iovec{Base: unsafe.SliceData(message), Len: uint64(len(message))}
	header := unix.Msghdr{Iov: &part, Iovlen: 1, Control: unsafe.SliceData(control), Controllen: uint64(len(control))}
	for {
		_, _, errno := syscall.RawSyscall6(unix.SYS_SENDMSG,
			uintptr(socket), uintptr(unsafe.Pointer(&header)), unix.MSG_NOSIGNAL|unix.MSG_DONTWAIT, 0, 0, 0)
		if errno != unix.EINTR {
			return failure(errno)
		}
	}
}

// Errors of Receive.
var (
	ErrCut     = errors.New("a message was longer than its buffer")
	ErrStrange = errors.New("a message came with unknown control data")
	// ErrNoRoom means that the process had no free descriptors. The kernel reports only that some
	// were lost, unix(7).
	ErrNoRoom = fmt.Errorf("take the descriptors of a message: %w", unix.EMFILE)
)

// Receive reads the next message and its descriptors, which are close-on-exec. It returns EAGAIN
// when there is no message, and 0 bytes at the end of the stream. After an error no descriptor is
// left open.
//
// SAFETY: MSG_DONTWAIT.
func Receive(socket int, buffer []byte) (n int, fds []int, err error) {
	var control [64]byte // more than any message here needs
	part := unix.Iovec{Base: unsafe.SliceData(buffer), Len: uint64(len(buffer))}
	header := unix.Msghdr{Iov: &part, Iovlen: 1, Control: &control[0], Controllen: uint64(len(control))}
	if n, err = receive(socket, &header); err != nil {
		return 0, nil, err
	}
	if header.Controllen > 0 {
		fds, err = rightsOf(control[:header.Controllen])
	}
	switch {
	case err != nil:
	case header.Flags&unix.MSG_TRUNC != 0:
		err = ErrCut
	case header.Flags&unix.MSG_CTRUNC != 0:
		err = ErrNoRoom
	}
	if err != nil {
		for _, fd := range fds {
			Close(fd)
		}
		return 0, nil, err
	}
	return n, fds, nil
}

func receive(socket int, header *unix.Msghdr) (int, error) {
	for {
		n, _, errno := syscall.RawSyscall6(unix.SYS_RECVMSG,
			uintptr(socket), uintptr(unsafe.Pointer(header)), unix.MSG_CMSG_CLOEXEC|unix.MSG_DONTWAIT, 0, 0, 0)
		if errno != unix.EINTR {
			return count(n, errno)
		}
	}
}

func rightsOf(control []byte) ([]int, error) {
	messages, err := unix.ParseSocketControlMessage(control)
	if err != nil || len(messages) != 1 {
		return nil, ErrStrange
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil {
		return nil, ErrStrange
	}
	return fds, nil
}
