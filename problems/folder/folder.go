// Package folder reads what lies in the directory of a problem that came from elsewhere, and nothing else: links are followed, but not out
// of it and its git repository, and what is read, listed and kept is bounded.
//
//	f, err := folder.Open("hello")
//	tests, err := f.List("data/secret")
package folder

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"judge/problems"
	"judge/problems/lfs"
	"judge/problems/safefile"
)

// Folder is a problem's directory.
type Folder struct {
	Dir   string // absolute, with all links followed
	Named string // as the user named it

	// Valid says which names the format has; nil: any. What has another name is as if it were not there.
	Valid func(name string) bool

	root    *safefile.Root
	ignored map[string]bool      // paths of what was listed and is not valid; of a directory there is a / at the end
	skipped map[string][]skipped // by the directory that was listed
	spent   spent
}

// skipped is an entry of a listed directory that is no file and no directory of the problem's.
type skipped struct {
	name   string
	barred bool // a link that is not followed
	fault  *problems.Error
}

// Open opens a directory. Errors are *problems.Error. Close it after use.
func Open(named string) (*Folder, error) {
	root, err := safefile.OpenPackage(named)
	if err != nil {
		return nil, &problems.Error{File: named, Msg: safefile.Reason(err)}
	}
	return &Folder{Dir: root.Dir, Named: named, root: root, skipped: map[string][]skipped{}, ignored: map[string]bool{}}, nil
}

// Close closes the directory.
func (f *Folder) Close() error { return f.root.Close() }

// Fault is an error in one of the folder's files; line 0 is unknown.
func (f *Folder) Fault(name string, line int, msg, hint string) *problems.Error {
	return &problems.Error{File: filepath.Join(f.Named, name), Line: line, Msg: msg, Hint: hint}
}

// IsFile reports whether a regular file lies there.
func (f *Folder) IsFile(name string) bool {
	mode, err := f.root.Type(name)
	return err == nil && mode.IsRegular()
}

// IsFileOrLink reports whether a regular file lies there, or a link that is not followed: whoever reads it is told why.
func (f *Folder) IsFileOrLink(name string) bool {
	mode, err := f.root.Type(name)
	return err == nil && mode.IsRegular() || errors.Is(err, safefile.ErrOutside)
}

// IsDir reports whether a directory lies there.
func (f *Folder) IsDir(name string) bool {
	mode, err := f.root.Type(name)
	return err == nil && mode.IsDir()
}

// IsDirOrLink reports whether a directory lies there, or a link that is not followed: whoever reads it is told why.
func (f *Folder) IsDirOrLink(name string) bool {
	mode, err := f.root.Type(name)
	return err == nil && mode.IsDir() || errors.Is(err, safefile.ErrOutside)
}

// Barred is the error about a link on the way to a file or directory that is not followed; nil: there is none.
func (f *Folder) Barred(name string) *problems.Error {
	_, err := f.root.Type(name)
	if link, ok := errors.AsType[*safefile.LinkError](err); ok && errors.Is(link, safefile.ErrOutside) {
		return f.Fault(name, 0, safefile.Reason(err), "put a copy in its place")
	}
	return nil
}

// File returns the absolute path of a regular file. Errors name what says that it is there, from.
func (f *Folder) File(from, name string) (string, error) {
	full, mode, err := f.root.Path(name)
	switch {
	case err == nil && !mode.IsRegular():
		return "", f.Fault(from, 0, quote(name)+" is not a regular file", "name a file that holds the data")
	case err != nil:
		return "", f.Fault(from, 0, quote(name)+": "+safefile.Reason(err), "paths are relative to "+quote(f.Named))
	}
	return full, nil
}

// Program returns the absolute path of a program: a file, or a directory of files.
func (f *Folder) Program(from, name string) (string, error) {
	full, mode, err := f.root.Path(name)
	switch {
	case err == nil && !mode.IsRegular() && !mode.IsDir():
		return "", f.Fault(from, 0, quote(name)+" is not the source of a program", "name a file, or a directory of sources")
	case err != nil:
		return "", f.Fault(from, 0, quote(name)+": "+safefile.Reason(err), "paths are relative to "+quote(f.Named))
	}
	if mode.IsDir() {
		f.root.FollowAll(name, mostSources, f.takes)
	}
	return full, nil
}

// takes reports whether a file in a program's directory belongs to the program, and remembers what is left out for its
// name.
func (f *Folder) takes(dir string, e fs.DirEntry) bool {
	if f.Valid == nil || f.Valid(e.Name()) {
		return true
	}
	if !strings.HasPrefix(e.Name(), ".") {
		f.ignore(path.Join(dir, e.Name()), e.IsDir())
	}
	return false
}

// Entry is one in a directory, as it is with links followed.
type Entry struct {
	Name string
	Dir  bool
}

