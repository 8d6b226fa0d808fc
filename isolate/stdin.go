package isolate

import (
	"fmt"
	"io"
	"os"
	"strconv"

	"golang.org/x/sys/unix"

	"judge/isolate/quick"
	"judge/isolate/root"
)

// input is a program's stdin.
type input struct {
	fd     int   // -1: the stage has a copy
	offset int64 // in the copy
	quick  bool  // fd is a device, which is closed at once
}

// openInput returns the input for a file; nil is /dev/null. Programs may open their stdin again by
// name, as /dev/stdin, or read its link in /proc/self/fd. The result must not depend on the file's
// mode on the host, and must not show the file's name, which may tell which input this is. So
// programs get a copy of a regular file, and may open a pipe for reading.
func openInput(file *os.File, s *root.Stage) (input, error) {
	if file == nil {
		fd, err := quick.Open(os.DevNull)
		return input{fd: fd, quick: true}, err
	}
	fd := int(file.Fd())
	var stat unix.Stat_t
	if err := unix.Fstat(fd, &stat); err != nil {
		return input{}, fmt.Errorf("inspect stdin: %w", err)
	}
	switch stat.Mode & unix.S_IFMT {
	case unix.S_IFREG:
		return regularInput(fd, stat.Size, s)
	case unix.S_IFIFO:
		letRead(fd, stat.Mode)
	}
	return duplicate(fd)
}

// letRead lets a program open the pipe that is its stdin again for reading. It does not allow
// writing, as the next reader would get what the program wrote. A pipe of another user stays as it
// is.
func letRead(fd int, mode uint32) {
	const readers = unix.S_IRUSR | unix.S_IRGRP | unix.S_IROTH
	if mode&readers != readers {
		unix.Fchmod(fd, mode&0o777|readers)
	}
}

// regularInput copies a file. A file that is too large is opened again instead, read-only and
// through a detached mount, so that the program does not share the file's offset.
func regularInput(fd int, size int64, s *root.Stage) (input, error) {
	offset, err := unix.Seek(fd, 0, io.SeekCurrent)
	if err != nil {
		return input{}, fmt.Errorf("inspect stdin: %w", err)
	}
	if size <= int64(root.MaxInput) {
		return input{fd: -1, offset: offset}, s.CopyInput(fd, size)
	}
	nameless, err := openNameless(fd)
	if err == unix.EINVAL { // a memfd: it is in no mount of this host and has no name there
		return duplicate(fd)
	}
	if err == nil && offset != 0 {
		if _, err = unix.Seek(nameless, offset, io.SeekStart); err != nil {
			unix.Close(nameless)
		}
	}
	if err != nil {
		return input{}, fmt.Errorf("open stdin again: %w", err)
	}
	return input{fd: nameless}, nil
}

// close closes the judge's descriptor. On a network file system that may take long.
func (i input) close() {
	switch {
	case i.quick:
		quick.Close(i.fd)
	case i.fd >= 0:
		unix.Close(i.fd)
	}
}

func duplicate(fd int) (input, error) {
	fd, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return input{}, fmt.Errorf("duplicate stdin: %w", err)
	}
	return input{fd: fd}, nil
}

func openNameless(fd int) (int, error) {
	mount, err := unix.OpenTree(fd, "", unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC|unix.AT_EMPTY_PATH)
	if err != nil {
		return -1, err
	}
	defer unix.Close(mount)
	// Where programs run as the user who runs the judge, they own the file and could open it for
	// writing.
	attributes := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY | unix.MOUNT_ATTR_NOSUID | unix.MOUNT_ATTR_NODEV}
	if err := unix.MountSetattr(mount, "", unix.AT_EMPTY_PATH, &attributes); err != nil {
		return -1, err
	}
	return quick.Uninterrupted(func() (int, error) {
		return unix.Open("/proc/self/fd/"+strconv.Itoa(mount), unix.O_RDONLY|unix.O_CLOEXEC, 0)
	})
}
