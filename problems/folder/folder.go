// Package folder reads the directory of an untrusted problem package. It follows links only within the directory and
// its git repository, and bounds everything that it reads, lists and keeps.
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

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/lfs"
	"judge/problems/safefile"
)

// Folder is the directory of a problem.
type Folder struct {
	Dir   string // absolute, with all links followed
	Named string // as the user named it

	// Valid reports whether the format allows a name; nil: any name. Files with other names are ignored.
	Valid func(name string) bool

	root    *safefile.Root
	ignored map[string]bool      // listed paths with invalid names; those of directories end in /
	skipped map[string][]skipped // by listed directory
	spent   spent
}

// skipped is an entry of a listed directory that the problem cannot use.
type skipped struct {
	name   string
	barred bool // it is a link that is not followed
	fault  *problems.Error
}

// Open opens a directory. Errors are *problems.Error. The caller closes the folder.
func Open(named string) (*Folder, error) {
	root, err := safefile.OpenPackage(named)
	if err != nil {
		return nil, &problems.Error{File: named, Msg: safefile.Reason(err)}
	}
	return &Folder{
		Dir: root.Dir, Named: named, root: root, skipped: map[string][]skipped{}, ignored: map[string]bool{},
	}, nil
}

// Close closes the directory.
func (f *Folder) Close() error { return f.root.Close() }

// Fault returns an error in one of the folder's files. Line 0 means that the line is unknown.
func (f *Folder) Fault(name string, line int, msg, hint string) *problems.Error {
	return &problems.Error{File: filepath.Join(f.Named, name), Line: line, Msg: msg, Hint: hint}
}

// FaultAt returns an error at a node of one of the folder's YAML files; nil: the place is unknown.
func (f *Folder) FaultAt(name string, node *yaml.Node, msg, hint string) *problems.Error {
	fault := f.Fault(name, 0, msg, hint)
	if node != nil {
		fault.Line, fault.Col = node.Line, node.Column
	}
	return fault
}

// IsFile reports whether name is a regular file.
func (f *Folder) IsFile(name string) bool {
	mode, err := f.root.Type(name)
	return err == nil && mode.IsRegular()
}

// IsFileOrLink reports whether name is a regular file or a link that is not followed. Reading such a link returns an
// error that gives the reason.
func (f *Folder) IsFileOrLink(name string) bool {
	mode, err := f.root.Type(name)
	return err == nil && mode.IsRegular() || errors.Is(err, safefile.ErrOutside)
}

// IsDir reports whether name is a directory.
func (f *Folder) IsDir(name string) bool {
	mode, err := f.root.Type(name)
	return err == nil && mode.IsDir()
}

// IsDirOrLink reports whether name is a directory or a link that is not followed. Reading such a link returns an
// error that gives the reason.
func (f *Folder) IsDirOrLink(name string) bool {
	mode, err := f.root.Type(name)
	return err == nil && mode.IsDir() || errors.Is(err, safefile.ErrOutside)
}

// Barred returns the error about a link on the path to name that is not followed, or nil.
func (f *Folder) Barred(name string) *problems.Error {
	_, err := f.root.Type(name)
	if link, ok := errors.AsType[*safefile.LinkError](err); ok && errors.Is(link, safefile.ErrOutside) {
		return f.Fault(name, 0, safefile.Reason(err), "put a copy in its place")
	}
	return nil
}

// Target returns the target of a link on the path to name that is not followed, as the link states it; "": there is no
// such link.
func (f *Folder) Target(name string) string {
	_, err := f.root.Type(name)
	if link, ok := errors.AsType[*safefile.LinkError](err); ok {
		return link.Target
	}
	return ""
}

// File returns the absolute path of a regular file. Errors are reported in from, the file that names it.
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

// Program returns the absolute path of a program: a file, or a directory of files. Errors are reported in from, the
// file that names it.
func (f *Folder) Program(from, name string) (string, error) {
	full, mode, err := f.root.Path(name)
	switch {
	case err == nil && !mode.IsRegular() && !mode.IsDir():
		return "", f.Fault(from, 0, quote(name)+" is not the source of a program",
			"name a file, or a directory of sources")
	case err != nil:
		return "", f.Fault(from, 0, quote(name)+": "+safefile.Reason(err), "paths are relative to "+quote(f.Named))
	}
	if mode.IsDir() {
		f.root.FollowAll(name, mostSources, f.takes)
	}
	return full, nil
}

// takes reports whether a file in a program's directory belongs to the program. It records files with invalid names.
func (f *Folder) takes(dir string, e fs.DirEntry) bool {
	if f.Valid == nil || f.Valid(e.Name()) {
		return true
	}
	if !strings.HasPrefix(e.Name(), ".") {
		f.ignore(path.Join(dir, e.Name()), e.IsDir())
	}
	return false
}

// Entry is a file or directory in a directory, with links followed.
type Entry struct {
	Name string
	Dir  bool
}

