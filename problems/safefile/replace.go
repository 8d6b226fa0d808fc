package safefile

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Replace writes a file completely or not at all: readers never see a part of it, and after an error the old file is
// unchanged. It creates missing directories. The rule about links is that of Private: a link of another user is an
// error, so that no other user chooses which file is overwritten. Anything else than a regular file, such as a FIFO or
// /dev/null, is written to directly if it belongs to the user or to root. /dev/stdout and /dev/fd/N are the descriptors
// of this process.
func Replace(path string, write func(io.Writer) error) error {
	to, err := locate(path)
	if err != nil {
		return err
	}
	defer to.close()
	switch {
	case to.stream != nil:
		return errors.Join(write(to.stream), to.stream.Close())
	case to.exists && to.stat.Mode&unix.S_IFMT != unix.S_IFREG:
		return to.writeInto(write)
	}
	return to.replace(write)
}

// CanReplace returns in advance the error that Replace would return, as far as it can be known. It creates missing
// directories.
func CanReplace(path string) error {
	to, err := locate(path)
	if err != nil {
		return err
	}
	defer to.close()
	switch {
	case to.stream != nil:
		return to.stream.Close()
	case to.exists && to.stat.Mode&unix.S_IFMT != unix.S_IFREG:
		return nil
	}
	if err := unix.Faccessat(to.at, ".", unix.W_OK|unix.X_OK, 0); err != nil {
		return fmt.Errorf("directory %s: %w", filepath.Dir(to.path), err)
	}
	return nil
}

// place is the place of a file to write: a name in an open directory.
type place struct {
	way
	name   string
	exists bool
	found  int // a descriptor of the file that is there; -1: none
	stat   unix.Stat_t
	stream *os.File // a copy of one of this process's descriptors; nil: it is none
}

func (p *place) close() {
	p.way.close()
	if p.found >= 0 {
		unix.Close(p.found)
	}
}

// locate follows a path to a name that is not a link.
func locate(path string) (*place, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(path, "/") {
		return nil, &fs.PathError{Op: "open", Path: path, Err: unix.EISDIR}
	}
	p := &place{way: way{path: path, mode: 0o777}, found: -1}
	if err = p.start(); err == nil {
		err = p.find(split(full))
	}
	if err == nil && p.exists {
		err = p.check()
	}
	if err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *place) find(names []string) error {
	for {
		if len(names) == 0 {
			return p.fault(unix.EISDIR)
		}
		last := len(names) - 1
		if err := p.follow(names[:last]); err != nil {
			return err
		}
		p.name = names[last]
		fd, err := openat2(p.at, p.name, unix.O_PATH|unix.O_NOFOLLOW, 0, 0)
		if errors.Is(err, unix.ENOENT) {
			return nil
		}
		if err != nil {
			return p.fault(err)
		}
		p.found = fd
		if err := unix.Fstat(fd, &p.stat); err != nil {
			return p.fault(err)
		}
		if p.stat.Mode&unix.S_IFMT != unix.S_IFLNK {
			p.exists = true
			return nil
		}
		if names, err = p.beyond(); err != nil || p.stream != nil {
			return err
		}
	}
}

// beyond continues at the target of a link at the end of the path.
func (p *place) beyond() ([]string, error) {
	if !trusted(p.at, p.stat, p.top) {
		return nil, p.fault(fmt.Errorf("%q is a link of user %d", p.name, p.stat.Uid))
	}
	if p.links++; p.links > maxLinks {
		return nil, p.fault(unix.ELOOP)
	}
	if own, err := p.ownDescriptor(); own || err != nil {
		return nil, err
	}
	target, err := readlink(p.found, "")
	if err != nil {
		return nil, p.fault(err)
	}
	unix.Close(p.found)
	p.found = -1
	if filepath.IsAbs(target) {
		p.way.close()
		if err := p.start(); err != nil {
			return nil, err
		}
	}
	return split(target), nil
}

// ownDescriptor reports whether the link is one of /proc/self/fd, and duplicates the descriptor: opening it again would
// overwrite the file, and is not possible for a socket.
func (p *place) ownDescriptor() (bool, error) {
	dir, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(p.at))
	pid := strconv.Itoa(os.Getpid())
	if err != nil || dir != "/proc/"+pid+"/fd" && dir != "/proc/"+pid+"/task/"+pid+"/fd" {
		return false, nil //nolint:nilerr // without /proc there are no such links
	}
	number, err := strconv.Atoi(p.name)
	if err != nil {
		return false, nil
	}
	fd, err := unix.FcntlInt(uintptr(number), unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return true, p.fault(err)
	}
	p.stream = os.NewFile(uintptr(fd), p.path)
	return true, nil
}

// check refuses files that cannot be written, and FIFOs and devices of other users.
func (p *place) check() error {
	kind := p.stat.Mode & unix.S_IFMT
	switch {
	case kind == unix.S_IFDIR:
		return p.fault(unix.EISDIR)
	case kind == unix.S_IFREG, trusted(p.at, p.stat, p.top):
		return nil
	}
	return p.fault(fmt.Errorf("%q is a %s of user %d", p.name, kindOf(kind), p.stat.Uid))
}

func kindOf(kind uint32) string {
	switch kind {
	case unix.S_IFIFO:
		return "FIFO"
	case unix.S_IFSOCK:
		return "socket"
	default:
		return "device"
	}
}

// writeInto writes to the existing FIFO or device that was checked, even if it has been replaced since.
func (p *place) writeInto(write func(io.Writer) error) error {
	file, err := os.OpenFile("/proc/self/fd/"+strconv.Itoa(p.found), os.O_WRONLY, 0)
	if err != nil {
		return p.fault(errors.Unwrap(err))
	}
	return errors.Join(write(file), file.Close())
}

// replace writes a new file next to the old one, and then renames it. It has the mode of an old file of the user.
func (p *place) replace(write func(io.Writer) error) error {
	name := ".judge-" + rand.Text() + ".tmp"
	fd, err := openat2(p.at, name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_NOFOLLOW, 0o644, 0)
	if err != nil {
		return p.fault(err)
	}
	file := os.NewFile(uintptr(fd), p.path)
	err = write(file)
	if p.exists && int(p.stat.Uid) == os.Geteuid() {
		err = errors.Join(err, file.Chmod(fs.FileMode(p.stat.Mode&0o777)))
	}
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		if err = unix.Renameat(p.at, name, p.at, p.name); err != nil {
			err = p.fault(err)
		}
	}
	if err != nil {
		unix.Unlinkat(p.at, name, 0) //nolint:errcheck // the error is told
	}
	return err
}
