package isolate

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"

	"golang.org/x/sys/unix"
)

// makeReadOnly makes the private tmpfs of a jail read-only: the working directory, /tmp and
// /dev/shm. It changes the file system and not a mount, so the program cannot write whatever the
// owner and mode of a file are. See fspick(2), Linux 5.2.
func makeReadOnly(work int) error {
	context, err := unix.Fspick(work, "..", unix.FSPICK_CLOEXEC)
	if err != nil {
		return fmt.Errorf("make the files of a jail read-only: %w", err)
	}
	defer unix.Close(context)
	if err = unix.FsconfigSetFlag(context, "ro"); err == nil {
		err = unix.FsconfigReconfigure(context)
	}
	if err != nil {
		return fmt.Errorf("make the files of a jail read-only: %w", err)
	}
	return nil
}

// Written returns the total size of the files that a program left in its working directory, /tmp
// and /dev/shm. Files of given, which were put there before, count only if they have changed. A
// file with several names counts once.
func (w *Work) Written(given []File) (Bytes, error) { return w.written("..", given) }

// WrittenTo is like Written, for one directory of the working directory. A missing one, or another
// kind of file, counts as empty.
func (w *Work) WrittenTo(directory string, given []File) (Bytes, error) {
	size, err := w.written(directory, given)
	if errors.Is(err, unix.ENOENT) || errors.Is(err, unix.ENOTDIR) || errors.Is(err, unix.ELOOP) {
		return 0, nil
	}
	return size, err
}

func (w *Work) written(directory string, given []File) (Bytes, error) {
	t := tally{seen: map[uint64]bool{}}
	for _, f := range given {
		t.excuse(w.dir, f)
	}
	top, err := openDirectory(w.dir, directory)
	if err == nil {
		err = t.tree(top)
	}
	if err != nil {
		return 0, fmt.Errorf("read a program's files: %w", err)
	}
	return t.sum, nil
}

// tally adds up the sizes of files.
type tally struct {
	seen map[uint64]bool // inodes that are counted, or do not count
	sum  Bytes
}

// excuse excludes a file that has not been changed.
func (t *tally) excuse(work int, f File) {
	if f.Link != "" {
		return
	}
	file, stat, err := openBeneath(work, path.Clean(f.Name))
	if err != nil {
		return
	}
	defer file.Close()
	if stat.Mode&unix.S_IFMT != unix.S_IFREG || stat.Size != int64(len(f.Data)) {
		return
	}
	data := make([]byte, len(f.Data))
	if _, err := file.ReadAt(data, 0); (err == nil || len(data) == 0) && bytes.Equal(data, f.Data) {
		t.seen[stat.Ino] = true
	}
}

// tree adds the files of a directory and of all below it, and closes it. It goes down and up one
// step at a time, so a tree of any depth takes one descriptor and no long path. Nothing may change
// the tree in the meantime.
func (t *tally) tree(at int) error {
	var pending [][]string // the directories to enter, level by level
	for {
		inner, err := t.directory(at)
		if err != nil {
			unix.Close(at)
			return err
		}
		pending = append(pending, inner)
		to := ""
		for to == "" {
			last := len(pending) - 1
			if n := len(pending[last]); n > 0 {
				to, pending[last] = pending[last][n-1], pending[last][:n-1]
			} else if pending = pending[:last]; last == 0 {
				return unix.Close(at)
			} else if at, err = step(at, ".."); err != nil {
				return err
			}
		}
		if at, err = step(at, to); err != nil {
			return err
		}
	}
}

// step goes from a directory to another.
func step(from int, to string) (int, error) {
	next, err := openDirectory(from, to)
	unix.Close(from)
	return next, err
}

func openDirectory(at int, name string) (int, error) {
	return unix.Openat(at, name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
}

// directory adds the files of one directory, and returns the names of the directories in it.
func (t *tally) directory(at int) (inner []string, err error) {
	again, err := openDirectory(at, ".")
	if err != nil {
		return nil, err
	}
	list := os.NewFile(uintptr(again), "directory")
	defer list.Close()
	names, err := list.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		var stat unix.Stat_t
		if err := unix.Fstatat(at, name, &stat, unix.AT_SYMLINK_NOFOLLOW); err != nil {
			return nil, err
		}
		switch stat.Mode & unix.S_IFMT {
		case unix.S_IFDIR:
			inner = append(inner, name)
		case unix.S_IFREG:
			if !t.seen[stat.Ino] {
				t.seen[stat.Ino] = true
				t.sum += Bytes(stat.Size)
			}
		}
	}
	return inner, nil
}
