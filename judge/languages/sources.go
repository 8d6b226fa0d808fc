package languages

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"judge/problems"
	"judge/problems/safefile"
)

// Bounds of one submission.
const (
	maxFiles     = 1000 // files and directories
	maxDepth     = 16   // directories inside each other
	maxNameBytes = 255  // NAME_MAX of Linux
)

// Sources are the files of one submission, read completely, so that the same data is hashed, searched and
// compiled.
type Sources struct {
	Path      string // as the user named it, a file or a directory
	Directory bool   // it is a directory
	Files     []File // in natural order; never empty
	Start     string // the file or class that starts the program; "": by the rules of the language

	Ours    int      // how many of the first Files are the problem's own: compiled, but not needed by a run
	Renamed Renaming // of the only submitted file
}

// File is one source: a relative, slash-separated name that is safe to create.
type File struct {
	Name       string
	Data       []byte
	Executable bool // its mode, if scripts that build or run the program are in the same directory
}

// Kinds of faults.
const (
	FaultyFiles    = "files"
	FaultyLanguage = "language"
	FaultyEntry    = "entry point"
)

// Fault is an error in a submission itself, as opposed to one of the host: it is a compile error on every machine.
type Fault struct {
	Kind string
	Why  string
}

// Error returns Why.
func (f *Fault) Error() string { return f.Why }

func faultf(kind, format string, args ...any) error {
	return &Fault{kind, fmt.Sprintf(format, args...)}
}

// ErrTooLarge is the error of a submission above the code limit. The Sources returned with it have the names that
// were read so far, and the beginning of the last file: enough to detect the language.
var ErrTooLarge = errors.New("over the limit on a submission's code")

// ReadSources reads a submission, a file or a directory, of at most limit bytes together. In a directory, names
// that begin with a dot are skipped, as in the ICPC format; links, devices, FIFOs and names that are not UTF-8 or
// contain control characters are a Fault. The path itself may be a link, and have any name.
func ReadSources(path string, limit int64) (Sources, error) {
	w := walk{left: limit, limit: limit}
	return w.sources(path, w.named(path))
}

// Package locates a problem's programs.
type Package struct {
	Dir   string         // the problem's directory
	Names *regexp.Regexp // reports which names in a program's directory the format allows, others are skipped; nil: all
}

// ReadProgram reads a program of a problem as ReadSources does, from a path without links. Links in a directory
// are followed like all of the problem's. Errors contain the path as the user named it.
func ReadProgram(of Package, path, named string, limit int64) (Sources, error) {
	w := walk{left: limit, limit: limit, links: true, names: of.Names}
	s, err := w.sources(named, w.packaged(of.Dir, path))
	if len(s.Files) == 1 && !s.Directory {
		s.Files[0].Name = singleName(named)
	}
	return s, err
}

// sources returns the files that were read.
func (w *walk) sources(path string, err error) (Sources, error) {
	if err == nil && len(w.files) == 0 {
		err = faultf(FaultyFiles, "the directory contains no files")
	}
	if errors.Is(err, ErrTooLarge) {
		return Sources{Path: path, Files: w.files}, fmt.Errorf("reading submission %q: %w", path, err)
	}
	if err != nil {
		return Sources{}, fmt.Errorf("reading submission %q: %w", path, err)
	}
	slices.SortFunc(w.files, func(a, b File) int { return problems.NaturalOrder(a.Name, b.Name) })
	return Sources{Path: path, Directory: w.directories, Files: w.files}, nil
}

// walk reads a directory within bounds.
type walk struct {
	root        *safefile.Root
	links       bool // whether links are followed
	names       *regexp.Regexp
	directories bool // whether the root is a directory
	files       []File
	entries     int
	left, limit int64 // bytes
}

// named reads the path that the user named.
func (w *walk) named(path string) error {
	file, err := safefile.OpenNamed(path)
	if !errors.Is(err, safefile.ErrNotRegular) {
		return w.single(file, path, err)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return errors.Unwrap(err)
	case !info.IsDir():
		return notRegular(singleName(path), info.Mode())
	}
	if w.root, err = safefile.OpenRoot(path); err != nil {
		return err
	}
	return w.all()
}

// packaged reads a program of a problem.
func (w *walk) packaged(problem, path string) error {
	file, err := safefile.Open(path)
	if !errors.Is(err, safefile.ErrNotRegular) {
		return w.single(file, path, err)
	}
	if w.root, err = safefile.OpenProgram(problem, path); err != nil {
		return err
	}
	return w.all()
}

func (w *walk) single(file *os.File, path string, err error) error {
	if err != nil {
		return errors.Unwrap(err) // the caller adds the path
	}
	return w.content(file, singleName(path))
}

