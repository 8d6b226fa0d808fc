// Package startup checks what this process needs before it does anything.
package startup

import (
	"golang.org/x/sys/unix"

	"judge/isolate/lack"
)

// Lack returns what this process lacks of what Go's runtime needs as soon as anything waits, without which it crashes;
// "": nothing.
func Lack() string {
	switch {
	case !filesCanBeOpened():
		return "too few files may be open: " + lack.MoreFiles
	case !filesCanBeWatched():
		return "no file can be waited for (epoll_ctl: no space left on device): " +
			"other programs of this user wait for too many: end them, or raise fs.epoll.max_user_watches"
	default:
		return ""
	}
}

// filesCanBeOpened tries whether there is room for what the runtime opens, and for what the start of a judging opens,
// where a lack of descriptors would look like files that are not there.
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

// filesCanBeWatched tries whether this user may have one more of what epoll(7) counts.
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
