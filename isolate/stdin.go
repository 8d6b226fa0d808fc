package isolate

import (
	"fmt"
	"io"
	"os"
	"strconv"

	"golang.org/x/sys/unix"

	"judge/isolate/quick"
)

// input returns the descriptor of what becomes a program's stdin. A regular file is opened anew, read-only and through a mount of its own
// that stands nowhere: the program gets an offset that nobody shares, and /proc/self/fd/0 does not tell it the file's
// name on the host, which may say which input this is.
func input(file *os.File) (int, error) {
	if file == nil {
		return quick.Open(os.DevNull)
	}
	fd := int(file.Fd())
	var stat unix.Stat_t
	if err := unix.Fstat(fd, &stat); err != nil {
		return -1, fmt.Errorf("look at stdin: %w", err)
	}
	if stat.Mode&unix.S_IFMT != unix.S_IFREG {
		return duplicate(fd)
	}
	offset, err := unix.Seek(fd, 0, io.SeekCurrent)
	if err != nil {
		return -1, fmt.Errorf("look at stdin: %w", err)
	}
	nameless, err := openNameless(fd)
	if err == unix.EINVAL { // a memfd: it stands in no mount of this host, and has no name there
		return duplicate(fd)
	}
	if err == nil && offset != 0 {
		if _, err = unix.Seek(nameless, offset, io.SeekStart); err != nil {
			unix.Close(nameless)
		}
	}
	if err != nil {
		return -1, fmt.Errorf("open stdin anew: %w", err)
	}
	return nameless, nil
}

// closeInput closes what input has returned for that file. On a network's file system, to close a file may take long.
func closeInput(file *os.File, fd int) {
	if file == nil {
		quick.Close(fd)
		return
	}
	unix.Close(fd)
}

func duplicate(fd int) (int, error) {
	fd, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return -1, fmt.Errorf("duplicate stdin: %w", err)
	}
	return fd, nil
}

func openNameless(fd int) (int, error) {
	mount, err := unix.OpenTree(fd, "", unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC|unix.AT_EMPTY_PATH)
	if err != nil {
		return -1, err
	}
	defer unix.Close(mount)
	// Where programs run as the user who runs the judge, the file is theirs, and they could open it for writing.
	attributes := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY | unix.MOUNT_ATTR_NOSUID | unix.MOUNT_ATTR_NODEV}
	if err := unix.MountSetattr(mount, "", unix.AT_EMPTY_PATH, &attributes); err != nil {
		return -1, err
	}
	return uninterrupted(func() (int, error) {
		return unix.Open("/proc/self/fd/"+strconv.Itoa(mount), unix.O_RDONLY|unix.O_CLOEXEC, 0)
	})
}
