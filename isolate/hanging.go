package isolate

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// wait is what a thread waits for.
type wait uint8

const (
	forTime   wait = iota // it goes on by itself, or nobody knows: the zero value, so that what is not understood never hangs
	forOthers             // for what another writes, reads or does, without end
	forThread             // for another thread of its own, without end
	forMoment             // for another thread of its own, or some time
)

// allHang reports whether none of these threads, which all sleep, goes on unless somebody outside does something. Runtimes have threads
// that look after something now and then, by a lock with a time: where another thread listens they are taken for such. The system
// calls are those of proc_pid_syscall(5); where the kernel does not tell them, nothing hangs.
func allHang(threads []string) bool {
	listens, looks := false, false
	for _, id := range threads {
		call, err := os.ReadFile("/proc/" + id + "/syscall")
		if err != nil {
			return false
		}
		switch waitOf(string(call)) {
		case forTime:
			return false
		case forOthers:
			listens = true
		case forMoment:
			looks = true
		}
	}
	return len(threads) > 0 && (listens || !looks)
}

// waitOf reads a line of a system call's number and its six arguments.
func waitOf(line string) wait {
	fields := strings.Fields(line)
	if len(fields) < 7 { // "running", or blocked outside of any call
		return forTime
	}
	number, err := strconv.Atoi(fields[0])
	if err != nil {
		return forTime
	}
	var args [6]uint64
	for i := range args {
		if args[i], err = strconv.ParseUint(fields[1+i], 0, 64); err != nil {
			return forTime
		}
	}
	return waitIn(number, args)
}

func waitIn(number int, args [6]uint64) wait {
	unless := func(timed bool, otherwise wait) wait {
		if timed {
			return forTime
		}
		return otherwise
	}
	switch number {
	case unix.SYS_READ, unix.SYS_READV, unix.SYS_WRITE, unix.SYS_WRITEV, unix.SYS_OPEN, unix.SYS_OPENAT, unix.SYS_SPLICE,
		unix.SYS_RECVFROM, unix.SYS_RECVMSG, unix.SYS_SENDTO, unix.SYS_SENDMSG, unix.SYS_ACCEPT, unix.SYS_ACCEPT4,
		unix.SYS_WAIT4, unix.SYS_WAITID, unix.SYS_PAUSE, unix.SYS_RT_SIGSUSPEND:
		return forOthers
	case unix.SYS_POLL: // timeouts of milliseconds are ints: negative is none
		return unless(int32(args[2]) >= 0, forOthers)
	case unix.SYS_EPOLL_WAIT, unix.SYS_EPOLL_PWAIT:
		return unless(int32(args[3]) >= 0, forOthers)
	case unix.SYS_PPOLL, unix.SYS_RT_SIGTIMEDWAIT:
		return unless(args[2] != 0, forOthers)
	case unix.SYS_SELECT, unix.SYS_PSELECT6:
		return unless(args[4] != 0, forOthers)
	case unix.SYS_EPOLL_PWAIT2:
		return unless(args[3] != 0, forOthers)
	case unix.SYS_FUTEX:
		if args[3] != 0 {
			return forMoment
		}
		return forThread
	default:
		return forTime
	}
}
