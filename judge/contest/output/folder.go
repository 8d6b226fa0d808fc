package output

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"judge/problems"
	"judge/problems/safefile"
)

// A folder that the judge wrote has a file that names what is in it: the kind of the folder in the first line, and
// then its entries. Everything else in the folder belongs to the user.
const (
	markerFile = ".judge-results"
	maxMarker  = 1 << 20 // bytes; more is not ours
)

// replaceFolder writes a folder completely or not at all. The folder may be missing, empty, or one of the same kind
// that the judge wrote before; of that, entries of the user stay. fill writes into a new folder.
func replaceFolder(dir, kind string, fill func(*os.Root) error) error {
	full, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("write %s: %w", dir, err)
	}
	parent, err := safefile.Created(filepath.Dir(full))
	if err != nil {
		return fmt.Errorf("write %s: %w", dir, err)
	}
	defer parent.Close()
	f := folder{dir: dir, kind: kind, parent: parent, name: filepath.Base(full)}
	if err = f.check(); err != nil {
		return err
	}
	if err = f.replace(fill); err != nil {
		return fmt.Errorf("write %s: %w", dir, err)
	}
	return nil
}

// folder is a folder that is being replaced.
type folder struct {
	dir, kind string
	parent    *safefile.Dir
	name      string // in the parent
	exists    bool
	ours      []string // entries that the judge wrote before
}

// check returns an error if the folder holds anything but an earlier result of the same kind.
func (f *folder) check() error {
	info, err := f.parent.Lstat(f.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("write %s: %w", f.dir, err)
	case !info.IsDir():
		return &problems.Error{File: f.dir, Msg: "not a directory: expected a new or an empty one",
			Hint: "name another directory"}
	}
	f.exists = true
	old, err := f.parent.OpenRoot(f.name)
	if err != nil {
		return fmt.Errorf("write %s: %w", f.dir, err)
	}
	defer old.Close()
	names, err := entries(old)
	if err != nil {
		return fmt.Errorf("write %s: %w", f.dir, err)
	}
	if len(names) == 0 {
		return nil
	}
	kind, ours := readMarker(old)
	if kind != f.kind {
		return &problems.Error{File: f.dir, Msg: "holds other files: expected a new or an empty directory",
			Hint: "name another directory"}
	}
	f.ours = append(ours, markerFile)
	return nil
}

// replace writes a new folder next to the old one, and then exchanges them.
func (f *folder) replace(fill func(*os.Root) error) error {
	temporary := ".judge-" + rand.Text() + ".tmp"
	if err := f.parent.Mkdir(temporary, 0o755); err != nil {
		return err
	}
	defer f.parent.RemoveAll(temporary) //nolint:errcheck // what is left of it is hidden, and the error is returned
	made, err := f.parent.OpenRoot(temporary)
	if err != nil {
		return err
	}
	defer made.Close()
	if err = fill(made); err != nil {
		return err
	}
	if err = writeMarker(made, f.kind); err != nil {
		return err
	}
	if !f.exists {
		return f.parent.Rename(temporary, f.name)
	}
	if err = f.exchange(temporary); err != nil {
		return err
	}
	return f.keep(temporary)
}

// exchange gives two folders each other's name.
func (f *folder) exchange(temporary string) error {
	one, other := f.parent.At(temporary), f.parent.At(f.name)
	err := unix.Renameat2(unix.AT_FDCWD, one, unix.AT_FDCWD, other, unix.RENAME_EXCHANGE)
	if !errors.Is(err, unix.EINVAL) && !errors.Is(err, unix.ENOSYS) {
		return err
	}
	// The file system cannot do that. For a moment there is no folder.
	away := temporary + ".old"
	if err = f.parent.Rename(f.name, away); err != nil {
		return err
	}
	if err = f.parent.Rename(temporary, f.name); err != nil {
		return errors.Join(err, f.parent.Rename(away, f.name))
	}
	return f.parent.Rename(away, temporary)
}

// keep moves entries of the user from the old folder to the new one, unless that has an entry of the name.
func (f *folder) keep(old string) error {
	from, err := f.parent.OpenRoot(old)
	if err != nil {
		return err
	}
	defer from.Close()
	names, err := entries(from)
	if err != nil {
		return err
	}
	for _, name := range names {
		if slices.Contains(f.ours, name) {
			continue
		}
		to := filepath.Join(f.name, name)
		if _, err := f.parent.Lstat(to); err == nil {
			continue
		}
		if err := f.parent.Rename(filepath.Join(old, name), to); err != nil {
			return err
		}
	}
	return nil
}

// entries returns the names in a folder, sorted.
func entries(root *os.Root) ([]string, error) {
	dir, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	slices.Sort(names)
	return names, err
}

// writeMarker writes the kind and the entries of a folder to its marker.
func writeMarker(root *os.Root, kind string) error {
	names, err := entries(root)
	if err != nil {
		return err
	}
	return root.WriteFile(markerFile, []byte(kind+"\n"+strings.Join(names, "\n")+"\n"), 0o644)
}

// readMarker returns the kind of a folder that the judge wrote, and its entries; "": the judge did not write it.
func readMarker(root *os.Root) (kind string, names []string) {
	info, err := root.Lstat(markerFile)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxMarker {
		return "", nil
	}
	data, err := root.ReadFile(markerFile)
	if err != nil {
		return "", nil
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	return lines[0], lines[1:]
}
