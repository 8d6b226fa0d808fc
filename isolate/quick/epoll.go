package quick

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Watch adds a descriptor to an epoll instance: Ready returns it while it can be read or has ended.
func Watch(epoll, fd int) error {
	event := unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)}
	_, _, errno := syscall.RawSyscall6(unix.SYS_EPOLL_CTL, uintptr(epoll), unix.EPOLL_CTL_ADD, uintptr(fd), uintptr(unsafe.Pointer(&event)), 0, 0)
	return failure(errno)
}

// Forget takes a descriptor out of an epoll instance, if it is in.
func Forget(epoll, fd int) {
	syscall.RawSyscall6(unix.SYS_EPOLL_CTL, uintptr(epoll), unix.EPOLL_CTL_DEL, uintptr(fd), 0, 0, 0)
}

// Ready fills events with what of an epoll instance can be read, or has ended, and returns how many.
func Ready(epoll int, events []unix.EpollEvent) (int, error) {
	n, _, errno := syscall.RawSyscall6(unix.SYS_EPOLL_PWAIT, uintptr(epoll), uintptr(unsafe.Pointer(unsafe.SliceData(events))), uintptr(len(events)), 0, 0, 0)
	return count(n, errno)
}
