package safefile

import (
	"os"

	"golang.org/x/sys/unix"
)

// Stamp tells which file lies under a path, and when it was last changed. The kernel sets the change time at every
// write, and at every change of owner, mode or name; nobody else can set it.
type Stamp struct {
	Device, Inode uint64
	Size          int64
	Changed       unix.Timespec
}

// StampOf returns the stamp of the file at a path, with links followed.
func StampOf(path string) (Stamp, error) {
	var stat unix.Stat_t
	if err := unix.Stat(path, &stat); err != nil {
		return Stamp{}, &os.PathError{Op: "stat", Path: path, Err: err}
	}
	return Stamp{stat.Dev, stat.Ino, stat.Size, stat.Ctim}, nil
}

// StampOfFile returns the stamp of an open file.
func StampOfFile(file *os.File) (Stamp, error) {
	var stat unix.Stat_t
	if err := unix.Fstat(int(file.Fd()), &stat); err != nil {
		return Stamp{}, &os.PathError{Op: "stat", Path: file.Name(), Err: err}
	}
	return Stamp{stat.Dev, stat.Ino, stat.Size, stat.Ctim}, nil
}
