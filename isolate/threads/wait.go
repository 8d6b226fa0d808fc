package threads

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Call is the kind of system call that a thread waits in.
type Call uint8

// The calls. The zero value is a wait that may end by itself, or an unknown one.
const (
	Timed  Call = iota
	Read        // read(2) and readv
	Write       // write(2) and writev
	Poll        // poll, select and epoll, without a timeout
	Lock        // futex(2), without a timeout
	Child       // wait4, waitid
	Signal      // pause, sigsuspend, sigtimedwait without a timeout
)

var calls = [...]string{
	Timed: "sleeps", Read: "reads", Write: "writes", Poll: "polls", Lock: "waits for a lock",
	Child: "waits for a child", Signal: "waits for a signal",
}

// String returns a verb.
func (c Call) String() string {
	if int(c) >= len(calls) {
		return "unknown"
	}
	return calls[c]
}

// Wait is what a thread waits for.
type Wait struct {
	Call Call
	// FD is the descriptor that it reads or writes, -1 for other calls.
	FD int
	// File is the file of that descriptor, the zero value if it cannot be read.
	File File
}

// other returns a wait of a thread that does not read or write.
func other(c Call) Wait { return Wait{Call: c, FD: -1} }

// waitOf returns what a thread waits for, or Timed if the kernel does not show it.
func waitOf(id string) Wait {
	line, err := os.ReadFile("/proc/" + id + "/syscall")
	if err != nil {
		return other(Timed)
	}
	w := parseWait(string(line))
	if w.FD < 0 {
		return w
	}
	path := "/proc/" + id + "/fd/" + strconv.Itoa(w.FD)
	var stat unix.Stat_t
	if unix.Stat(path, &stat) != nil {
		return other(Timed)
	}
	// Another kind of file waits for a disk, a network or a device.
	if target, err := os.Readlink(path); stat.Mode&unix.S_IFMT != unix.S_IFIFO && (err != nil || target != eventFD) {
		return other(Timed)
	}
	w.File = FileOf(stat)
	return w
}

// eventFD is the link of an eventfd(2).
const eventFD = "anon_inode:[eventfd]"

// parseWait parses the number of a system call and its six arguments, proc_pid_syscall(5).
func parseWait(line string) Wait {
	fields := strings.Fields(line)
	if len(fields) < 7 { // "running", or blocked outside of any call
		return other(Timed)
	}
	number, err := strconv.Atoi(fields[0])
	if err != nil {
		return other(Timed)
	}
	var args [6]uint64
	for i := range args {
		if args[i], err = strconv.ParseUint(fields[1+i], 0, 64); err != nil {
			return other(Timed)
		}
	}
	return waitIn(number, args)
}

func waitIn(number int, args [6]uint64) Wait {
	unless := func(timed bool, call Call) Wait {
		if timed {
			return other(Timed)
		}
		return other(call)
	}
	switch number {
	case unix.SYS_READ, unix.SYS_READV:
		return Wait{Call: Read, FD: int(int32(args[0]))}
	case unix.SYS_WRITE, unix.SYS_WRITEV:
		return Wait{Call: Write, FD: int(int32(args[0]))}
	case unix.SYS_WAIT4, unix.SYS_WAITID:
		return other(Child)
	case unix.SYS_PAUSE, unix.SYS_RT_SIGSUSPEND:
		return other(Signal)
	case unix.SYS_RT_SIGTIMEDWAIT:
		return unless(args[2] != 0, Signal)
	case unix.SYS_POLL: // the timeout is an int of milliseconds, negative for no timeout
		return unless(int32(args[2]) >= 0, Poll)
	case unix.SYS_EPOLL_WAIT, unix.SYS_EPOLL_PWAIT:
		return unless(int32(args[3]) >= 0, Poll)
	case unix.SYS_PPOLL:
		return unless(args[2] != 0, Poll)
	case unix.SYS_SELECT, unix.SYS_PSELECT6:
		return unless(args[4] != 0, Poll)
	case unix.SYS_EPOLL_PWAIT2:
		return unless(args[3] != 0, Poll)
	case unix.SYS_FUTEX:
		return unless(args[3] != 0, Lock)
	default: // also a socket, whose receive timeout does not show, and opening a file, which may be on a network
		return other(Timed)
	}
}
