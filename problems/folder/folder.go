// Package folder reads what lies in the directory of a problem that came from elsewhere, and nothing else: links are followed, but not out
// of it, and what is read, listed and kept is bounded.
//
//	f, err := folder.Open("hello")
//	tests, err := f.List("data/secret")
package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"judge/problems"
)

// Bounds of a problem's directory.
const (
	mostEntries = 200_000 // files and directories in one directory
	mostText    = 4 << 20 // bytes of a file that says what the problem is
)

// Folder is a problem's directory.
type Folder struct {
	Dir   string // absolute, with all links followed
	Named string // as the user named it

	skipped map[string]*problems.Error // what lies in listed directories and is no file and no directory of the problem's, by its name
}

// Open opens a directory. Errors are *problems.Error.
func Open(named string) (*Folder, error) {
	dir, err := filepath.Abs(named)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return nil, &problems.Error{File: named, Msg: reason(err)}
	}
	return &Folder{Dir: dir, Named: named, skipped: map[string]*problems.Error{}}, nil
}

// Fault is an error in one of the folder's files; line 0 is unknown.
func (f *Folder) Fault(name string, line int, msg, hint string) *problems.Error {
	return &problems.Error{File: filepath.Join(f.Named, name), Line: line, Msg: msg, Hint: hint}
}

// errOutside is what is said of a path that leads out.
var errOutside = errors.New("leads out of the problem's directory")

// find follows a slash-separated name and all links on the way.
func (f *Folder) find(name string) (string, fs.FileInfo, error) {
	if !filepath.IsLocal(name) {
		return "", nil, errOutside
	}
	full, err := filepath.EvalSymlinks(filepath.Join(f.Dir, filepath.FromSlash(name)))
	if err != nil {
		return "", nil, err
	}
	if full != f.Dir && !strings.HasPrefix(full, strings.TrimSuffix(f.Dir, "/")+"/") {
		return "", nil, errOutside
	}
	info, err := os.Lstat(full)
	return full, info, err
}

// IsFile reports whether a regular file lies there.
func (f *Folder) IsFile(name string) bool {
	_, info, err := f.find(name)
	return err == nil && info.Mode().IsRegular()
}

// IsDir reports whether a directory lies there.
func (f *Folder) IsDir(name string) bool {
	_, info, err := f.find(name)
	return err == nil && info.IsDir()
}

// File returns the absolute path of a regular file. Errors name what says that it is there, from.
func (f *Folder) File(from, name string) (string, error) {
	full, info, err := f.find(name)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return "", f.Fault(from, 0, quote(name)+" is not a regular file", "name a file that holds the data")
	case err != nil:
		return "", f.Fault(from, 0, quote(name)+": "+reason(err), "paths are relative to "+quote(f.Named))
	}
	return full, nil
}

// Program returns the absolute path of a program: a file, or a directory of files.
func (f *Folder) Program(from, name string) (string, error) {
	full, info, err := f.find(name)
	switch {
	case err == nil && !info.Mode().IsRegular() && !info.IsDir():
		return "", f.Fault(from, 0, quote(name)+" is no source of a program", "name a file, or a directory of sources")
	case err != nil:
		return "", f.Fault(from, 0, quote(name)+": "+reason(err), "paths are relative to "+quote(f.Named))
	}
	return full, nil
}

// Entry is one in a directory, as it is with links followed.
type Entry struct {
	Name string
	Dir  bool
}

// List lists the regular files and the directories in a directory, by name in byte order, without those whose names begin with a dot or
// cannot be shown. A directory that is not there is empty.
func (f *Folder) List(dir string) ([]Entry, error) {
	full, info, err := f.find(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && !info.IsDir() {
		err = errors.New("not a directory")
	}
	if err != nil {
		return nil, f.Fault(dir, 0, reason(err), "")
	}
	open, err := os.Open(full)
	if err != nil {
		return nil, f.Fault(dir, 0, reason(err), "")
	}
	defer open.Close()
	found, err := open.ReadDir(mostEntries + 1)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, f.Fault(dir, 0, reason(err), "")
	}
	if len(found) > mostEntries {
		return nil, f.Fault(dir, 0, fmt.Sprintf("more than %d files", mostEntries), "")
	}
	var entries []Entry
	for _, e := range found {
		name := e.Name()
		if strings.HasPrefix(name, ".") || !showable(name) {
			continue
		}
		inner := path.Join(dir, name)
		isDir, isFile := e.IsDir(), e.Type().IsRegular()
		if e.Type()&fs.ModeSymlink != 0 {
			isDir, isFile = f.IsDir(inner), f.IsFile(inner)
		}
		if isDir || isFile {
			entries = append(entries, Entry{name, isDir})
			continue
		}
		f.skipped[inner] = f.Fault(inner, 0, "is not used: "+f.unusable(inner), "")
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return entries, nil
}

// unusable says why an entry is no file and no directory of the problem's.
func (f *Folder) unusable(name string) string {
	if _, _, err := f.find(name); err != nil {
		return reason(err)
	}
	return "it is no regular file"
}

// Skipped are what lay in the directories that were listed and could not be used, such as links that lead out.
func (f *Folder) Skipped() []*problems.Error {
	var all []*problems.Error
	for _, name := range slices.Sorted(maps.Keys(f.skipped)) {
		all = append(all, f.skipped[name])
	}
	return all
}

// SkippedIn is the first of them right in a directory with an extension; nil: there is none.
func (f *Folder) SkippedIn(dir, ext string) *problems.Error {
	for _, name := range slices.Sorted(maps.Keys(f.skipped)) {
		if path.Dir(name) == path.Clean(dir) && path.Ext(name) == ext {
			return f.skipped[name]
		}
	}
	return nil
}

// Files lists the regular files in a directory.
func (f *Folder) Files(dir string) ([]string, error) { return f.names(dir, false) }

// Dirs lists the directories in a directory.
func (f *Folder) Dirs(dir string) ([]string, error) { return f.names(dir, true) }

func (f *Folder) names(dir string, dirs bool) ([]string, error) {
	entries, err := f.List(dir)
	var names []string
	for _, e := range entries {
		if e.Dir == dirs {
			names = append(names, e.Name)
		}
	}
	return names, err
}

// Read reads a file that says something about the problem.
func (f *Folder) Read(name string) ([]byte, error) {
	full, err := f.File(name, name)
	if err != nil {
		return nil, f.Fault(name, 0, "no such file", "")
	}
	// O_NONBLOCK: it may have become a FIFO since it was looked at.
	file, err := os.OpenFile(full, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOFOLLOW, 0)
	if err != nil {
		return nil, f.Fault(name, 0, reason(err), "")
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, mostText+1))
	if err != nil {
		return nil, f.Fault(name, 0, reason(err), "")
	}
	if len(data) > mostText {
		return nil, f.Fault(name, 0, fmt.Sprintf("larger than %d MiB", mostText>>20), "")
	}
	return data, nil
}

// showable reports whether a terminal shows a name as it is.
func showable(name string) bool {
	for _, c := range name {
		if !unicode.IsPrint(c) || c == utf8.RuneError {
			return false
		}
	}
	return true
}

func quote(s string) string { return fmt.Sprintf("%q", s) }

// reason is an error of the operating system without the path, which stands before it already.
func reason(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "no such file"
	}
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		return inner.Err.Error()
	}
	return err.Error()
}
