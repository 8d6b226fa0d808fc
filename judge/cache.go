package judge

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Cache keeps compiled programs in a directory, by what they were made from. Several judges may use one directory at a
// time: an entry appears whole, by a rename; whoever uses one holds a shared lock on it; only what nobody has locked is
// removed, and the kernel drops a dead judge's locks.
//
//	DIR/programs/KEY/            an entry: manifest.json and the directory product
//	DIR/programs/.new-RANDOM/    an entry that is being made
//	DIR/programs/.old-RANDOM/    an entry that is being removed
//	DIR/versions/KEY             what a compiler said of its version
//	DIR/versions/KEY.speed       how fast a core of this machine is
//	DIR/versions/KEY.wanted      as many bytes as sources wanted the header of that key, which is not there
//	DIR/lock                     locked for a moment by whoever makes or removes directories
type Cache struct {
	dir  string
	most int64 // bytes
}

// cacheSize is how much a cache keeps. What was used longest ago goes first.
const cacheSize = 1 << 30

// OpenCache opens, and where needed makes, the cache in a directory. "" is the user's: $XDG_CACHE_HOME/judge, or
// ~/.cache/judge.
func OpenCache(dir string) (*Cache, error) {
	if dir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return nil, fmt.Errorf("find the cache directory: %w: set XDG_CACHE_HOME", err)
		}
		dir = filepath.Join(base, "judge")
	}
	c := &Cache{dir: dir, most: cacheSize}
	for _, d := range []string{c.programs(), c.versions()} {
		err := os.MkdirAll(d, 0o700)
		if err == nil {
			err = onlyOurs(d)
		}
		if err != nil {
			return nil, fmt.Errorf("open the cache: %w: set XDG_CACHE_HOME to a directory of yours", err)
		}
	}
	c.sweep()
	return c, nil
}

// onlyOurs checks that nobody else can write into a directory: whoever can says what the programs in it do.
func onlyOurs(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); ok && int(stat.Uid) != os.Geteuid() {
		return fmt.Errorf("%s belongs to user %d", dir, stat.Uid)
	}
	if info.Mode()&0o022 != 0 {
		return fmt.Errorf("others can write to %s", dir)
	}
	return nil
}

func (c *Cache) programs() string { return filepath.Join(c.dir, "programs") }
func (c *Cache) versions() string { return filepath.Join(c.dir, "versions") }

const (
	newPrefix = ".new-"
	oldPrefix = ".old-"
)

// Get returns the entry of a key, or nil when there is none. One that is damaged is put away and counts as none.
func (c *Cache) Get(key string) (*Entry, error) {
	path := filepath.Join(c.programs(), key)
	lock, err := lockDir(path, unix.LOCK_SH)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, nil
	case errors.Is(err, unix.ENOTDIR): // a link, a file, a FIFO
		err = os.Remove(path)
		fallthrough
	case err != nil:
		return nil, keepErrorOf("read the cache", err)
	}
	entry := newEntry(path, lock) // before it is verified: what changes from here on is noticed
	if verify(path, key) != nil {
		lock.Close()
		defer c.sweep()
		_, err := c.putAway(path, func() bool { return verify(path, key) != nil })
		return nil, keepErrorOf("read the cache", err)
	}
	now := time.Now()
	os.Chtimes(path, now, now) // for eviction alone
	return entry, nil
}

// Put makes an entry: build fills an empty directory with the product. If build fails nothing is kept. If another judge
// was faster, its entry is taken.
func (c *Cache) Put(key string, build func(product string) error) (*Entry, error) {
	staging, lock, err := c.stage()
	if err != nil {
		return nil, keepErrorOf("make a cache entry", err)
	}
	if err := fill(staging, key, build); err != nil {
		return nil, errors.Join(err, (&Entry{lock: lock, dispose: staging}).Release())
	}
	if err := c.publish(staging, key); err != nil {
		ours := newEntry(staging, lock)
		ours.dispose = staging
		return c.lost(key, ours)
	}
	entry := newEntry(filepath.Join(c.programs(), key), lock)
	c.evict()
	return entry, nil
}

// stage makes a directory for a new entry and locks it before a sweep can see it.
func (c *Cache) stage() (staging string, lock *os.File, err error) {
	defer c.alone()()
	if staging, err = os.MkdirTemp(c.programs(), newPrefix); err != nil {
		return "", nil, err
	}
	lock, err = lockDir(staging, unix.LOCK_SH)
	return staging, lock, err
}

