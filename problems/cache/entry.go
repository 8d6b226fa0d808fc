package cache

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

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
