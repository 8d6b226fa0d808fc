package store

import (
	"context"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"judge/judge/contest"
)

// newSuffix is the end of the name under which a result file is created.
const newSuffix = ".new"

// prepare checks the file before it is opened for writing, and creates it if it is missing or empty. The lock is held.
func (p *place) prepare(as schema, judge string) error {
	file, log, _, err := p.findAll()
	if err != nil {
		return err
	}
	if file.Nlink > 1 {
		// By another name, SQLite would keep another log for the same file.
		return &FormatError{p.path, "has several names (hard links): expected one"}
	}
	if file.Size > 0 {
		return nil
	}
	if log.Size > 0 {
		return &FormatError{p.path, "is missing, but its log " + p.name + "-wal is there"}
	}
	return p.create(as, judge)
}

// create makes a new file under another name and renames it when it is complete.
func (p *place) create(as schema, judge string) error {
	p.remove(newSuffix) // what a grader left that was killed here
	const flags = unix.O_RDWR | unix.O_CREAT | unix.O_EXCL | unix.O_NOFOLLOW | unix.O_CLOEXEC
	fd, err := unix.Open(p.dir.At(p.name+newSuffix), flags, 0o644)
	if err != nil {
		return &fs.PathError{Op: "create", Path: p.path, Err: err}
	}
	unix.Close(fd)
	err = p.fault(p.fill(as, judge))
	if err == nil {
		p.dir.Remove(p.name + "-wal") //nolint:errcheck // empty, and of a file that is gone
		p.dir.Remove(p.name + "-shm") //nolint:errcheck // see above
		if err = unix.Rename(p.dir.At(p.name+newSuffix), p.dir.At(p.name)); err != nil {
			err = &fs.PathError{Op: "create", Path: p.path, Err: err}
		}
	}
	if err != nil {
		p.remove(newSuffix)
		return err
	}
	return p.syncDir()
}

// fill writes the tables and the first round.
func (p *place) fill(as schema, judge string) error {
	// A file that is not complete is removed: it needs no journal.
	db := p.open(newSuffix, 1, "mode=rw", "_journal_mode=OFF", "_synchronous=FULL")
	defer db.Close()
	ctx := context.Background()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if err := as.create(ctx, tx); err != nil {
		return err
	}
	if err := setMeta(ctx, tx, keyCreator, judge); err != nil {
		return err
	}
	if _, err := addRound(ctx, tx, contest.FirstRound, contest.Selection{}, time.Now()); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return db.Close()
}

// syncDir makes the name of the file durable.
func (p *place) syncDir() error {
	dir, err := os.Open(p.dir.At("."))
	if err != nil {
		return nil //nolint:nilerr // a directory that can be written but not read; the name becomes durable later
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil {
		return &fs.PathError{Op: "sync", Path: p.path, Err: err}
	}
	return nil
}
