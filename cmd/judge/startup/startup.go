// Package startup checks what this process needs before it does anything.
package startup

import (
	"golang.org/x/sys/unix"

	"judge/isolate/lack"
)

// Lack returns which resource this process lacks. Go's runtime crashes without it as soon as it waits for a file.
// "": nothing is lacking.
func Lack() string {
	switch {
	case !filesCanBeOpened():
		return "the limit on open files is too low: " + lack.MoreFiles
	case !filesCanBeWatched():
		return "cannot poll files (epoll_ctl: no space left on device): " +
			"end other programs of this user, or raise fs.epoll.max_user_watches"
	default:
		return ""
	}
}

// filesCanBeOpened reports whether the process may open the files that the runtime and the start of a session
// need. With too few descriptors, existing files would look as if they were missing.
func filesCanBeOpened() bool {
	const needs = 32
	var copies []int
	for range needs {
		if fd, err := unix.FcntlInt(2, unix.F_DUPFD_CLOEXEC, 3); err != unix.EMFILE && err != unix.ENFILE {
			copies = append(copies, fd)
		}
	}
	for _, fd := range copies {
		unix.Close(fd)
	}
	return len(copies) == needs
}

// filesCanBeWatched reports whether this user may add another file to an epoll(7) set.
func filesCanBeWatched() bool {
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return false
	}
	defer unix.Close(epoll)
	event, err := unix.Eventfd(0, unix.EFD_CLOEXEC)
	if err != nil {
		return false
	}
	defer unix.Close(event)
	return unix.EpollCtl(epoll, unix.EPOLL_CTL_ADD, event, &unix.EpollEvent{Events: unix.EPOLLIN}) == nil
}
