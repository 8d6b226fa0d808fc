package isolate

import (
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// input returns what becomes a program's stdin. A regular file is opened anew, read-only and through a mount of its own
// that stands nowhere: the program gets an offset that nobody shares, and /proc/self/fd/0 does not tell it the file's
// name on the host, which may say which input this is.
func input(file *os.File) (*os.File, error) {
	if file == nil {
		return os.Open(os.DevNull)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("look at stdin: %w", err)
	}
	if !info.Mode().IsRegular() {
		return duplicate(file)
	}
	offset, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, fmt.Errorf("look at stdin: %w", err)
	}
	nameless, err := openNameless(file)
	if errors.Is(err, unix.EINVAL) { // a memfd: it stands in no mount of this host, and has no name there
		return duplicate(file)
	}
	if err != nil {
		return nil, fmt.Errorf("open stdin anew: %w", err)
	}
	if _, err := nameless.Seek(offset, io.SeekStart); err != nil {
		nameless.Close()
		return nil, fmt.Errorf("open stdin anew: %w", err)
	}
	return nameless, nil
}

func duplicate(file *os.File) (*os.File, error) {
	fd, err := unix.FcntlInt(file.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("duplicate stdin: %w", err)
	}
	return os.NewFile(uintptr(fd), "stdin"), nil
}

func openNameless(file *os.File) (*os.File, error) {
	mount, err := unix.OpenTree(int(file.Fd()), "", unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC|unix.AT_EMPTY_PATH)
	if err != nil {
		return nil, err
	}
	defer unix.Close(mount)
	// Where programs run as the user who runs the judge, the file is theirs, and they could open it for writing.
	attributes := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY | unix.MOUNT_ATTR_NOSUID | unix.MOUNT_ATTR_NODEV}
	if err := unix.MountSetattr(mount, "", unix.AT_EMPTY_PATH, &attributes); err != nil {
		return nil, err
	}
	return os.Open(fmt.Sprintf("/proc/self/fd/%d", mount))
}
