package judge

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Entry is a product in use. It stays until Release, whatever other judges do.
type Entry struct {
	Product string // directory
	lock    *os.File
	dispose string // directory to remove at release; "" for an entry of a cache
}

// Release lets the entry go.
func (e *Entry) Release() error {
	var err error
	if e.dispose != "" {
		err = os.RemoveAll(e.dispose)
	}
	if e.lock != nil {
		err = errors.Join(err, e.lock.Close())
	}
	return err
}

func productOf(entry string) string { return filepath.Join(entry, "product") }

// fill lets build make the product and writes the manifest beside it.
func fill(staging string, build func(string) error) error {
	product := productOf(staging)
	if err := os.Mkdir(product, 0o755); err != nil {
		return fmt.Errorf("make a cache entry: %w", err)
	}
	if err := os.Chmod(product, 0o755); err != nil { // jails see it, whatever the umask
		return fmt.Errorf("make a cache entry: %w", err)
	}
	if err := build(product); err != nil {
		return err
	}
	return writeManifest(staging)
}

// Build makes an entry that no cache keeps, in the directory for temporary files.
func Build(build func(product string) error) (*Entry, error) {
	sweepTemporary()
	staging, err := os.MkdirTemp("", temporaryPrefix)
	if err != nil {
		return nil, fmt.Errorf("make a directory for a program: %w", err)
	}
	lock, err := lockDir(staging, unix.LOCK_SH)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("make a directory for a program: %w", err), os.Remove(staging))
	}
	entry := &Entry{Product: productOf(staging), lock: lock, dispose: staging}
	if err := fill(staging, build); err != nil {
		return nil, errors.Join(err, entry.Release())
	}
	return entry, nil
}

const (
	temporaryPrefix = "judge-program-"
	// temporaryAge is how long a directory may exist before it must have been locked by its judge.
	temporaryAge = time.Minute
)

// sweepTemporary removes what killed judges of this user built without a cache.
func sweepTemporary() {
	paths, err := filepath.Glob(filepath.Join(os.TempDir(), temporaryPrefix+"*"))
	if err != nil {
		return
	}
	for _, path := range paths {
		info, err := os.Lstat(path)
		if err != nil || !info.IsDir() || time.Since(info.ModTime()) < temporaryAge {
			continue
		}
		// Anyone may make a directory of such a name here: only our own are ours to remove.
		if stat, ok := info.Sys().(*syscall.Stat_t); ok && int(stat.Uid) == os.Geteuid() {
			removeUnused(path, path)
		}
	}
}
