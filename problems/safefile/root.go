package safefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// maxLinks is how many links one path may lead through, as in the kernel (path_resolution(7)).
const maxLinks = 40

// ErrOutside is in the error of a path that leaves the directory.
var ErrOutside = errors.New("leads out of the problem's directory")

// LinkError is a link that leads out of the directory.
type LinkError struct {
	Name   string // of the link, relative to the directory
	Target string // as the link states it
}

func (e *LinkError) Error() string {
	return fmt.Sprintf("leads out of the problem's directory: the link %.200q leads to %.200q", e.Name, e.Target)
}

// Unwrap makes it an ErrOutside.
func (e *LinkError) Unwrap() error { return ErrOutside }

// Root is the directory of a package. All names are slash-separated and relative to it. Close it after use.
type Root struct {
	Dir string // absolute, with all links followed

	file  *os.File
	parts []string          // of Dir
	real  map[string]string // names without links of directories that links lead to
}

// OpenRoot opens a directory that the user named.
func OpenRoot(named string) (*Root, error) {
	if at, name, ok := throughDescriptor(named); ok {
		fd, err := openat2(at, name, unix.O_PATH|unix.O_DIRECTORY, 0, beneath)
		return newRoot(fd, filepath.Clean(named), err)
	}
	dir, err := filepath.Abs(named)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return nil, err
	}
	fd, err := openat2(unix.AT_FDCWD, dir, unix.O_PATH|unix.O_DIRECTORY, 0, unix.RESOLVE_NO_SYMLINKS)
	return newRoot(fd, dir, err)
}

func newRoot(fd int, dir string, err error) (*Root, error) {
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: err}
	}
	return &Root{Dir: dir, file: os.NewFile(uintptr(fd), dir), parts: split(dir), real: map[string]string{}}, nil
}

// Close closes the directory.
func (r *Root) Close() error { return r.file.Close() }

func (r *Root) fd() int { return int(r.file.Fd()) }

func split(name string) []string {
	return slices.DeleteFunc(strings.Split(name, "/"), func(s string) bool { return s == "" || s == "." })
}

const beneath = unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS

