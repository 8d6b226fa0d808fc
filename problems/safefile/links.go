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

// maxLinks bounds the links in one path, as in the kernel (path_resolution(7)).
const maxLinks = 40

// maxReal bounds the directories that are remembered, and maxLed the links.
const (
	maxReal = 100_000
	maxLed  = 1000
)

// LinkError is the error about a link that is not followed.
type LinkError struct {
	Name   string // of the link, relative to the directory
	Target string // as the link states it
	Why    string // what is wrong with it
}

// Error names the link, its target and what is wrong with it.
func (e *LinkError) Error() string {
	if e.Target == "" {
		return fmt.Sprintf("%s: %.200q", e.Why, e.Name)
	}
	return fmt.Sprintf("%s: the link %.200q leads to %.200q", e.Why, e.Name, e.Target)
}

// Unwrap returns ErrOutside.
func (e *LinkError) Unwrap() error { return ErrOutside }

// follow follows the links in a name and returns an absolute path. Directories are remembered: many names lead through
// the same ones.
func (r *Root) follow(name string) (string, error) {
	if name == "." {
		return r.Dir, nil
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
	at, err := r.step(real, path.Base(name))
	if errors.Is(err, ErrOutside) && r.widen() {
		at, err = r.step(real, path.Base(name))
	}
	return at, err
}

// step follows one name in a directory.
func (r *Root) step(dir, name string) (string, error) {
	w := walk{root: r, at: split(dir)}
	if err := w.follow([]string{name}); err != nil {
		return "", err
	}
	if w.away != nil && !hasPrefix(w.at, r.home) {
		r.note(w.away)
	}
	return "/" + path.Join(w.at...), nil
}

// note remembers a link that led out of the package.
func (r *Root) note(link *LinkError) {
	switch {
	case slices.ContainsFunc(r.led, func(l *LinkError) bool { return *l == *link }):
	case len(r.led) == maxLed:
		r.more++
	default:
		r.led = append(r.led, link)
	}
}

// walk follows links by their text. It looks at nothing outside the bound of the root: a path that leaves it must come
// back by the same names.
type walk struct {
	root  *Root
	at    []string // where it is, from / on; none of them is a link
	links int
	last  *LinkError // the link that was followed last
	left  *LinkError // the one by which the path has left the bound
	away  *LinkError // the one by which it has left the package's directory
}

func (w *walk) inside() bool { return len(w.at) >= len(w.root.bound.parts) }

func (w *walk) follow(names []string) error {
	for len(names) > 0 {
		name := names[0]
		names = names[1:]
		switch {
		case name == "..":
			w.at = w.at[:max(0, len(w.at)-1)]
			w.leave()
		case !w.inside() && w.root.bound.parts[len(w.at)] != name:
			return w.left
		case !w.inside():
			w.at = append(w.at, name)
		default:
			target, err := w.enter(name)
			if err != nil {
				return err
			}
			if strings.HasPrefix(target, "/") {
				w.at = nil
				w.leave()
			}
			names = append(split(target), names...)
		}
	}
	if !w.inside() {
		return w.left
	}
	return nil
}

// leave notes which link has led to where the walk is, if that is outside.
func (w *walk) leave() {
	if !w.inside() && w.left == nil {
		w.left = w.last
	}
	if !hasPrefix(w.at, w.root.home) && w.away == nil {
		w.away = w.last
	}
}

// enter goes on to a name in the directory where the walk is, or returns the target of the link that lies there.
func (w *walk) enter(name string) (target string, err error) {
	bound := w.root.bound
	next := append(slices.Clone(w.at), name)
	relative := bound.name(next)
	shown, err := filepath.Rel(w.root.Dir, "/"+path.Join(next...))
	if err != nil {
		shown = relative
	}
	if strings.HasPrefix(name, ".") && !hasPrefix(next, w.root.home) && !hasPrefix(w.root.home, next) {
		return "", w.hidden(shown)
	}
	fd, err := openat2(bound.fd(), relative, unix.O_PATH|unix.O_NOFOLLOW, 0, beneath)
	if err != nil {
		return "", &fs.PathError{Op: "open", Path: shown, Err: err}
	}
	defer unix.Close(fd)
	var stat unix.Stat_t
	if err := unix.Fstat(fd, &stat); err != nil {
		return "", &fs.PathError{Op: "stat", Path: shown, Err: err}
	}
	if stat.Mode&unix.S_IFMT != unix.S_IFLNK {
		w.at = next
		return "", nil
	}
	if w.links++; w.links > maxLinks {
		return "", &fs.PathError{Op: "open", Path: shown, Err: unix.ELOOP}
	}
	if target, err = readlink(fd, ""); err != nil {
		return "", &fs.PathError{Op: "readlink", Path: shown, Err: err}
	}
	w.last = &LinkError{shown, target, ErrOutside.Error()}
	return target, w.planted(stat)
}

// hidden refuses a hidden name outside the package: .git holds secrets of the repository, and files such as .env those
// of its users.
func (w *walk) hidden(name string) error {
	e := &LinkError{Name: name, Why: "is hidden, and outside of the problem's directory"}
	if w.last != nil {
		e = &LinkError{w.last.Name, w.last.Target, "leads to a hidden file outside of the problem's directory"}
	}
	return e
}

// planted refuses a link of another user in a directory such as /tmp, in which everybody can create links, as
// protected_symlinks does in proc_sys_fs(5).
func (w *walk) planted(link unix.Stat_t) error {
	var dir unix.Stat_t
	fd, err := openat2(w.root.bound.fd(), w.root.bound.name(w.at), unix.O_PATH|unix.O_DIRECTORY, 0, beneath)
	if err != nil {
		return &fs.PathError{Op: "open", Path: w.last.Name, Err: err}
	}
	defer unix.Close(fd)
	if err := unix.Fstat(fd, &dir); err != nil {
		return &fs.PathError{Op: "stat", Path: w.last.Name, Err: err}
	}
	if !forAll(dir) || link.Uid == dir.Uid || link.Uid == 0 || int(link.Uid) == os.Geteuid() {
		return nil
	}
	why := fmt.Sprintf("is of user %d, in a directory where everybody can create links", link.Uid)
	return &LinkError{w.last.Name, w.last.Target, why}
}

// forAll reports whether everybody can create files in a directory, and remove only their own, as in /tmp.
func forAll(dir unix.Stat_t) bool {
	const all = unix.S_ISVTX | unix.S_IWOTH
	return dir.Mode&all == all
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
