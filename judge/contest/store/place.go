package store

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"judge/problems/safefile"
)

// maxPath bounds the path of a result file: SQLite's own limit is 512 bytes, with the longest suffix.
const maxPath = 500

// place is where a result file is: a name in an open directory.
type place struct {
	dir  *safefile.Dir
	name string
	path string // as the user named it, for messages
}

// locate opens the directory of a result file.
func locate(path string) (*place, error) {
	name := filepath.Base(path)
	if path == "" || strings.HasSuffix(path, "/") || name == "." || name == ".." {
		return nil, &FormatError{path, "is a directory: expected a result file"}
	}
	dir, err := safefile.Shared(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	p := &place{dir, name, path}
	if len(p.real("")) > maxPath {
		dir.Close()
		return nil, &fs.PathError{Op: "open", Path: path, Err: unix.ENAMETOOLONG}
	}
	return p, nil
}

func (p *place) close() error { return p.dir.Close() }

// real returns the absolute path of the file with a suffix, for SQLite.
func (p *place) real(suffix string) string { return p.dir.Real(p.name + suffix) }

// find looks at the file with a suffix. Only a regular file is accepted: a link would lead to a file of somebody's
// choice, and a FIFO would never end. It does not open the file: closing it again would end SQLite's locks, which
// belong to the process (fcntl_locking(2)).
func (p *place) find(suffix string) (stat unix.Stat_t, exists bool, err error) {
	err = unix.Lstat(p.dir.At(p.name+suffix), &stat)
	switch {
	case errors.Is(err, unix.ENOENT):
		return stat, false, nil
	case err != nil:
		return stat, false, &fs.PathError{Op: "open", Path: p.path + suffix, Err: err}
	case stat.Mode&unix.S_IFMT == unix.S_IFLNK:
		return stat, false, &FormatError{p.path + suffix, "is a link: expected the file itself"}
	case stat.Mode&unix.S_IFMT == unix.S_IFDIR:
		return stat, false, &FormatError{p.path + suffix, "is a directory: expected a result file"}
	case stat.Mode&unix.S_IFMT != unix.S_IFREG:
		return stat, false, &FormatError{p.path + suffix, "is not a regular file"}
	}
	return stat, true, nil
}

// findAll looks at the file and at those that SQLite opens with it.
func (p *place) findAll() (file, log, index unix.Stat_t, err error) {
	var all [3]unix.Stat_t
	for i, suffix := range []string{"", "-wal", "-shm"} {
		if all[i], _, err = p.find(suffix); err != nil {
			return all[0], all[1], all[2], err
		}
	}
	// The judge never leaves a rollback journal. SQLite would carry out that of a stranger, and it can name a file
	// that is deleted then.
	journal, exists, err := p.find("-journal")
	if err == nil && exists && journal.Size > 0 {
		err = &FormatError{p.path, "has a journal of another program next to it, " + p.name + "-journal"}
	}
	return all[0], all[1], all[2], err
}

// size returns how long the file and its log are.
func (p *place) size() (bytes int64) {
	for _, suffix := range []string{"", "-wal"} {
		if stat, exists, err := p.find(suffix); err == nil && exists {
			bytes += stat.Size
		}
	}
	return bytes
}

// free returns how many bytes are free where the file is; -1: unknown.
func (p *place) free() int64 {
	var system unix.Statfs_t
	if unix.Statfs(p.dir.At("."), &system) != nil {
		return -1
	}
	return int64(system.Bavail) * system.Bsize
}

// remove removes the file with a suffix, and what SQLite may have left next to it.
func (p *place) remove(suffix string) {
	for _, more := range []string{"", "-wal", "-shm", "-journal"} {
		p.dir.Remove(p.name + suffix + more) //nolint:errcheck // what cannot be removed cannot be created either
	}
}