// all reads the root.
func (w *walk) all() error {
	defer w.root.Close()
	w.directories = true
	if err := w.directory(".", 0); err != nil {
		return err
	}
	w.forgetModes()
	return nil
}

// forgetModes drops modes, except in programs with build or run scripts: elsewhere they depend on the host, and
// must not change a verdict.
func (w *walk) forgetModes() {
	if slices.ContainsFunc(w.files, func(f File) bool { return f.Name == "build" || f.Name == "run" }) {
		return
	}
	for i := range w.files {
		w.files[i].Executable = false
	}
}

func (w *walk) directory(dir string, depth int) error {
	if depth > maxDepth {
		return faultf(FaultyFiles, "directories nested more than %d deep", maxDepth)
	}
	f, err := w.root.OpenDir(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	entries, err := f.ReadDir(maxFiles + 1) // a few more than the limit suffice; they are sorted later
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	for _, e := range entries {
		if w.entries++; w.entries > maxFiles {
			return faultf(FaultyFiles, "more than %d files", maxFiles)
		}
		if strings.HasPrefix(e.Name(), ".") || w.names != nil && !w.names.MatchString(e.Name()) {
			continue
		}
		if err := w.entry(path.Join(dir, e.Name()), e, depth); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) entry(name string, e fs.DirEntry, depth int) error {
	if err := checkName(e.Name()); err != nil {
		return err
	}
	mode := e.Type()
	if mode&fs.ModeSymlink != 0 && w.links {
		var err error
		if mode, err = w.root.Type(name); err != nil {
			return faultf(FaultyFiles, "%q: %v", name, err)
		}
	}
	if mode.IsDir() {
		return w.directory(name, depth+1)
	}
	if !mode.IsRegular() {
		return notRegular(name, mode)
	}
	f, err := w.open(name)
	if err != nil {
		return err
	}
	return w.content(f, name)
}

// open opens a file. It may have been replaced by a link or a FIFO since it was listed.
func (w *walk) open(name string) (*os.File, error) {
	if w.links {
		return w.root.Open(name)
	}
	return safefile.Open(filepath.Join(w.root.Dir, name))
}

func notRegular(name string, mode fs.FileMode) error {
	return faultf(FaultyFiles, "%q is a %s: a submission may contain only files and directories", name, typeName(mode))
}

// content reads and closes one file.
func (w *walk) content(f *os.File, name string) error {
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, w.left+1))
	if err != nil {
		return err
	}
	if int64(len(data)) > w.left {
		w.files = append(w.files, File{Name: name, Data: data[:min(len(data), maxShebang)]})
		return fmt.Errorf("%w: more than %d bytes", ErrTooLarge, w.limit)
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	w.left -= int64(len(data))
	executable := w.directories && info.Mode()&0o111 != 0
	w.files = append(w.files, File{Name: name, Data: data, Executable: executable})
	return nil
}

// singleName returns the name of a file that is a whole submission. Only its extension has a meaning (see
// neutral), so a name that checkName rejects is replaced by one with the same extension.
func singleName(path string) string {
	base := filepath.Base(path)
	if checkName(base) == nil {
		return base
	}
	if ext := filepath.Ext(base); checkName(ext) == nil {
		return neutralStem + ext
	}
	return neutralStem
}

// checkName checks one element of a path: reports must be able to show it without loss, and file systems must
// accept it.
func checkName(name string) error {
	switch {
	case name == "" || name == "." || name == ".." || strings.Contains(name, "/"):
		return faultf(FaultyFiles, "%q is not a file name", name)
	case len(name) > maxNameBytes:
		return faultf(FaultyFiles, "file name of %d bytes: expected at most %d", len(name), maxNameBytes)
	case !utf8.ValidString(name):
		return faultf(FaultyFiles, "the name %q is not UTF-8: rename it", name)
	case strings.ContainsFunc(name, unicode.IsControl):
		return faultf(FaultyFiles, "the name %q contains a control character: rename it", name)
	}
	return nil
}

func typeName(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "symbolic link"
	case mode&fs.ModeNamedPipe != 0:
		return "FIFO"
	case mode&fs.ModeSocket != 0:
		return "socket"
	case mode.IsDir():
		return "directory"
	default:
		return "device"
	}
}

// WriteTo writes files below a directory of the judge, which must not contain any of their names.
func WriteTo(dir string, files []File) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("writing sources: %w", err)
	}
	defer root.Close()
	for _, f := range files {
		if err := writeOne(root, f); err != nil {
			return fmt.Errorf("writing sources: %w", err)
		}
	}
	return nil
}

func writeOne(root *os.Root, f File) error {
	if err := root.MkdirAll(path.Dir(f.Name), 0o755); err != nil {
		return err
	}
	out, err := root.OpenFile(f.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = out.Write(f.Data)
	return errors.Join(err, out.Close())
}
