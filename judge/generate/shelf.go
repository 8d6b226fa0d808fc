package generate

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"sync"

	store "judge/problems/cache"
)

// shelf holds the entries of made tests while they are used: in the user's cache or, where that cannot be used, in a
// temporary directory. It is safe for concurrent use.
type shelf struct {
	kept *store.Cache // nil: there is none
	// fresh makes everything anew, in the temporary directory.
	fresh bool

	mu       sync.Mutex
	own      *store.Cache // in the temporary directory
	holds    *store.Entry // the temporary directory
	borrowed []*store.Entry
}

// name is the key of an entry.
type name struct {
	key   string
	keeps bool // it names all that the entry depends on, so that other judges may use it
}

// entry returns the entry of a name, which build fills if there is none. cached reports that there was.
func (s *shelf) entry(n name, build func(product string) error) (entry *store.Entry, cached bool, err error) {
	key := n.key
	if s.kept != nil && !s.fresh && n.keeps {
		entry, cached, err = getOrPut(s.kept.Store(store.Tests), key, build)
		if !errors.As(err, new(*store.Error)) {
			return s.borrow(entry), cached, err
		}
	}
	own, err := s.temporary()
	if err != nil {
		return nil, false, err
	}
	entry, cached, err = getOrPut(own.Store(store.Tests), key, build)
	return s.borrow(entry), cached && !s.fresh, err
}

func getOrPut(s *store.Store, key string, build func(string) error) (entry *store.Entry, cached bool, err error) {
	if entry, err = s.Get(key); entry != nil || err != nil {
		return entry, entry != nil, err
	}
	entry, err = s.Put(key, build)
	return entry, false, err
}

func (s *shelf) borrow(e *store.Entry) *store.Entry {
	if e == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.borrowed = append(s.borrowed, e)
	return e
}

// temporary returns a cache that ends with the shelf.
func (s *shelf) temporary() (*store.Cache, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.own != nil {
		return s.own, nil
	}
	var err error
	if s.holds, err = store.Temporary(func(string) error { return nil }); err != nil {
		return nil, err
	}
	own, err := store.Open(filepath.Join(s.holds.Dir(), "tests"))
	if err != nil {
		return nil, err
	}
	own.Most, own.MostOfTests = math.MaxInt64, math.MaxInt64
	s.own = own
	return own, nil
}

// close lets the caches evict the entries, and removes temporary ones.
func (s *shelf) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	for _, e := range s.borrowed {
		err = errors.Join(err, e.Release())
	}
	s.borrowed = nil
	if s.own != nil {
		err = errors.Join(err, s.own.Close())
	}
	if s.holds != nil {
		err = errors.Join(err, s.holds.Release())
	}
	s.own, s.holds = nil, nil
	return err
}

// created opens a new file of an entry, readable by the users of jails.
func created(product, name string) (*os.File, error) {
	path := filepath.Join(product, name)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err == nil {
		err = file.Chmod(0o644) // whatever the umask
	}
	return file, store.ErrorOf("store a test", err)
}

// storing writes a program's output to a file. It remembers the first error, as the jail discards what cannot be
// written.
type storing struct {
	file   *os.File
	failed error
}

// Write implements io.Writer.
func (s *storing) Write(data []byte) (int, error) {
	n, err := s.file.Write(data)
	if err != nil && s.failed == nil {
		s.failed = store.ErrorOf("store a test", err)
	}
	return n, err
}

// Close closes the file and returns the first error.
func (s *storing) Close() error {
	if err := s.file.Close(); s.failed == nil {
		s.failed = store.ErrorOf("store a test", err)
	}
	return s.failed
}
