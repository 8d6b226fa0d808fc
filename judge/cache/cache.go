// Package cache keeps what a later judging need not make again: compiled programs and results of tests.
package cache

import store "judge/problems/cache"

// Cache keeps compiled programs, and what compilers say of themselves, in a directory of the user's; package cache has
// the rules.
//
//	DIR/programs/KEY/    a program
//	DIR/versions/KEY     what a compiler said of its version
//	DIR/versions/KEY.speed   how fast a core of this machine is
//	DIR/versions/KEY.wanted  as many bytes as sources wanted the header of that key, which is not there
type Cache struct {
	*store.Cache
	store *store.Store
}

// Entry is a compiled program in use.
type Entry = store.Entry

// Error says that a program could not be kept where it should have been.
type Error = store.Error

// ErrorOf makes an *Error of an error; nil of none.
func ErrorOf(doing string, err error) error { return store.ErrorOf(doing, err) }

// Open opens, and where needed creates, the cache in a directory; "" is the user's.
func Open(dir string) (*Cache, error) {
	c, err := store.Open(dir)
	if err != nil {
		return nil, err
	}
	return &Cache{c, c.Store(store.Programs)}, nil
}

// Get returns the program of a key, or nil when there is none. One that is damaged is put away and counts as none.
func (c *Cache) Get(key string) (*Entry, error) { return c.store.Get(key) }

// Put makes a program: build fills an empty directory with it. If build fails nothing is kept.
func (c *Cache) Put(key string, build func(product string) error) (*Entry, error) {
	return c.store.Put(key, build)
}

// Holds reports whether there is an entry of this key, good or bad.
func (c *Cache) Holds(key string) bool { return c.store.Holds(key) }

// Drop removes the entry of a key, unless it is in use.
func (c *Cache) Drop(key string) { c.store.Drop(key) } //nolint:errcheck // it is found to be old again

// Temporary makes a program that no cache keeps, in the directory for temporary files.
func Temporary(build func(product string) error) (*Entry, error) { return store.Temporary(build) }
