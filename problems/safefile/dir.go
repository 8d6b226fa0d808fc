package safefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// Dir is an open directory that belongs to the user. Its methods work through the descriptor, whatever happens to the
// path.
type Dir struct {
	*os.Root
	Path string // by which it was opened, for messages

	file *os.File
	safe bool // nobody but the user and root can put another directory in its place
}

// Private opens a directory that only the user can write to. It creates missing directories on the way. Links on the
// way must belong to the user or to root.
func Private(path string) (*Dir, error) {
	file, safe, err := openWay(path, 0o700)
	if err != nil {
		return nil, err
	}
	return private(file, path, safe)
}

// Shared opens a directory in which other users may have files, such as the one for temporary files.
func Shared(path string) (*Dir, error) {
	file, safe, err := openWay(path, 0)
	if err != nil {
		return nil, err
	}
	return newDir(file, path, safe)
}

// Created opens a directory for new files. It creates missing directories on the way, readable for all. Links on the
// way must belong to the user or to root.
func Created(path string) (*Dir, error) {
	file, safe, err := openWay(path, 0o755)
	if err != nil {
		return nil, err
	}
	return newDir(file, path, safe)
}

// Sub opens a private directory in this one, and creates it if necessary. A link is an error.
func (d *Dir) Sub(name string) (*Dir, error) {
	path := filepath.Join(d.Path, name)
	fault := func(err error) error { return &fs.PathError{Op: "open", Path: path, Err: err} }
	if err := d.Mkdir(name, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fault(errors.Unwrap(err))
	}
	file, err := d.OpenDir(name)
	if err != nil {
		return nil, err
	}
	return private(file, path, d.safe)
}

// OpenDir opens a directory in this one. A link is an error.
func (d *Dir) OpenDir(name string) (*os.File, error) {
	path := filepath.Join(d.Path, name)
	fd, err := openat2(int(d.file.Fd()), name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW, 0, beneath)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return os.NewFile(uintptr(fd), path), nil
}

// Open opens a regular file in this directory. A link is an error.
func (d *Dir) Open(name string) (*os.File, error) {
	return openRegular(int(d.file.Fd()), name, filepath.Join(d.Path, name), beneath)
}

// ReadFile reads a regular file in this directory. A link or more than limit bytes are an error.
func (d *Dir) ReadFile(name string, limit int64) ([]byte, error) {
	file, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return ReadAll(file, limit)
}

// List returns the names in this directory.
func (d *Dir) List() ([]string, error) {
	file, err := d.OpenDir(".")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return file.Readdirnames(-1)
}

