// Package cache keeps what can be reused, in a directory of the user: compiled programs and unpacked archives by their
// input, and small files. Several judges may use one directory at once. An entry appears complete, by a rename. A judge
// that uses it holds a shared lock. Only an entry that nobody has locked is removed, and the kernel drops the locks of
// a dead judge.
//
//	DIR/programs/KEY/          an entry: manifest.json and the directory product
//	DIR/programs/.new-RANDOM/  an entry that is being made
//	DIR/programs/.old-RANDOM/  an entry that is being removed
//	DIR/packages/, tests/      entries, as in programs
//	DIR/versions/, verdicts/   small files
//	DIR/lock                   locked briefly while directories are made or removed
//
// The directories belong to the user, and no other user can write to them. They stay open while the cache is open, and
// everything is opened through them: the owner of a directory above cannot replace them.
package cache

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"judge/problems/safefile"
)

// Parts of a cache.
const (
	Programs = "programs"
	Packages = "packages"
	Tests    = "tests" // that programs made; they have a bound of their own
	Versions = "versions"
	Verdicts = "verdicts"
)

// parts returns all parts, and whether they hold entries or files.
func parts() map[string]bool {
	return map[string]bool{Programs: true, Packages: true, Tests: true, Versions: false, Verdicts: false}
}

// Size is the number of bytes that a cache keeps by default, and SizeOfTests that of made tests in addition. The least
// recently used entries are evicted first.
const (
	Size        = 4 << 30
	SizeOfTests = 4 << 30
)

// slack divides a cache's size: new entries of that part of it may be added before the cache looks for what to evict,
// and an eviction makes room for them. Looking takes time for every entry; so an insertion looks at about slack
// entries, however many there are.
const slack = 16

// Cache is an open cache. Several judges that fill one cache at once may exceed its size by a sixteenth each.
type Cache struct {
	Dir         string
	Most        int64 // bytes, without made tests
	MostOfTests int64 // bytes

	evicting     sync.Mutex
	added        atomic.Int64 // bytes of new entries since the last eviction, without made tests
	addedOfTests atomic.Int64
	looked       atomic.Int64 // number of entries that evictions have looked at

	dir   *safefile.Dir
	parts map[string]*safefile.Dir
}

// Open opens the cache in a directory, and creates it if necessary. "" is the cache of the user: $XDG_CACHE_HOME/judge,
// or ~/.cache/judge. Open removes what dead judges left in it and in the directory for temporary files, and evicts what
// exceeds the size.
func Open(dir string) (*Cache, error) {
	if dir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return nil, fmt.Errorf("find the cache directory: %w: set XDG_CACHE_HOME", err)
		}
		dir = filepath.Join(base, "judge")
	}
	c := &Cache{Dir: dir, Most: Size, MostOfTests: SizeOfTests, parts: map[string]*safefile.Dir{}}
	var err error
	if c.dir, err = safefile.Private(dir); err != nil {
		return nil, c.fault(err)
	}
	for name := range parts() {
		part, err := c.dir.Sub(name)
		if err != nil {
			c.Close() //nolint:errcheck // the first error is reported
			return nil, c.fault(err)
		}
		c.parts[name] = part
	}
	c.Sweep()
	SweepTemporary()
	c.Evict()
	return c, nil
}

func (c *Cache) fault(err error) error {
	return fmt.Errorf("open the cache: %w: set XDG_CACHE_HOME to a directory of yours", err)
}

// Close closes the cache. Its entries in use stay locked.
func (c *Cache) Close() error {
	err := c.dir.Close()
	for _, part := range c.parts {
		err = errors.Join(err, part.Close())
	}
	return err
}

// Part returns the directory of a part, for small files.
func (c *Cache) Part(name string) *safefile.Dir { return c.parts[name] }

// alone keeps other judges from making and removing directories until the function that it returns is called. On a file
// system without locks it does nothing: then a judge that starts while another compiles could disturb it.
func (c *Cache) alone() (release func()) {
	file, err := c.dir.OpenFile("lock", os.O_RDWR|os.O_CREATE|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0o600)
	if err != nil {
		return func() {}
	}
	unix.Flock(int(file.Fd()), unix.LOCK_EX) //nolint:errcheck // see above
	return func() { file.Close() }
}

// lockDir opens a directory in another one and locks it, and checks that it is still there.
func lockDir(in *safefile.Dir, name string, how int) (*os.File, error) {
	for {
		dir, err := in.OpenDir(name)
		if err != nil {
			return nil, err
		}
		if err := unix.Flock(int(dir.Fd()), how); err != nil {
			dir.Close()
			return nil, &os.PathError{Op: "lock", Path: filepath.Join(in.Path, name), Err: err}
		}
		locked, err := dir.Stat()
		if err == nil {
			var now os.FileInfo
			if now, err = in.Lstat(name); err == nil && os.SameFile(locked, now) {
				return dir, nil
			}
		}
		dir.Close()
		if err != nil {
			return nil, err
		}
	}
}
