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
	stamps  stamps // of the product's files
}

// newEntry is the entry that stands in a directory.
func newEntry(dir string, lock *os.File) *Entry {
	return &Entry{Product: productOf(dir), lock: lock, stamps: stampsOfProduct(productOf(dir))}
}

// Intact says what has happened to the product since it was handed out; nil: nothing. Judges leave what is in use alone,
// other programs may not.
func (e *Entry) Intact() error {
	if err := e.stamps.checkAll(); err != nil {
		return fmt.Errorf("the compiled program is damaged: %w", err)
	}
	return nil
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

// keepError says that a program could not be kept where it should have been: the disk is full, say. It says nothing of the
// program.
type keepError struct {
	doing string
	err   error
}

func (e *keepError) Error() string { return e.doing + ": " + e.err.Error() }

func (e *keepError) Unwrap() error { return e.err }

// keepErrorOf is nil for no error.
func keepErrorOf(doing string, err error) error {
	if err == nil {
		return nil
	}
	return &keepError{doing, err}
}

// fill lets build make the product and writes the manifest beside it.
func fill(staging, key string, build func(string) error) error {
	product := productOf(staging)
	err := os.Mkdir(product, 0o755)
	if err == nil {
		err = os.Chmod(product, 0o755) // jails see it, whatever the umask
	}
	if err != nil {
		return keepErrorOf("make a directory for a program", err)
	}
	if err := build(product); err != nil {
		return err
	}
	return keepErrorOf("note what a program consists of", writeManifest(staging, key))
}

// Build makes an entry that no cache keeps, in the directory for temporary files.
func Build(build func(product string) error) (*Entry, error) {
	sweepTemporary()
	staging, err := os.MkdirTemp("", temporaryPrefix)
	if err != nil {
		return nil, fmt.Errorf("make a directory for a program: %w: set TMPDIR to a directory of yours", err)
	}
	lock, err := lockDir(staging, unix.LOCK_SH)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("make a directory for a program: %w", err), os.Remove(staging))
	}
	if err := fill(staging, "", build); err != nil {
		if errors.As(err, new(*keepError)) {
			err = fmt.Errorf("%w: set TMPDIR to a directory with more room", err)
		}
		return nil, errors.Join(err, (&Entry{lock: lock, dispose: staging}).Release())
	}
	entry := newEntry(staging, lock)
	entry.dispose = staging
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