// private checks that no other user can write into a directory, and so choose the contents of its files.
func private(file *os.File, path string, safe bool) (*Dir, error) {
	var stat unix.Stat_t
	err := unix.Fstat(int(file.Fd()), &stat)
	switch {
	case err != nil:
	case int(stat.Uid) != os.Geteuid():
		err = fmt.Errorf("%s belongs to user %d", path, stat.Uid)
	case stat.Mode&0o022 != 0:
		err = fmt.Errorf("others can write to %s", path)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return newDir(file, path, safe)
}

func newDir(file *os.File, path string, safe bool) (*Dir, error) {
	root, err := os.OpenRoot(procPath(file))
	if err != nil {
		file.Close()
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return &Dir{Root: root, Path: path, file: file, safe: safe}, nil
}

// procPath returns a path of an open directory that is valid while it is open: proc_pid_fd(5).
func procPath(file *os.File) string { return descriptors + strconv.Itoa(int(file.Fd())) }

const descriptors = "/proc/self/fd/"

// At returns an absolute path of a name in the directory, through the descriptor. It is valid until Close.
func (d *Dir) At(name string) string { return filepath.Join(procPath(d.file), name) }

// Real returns an absolute path of a name in the directory, for files that are opened later: the path without links if
// no other user can replace the directory, and the path of At otherwise.
func (d *Dir) Real(name string) string {
	if real, err := os.Readlink(procPath(d.file)); err == nil && d.safe {
		return filepath.Join(real, name)
	}
	return d.At(name)
}

// Close closes the directory.
func (d *Dir) Close() error { return errors.Join(d.Root.Close(), d.file.Close()) }

// openWay opens a directory from / down, one name at a time. Missing directories are created with mode, or are an error
// if it is 0. It also reports whether only the user and root can replace the directory.
func openWay(path string, mode uint32) (*os.File, bool, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, false, err
	}
	w := &way{path: path, mode: mode}
	defer func() { w.close() }()
	if err := w.start(); err != nil {
		return nil, false, err
	}
	if err := w.follow(split(path)); err != nil {
		return nil, false, err
	}
	fd, err := openat2(w.at, ".", unix.O_RDONLY|unix.O_DIRECTORY, 0, 0)
	if err != nil {
		return nil, false, w.fault(err)
	}
	return os.NewFile(uintptr(fd), path), !w.unsafe, nil
}

// way is how far a path from / has been followed.
type way struct {
	path  string
	mode  uint32 // of directories that are missing; 0: they are an error
	at    int    // a descriptor of the directory
	top   unix.Stat_t
	links int

	unsafe bool // somebody else can put another directory in the place of one on the way
}

func (w *way) fault(err error) error { return &fs.PathError{Op: "open", Path: w.path, Err: err} }

func (w *way) start() error {
	fd, err := openat2(unix.AT_FDCWD, "/", unix.O_PATH|unix.O_DIRECTORY, 0, 0)
	w.at = fd
	if err == nil {
		err = unix.Fstat(fd, &w.top)
	}
	if err != nil {
		return w.fault(err)
	}
	return nil
}

func (w *way) close() {
	if w.at >= 0 {
		unix.Close(w.at)
	}
}

// follow goes on by these names.
func (w *way) follow(names []string) error {
	for len(names) > 0 {
		name := names[0]
		names = names[1:]
		target, err := w.enter(name)
		if err != nil {
			return err
		}
		if target == "" {
			continue
		}
		if w.links++; w.links > maxLinks {
			return w.fault(unix.ELOOP)
		}
		if filepath.IsAbs(target) {
			w.close()
			if err := w.start(); err != nil {
				return err
			}
		}
		names = append(split(target), names...)
	}
	return nil
}

// enter goes into the directory of a name, or returns the target of the link that lies there.
func (w *way) enter(name string) (target string, err error) {
	fd, err := openat2(w.at, name, unix.O_PATH|unix.O_NOFOLLOW, 0, 0)
	if errors.Is(err, unix.ENOENT) && w.mode != 0 {
		if err := unix.Mkdirat(w.at, name, w.mode); err != nil && !errors.Is(err, unix.EEXIST) {
			return "", &fs.PathError{Op: "create", Path: w.path, Err: err}
		}
		fd, err = openat2(w.at, name, unix.O_PATH|unix.O_NOFOLLOW, 0, 0)
	}
	if err != nil {
		return "", w.fault(err)
	}
	var stat unix.Stat_t
	if err := unix.Fstat(fd, &stat); err != nil {
		unix.Close(fd)
		return "", w.fault(err)
	}
	if stat.Mode&unix.S_IFMT == unix.S_IFLNK {
		defer unix.Close(fd)
		if !trusted(w.at, stat, w.top) {
			return "", w.fault(fmt.Errorf("%q on the way is a link of user %d", name, stat.Uid))
		}
		return readlink(fd, "")
	}
	if stat.Mode&unix.S_IFMT != unix.S_IFDIR {
		unix.Close(fd)
		return "", w.fault(unix.ENOTDIR)
	}
	w.unsafe = w.unsafe || w.replaceable(stat)
	w.close()
	w.at = fd
	return "", nil
}

// replaceable reports whether a user other than this one and root can replace a directory: its owner, the owner of the
// directory where the walk is, and all who can write there unless it is sticky (inode(7)).
func (w *way) replaceable(next unix.Stat_t) bool {
	ours := func(uid uint32) bool { return uid == 0 || int(uid) == os.Geteuid() }
	var in unix.Stat_t
	err := unix.Fstat(w.at, &in)
	return err != nil || !ours(next.Uid) || !ours(in.Uid) || in.Mode&0o022 != 0 && in.Mode&unix.S_ISVTX == 0
}

// trusted reports whether a link, a FIFO or a device belongs to the user or to root: its creator chose where it leads.
// In a user namespace root is an ordinary user; there it counts only in a directory of root that nobody else can write
// to.
func trusted(dir int, what, top unix.Stat_t) bool {
	if int(what.Uid) == os.Geteuid() || what.Uid == 0 {
		return true
	}
	var in unix.Stat_t
	return what.Uid == top.Uid && unix.Fstat(dir, &in) == nil && in.Uid == top.Uid && in.Mode&0o022 == 0
}
