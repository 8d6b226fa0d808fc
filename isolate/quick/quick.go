// Package quick makes system calls that never wait.
//
// Go tells its scheduler of every system call, so that others can go on when it takes long, and a thread of the runtime that sleeps
// while nothing runs wakes at the first one and looks around every 20 µs from then on. A jail takes fifty calls of a
// microsecond or less: what the runtime does about them would cost a tenth of the jail. So these are made without its knowledge. Whoever
// calls one must know that it does not wait: until it returns, the thread runs no other goroutine and no garbage is collected.
package quick

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Addresses turn into numbers in the call itself: until then the stack may move, see unsafe.Pointer. What a signal can interrupt is
// called again: Go's runtime sends itself signals all the time (SIGURG, to preempt), and some files give up for one in spite of
// SA_RESTART, those of control groups for instance.

// Close closes a descriptor. What hangs on it must not take long to go, and nobody may use it at the same time.
func Close(fd int) {
	// Not again after EINTR: the descriptor is closed then, close(2).
	syscall.RawSyscall(unix.SYS_CLOSE, uintptr(fd), 0, 0)
}

// Read reads what is there, from a descriptor that is nonblocking.
func Read(fd int, buffer []byte) (int, error) {
	for {
		n, _, errno := syscall.RawSyscall6(unix.SYS_READ, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buffer))), uintptr(len(buffer)), 0, 0, 0)
		if errno != unix.EINTR {
			return count(n, errno)
		}
	}
}

// Pread reads a file of the kernel's, or one that is in memory.
func Pread(fd int, buffer []byte) (int, error) {
	for {
		n, _, errno := syscall.RawSyscall6(unix.SYS_PREAD64, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buffer))), uintptr(len(buffer)), 0, 0, 0)
		if errno != unix.EINTR {
			return count(n, errno)
		}
	}
}

// Pwrite writes to a file of the kernel's.
func Pwrite(fd int, data []byte) error {
	for {
		_, _, errno := syscall.RawSyscall6(unix.SYS_PWRITE64, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(data))), uintptr(len(data)), 0, 0, 0)
		if errno != unix.EINTR {
			return failure(errno)
		}
	}
}

// Open opens a device or a file of the kernel's to read it.
func Open(path string) (fd int, err error) {
	name, err := unix.BytePtrFromString(path)
	if err != nil {
		return -1, err
	}
	here := unix.AT_FDCWD
	for {
		n, _, errno := syscall.RawSyscall6(unix.SYS_OPENAT, uintptr(here), uintptr(unsafe.Pointer(name)), unix.O_RDONLY|unix.O_CLOEXEC, 0, 0, 0)
		if errno != unix.EINTR {
			if errno != 0 {
				return -1, errno
			}
			return int(n), nil
		}
	}
}

// Pipe makes a pipe, close-on-exec.
func Pipe() (read, write int, err error) {
	var fds [2]int32
	_, _, errno := syscall.RawSyscall6(unix.SYS_PIPE2, uintptr(unsafe.Pointer(&fds)), unix.O_CLOEXEC, 0, 0, 0, 0)
	return int(fds[0]), int(fds[1]), failure(errno)
}

// DoNotWait makes a descriptor nonblocking, and clears its other status flags.
func DoNotWait(fd int) error {
	_, _, errno := syscall.RawSyscall(unix.SYS_FCNTL, uintptr(fd), unix.F_SETFL, unix.O_NONBLOCK)
	return failure(errno)
}

// Chown gives what a descriptor stands for to a user and the group of the same number.
func Chown(fd int, uid uint32) error {
	_, _, errno := syscall.RawSyscall6(unix.SYS_FCHOWN, uintptr(fd), uintptr(uid), uintptr(uid), 0, 0, 0)
	return failure(errno)
}

// Pending is how many bytes can be read from a pipe at once.
func Pending(fd int) (int, error) {
	var pending int32
	_, _, errno := syscall.RawSyscall6(unix.SYS_IOCTL, uintptr(fd), unix.TIOCINQ, uintptr(unsafe.Pointer(&pending)), 0, 0, 0)
	return int(pending), failure(errno)
}

// Kill sends SIGKILL to the process of a pidfd.
func Kill(pidfd int) error {
	_, _, errno := syscall.RawSyscall6(unix.SYS_PIDFD_SEND_SIGNAL, uintptr(pidfd), uintptr(unix.SIGKILL), 0, 0, 0, 0)
	return failure(errno)
}

// Readable reports whether there is something to read, or an end: of a pidfd, whether its process is dead.
func Readable(fd int) (bool, error) {
	for {
		poll := unix.PollFd{Fd: int32(fd), Events: unix.POLLIN}
		n, _, errno := syscall.RawSyscall6(unix.SYS_POLL, uintptr(unsafe.Pointer(&poll)), 1, 0, 0, 0, 0)
		if errno != unix.EINTR { // which comes even without waiting
			return n == 1, failure(errno)
		}
	}
}

func count(n uintptr, errno syscall.Errno) (int, error) {
	if errno != 0 {
		return 0, errno
	}
	return int(n), nil
}

// failure keeps an errno of 0 from being an error.
func failure(errno syscall.Errno) error {
	if errno != 0 {
		return errno
	}
	return nil
}