// List returns the regular files and the directories in a directory, sorted by name in byte order. It leaves out hidden
// entries and names that cannot be shown. A missing directory is empty.
func (f *Folder) List(dir string) ([]Entry, error) {
	found, err := f.readDir(dir)
	if err != nil {
		return nil, err
	}
	var entries []Entry
	var left []skipped
	for _, e := range found {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, "."):
			continue
		case f.Valid != nil && !f.Valid(name):
			f.ignore(path.Join(dir, name), e.IsDir())
			continue
		case !showable(name):
			fault := f.Fault(path.Join(dir, name), 0, "is not used: its name cannot be shown", "rename it")
			left = append(left, skipped{name, false, fault})
			continue
		}
		isDir, unused := f.entry(dir, e)
		if unused != nil {
			left = append(left, *unused)
			continue
		}
		entries = append(entries, Entry{name, isDir})
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	if left != nil {
		slices.SortFunc(left, func(a, b skipped) int { return strings.Compare(a.name, b.name) })
		f.skipped[path.Clean(dir)] = left
	}
	return entries, nil
}

// readDir returns the entries of a directory, nil if it is missing. It bounds their number.
func (f *Folder) readDir(dir string) ([]fs.DirEntry, error) {
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
	return found, f.listed(dir, len(found))
}

// entry reports whether an entry is a directory, with links followed. If the entry is neither a directory nor a regular
// file, unused says why the problem cannot use it.
func (f *Folder) entry(dir string, e fs.DirEntry) (isDir bool, unused *skipped) {
	name := path.Join(dir, e.Name())
	mode := e.Type()
	var err error
	if mode&fs.ModeSymlink != 0 {
		mode, err = f.root.Type(name)
	}
	if err == nil && (mode.IsDir() || mode.IsRegular()) {
		return mode.IsDir(), nil
	}
	reason, hint := "not a regular file", ""
	switch {
	case errors.Is(err, fs.ErrNotExist):
		reason, hint = "broken link", "restore its target, or remove the link"
	case err != nil:
		reason = safefile.Reason(err)
	}
	fault := f.Fault(name, 0, "is not used: "+reason, hint)
	return false, &skipped{e.Name(), errors.Is(err, safefile.ErrOutside), fault}
}

// ignore records a path with an invalid name.
func (f *Folder) ignore(name string, isDir bool) {
	if isDir {
		name += "/"
	}
	if len(f.ignored) < mostEntries {
		f.ignored[name] = true
	}
}

// Ignored returns the listed paths with invalid names, in byte order. Those of directories end in /.
func (f *Folder) Ignored() []string { return slices.Sorted(maps.Keys(f.ignored)) }

// Notes returns the notes on everything that was read: on unused files, and one note if links lead out of the
// problem's directory to other parts of its repository.
func (f *Folder) Notes() []*problems.Error {
	all := f.Skipped()
	if led := f.root.Led(); led != "" {
		all = append(all, &problems.Error{File: f.Named, Msg: led, Usual: true})
	}
	return all
}

// Skipped returns notes on the unused entries of all listed directories, such as links that lead out.
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

// SkippedIn returns the note on the first unused entry of a listed directory with the extension, or nil.
func (f *Folder) SkippedIn(dir, ext string) *problems.Error {
	for _, s := range f.skipped[path.Clean(dir)] {
		if path.Ext(s.name) == ext {
			return s.fault
		}
	}
	return nil
}

// SkippedAs returns the note on an unused entry of a listed directory by its path, or nil.
func (f *Folder) SkippedAs(name string) *problems.Error {
	for _, s := range f.skipped[path.Dir(path.Clean(name))] {
		if s.name == path.Base(name) {
			return s.fault
		}
	}
	return nil
}

// BarredIn returns the note on the first link of a listed directory that is not followed, or nil. If extensions are
// given, it considers only links with one of them.
func (f *Folder) BarredIn(dir string, extensions ...string) *problems.Error {
	for _, s := range f.skipped[path.Clean(dir)] {
		if s.barred && (len(extensions) == 0 || slices.Contains(extensions, path.Ext(s.name))) {
			return s.fault
		}
	}
	return nil
}

// Files returns the names of the regular files in a directory, as List does.
func (f *Folder) Files(dir string) ([]string, error) { return f.names(dir, false) }

// Dirs returns the names of the directories in a directory, as List does.
func (f *Folder) Dirs(dir string) ([]string, error) { return f.names(dir, true) }

// names returns the names of the directories, or of the regular files, in a directory.
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

// Read returns the content of a file that describes the problem. A pointer of Git LFS is an error.
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

// showable reports whether a terminal shows a name unchanged.
func showable(name string) bool {
	for _, c := range name {
		if !unicode.IsPrint(c) || c == utf8.RuneError {
			return false
		}
	}
	return true
}

func quote(s string) string { return fmt.Sprintf("%q", s) }
