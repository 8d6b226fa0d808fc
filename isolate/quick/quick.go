// Package quick makes system calls that never wait, without telling Go's scheduler.
//
// Go tells its scheduler of every system call, so that other goroutines can go on when the call
// takes long. An idle thread of the runtime then wakes up and looks around every 20 µs. A jail
// takes fifty calls of a microsecond or less: announcing them costs 4 % of the jail: 610 instead of
// 583 µs of CPU time (medians of twelve alternated runs of BenchmarkJail in package isolate; see
// also the benchmarks here).
//
// While such a call waits, its thread runs no other goroutine and no garbage is collected. So each
// function has a SAFETY line that says why its call does not wait, and what the caller must ensure.
// A test in cmd/judge lists the files that may call each of them.
package quick

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Pointers are converted to uintptr in the argument list of the call itself: until then the stack
// may move, see unsafe.Pointer. A call that a signal interrupts is repeated: Go's runtime sends
// itself signals all the time (SIGURG, to preempt), and some files give up for one in spite of
// SA_RESTART, such as those of control groups.

// Close closes a descriptor. Nobody may use it at the same time.
//
// SAFETY: closing waits only to release what the descriptor alone holds. Use it for pipes, sockets,
// pidfds and files of the kernel, not for files on a disk or a network.
func Close(fd int) {
	// Not repeated after EINTR: the descriptor is closed then, close(2).
	syscall.RawSyscall(unix.SYS_CLOSE, uintptr(fd), 0, 0)
}

// Read reads the bytes that are available from a nonblocking descriptor. Without any it returns
// EAGAIN.
//
// SAFETY: a nonblocking pipe or socket never waits. The caller must have called DoNotWait or have
// made it so.
func Read(fd int, buffer []byte) (int, error) {
	for {
		n, _, errno := syscall.RawSyscall6(unix.SYS_READ,
			uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buffer))), uintptr(len(buffer)), 0, 0, 0)
		if errno != unix.EINTR {
			return count(n, errno)
		}
	}
}

// Pread reads a file from its beginning.
//
// SAFETY: the kernel makes the content of its own files (cgroup, proc) on the spot. The caller must
// not pass a file on a disk or a network.
func Pread(fd int, buffer []byte) (int, error) {
	for {
		n, _, errno := syscall.RawSyscall6(unix.SYS_PREAD64,
			uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buffer))), uintptr(len(buffer)), 0, 0, 0)
		if errno != unix.EINTR {
			return count(n, errno)
		}
	}
}

// Pwrite writes to a file at its beginning.
//
// SAFETY: the files are limits of control groups. Writing one may reclaim memory of the group,
// which is empty when its limits are set. The caller must not attach processes with it: that may
// wait for milliseconds.
func Pwrite(fd int, data []byte) error {
	for {
		_, _, errno := syscall.RawSyscall6(unix.SYS_PWRITE64,
			uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(data))), uintptr(len(data)), 0, 0, 0)
		if errno != unix.EINTR {
			return failure(errno)
		}
	}
}

// Open opens a file for reading. The descriptor is close-on-exec.
//
// SAFETY: the path is a device that opens at once (/dev/null) or a file of the kernel's. The caller
// must not pass a FIFO, a terminal or a path on a disk or a network.
func Open(path string) (fd int, err error) {
	name, err := unix.BytePtrFromString(path)
	if err != nil {
		return -1, err
	}
	here := unix.AT_FDCWD
	for {
		n, _, errno := syscall.RawSyscall6(unix.SYS_OPENAT,
			uintptr(here), uintptr(unsafe.Pointer(name)), unix.O_RDONLY|unix.O_CLOEXEC, 0, 0, 0)
		if errno != unix.EINTR {
			if errno != 0 {
				return -1, errno
			}
			return int(n), nil
		}
	}
}

// Pipe creates a pipe. Both ends are close-on-exec.
//
// SAFETY: it allocates memory and two descriptors, and waits for nothing else.
func Pipe() (read, write int, err error) {
	var fds [2]int32
	_, _, errno := syscall.RawSyscall6(unix.SYS_PIPE2, uintptr(unsafe.Pointer(&fds)), unix.O_CLOEXEC, 0, 0, 0, 0)
	return int(fds[0]), int(fds[1]), failure(errno)
}

// DoNotWait makes a descriptor nonblocking, and clears its other status flags.
//
// SAFETY: it changes a flag of an open file.
func DoNotWait(fd int) error {
	_, _, errno := syscall.RawSyscall(unix.SYS_FCNTL, uintptr(fd), unix.F_SETFL, unix.O_NONBLOCK)
	return failure(errno)
}

// Chown gives the file of a descriptor to a user, and to the group of the same number.
//
// SAFETY: the inode of a pipe is in memory, and nobody else changes it. The caller must not pass a
// file on a disk or a network.
func Chown(fd int, uid uint32) error {
	_, _, errno := syscall.RawSyscall6(unix.SYS_FCHOWN, uintptr(fd), uintptr(uid), uintptr(uid), 0, 0, 0)
	return failure(errno)
}

// Pending returns how many bytes a pipe holds.
//
// SAFETY: the kernel takes the pipe's lock, which readers and writers hold only while they copy.
func Pending(fd int) (int, error) {
	var pending int32
	_, _, errno := syscall.RawSyscall6(unix.SYS_IOCTL,
		uintptr(fd), unix.TIOCINQ, uintptr(unsafe.Pointer(&pending)), 0, 0, 0)
	return int(pending), failure(errno)
}

// Kill sends SIGKILL to the process of a pidfd. The process may live a moment longer.
//
// SAFETY: sending a signal does not wait for the process.
func Kill(pidfd int) error {
	_, _, errno := syscall.RawSyscall6(unix.SYS_PIDFD_SEND_SIGNAL, uintptr(pidfd), uintptr(unix.SIGKILL), 0, 0, 0, 0)
	return failure(errno)
}

// Readable reports whether a descriptor has bytes to read or is at its end. Of a pidfd: whether its
// process is dead.
//
// SAFETY: a poll with a timeout of 0 returns at once.
func Readable(fd int) (bool, error) {
	for {
		poll := unix.PollFd{Fd: int32(fd), Events: unix.POLLIN}
		n, _, errno := syscall.RawSyscall6(unix.SYS_POLL, uintptr(unsafe.Pointer(&poll)), 1, 0, 0, 0, 0)
		if errno != unix.EINTR { // which also comes without waiting
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

// failure returns nil for an errno of 0, which would be an error as an interface.
func failure(errno syscall.Errno) error {
	if errno != 0 {
		return errno
	}
	return nil
}
