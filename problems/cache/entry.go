package cache

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"judge/problems/safefile"
)

// Entry is a product in use. It stays until Release, whatever other judges do.
type Entry struct {
	Product string // its directory, by a path through the cache's descriptor, which nobody can replace

	lock    *os.File
	in      *safefile.Dir // which holds the entry
	name    string        // in that
	dispose string        // name in that of what Release removes; "": nothing
	alone   bool          // Release closes the directory that holds the entry
	files   map[string]fileDigest
	stamps  map[string]safefile.Stamp
}

// newEntry returns the entry with a name in a directory.
func newEntry(in *safefile.Dir, name string, lock *os.File) *Entry {
	e := &Entry{
		Product: in.At(path.Join(name, productName)),
		lock:    lock, in: in, name: name, stamps: map[string]safefile.Stamp{},
	}
	//nolint:errcheck // the function returns no error
	filepath.WalkDir(e.Product, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			e.stamps[path], _ = safefile.StampOf(path) // without access the stamp is one that no file has
		}
		return nil
	})
	return e
}

// Dir returns the directory of the product by its usual path, if no other user can replace it.
func (e *Entry) Dir() string { return e.in.Real(path.Join(e.name, productName)) }

// Digest returns the SHA-256 of a file of the product, in hexadecimal, by its slash-separated path; "": there is no such
// file.
func (e *Entry) Digest(name string) string { return e.files[name].SHA256 }

// Files returns the slash-separated paths of the files of the product, in byte order.
func (e *Entry) Files() []string { return slices.Sorted(maps.Keys(e.files)) }

// Note records a fact about the product for later users of the entry. The name is short and has no slash.
func (e *Entry) Note(name string) {
	e.in.WriteFile(path.Join(e.name, notePrefix+name), nil, 0o600) //nolint:errcheck // the next user finds out again
}

// Noted reports whether a fact was recorded.
func (e *Entry) Noted(name string) bool {
	info, err := e.in.Lstat(path.Join(e.name, notePrefix+name))
	return err == nil && info.Mode().IsRegular() && owned(info) == nil
}

// notePrefix begins the names of notes, which are files next to the product.
const notePrefix = "note-"

// Intact returns an error if the product has changed since it was handed out. Judges do not touch entries in use, but
// other programs may.
func (e *Entry) Intact() error {
	for path, before := range e.stamps {
		if now, err := safefile.StampOf(path); err != nil || now != before {
			return fmt.Errorf("the compiled program is damaged: %s was changed during the run: run again",
				filepath.Base(path))
		}
	}
	return nil
}

// Release ends the use of the entry.
func (e *Entry) Release() error {
	var err error
	if e.dispose != "" {
		err = e.in.RemoveAll(e.dispose)
	}
	if e.lock != nil {
		err = errors.Join(err, e.lock.Close())
	}
	if e.alone {
		err = errors.Join(err, e.in.Close())
	}
	return err
}
