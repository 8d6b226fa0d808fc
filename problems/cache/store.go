package cache

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"judge/problems/safefile"
)

const (
	newPrefix = ".new-"
	oldPrefix = ".old-"
)

// Store is a part of a cache that holds entries.
type Store struct {
	cache *Cache
	part  string
	dir   *safefile.Dir
}

// Store returns a part that holds entries.
func (c *Cache) Store(part string) *Store { return &Store{c, part, c.parts[part]} }

// Error is the error about something that could not be kept, such as on a full disk. It does not concern what was made.
type Error struct {
	Doing string
	Err   error
}

// Error returns the text of the cause, after what it concerns.
func (e *Error) Error() string { return e.Doing + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ErrorOf returns err as an *Error, nil for nil.
func ErrorOf(doing string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{doing, err}
}

// Get returns the entry of a key; nil: the store has none. A damaged entry is put away and counts as none.
func (s *Store) Get(key string) (*Entry, error) {
	lock, err := lockDir(s.dir, key, unix.LOCK_SH)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, nil
	case errors.Is(err, unix.ENOTDIR), errors.Is(err, unix.ELOOP): // a link, a file, a FIFO
		err = s.dir.Remove(key)
		fallthrough
	case err != nil:
		return nil, ErrorOf("read the cache", err)
	}
	entry := newEntry(s.dir, key, lock) // before it is verified: what changes from here on is noticed
	if entry.files, err = s.verify(key, lock); err != nil {
		lock.Close()
		defer s.cache.Sweep()
		damaged := func(lock *os.File) bool { _, err := s.verify(key, lock); return err != nil }
		_, err := s.putAway(key, damaged)
		return nil, ErrorOf("read the cache", err)
	}
	now := time.Now()
	s.dir.Chtimes(key, now, now) //nolint:errcheck // for eviction alone
	return entry, nil
}

// Put makes an entry: build fills an empty directory with the product. If build fails nothing is kept. If another judge
// was faster, Put returns its entry.
func (s *Store) Put(key string, build func(product string) error) (*Entry, error) {
	staging, lock, err := s.stage()
	if err != nil {
		return nil, ErrorOf("make a cache entry", err)
	}
	files, err := fill(s.dir, staging, key, build)
	if err != nil {
		return nil, errors.Join(err, (&Entry{lock: lock, in: s.dir, dispose: staging}).Release())
	}
	if err := s.publish(staging, key); err != nil {
		ours := newEntry(s.dir, staging, lock)
		ours.dispose, ours.files = staging, files
		return s.lost(key, ours)
	}
	entry := newEntry(s.dir, key, lock)
	entry.files = files
	size, err := s.sizeOf(key)
	s.cache.grew(s.part, size, err)
	return entry, nil
}

// GetOrPut returns the entry of a key, which build makes if there is none.
func (s *Store) GetOrPut(key string, build func(product string) error) (*Entry, error) {
	if entry, err := s.Get(key); entry != nil || err != nil {
		return entry, err
	}
	return s.Put(key, build)
}

// Holds reports whether there is an entry of a key, intact or not.
func (s *Store) Holds(key string) bool {
	_, err := s.dir.Lstat(key)
	return err == nil
}

// Drop removes the entry of a key, unless it is in use.
func (s *Store) Drop(key string) error {
	defer s.cache.Sweep()
	_, err := s.putAway(key, func(*os.File) bool { return true })
	return err
}

// stage makes a directory for a new entry and locks it before a sweep can see it.
func (s *Store) stage() (staging string, lock *os.File, err error) {
	defer s.cache.alone()()
	staging = newPrefix + rand.Text()
	if err = s.dir.Mkdir(staging, 0o700); err != nil {
		return "", nil, err
	}
	lock, err = lockDir(s.dir, staging, unix.LOCK_SH)
	return staging, lock, err
}

// publish lets other judges see a finished entry. It fails if there is one of this key already.
func (s *Store) publish(staging, key string) error {
	defer s.cache.alone()()
	return s.dir.Rename(staging, key)
}

// lost settles a race: another entry of this key exists. If that is damaged, ours is used once without being kept.
func (s *Store) lost(key string, ours *Entry) (*Entry, error) {
	theirs, err := s.Get(key)
	if err == nil && theirs != nil {
		return theirs, ours.Release()
	}
	return ours, nil
}

// putAway renames an entry for a sweep to remove, unless it is in use, or another judge has meanwhile replaced it by a
// good one.
func (s *Store) putAway(key string, unwanted func(lock *os.File) bool) (done bool, err error) {
	defer s.cache.alone()()
	lock, err := lockDir(s.dir, key, unix.LOCK_EX|unix.LOCK_NB)
	if err != nil {
		return false, nil
	}
	defer lock.Close()
	if !unwanted(lock) {
		return false, nil
	}
	away := oldPrefix + rand.Text()
	err = s.dir.Mkdir(away, 0o700)
	if err == nil {
		err = s.dir.Rename(key, filepath.Join(away, "entry"))
	}
	if err != nil {
		return false, fmt.Errorf("put a cache entry away: %w", err)
	}
	return true, nil
}
