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

// ErrOutside is in the error about a path that leaves the directory.
var ErrOutside = errors.New("leads out of the problem's directory")

// Root is a directory whose files are untrusted. All names are slash-separated and relative to it. Links are followed
// within it, and within its git repository if OpenPackage opened it. Close it after use. It is not safe for concurrent
// use.
type Root struct {
	Dir string // absolute, with all links followed

	own    tree
	bound  tree              // what links may not leave: own, or one around it
	home   []string          // names of the package's directory, from / on
	closes []*os.File        // what Close closes
	real   map[string]string // absolute paths without links of directories, by their names

	repository bool         // the git repository may be looked for, and has not been
	led        []*LinkError // what led out of home and was followed
	more       int          // links that led does not hold
}

// tree is an open directory, and the names that lead to it from / on.
type tree struct {
	file  *os.File
	parts []string
}

func (t tree) fd() int { return int(t.file.Fd()) }

// name returns the name of a path beneath the tree's directory.
func (t tree) name(parts []string) string { return path.Join(".", path.Join(parts[len(t.parts):]...)) }

// Real returns the absolute path of a file or directory, without links, also if the path or the working directory has
// some.
func Real(path string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(absolute)
}

// OpenRoot opens a directory that the user named. Links are followed within it.
func OpenRoot(named string) (*Root, error) {
	if at, name, ok := throughDescriptor(named); ok {
		fd, err := openat2(at, name, unix.O_PATH|unix.O_DIRECTORY, 0, beneath)
		return newRoot(fd, filepath.Clean(named), err)
	}
	dir, err := Real(named)
	if err != nil {
		return nil, err
	}
	fd, err := openat2(unix.AT_FDCWD, dir, unix.O_PATH|unix.O_DIRECTORY, 0, unix.RESOLVE_NO_SYMLINKS)
	return newRoot(fd, dir, err)
}

// OpenPackage opens a problem's directory that the user named. Links are followed within it and its git repository.
func OpenPackage(named string) (*Root, error) {
	r, err := OpenRoot(named)
	if err == nil {
		r.repository = !strings.HasPrefix(r.Dir, descriptors)
	}
	return r, err
}

func newRoot(fd int, dir string, err error) (*Root, error) {
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: err}
	}
	own := tree{os.NewFile(uintptr(fd), dir), split(dir)}
	return &Root{
		Dir: dir, own: own, bound: own, home: own.parts, closes: []*os.File{own.file}, real: map[string]string{},
	}, nil
}

// Sub opens a directory at a path that Path has returned. Links in it are followed as those of r are.
func (r *Root) Sub(full string) (*Root, error) {
	parts := split(full)
	in := r.own
	if !hasPrefix(parts, in.parts) {
		r.widen()
		in = r.bound
	}
	if !hasPrefix(parts, in.parts) {
		return nil, &fs.PathError{Op: "open", Path: full, Err: ErrOutside}
	}
	fd, err := openat2(in.fd(), in.name(parts), unix.O_PATH|unix.O_DIRECTORY, 0, beneath)
	sub, err := newRoot(fd, full, err)
	if err != nil {
		return nil, err
	}
	fd, err = unix.FcntlInt(r.bound.file.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, errors.Join(&fs.PathError{Op: "open", Path: full, Err: err}, sub.Close())
	}
	sub.bound = tree{os.NewFile(uintptr(fd), r.bound.file.Name()), r.bound.parts}
	sub.closes = append(sub.closes, sub.bound.file)
	sub.home, sub.repository = r.home, r.repository
	return sub, nil
}

// OpenProgram opens a directory at a path that Path of a package has returned, as Sub does. A directory outside the
// package, such as that of an unpacked archive, is opened by itself.
func OpenProgram(dir, full string) (*Root, error) {
	whole, err := OpenPackage(dir)
	if err != nil {
		return nil, err
	}
	defer whole.Close()
	sub, err := whole.Sub(full)
	if errors.Is(err, ErrOutside) {
		return OpenRoot(full)
	}
	return sub, err
}

// Close closes the directory.
func (r *Root) Close() error {
	var err error
	for _, file := range r.closes {
		err = errors.Join(err, file.Close())
	}
	return err
}

func split(name string) []string {
	return slices.DeleteFunc(strings.Split(name, "/"), func(s string) bool { return s == "" || s == "." })
}

func hasPrefix(parts, prefix []string) bool {
	return len(parts) >= len(prefix) && slices.Equal(parts[:len(prefix)], prefix)
}

const beneath = unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS

// found is the target of a name: a name without links in an open directory.
type found struct {
	in   tree
	name string
	full string // its absolute path
	mode fs.FileMode
}

