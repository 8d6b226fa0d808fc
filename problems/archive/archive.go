// Package archive unpacks the zip archives in which problems come. Archives are hostile: nothing is written outside
// of the directory, nothing but plain files, and no more than a bound. Links within the archive become what they lead
// to.
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
	mostFiles = 100_000 // a link counts as what it leads to
	mostBytes = 8 << 30 // of all files together
	mostDepth = 32      // directories inside each other
	mostLinks = 40      // that one path leads through, as in the kernel
	mostNotes = 20
)

// Unpacked is an archive that was unpacked. Its directory stays until Close.
type Unpacked struct {
	Dir   string
	Note  string   // why the cache could not be used; "": it was
	Notes []string // what was left out

	entry *cache.Entry
	cache *cache.Cache // nil: the directory is a temporary one
}

// Close lets the directory go: another judge may remove it from the cache then.
func (u *Unpacked) Close() error {
	err := u.entry.Release()
	if u.cache != nil {
		err = errors.Join(err, u.cache.Close())
	}
	return err
}

// Unpack unpacks an archive into a cache, by default the user's. What it has unpacked once it finds again by the
// archive's content, if every file is still as it was. Without a cache that can be used it unpacks into a temporary
// directory, which Close removes. An archive that Git LFS has not fetched is an lfs.ErrPointer.
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
	of, err := planOf(file, info.Size()) // each time: what is left out is said each time
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

// Make returns the directory that a cache keeps under a key, or has it built, if need be in a temporary directory.
// The key names all that the content depends on. Errors of build that are no *cache.Error are returned as they are.
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
	u := &Unpacked{Note: fmt.Sprintf("the cache is unavailable, so its files are made each time: %v", err)}
	if u.entry, err = cache.Temporary(build); err != nil {
		return nil, err
	}
	u.Dir = u.entry.Dir()
	return u, nil
}

// Empty makes a directory with an empty file, of that name, in a cache: for tests without an input or an answer.
func Empty(in string) (*Unpacked, error) {
	build := func(product string) error {
		return cache.ErrorOf("write an empty file", os.WriteFile(filepath.Join(product, "empty"), nil, 0o644))
	}
	return Make(in, "empty", build)
}

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

// unpackCopy unpacks a copy of an archive that has the sum: the archive itself may change meanwhile, and what is
// unpacked is kept under that sum.
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
	return of.unpack(product)
}