// Find follows a name and all links on the way. It returns the name of what lies there, in which there is no link,
// and its type. A *LinkError names a link that leads out.
func (r *Root) Find(name string) (string, fs.FileMode, error) {
	if !filepath.IsLocal(name) {
		return "", 0, ErrOutside
	}
	name = path.Clean(name)
	if mode, err := modeAt(r.fd(), name, beneath); err == nil {
		return name, typeOf(mode), nil
	} else if !errors.Is(err, unix.ELOOP) {
		return "", 0, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	found, err := r.follow(name)
	if err != nil {
		return "", 0, err
	}
	mode, err := modeAt(r.fd(), found, beneath)
	if err != nil {
		return "", 0, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return found, typeOf(mode), nil
}

// maxReal bounds the directories that are remembered.
const maxReal = 100_000

// follow follows the links in a name. Directories are remembered: many names lead through the same ones.
func (r *Root) follow(name string) (string, error) {
	if name == "." {
		return name, nil
	}
	dir := path.Dir(name)
	real, known := r.real[dir]
	if !known {
		var err error
		if real, err = r.follow(dir); err != nil {
			return "", err
		}
		if len(r.real) < maxReal {
			r.real[dir] = real
		}
	}
	w := walk{root: r, at: append(slices.Clone(r.parts), split(real)...)}
	if err := w.follow([]string{path.Base(name)}); err != nil {
		return "", err
	}
	return path.Join(".", path.Join(w.at[len(r.parts):]...)), nil
}

// typeOf is the type of a file, without its permissions.
func typeOf(mode uint32) fs.FileMode {
	switch mode & unix.S_IFMT {
	case unix.S_IFREG:
		return 0
	case unix.S_IFDIR:
		return fs.ModeDir
	case unix.S_IFLNK:
		return fs.ModeSymlink
	case unix.S_IFIFO:
		return fs.ModeNamedPipe
	case unix.S_IFSOCK:
		return fs.ModeSocket
	default:
		return fs.ModeDevice
	}
}

// walk follows links by their text. It looks at nothing outside of the root: a path that leaves it must come back
// by the same names.
type walk struct {
	root  *Root
	at    []string // where it is, from / on; none of them is a link
	links int
	last  *LinkError // the link that was followed last
	left  *LinkError // the one by which the path has left the root
}

func (w *walk) inside() bool { return len(w.at) >= len(w.root.parts) }

func (w *walk) follow(names []string) error {
	for len(names) > 0 {
		name := names[0]
		names = names[1:]
		switch {
		case name == "..":
			w.at = w.at[:max(0, len(w.at)-1)]
			if !w.inside() && w.left == nil {
				w.left = w.last
			}
		case !w.inside() && w.root.parts[len(w.at)] != name:
			return w.left
		case !w.inside():
			w.at = append(w.at, name)
		default:
			target, err := w.enter(name)
			if err != nil {
				return err
			}
			if strings.HasPrefix(target, "/") {
				w.at, w.left = nil, w.last
			}
			names = append(split(target), names...)
		}
	}
	if !w.inside() {
		return w.left
	}
	return nil
}

// enter goes on to a name in the directory where the walk is, or returns the target of the link that lies there.
func (w *walk) enter(name string) (target string, err error) {
	relative := path.Join(append(slices.Clone(w.at[len(w.root.parts):]), name)...)
	fd, err := openat2(w.root.fd(), relative, unix.O_PATH|unix.O_NOFOLLOW, 0, beneath)
	if err != nil {
		return "", &fs.PathError{Op: "open", Path: relative, Err: err}
	}
	defer unix.Close(fd)
	var stat unix.Stat_t
	if err := unix.Fstat(fd, &stat); err != nil {
		return "", &fs.PathError{Op: "stat", Path: relative, Err: err}
	}
	if stat.Mode&unix.S_IFMT != unix.S_IFLNK {
		w.at = append(w.at, name)
		return "", nil
	}
	if w.links++; w.links > maxLinks {
		return "", &fs.PathError{Op: "open", Path: relative, Err: unix.ELOOP}
	}
	if target, err = readlink(fd, ""); err != nil {
		return "", &fs.PathError{Op: "readlink", Path: relative, Err: err}
	}
	w.last = &LinkError{Name: relative, Target: target}
	return target, nil
}

// readlink returns the target of a link.
func readlink(dir int, name string) (string, error) {
	buffer := make([]byte, unix.PathMax)
	n, err := unix.Readlinkat(dir, name, buffer)
	if err != nil {
		return "", err
	}
	return string(buffer[:n]), nil
}

// Path returns the absolute path of what lies under a name, in which there is no link.
func (r *Root) Path(name string) (string, fs.FileMode, error) {
	found, mode, err := r.Find(name)
	if err != nil {
		return "", 0, err
	}
	return filepath.Join(r.Dir, found), mode, nil
}

// Open opens a regular file for reading.
func (r *Root) Open(name string) (*os.File, error) {
	found, _, err := r.Find(name)
	if err != nil {
		return nil, err
	}
	return openRegular(r.fd(), found, filepath.Join(r.Dir, found), beneath)
}

// OpenDir opens a directory, to list it.
func (r *Root) OpenDir(name string) (*os.File, error) {
	found, _, err := r.Find(name)
	if err != nil {
		return nil, err
	}
	fd, err := openat2(r.fd(), found, unix.O_RDONLY|unix.O_DIRECTORY, 0, beneath)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: filepath.Join(r.Dir, found), Err: err}
	}
	return os.NewFile(uintptr(fd), filepath.Join(r.Dir, found)), nil
}

// Lstat returns the type of what lies under a name, which may be a link itself. Links on the way are followed.
func (r *Root) Lstat(name string) (fs.FileMode, error) {
	dir, _, err := r.Find(path.Dir(path.Clean(name)))
	if err != nil {
		return 0, err
	}
	name = path.Join(dir, path.Base(name))
	fd, err := openat2(r.fd(), name, unix.O_PATH|unix.O_NOFOLLOW, 0, beneath)
	if err != nil {
		return 0, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	defer unix.Close(fd)
	var stat unix.Stat_t
	if err := unix.Fstat(fd, &stat); err != nil {
		return 0, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	return typeOf(stat.Mode), nil
}
