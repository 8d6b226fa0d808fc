package root

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"judge/isolate/jailer"
	"judge/isolate/quick"
	"judge/isolate/size"
)

// Stage is a file system in memory with the copies of files for the jails of one root. A copy has
// the same path in the stage as in the jail, so that /proc/self/mountinfo, a descriptor's link and
// a mapping show no name of the host. Its mode does not depend on the original's, and its inode is
// not that of another jail's copy.
//
// Jails see it read-only. Only the judge has a writable mount.
type Stage struct {
	Mount     *os.File // in no namespace of the host; jailers show parts of it read-only
	stdin     *os.File // the file at jailer.Input, writable
	filled    bool     // stdin is not empty
	originals []original
	room      size.Bytes // how much more may be copied for Binds
}

const (
	// MaxInput is the size of the largest input that is copied, as large as the default memory of a
	// jail.
	MaxInput = 256 * size.MiB
	// MaxCopied is the most bytes that are copied for the Binds of one root.
	MaxCopied = 64 * size.MiB
	// maxCopies is the most files and directories of these copies.
	maxCopies = 8192
)

func newStage() (*Stage, error) {
	mount, err := newTmpfs(MaxInput+MaxCopied+size.MiB, 2*maxCopies)
	if err != nil {
		return nil, fmt.Errorf("create a stage: %w", err)
	}
	s := &Stage{Mount: mount, room: MaxCopied}
	if err = mkdirAt(mount, path.Dir(jailer.Input)); err == nil {
		s.stdin, err = s.create(jailer.Input, 0o444)
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("create a stage: %w", err)
	}
	return s, nil
}

// Close closes the judge's mount. The copies exist as long as a jail shows them.
func (s *Stage) Close() {
	if s.stdin != nil {
		s.stdin.Close()
	}
	s.Mount.Close()
}

// create creates a file in an existing directory.
func (s *Stage) create(place string, mode uint32) (*os.File, error) {
	const flags = unix.O_CREAT | unix.O_EXCL | unix.O_WRONLY | unix.O_CLOEXEC | unix.O_NOFOLLOW
	fd, err := unix.Openat(int(s.Mount.Fd()), place[1:], flags, 0o600)
	if err != nil {
		return nil, err
	}
	file := os.NewFile(uintptr(fd), place)
	if err := unix.Fchmod(fd, mode); err != nil { // the umask may have changed it
		file.Close()
		return nil, err
	}
	return file, nil
}

// original is a file that has been copied, and its state at that time.
type original struct {
	path string
	seen fs.FileInfo
}

// Fresh reports whether the originals of copied files are unchanged.
func (s *Stage) Fresh() bool {
	for _, o := range s.originals {
		now, err := os.Stat(o.path)
		if err != nil || !os.SameFile(now, o.seen) {
			return false
		}
		if now.Size() != o.seen.Size() || !now.ModTime().Equal(o.seen.ModTime()) {
			return false
		}
	}
	return true
}

// take copies a file or a directory to its path in the stage. It returns false if there is too much
// to copy, or a pipe or a socket, which works only if it is the same for all.
func (s *Stage) take(m mountPoint) (bool, error) {
	items, err := survey(m.source, s.room)
	if err != nil || items == nil {
		return false, err
	}
	if err := mkdirAt(s.Mount, path.Dir(m.target)); err != nil {
		return false, err
	}
	for _, i := range items {
		if err := s.put(i, m.target+strings.TrimPrefix(i.path, m.source)); err != nil {
			return false, err
		}
		s.room -= i.held()
	}
	if !m.directory {
		s.originals = append(s.originals, original{m.source, items[0].info})
	}
	return true, nil
}

// item is one file, directory or link to copy.
type item struct {
	path string
	info fs.FileInfo
}

// held returns the memory that a copy takes, in whole pages.
func (i item) held() size.Bytes {
	page := size.Bytes(os.Getpagesize())
	return (size.Bytes(i.info.Size()) + page - 1) / page * page
}

// survey lists the items to copy, directories before their contents. It returns nil if they cannot
// be copied.
func survey(source string, room size.Bytes) ([]item, error) {
	var items []item
	err := filepath.WalkDir(source, func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := os.Lstat(name)
		if name == source && err == nil {
			info, err = os.Stat(name)
		}
		if err != nil {
			return err
		}
		switch info.Mode().Type() {
		case 0, fs.ModeDir, fs.ModeSymlink:
		default:
			return errNotCopied
		}
		i := item{name, info}
		room -= i.held()
		if items = append(items, i); len(items) > maxCopies || room < 0 {
			return errNotCopied
		}
		return nil
	})
	if errors.Is(err, errNotCopied) {
		return nil, nil
	}
	return items, err
}

// Copies reports whether jails see a copy at the target of a bind. All copies of a root together
// have at most MaxCopied bytes, in whole pages. Earlier binds come first.
func (r Root) Copies(target string) (bool, error) {
	p, err := r.plan()
	if err != nil {
		return false, err
	}
	room := MaxCopied
	for _, m := range p.mounts {
		if !m.copied {
			continue
		}
		items, err := survey(m.source, room)
		if err != nil {
			return false, err
		}
		if m.target == target {
			return items != nil, nil
		}
		for _, i := range items {
			room -= i.held()
		}
	}
	return false, nil
}

var errNotCopied = errors.New("not copied")

// put copies one item. Every user can read a copy, and execute it if any user could execute the
// original.
//
// No process may be forked in the meantime: until exec it would have the copy open for writing, and
// executing such a file is ETXTBSY.
func (s *Stage) put(i item, target string) error {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()

	switch i.info.Mode().Type() {
	case fs.ModeDir:
		return mkdirAt(s.Mount, target)
	case fs.ModeSymlink:
		to, err := os.Readlink(i.path)
		if err != nil {
			return err
		}
		return unix.Symlinkat(to, int(s.Mount.Fd()), target[1:])
	}
	from, err := os.Open(i.path)
	if err != nil {
		return err
	}
	defer from.Close()
	mode := uint32(0o444)
	if i.info.Mode()&0o111 != 0 {
		mode = 0o555
	}
	to, err := s.create(target, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}

// CopyInput makes the content of a file, from its beginning, the content of jailer.Input. length is
// its expected size. Clear removes it.
func (s *Stage) CopyInput(from int, length int64) error {
	s.filled = true
	buffer := make([]byte, min(max(length, 0)+1, int64(size.MiB)))
	for at := int64(0); ; {
		n, err := quick.Uninterrupted(func() (int, error) { return unix.Pread(from, buffer, at) })
		if err != nil {
			return fmt.Errorf("read stdin: %w", err)
		}
		if n == 0 {
			return nil
		}
		if _, err := s.stdin.WriteAt(buffer[:n], at); err != nil {
			return fmt.Errorf("copy stdin: %w", err)
		}
		at += int64(n)
	}
}

// Clear removes the input. No process of the jail that had it may be alive.
func (s *Stage) Clear() error {
	if !s.filled {
		return nil
	}
	s.filled = false
	if err := s.stdin.Truncate(0); err != nil {
		return fmt.Errorf("remove a copy of stdin: %w", err)
	}
	return nil
}
