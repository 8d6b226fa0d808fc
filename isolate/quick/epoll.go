package quick

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Watch adds a descriptor to an epoll instance: Ready returns it while it has bytes to read or is
// at its end. It returns EEXIST when the descriptor is watched already.
//
// SAFETY: epoll_ctl takes the locks of the instance and of the descriptor's wait queue, which
// nobody holds for long.
func Watch(epoll, fd int) error {
	event := unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)}
	_, _, errno := syscall.RawSyscall6(unix.SYS_EPOLL_CTL,
		uintptr(epoll), unix.EPOLL_CTL_ADD, uintptr(fd), uintptr(unsafe.Pointer(&event)), 0, 0)
	return failure(errno)
}

// Forget removes a descriptor from an epoll instance. It does nothing when the descriptor is not
// watched.
//
// SAFETY: as Watch.
func Forget(epoll, fd int) {
	syscall.RawSyscall6(unix.SYS_EPOLL_CTL, uintptr(epoll), unix.EPOLL_CTL_DEL, uintptr(fd), 0, 0, 0)
}

// Ready fills events with the watched descriptors that have bytes to read or are at their end. It
// returns how many.
//
// SAFETY: a wait with a timeout of 0 returns at once.
func Ready(epoll int, events []unix.EpollEvent) (int, error) {
	n, _, errno := syscall.RawSyscall6(unix.SYS_EPOLL_PWAIT,
		uintptr(epoll), uintptr(unsafe.Pointer(unsafe.SliceData(events))), uintptr(len(events)), 0, 0, 0)
	return count(n, errno)
}
