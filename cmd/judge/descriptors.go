package main

import "golang.org/x/sys/unix"

// filesCanBeOpened tries whether there is room for what Go's runtime opens as soon as anything waits; where it cannot, it crashes.
func filesCanBeOpened() bool {
	const needs = 6
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
