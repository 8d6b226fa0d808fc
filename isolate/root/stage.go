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

// Stage is a file system in memory with the copies of what the judge hands to the jails of one root. A copy is at
// the same path in the stage as in the jail, so no name of the host can be read from /proc/self/mountinfo, from a
// descriptor's link or from a mapping. Its mode is the judge's, and its inode is no other jail's.
//
// Jails have it read-only. The judge alone holds the mount that can be written to.
type Stage struct {
	Mount     *os.File // in no namespace of the host; jailers show parts of it, read-only
	stdin     *os.File // the file at jailer.Input, to write to
	filled    bool     // there is something in it
	originals []original
	room      size.Bytes // how much more may be copied from Binds
}

const (
	// MostInput is the size of the largest input that is copied. What jails may hold by default is as large.
	MaxInput = 256 * size.MiB
	// MostCopied bounds the copies of one root's Binds.
	MaxCopied = 64 * size.MiB
	// mostCopies bounds the files and directories of these copies.
	maxCopies = 8192
)

func newStage() (*Stage, error) {
	mount, err := newTmpfs(MaxInput+MaxCopied+size.MiB, 2*maxCopies)
	if err != nil {
		return nil, fmt.Errorf("make a stage: %w", err)
	}
	s := &Stage{Mount: mount, room: MaxCopied}
	if err = mkdirAt(mount, path.Dir(jailer.Input)); err == nil {
		s.stdin, err = s.create(jailer.Input, 0o444)
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("make a stage: %w", err)
	}
	return s, nil
}

func (s *Stage) Close() {
	if s.stdin != nil {
		s.stdin.Close()
	}
	s.Mount.Close()
}

// create makes a file in a directory that is there.
func (s *Stage) create(place string, mode uint32) (*os.File, error) {
	const flags = unix.O_CREAT | unix.O_EXCL | unix.O_WRONLY | unix.O_CLOEXEC | unix.O_NOFOLLOW
	fd, err := unix.Openat(int(s.Mount.Fd()), place[1:], flags, 0o600)
	if err != nil {
		return nil, err
	}
	file := os.NewFile(uintptr(fd), place)
	if err := unix.Fchmod(fd, mode); err != nil { // the umask may have cut it
		file.Close()
		return nil, err
	}
	return file, nil
}

// An original is a file that has been copied, and how it was then.
type original struct {
	path string
	seen fs.FileInfo
}

// Fresh reports whether the copies of files are still what a bind of their originals would show.
func (s *Stage) Fresh() bool {
	for _, o := range s.originals {
		now, err := os.Stat(o.path)
		if err != nil || !os.SameFile(now, o.seen) || now.Size() != o.seen.Size() || !now.ModTime().Equal(o.seen.ModTime()) {
			return false
		}
	}
	return true
}

// take copies a file or a directory to its place in the stage. It reports false when there is too much to copy, or
// what a copy would not replace: pipes and sockets are shared by being the same.
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

// An item is one file, directory or link to copy.
type item struct {
	path string
	info fs.FileInfo
}

// held is what a copy takes: whole pages.
func (i item) held() size.Bytes {
	page := size.Bytes(os.Getpagesize())
	return (size.Bytes(i.info.Size()) + page - 1) / page * page
}

// survey lists what there is to copy, directories before what is in them; nil when it is not to be copied.
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

// Copies reports whether jails see a copy of what the bind of a target shows: all copies of a root together have at
// most MostCopied bytes, in whole pages, and those of earlier binds come first.
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

var errNotCopied = errors.New("it is not copied")

// put copies one item. All may read a copy, and run it if somebody could run the original.
//
// No process may be forked meanwhile: until it has called exec it would have the copy open for writing, and to run a file that somebody
// may write to is ETXTBSY.
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

// CopyInput makes what a file holds, from its beginning, the content of jailer.Input; length is what is expected. clear
// takes it away again.
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

// Clear takes the input away again. No process of the jail that had it may live.
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