// List lists the regular files and the directories in a directory, by name in byte order, without those whose names begin with a dot or
// cannot be shown. A directory that is not there is empty.
func (f *Folder) List(dir string) ([]Entry, error) {
	open, err := f.root.OpenDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, f.Fault(dir, 0, safefile.Reason(err), "")
	}
	defer open.Close()
	found, err := open.ReadDir(mostEntries + 1)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, f.Fault(dir, 0, safefile.Reason(err), "")
	}
	if len(found) > mostEntries {
		return nil, f.Fault(dir, 0, fmt.Sprintf("more than %d files", mostEntries), "")
	}
	if err := f.listed(dir, len(found)); err != nil {
		return nil, err
	}
	var entries []Entry
	var left []skipped
	for _, e := range found {
		name := e.Name()
		if strings.HasPrefix(name, ".") {
			continue
		}
		if f.Valid != nil && !f.Valid(name) {
			f.ignore(path.Join(dir, name), e.IsDir())
			continue
		}
		if !showable(name) {
			left = append(left, skipped{name, false, f.Fault(path.Join(dir, name), 0, "is not used: its name cannot be shown", "rename it")})
			continue
		}
		inner := path.Join(dir, name)
		isDir, isFile := e.IsDir(), e.Type().IsRegular()
		var why error
		if e.Type()&fs.ModeSymlink != 0 {
			var mode fs.FileMode
			mode, why = f.root.Type(inner)
			isDir, isFile = why == nil && mode.IsDir(), why == nil && mode.IsRegular()
		}
		if isDir || isFile {
			entries = append(entries, Entry{name, isDir})
			continue
		}
		words, hint := "it is no regular file", ""
		switch {
		case errors.Is(why, fs.ErrNotExist):
			words, hint = "it is a link that leads to nothing", "restore what it leads to, or remove the link"
		case why != nil:
			words = safefile.Reason(why)
		}
		left = append(left, skipped{name, errors.Is(why, safefile.ErrOutside), f.Fault(inner, 0, "is not used: "+words, hint)})
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	if left != nil {
		slices.SortFunc(left, func(a, b skipped) int { return strings.Compare(a.name, b.name) })
		f.skipped[path.Clean(dir)] = left
	}
	return entries, nil
}

func (f *Folder) ignore(name string, isDir bool) {
	if isDir {
		name += "/"
	}
	if len(f.ignored) < mostEntries {
		f.ignored[name] = true
	}
}

// Ignored are the paths of what was listed and has no valid name, in byte order; a directory's ends in /.
func (f *Folder) Ignored() []string { return slices.Sorted(maps.Keys(f.ignored)) }

// Notes are those on the links in all that was read, and on what could not be used. Problems that lead out of their
// directory to elsewhere in the repository have one for it.
func (f *Folder) Notes() []*problems.Error {
	all := f.Skipped()
	if led := f.root.Led(); led != "" {
		all = append(all, &problems.Error{File: f.Named, Msg: led, Usual: true})
	}
	return all
}

// Skipped are what lay in the directories that were listed and could not be used, such as links that lead out.
func (f *Folder) Skipped() []*problems.Error {
	var all []*problems.Error
	more := 0
	for _, dir := range slices.Sorted(maps.Keys(f.skipped)) {
		for _, s := range f.skipped[dir] {
			if len(all) == mostSkipped {
				more++
				continue
			}
			all = append(all, s.fault)
		}
	}
	if more > 0 {
		all = append(all, f.Fault(".", 0, fmt.Sprintf("%d more files are not used", more), ""))
	}
	return all
}

// SkippedIn is the first of them right in a directory with an extension; nil: there is none.
func (f *Folder) SkippedIn(dir, ext string) *problems.Error {
	for _, s := range f.skipped[path.Clean(dir)] {
		if path.Ext(s.name) == ext {
			return s.fault
		}
	}
	return nil
}

// SkippedAs is what was said of a file in a directory that was listed, if it could not be used; nil otherwise.
func (f *Folder) SkippedAs(name string) *problems.Error {
	for _, s := range f.skipped[path.Dir(path.Clean(name))] {
		if s.name == path.Base(name) {
			return s.fault
		}
	}
	return nil
}

// BarredIn is the first link right in a directory that is not followed, with one of the extensions or with any if none
// is given; nil: there is none.
func (f *Folder) BarredIn(dir string, extensions ...string) *problems.Error {
	for _, s := range f.skipped[path.Clean(dir)] {
		if s.barred && (len(extensions) == 0 || slices.Contains(extensions, path.Ext(s.name))) {
			return s.fault
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

// Read reads a file that says something about the problem. One that Git LFS has not fetched says nothing.
func (f *Folder) Read(name string) ([]byte, error) {
	file, err := f.root.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, safefile.ErrNotRegular):
		return nil, f.Fault(name, 0, "no such file", "")
	case err != nil:
		return nil, f.Fault(name, 0, safefile.Reason(err), "")
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, mostText+1))
	if err != nil {
		return nil, f.Fault(name, 0, safefile.Reason(err), "")
	}
	if len(data) > mostText {
		return nil, f.Fault(name, 0, fmt.Sprintf("larger than %d MiB", mostText>>20), "")
	}
	if lfs.In(bytes.NewReader(data)) {
		return nil, f.Fault(name, 0, lfs.ErrPointer.Error(), lfs.Hint)
	}
	return data, f.read(name, len(data))
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
