// Package archive unpacks the zip archives of problems. Archives are untrusted: it writes only plain files and
// directories, only beneath the target directory, and bounds their number and size. A link within the archive becomes
// a second name of its target.
//
//	unpacked, err := archive.Unpack(file, "")
package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"judge/problems/cache"
	"judge/problems/lfs"
)

// Bounds of an archive.
const (
	mostFiles = 100_000 // files behind links included
	mostBytes = 8 << 30 // total of all files
	mostDepth = 32      // directories inside each other
	mostLinks = 40      // followed for one path, as in the kernel
	mostNotes = 20
)

// Unpacked is the directory of an unpacked archive. It exists until Close.
type Unpacked struct {
	Dir   string
	Note  string   // why the cache could not be used; "" if it was used
	Notes []string // on entries that were left out

	entry *cache.Entry
	cache *cache.Cache // nil: the directory is a temporary one
}

// Close releases the directory. Afterwards another process may remove it from the cache.
func (u *Unpacked) Close() error {
	err := u.entry.Release()
	if u.cache != nil {
		err = errors.Join(err, u.cache.Close())
	}
	return err
}

// Unpack unpacks an archive into the cache in a directory, "" for the user's cache. An archive with the same content
// is unpacked once, as long as all its files are unchanged. If the cache is unavailable, Unpack uses a temporary
// directory, which Close removes. It returns lfs.ErrPointer for a pointer of Git LFS. The caller closes the result.
func Unpack(file *os.File, in string) (*Unpacked, error) {
	if lfs.In(file) {
		return nil, lfs.ErrPointer
	}
	sum, err := hash(file)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	of, err := planOf(file, info.Size()) // even if cached: notes are not in the cache
	if err != nil {
		return nil, fmt.Errorf("unpack %q: %w", file.Name(), err)
	}
	build := func(product string) error {
		err := unpackCopy(file, sum, product)
		for _, full := range []error{unix.ENOSPC, unix.EDQUOT, unix.EROFS} {
			if errors.Is(err, full) {
				return cache.ErrorOf("unpack an archive", full) // without the names of half-made files
			}
		}
		return err
	}
	u, err := Make(in, sum, build)
	if err != nil {
		return nil, fmt.Errorf("unpack %q: %w", file.Name(), err)
	}
	u.Notes = of.notes
	return u, nil
}

// ErrTooLarge is in the error about an archive that holds more than is allowed.
var ErrTooLarge = errors.New("more than the limit")

// Within unpacks an archive of at most so many files and bytes, such as a submission, into a temporary directory. The
// caller closes the result, which removes the directory.
func Within(file *os.File, files int, bytes int64) (*Unpacked, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	of, err := planOf(file, info.Size())
	if err == nil && (of.files > files || of.bytes > uint64(bytes)) {
		err = ErrTooLarge
	}
	if err != nil {
		return nil, fmt.Errorf("unpack %q: %w", file.Name(), err)
	}
	u := &Unpacked{Notes: of.notes}
	if u.entry, err = cache.Temporary(func(product string) error { return of.unpack(product, bytes) }); err != nil {
		return nil, fmt.Errorf("unpack %q: %w", file.Name(), err)
	}
	u.Dir = u.entry.Dir()
	return u, nil
}

// Make returns the directory that a cache has under a key. If there is none, it calls build, with a temporary
// directory if the cache is unavailable. The key must name everything that the content depends on. Errors of build
// other than *cache.Error are returned unchanged.
func Make(in, key string, build func(product string) error) (*Unpacked, error) {
	kept, err := cache.Open(in)
	if err == nil {
		u := &Unpacked{cache: kept}
		if u.entry, err = kept.Store(cache.Packages).GetOrPut(key, build); err == nil {
			u.Dir = u.entry.Dir()
			return u, nil
		}
		kept.Close()
		if !errors.As(err, new(*cache.Error)) {
			return nil, err
		}
	}
	u := &Unpacked{Note: fmt.Sprintf("the cache is unavailable, so its files are created each time: %v", err)}
	if u.entry, err = cache.Temporary(build); err != nil {
		return nil, err
	}
	u.Dir = u.entry.Dir()
	return u, nil
}

// Empty returns a directory with one empty file, named "empty", for tests without an input or an answer.
func Empty(in string) (*Unpacked, error) {
	build := func(product string) error {
		return cache.ErrorOf("write an empty file", os.WriteFile(filepath.Join(product, "empty"), nil, 0o644))
	}
	return Make(in, "empty", build)
}

// hash returns the SHA-256 of a file's content.
func hash(file *os.File) (string, error) {
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(file, 0, info.Size())); err != nil {
		return "", fmt.Errorf("read %q: %w", file.Name(), err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// unpackCopy copies an archive, compares the copy's hash with sum and unpacks the copy. The archive may change in the
// meantime, and the result is cached under that hash.
func unpackCopy(file *os.File, sum, product string) error {
	root, err := os.OpenRoot(filepath.Dir(product))
	if err != nil {
		return err
	}
	defer root.Close()
	const name = "archive.zip"
	archive, err := root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer archive.Close()
	if err := root.Remove(name); err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	now := sha256.New()
	n, err := io.Copy(io.MultiWriter(archive, now), io.NewSectionReader(file, 0, info.Size()))
	if err != nil {
		return err
	}
	if hex.EncodeToString(now.Sum(nil)) != sum {
		return errors.New("the archive changed while it was read")
	}
	of, err := planOf(archive, n)
	if err != nil {
		return err
	}
	return of.unpack(product, mostBytes)
}