// find follows a name and all links on the way. A *LinkError names a link that cannot be followed.
func (r *Root) find(name string) (found, error) {
	if !filepath.IsLocal(name) {
		return found{}, ErrOutside
	}
	name = path.Clean(name)
	at := found{in: r.own, name: name, full: filepath.Join(r.Dir, name)}
	mode, err := modeAt(at.in.fd(), at.name, beneath)
	if errors.Is(err, unix.ELOOP) {
		if at.full, err = r.follow(name); err != nil {
			return found{}, err
		}
		parts := split(at.full)
		if !hasPrefix(parts, r.own.parts) {
			at.in = r.bound
		}
		at.name = at.in.name(parts)
		mode, err = modeAt(at.in.fd(), at.name, beneath)
	}
	if err != nil {
		return found{}, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	at.mode = typeOf(mode)
	return at, nil
}

// Path follows a name and all links on the way. It returns the absolute path of the file, without links, and its type.
// A *LinkError names a link that cannot be followed.
func (r *Root) Path(name string) (string, fs.FileMode, error) {
	at, err := r.find(name)
	return at.full, at.mode, err
}

// Type returns the type of a file, with all links followed.
func (r *Root) Type(name string) (fs.FileMode, error) {
	at, err := r.find(name)
	return at.mode, err
}

// typeOf returns the type in a mode, without the permissions.
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

// Open opens a regular file for reading.
func (r *Root) Open(name string) (*os.File, error) {
	at, err := r.find(name)
	if err != nil {
		return nil, err
	}
	return openRegular(at.in.fd(), at.name, at.full, beneath)
}

// OpenDir opens a directory for listing.
func (r *Root) OpenDir(name string) (*os.File, error) {
	at, err := r.find(name)
	if err != nil {
		return nil, err
	}
	fd, err := openat2(at.in.fd(), at.name, unix.O_RDONLY|unix.O_DIRECTORY, 0, beneath)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: at.full, Err: err}
	}
	return os.NewFile(uintptr(fd), at.full), nil
}

// Lstat returns the type of a file, which may be a link. Links on the way are followed.
func (r *Root) Lstat(name string) (fs.FileMode, error) {
	dir, err := r.find(path.Dir(path.Clean(name)))
	if err != nil {
		return 0, err
	}
	name = path.Join(dir.name, path.Base(name))
	fd, err := openat2(dir.in.fd(), name, unix.O_PATH|unix.O_NOFOLLOW, 0, beneath)
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

// Inside returns the name in the directory of a path that the user named. inside is false if no name on the way leads
// to the directory, whatever links are among them.
func (r *Root) Inside(named string) (name string, inside bool) {
	var own, at unix.Stat_t
	full, err := filepath.Abs(named)
	if err != nil || unix.Fstat(r.own.fd(), &own) != nil {
		return "", false
	}
	for dir := full; ; dir = filepath.Dir(dir) {
		if unix.Stat(dir, &at) == nil && at.Dev == own.Dev && at.Ino == own.Ino {
			name, err = filepath.Rel(dir, full)
			return name, err == nil
		}
		if dir == filepath.Dir(dir) {
			return "", false
		}
	}
}

// FollowAll follows the links in a directory and those beneath, up to so many entries, for Led to know them. A
// program's files are read later, by others. What takes refuses is left out; nil refuses nothing.
func (r *Root) FollowAll(name string, most int, takes func(dir string, e fs.DirEntry) bool) {
	dirs := []string{name}
	for len(dirs) > 0 && most > 0 {
		dir := dirs[0]
		dirs = dirs[1:]
		open, err := r.OpenDir(dir)
		if err != nil {
			continue
		}
		entries, _ := open.ReadDir(most) // as far as it can be read
		open.Close()
		most -= len(entries) + 1
		for _, e := range entries {
			inner := path.Join(dir, e.Name())
			if takes != nil && !takes(dir, e) {
				continue
			}
			if e.IsDir() {
				dirs = append(dirs, inner)
			} else if e.Type()&fs.ModeSymlink != 0 {
				r.find(inner) //nolint:errcheck // reading the file reports the error
			}
		}
	}
}

// Led describes the links that led out of the problem's directory and were followed; "": there was none.
func (r *Root) Led() string {
	if len(r.led) == 0 {
		return ""
	}
	first := r.led[0]
	words := fmt.Sprintf("%.200q is a link to %.200q, which is outside of the problem's directory",
		first.Name, first.Target)
	if more := len(r.led) - 1 + r.more; more > 0 {
		words += fmt.Sprintf(" (and %d more)", more)
	}
	return words + ": links are followed within the git repository"
}
