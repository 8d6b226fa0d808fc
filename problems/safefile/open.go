package safefile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// ErrNotRegular is in the error about a path that is not a regular file.
var ErrNotRegular = errors.New("not a regular file")

// Open opens a regular file for reading. The path is absolute and without links, as Root.Path returns it: a link is an
// error. Only the descriptor at the beginning of a path of Dir.At is followed, and a descriptor that is the whole path,
// which is a file of this process.
func Open(path string) (*os.File, error) {
	if fd, name, ok := throughDescriptor(path); ok {
		return openRegular(fd, name, path, beneath)
	}
	if number, ok := strings.CutPrefix(path, descriptors); ok && !strings.Contains(number, "/") {
		return openRegular(unix.AT_FDCWD, path, path, 0)
	}
	if !strings.HasPrefix(path, "/") {
		return nil, &fs.PathError{Op: "open", Path: path, Err: errors.New("the path is not absolute")}
	}
	return openRegular(unix.AT_FDCWD, path, path, unix.RESOLVE_NO_SYMLINKS)
}

// throughDescriptor splits a path of Dir.At into the descriptor and the name.
func throughDescriptor(path string) (fd int, name string, ok bool) {
	rest, ok := strings.CutPrefix(path, descriptors)
	if !ok {
		return 0, "", false
	}
	number, name, ok := strings.Cut(rest, "/")
	if !ok || name == "" {
		return 0, "", false
	}
	fd, err := strconv.Atoi(number)
	return fd, name, err == nil
}

// ReadFile opens a file as Open does, and reads it. More than limit bytes are an error.
func ReadFile(path string, limit int64) ([]byte, error) {
	file, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return ReadAll(file, limit)
}

// ReadAll reads a file completely. More than limit bytes are an error.
func ReadAll(file *os.File, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = &fs.PathError{Op: "read", Path: file.Name(), Err: fmt.Errorf("longer than %d bytes", limit)}
	}
	return data, err
}

// OpenNamed opens a regular file that the user named. Links on the way are followed: they are the choice of the user.
func OpenNamed(path string) (*os.File, error) {
	return openRegular(unix.AT_FDCWD, path, path, 0)
}

// openRegular opens a file beneath a directory. It checks the type without O_RDONLY first: opening some devices has
// effects.
func openRegular(dir int, name, shown string, resolve uint64) (*os.File, error) {
	fault := func(err error) error { return &fs.PathError{Op: "open", Path: shown, Err: err} }
	mode, err := modeAt(dir, name, resolve)
	if err != nil {
		return nil, fault(err)
	}
	if mode&unix.S_IFMT != unix.S_IFREG {
		return nil, fault(ErrNotRegular)
	}
	// O_NONBLOCK: it may have become a FIFO since. It means nothing for a regular file.
	fd, err := openat2(dir, name, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY, 0, resolve)
	if err != nil {
		return nil, fault(err)
	}
	var stat unix.Stat_t
	if err := unix.Fstat(fd, &stat); err != nil {
		unix.Close(fd)
		return nil, fault(err)
	}
	if stat.Mode&unix.S_IFMT != unix.S_IFREG {
		unix.Close(fd)
		return nil, fault(ErrNotRegular)
	}
	// The runtime shall not poll it: regular files do not need that.
	unix.SetNonblock(fd, false) //nolint:errcheck // it works without
	return os.NewFile(uintptr(fd), shown), nil
}

// modeAt returns the type and mode of what lies under a name.
func modeAt(dir int, name string, resolve uint64) (uint32, error) {
	fd, err := openat2(dir, name, unix.O_PATH, 0, resolve)
	if err != nil {
		return 0, err
	}
	defer unix.Close(fd)
	var stat unix.Stat_t
	err = unix.Fstat(fd, &stat)
	return stat.Mode, err
}

// openat2 repeats a call that a signal interrupted, or that the kernel could not finish during a rename (EAGAIN,
// openat2(2)).
func openat2(dir int, name string, flags, mode int, resolve uint64) (int, error) {
	how := unix.OpenHow{Flags: uint64(flags) | unix.O_CLOEXEC, Mode: uint64(mode), Resolve: resolve}
	for tries := 0; ; tries++ {
		fd, err := unix.Openat2(dir, name, &how)
		again := errors.Is(err, unix.EAGAIN) && tries < 1000
		if !again && !errors.Is(err, unix.EINTR) {
			return fd, err
		}
	}
}
