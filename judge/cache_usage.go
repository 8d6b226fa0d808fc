package judge

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// Usage is what a part of a cache holds.
type Usage struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Files int    `json:"files"`
	Bytes int64  `json:"bytes"`
}

// CacheUsage says what the user's cache holds.
func CacheUsage() ([]Usage, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("find the cache directory: %w", err)
	}
	var all []Usage
	for _, name := range []string{"programs", "versions", "verdicts", "packages"} {
		u := Usage{Name: name, Path: filepath.Join(base, "judge", name)}
		err := filepath.WalkDir(u.Path, func(_ string, e os.DirEntry, err error) error {
			if errors.Is(err, os.ErrNotExist) {
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
			return nil, fmt.Errorf("look at the cache: %w", err)
		}
		all = append(all, u)
	}
	return all, nil
}

// ClearCache removes what the user's cache holds and no judge uses.
func ClearCache() error {
	c, err := OpenCache("")
	if err != nil {
		return err
	}
	entries, err := os.ReadDir(c.programs())
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			_, failed := c.putAway(filepath.Join(c.programs(), e.Name()), func() bool { return true })
			if !errors.Is(failed, unix.EWOULDBLOCK) {
				err = errors.Join(err, failed)
			}
		}
	}
	c.sweep()
	for _, name := range []string{"versions", "verdicts", "packages"} {
		err = errors.Join(err, os.RemoveAll(filepath.Join(c.dir, name)))
	}
	if err != nil {
		return fmt.Errorf("clear the cache: %w", err)
	}
	return nil
}
