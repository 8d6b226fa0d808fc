// Package cache stores results of work for later runs: compiled programs and results of tests.
package cache

import store "judge/problems/cache"

// Cache stores compiled programs, and compiler versions, in a directory of the user; package store has the rules.
//
//	DIR/programs/KEY/    a program
//	DIR/versions/KEY     the output of a compiler's version command
//	DIR/versions/KEY.speed   the speed of a core of this machine
//	DIR/versions/KEY.wanted  a byte for each source that could have used the header of that key, which does not exist
type Cache struct {
	*store.Cache
	store *store.Store
}

// Entry is a compiled program in use.
type Entry = store.Entry

// Error reports that a program could not be stored.
type Error = store.Error

// ErrorOf wraps an error in an *Error; nil stays nil.
func ErrorOf(doing string, err error) error { return store.ErrorOf(doing, err) }

// Open opens, and if needed creates, the cache in a directory; "" is the user's default.
func Open(dir string) (*Cache, error) {
	c, err := store.Open(dir)
	if err != nil {
		return nil, err
	}
	return &Cache{c, c.Store(store.Programs)}, nil
}

// Get returns the program of a key; nil: the cache has none. A damaged one is removed and counts as missing.
func (c *Cache) Get(key string) (*Entry, error) { return c.store.Get(key) }

// Put stores a program: build fills an empty directory with it. If build fails nothing is stored.
func (c *Cache) Put(key string, build func(product string) error) (*Entry, error) {
	return c.store.Put(key, build)
}

// Holds reports whether there is an entry for this key, valid or damaged.
func (c *Cache) Holds(key string) bool { return c.store.Holds(key) }

// Drop removes the entry of a key, unless it is in use.
func (c *Cache) Drop(key string) { c.store.Drop(key) } //nolint:errcheck // it is found to be old again

// Temporary creates a program outside the cache, in the directory for temporary files.
func Temporary(build func(product string) error) (*Entry, error) { return store.Temporary(build) }