// publish lets other judges see a finished entry. It fails if one of this key stands already.
func (c *Cache) publish(staging, key string) error {
	defer c.alone()()
	return os.Rename(staging, filepath.Join(c.programs(), key))
}

// alone keeps other judges from making and removing directories until the function that it returns is called. A file
// system without locks is used without: then only a judge that starts while another compiles could disturb it.
func (c *Cache) alone() (release func()) {
	file, err := os.OpenFile(filepath.Join(c.dir, "lock"), os.O_RDWR|os.O_CREATE|unix.O_NOFOLLOW, 0o600)
	if err != nil {
		return func() {}
	}
	unix.Flock(int(file.Fd()), unix.LOCK_EX)
	return func() { file.Close() }
}

// lost settles a race: another entry of this key stands. If it is not good, ours serves this once without being kept.
func (c *Cache) lost(key string, ours *Entry) (*Entry, error) {
	theirs, err := c.Get(key)
	if err == nil && theirs != nil {
		return theirs, ours.Release()
	}
	return ours, nil
}

// lockDir opens a directory and locks it, and makes sure that it still stands there.
func lockDir(path string, how int) (*os.File, error) {
	for {
		dir, err := os.OpenFile(path, os.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW, 0)
		if err != nil {
			return nil, err
		}
		if err := unix.Flock(int(dir.Fd()), how); err != nil {
			dir.Close()
			return nil, &os.PathError{Op: "lock", Path: path, Err: err}
		}
		locked, err := dir.Stat()
		if err == nil {
			var now os.FileInfo
			if now, err = os.Lstat(path); err == nil && os.SameFile(locked, now) {
				return dir, nil
			}
		}
		dir.Close()
		if err != nil {
			return nil, err
		}
	}
}

// putAway puts an entry out of sight, for sweep to remove, unless somebody uses it or another judge has meanwhile
// replaced it by one that is no longer unwanted.
func (c *Cache) putAway(path string, unwanted func() bool) (done bool, err error) {
	defer c.alone()()
	lock, err := lockDir(path, unix.LOCK_EX|unix.LOCK_NB)
	if err != nil {
		return false, nil
	}
	defer lock.Close()
	if !unwanted() {
		return false, nil
	}
	away, err := os.MkdirTemp(c.programs(), oldPrefix)
	if err == nil {
		err = os.Rename(path, filepath.Join(away, "entry"))
	}
	if err != nil {
		return false, fmt.Errorf("put a cache entry away: %w", err)
	}
	return true, nil
}

// sweep removes what dead judges were making, and what has been discarded.
func (c *Cache) sweep() {
	defer c.alone()()
	entries, err := os.ReadDir(c.programs())
	if err != nil {
		return
	}
	for _, e := range entries {
		path := filepath.Join(c.programs(), e.Name())
		switch {
		case strings.HasPrefix(e.Name(), newPrefix):
			removeUnused(path, path)
		case strings.HasPrefix(e.Name(), oldPrefix):
			inner := filepath.Join(path, "entry")
			if _, err := os.Lstat(inner); errors.Is(err, os.ErrNotExist) {
				os.Remove(path) // empty: a judge died before it could move an entry here
				continue
			}
			removeUnused(inner, path)
		}
	}
}

// removeUnused removes a directory if nobody has locked the one in it that is locked by users.
func removeUnused(locked, path string) {
	if lock, err := lockDir(locked, unix.LOCK_EX|unix.LOCK_NB); err == nil {
		os.RemoveAll(path)
		lock.Close()
	}
}

// evict removes the entries that were used longest ago until the rest is small enough. Those in use stay.
func (c *Cache) evict() {
	defer c.sweep()
	type aged struct {
		path string
		size int64
		used time.Time
	}
	var all []aged
	var total int64
	entries, err := os.ReadDir(c.programs())
	if err != nil {
		return
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		path := filepath.Join(c.programs(), e.Name())
		info, err := e.Info()
		if err != nil {
			continue
		}
		size := sizeOf(path)
		total += size
		all = append(all, aged{path, size, info.ModTime()})
	}
	slices.SortFunc(all, func(a, b aged) int { return a.used.Compare(b.used) })
	for _, e := range all {
		if total <= c.most {
			return
		}
		if gone, _ := c.putAway(e.path, func() bool { return true }); gone {
			total -= e.size
		}
	}
}
