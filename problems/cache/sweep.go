package cache

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"judge/problems/safefile"
)

// unpackingPrefix marks an archive that an earlier version was unpacking, without a lock.
const unpackingPrefix = ".unpacking-"

// dead is a directory that nobody uses and nobody else can lock.
type dead struct {
	in   *safefile.Dir
	name string
	lock *os.File
}

// Sweep removes what dead judges were making, and what was put away. It blocks other judges only while it looks.
func (c *Cache) Sweep() {
	var all []dead
	release := c.alone()
	for part, entries := range parts() {
		if !entries {
			c.sweepFiles(c.parts[part])
			continue
		}
		names, err := c.parts[part].List()
		if err != nil {
			continue
		}
		for _, name := range names {
			if d, ok := c.unused(c.parts[part], name); ok {
				all = append(all, d)
			}
		}
	}
	release()
	for _, d := range all {
		d.in.RemoveAll(d.name) //nolint:errcheck // the next judge tries again
		d.lock.Close()
	}
}

// unused locks a directory that is half made or half removed, or that was never an entry, if nobody has locked it.
func (c *Cache) unused(in *safefile.Dir, name string) (dead, bool) {
	locked := name
	switch {
	case strings.HasPrefix(name, newPrefix), strings.HasPrefix(name, unpackingPrefix):
	case strings.HasPrefix(name, oldPrefix):
		locked = path.Join(name, "entry")
		if _, err := in.Lstat(locked); errors.Is(err, fs.ErrNotExist) {
			in.Remove(name) //nolint:errcheck // empty: a judge died before it could move an entry here
			return dead{}, false
		}
	default:
		if _, err := in.Lstat(path.Join(name, manifestName)); !errors.Is(err, fs.ErrNotExist) {
			return dead{}, false
		}
	}
	lock, err := lockDir(in, locked, unix.LOCK_EX|unix.LOCK_NB)
	return dead{in, name, lock}, err == nil
}

// sweepFiles removes small files that were not finished an hour ago.
func (c *Cache) sweepFiles(in *safefile.Dir) {
	names, err := in.List()
	if err != nil {
		return
	}
	for _, name := range names {
		if !strings.HasPrefix(name, newPrefix) {
			continue
		}
		if info, err := in.Lstat(name); err == nil && time.Since(info.ModTime()) > time.Hour {
			in.Remove(name) //nolint:errcheck // the next judge tries again
		}
	}
}

// aged is one thing that can be evicted.
type aged struct {
	part, name string
	size       int64
	used       time.Time
}

// share is the parts that one bound holds for.
type share struct {
	has   func(part string) bool
	most  int64
	added *atomic.Int64
}

// shares returns that of made tests, and that of everything else.
func (c *Cache) shares() []share {
	return []share{
		{func(part string) bool { return part != Tests }, c.Most, &c.added},
		{func(part string) bool { return part == Tests }, c.MostOfTests, &c.addedOfTests},
	}
}

// kept lists all finished entries and files of some parts. Sweep removes the others.
func (c *Cache) kept(has func(part string) bool) (all []aged, total int64) {
	for part, entries := range parts() {
		if !has(part) {
			continue
		}
		names, err := c.parts[part].List()
		if err != nil {
			continue
		}
		for _, name := range names {
			info, err := c.parts[part].Lstat(name)
			if err != nil || strings.HasPrefix(name, ".") {
				continue
			}
			size := info.Size()
			if entries {
				if size, err = c.Store(part).sizeOf(name); err != nil {
					size = 0 // it is rebuilt when it is used
				}
			}
			all = append(all, aged{part, name, size, info.ModTime()})
			total += size
		}
	}
	return all, total
}

// Evict removes the least recently used entries and files of all parts until the rest is small enough, with room for
// new entries. Entries in use stay.
func (c *Cache) Evict() {
	c.evicting.Lock()
	defer c.evicting.Unlock()
	for _, s := range c.shares() {
		c.evict(s)
	}
}

// grew counts a new entry of a part, and evicts others if there may be too much. err means that its size is unknown.
func (c *Cache) grew(part string, size int64, err error) {
	all := c.shares()
	of := all[slices.IndexFunc(all, func(s share) bool { return s.has(part) })]
	if err == nil && of.added.Add(size) <= of.most/slack {
		return
	}
	if !c.evicting.TryLock() {
		return // another goroutine evicts
	}
	defer c.evicting.Unlock()
	c.evict(of)
}

func (c *Cache) evict(of share) {
	of.added.Store(0)
	all, total := c.kept(of.has)
	c.looked.Add(int64(len(all)))
	most := of.most - of.most/slack
	if total <= most {
		return
	}
	slices.SortFunc(all, func(a, b aged) int { return a.used.Compare(b.used) })
	for _, a := range all {
		if total <= most {
			break
		}
		if gone := c.remove(a); gone {
			total -= a.size
		}
	}
	c.Sweep()
}

func (c *Cache) remove(a aged) bool {
	if !parts()[a.part] {
		return c.parts[a.part].Remove(a.name) == nil
	}
	gone, _ := c.Store(a.part).putAway(a.name, func(*os.File) bool { return true })
	return gone
}

// Usage is the content of a part of a cache in numbers.
type Usage struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Files int    `json:"files"`
	Bytes int64  `json:"bytes"`
}

// Usage returns the usage of each part, with unfinished entries.
func (c *Cache) Usage() ([]Usage, error) {
	var all []Usage
	for _, name := range []string{Programs, Versions, Verdicts, Packages, Tests} {
		u := Usage{Name: name, Path: c.parts[name].Path}
		err := fs.WalkDir(c.parts[name].FS(), ".", func(_ string, e fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // another judge removes it
			}
			if err != nil || e.IsDir() {
				return err
			}
			if info, err := e.Info(); err == nil {
				u.Files++
				u.Bytes += info.Size()
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		all = append(all, u)
	}
	return all, nil
}

// Clear removes everything in the cache that no judge uses.
func (c *Cache) Clear() error {
	all, _ := c.kept(func(string) bool { return true })
	var err error
	for _, a := range all {
		if parts()[a.part] {
			_, failed := c.Store(a.part).putAway(a.name, func(*os.File) bool { return true })
			err = errors.Join(err, failed)
			continue
		}
		err = errors.Join(err, c.parts[a.part].RemoveAll(a.name))
	}
	c.Sweep()
	SweepTemporary()
	return err
}
