package grade

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"judge/judge/contest"
	"judge/problems"
	"judge/problems/formats"
	"judge/problems/safefile"
)

// Files opens the files of a graded contest: those of submissions, and inputs of tests. Close it after use. It is safe
// for concurrent use.
type Files struct {
	Contest *contest.Contest // with its directory

	mu     sync.Mutex
	tree   *tree                        // nil: nothing has been opened
	opened map[string]*problems.Problem // by id; nil: its package cannot be opened
}

// shownInput is how much of an input is returned, in bytes.
const shownInput = 4 << 10

// errNoDir is the error of a contest of which only the result file is there.
var errNoDir = errors.New("the contest's files are not there")

// Close closes the packages.
func (f *Files) Close() error {
	var all error
	for _, p := range f.opened {
		if p != nil {
			all = errors.Join(all, p.Close())
		}
	}
	return errors.Join(all, f.files().Close())
}

// files returns the tree of the contest's directory.
func (f *Files) files() *tree {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.tree == nil {
		f.tree = &tree{dir: f.Contest.Dir}
	}
	return f.tree
}

// Input returns the beginning of the input of a sample test. test counts from 1.
func (f *Files) Input(p contest.Problem, test int) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Contest.Dir == "" {
		return nil, errNoDir
	}
	problem, known := f.opened[p.ID]
	if !known {
		problem, _ = formats.Open(packagePath(f.Contest, p)) //nolint:errcheck // the input is then not shown
		if f.opened == nil {
			f.opened = map[string]*problems.Problem{}
		}
		f.opened[p.ID] = problem
	}
	if problem == nil || p.Facts == nil || test < 1 || test > min(len(problem.Tests), len(p.Facts.Tests)) ||
		problem.Tests[test-1].Name != p.Facts.Tests[test-1].Name {
		return nil, errors.New("the problem's package has changed")
	}
	if !problem.Tests[test-1].Sample { // the result file may say otherwise
		return nil, errors.New("the test is not a sample")
	}
	file, err := safefile.Open(problem.Tests[test-1].Input)
	if err != nil {
		return nil, errors.New(safefile.Reason(err))
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, shownInput))
}

// Source returns the files of a submission: of an archive those in it. It has a Close method.
func (f *Files) Source(s contest.Submission) (fs.FS, error) {
	if f.Contest.Dir == "" {
		return nil, errNoDir
	}
	path, mode, err := f.files().locate(s)
	switch {
	case err != nil:
		return nil, err
	case mode.IsDir():
		root, err := os.OpenRoot(path)
		if err != nil {
			return nil, err
		}
		return closable{root.FS(), root}, nil
	case !mode.IsRegular():
		return nil, safefile.ErrNotRegular
	}
	file, err := safefile.Open(path)
	if err != nil {
		return nil, err
	}
	if !strings.EqualFold(filepath.Ext(path), ".zip") {
		return single{file, filepath.Base(path)}, nil
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	unpacked, err := zip.NewReader(file, info.Size())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the archive cannot be unpacked: %w", err), file.Close())
	}
	return closable{unpacked, file}, nil
}

// closable is a file system with what it reads from.
type closable struct {
	fs.FS
	io.Closer
}

// single is a file system with one file, which Close closes.
type single struct {
	file *os.File
	name string
}

// Close closes the file.
func (s single) Close() error { return s.file.Close() }

// Open opens the file.
func (s single) Open(name string) (fs.File, error) {
	if name != s.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return notClosed{s.file}, nil
}

// ReadDir lists the file.
func (s single) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist}
	}
	info, err := s.file.Stat()
	if err != nil {
		return nil, err
	}
	return []fs.DirEntry{fs.FileInfoToDirEntry(info)}, nil
}

// Stat describes the file, or the directory that it is in.
func (s single) Stat(name string) (fs.FileInfo, error) {
	if name == "." {
		return os.Stat(filepath.Dir(s.file.Name()))
	}
	if name != s.name {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return s.file.Stat()
}

// notClosed is a file that whoever reads it leaves open.
type notClosed struct{ file *os.File }

// Stat describes the file.
func (n notClosed) Stat() (fs.FileInfo, error) { return n.file.Stat() }

// Read reads the file.
func (n notClosed) Read(data []byte) (int, error) { return n.file.Read(data) }

// Close does nothing.
func (n notClosed) Close() error { return nil }
