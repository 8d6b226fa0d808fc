package build

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"

	"judge/judge/languages"
	"judge/problems"
	"judge/problems/safefile"
)

// Outputs is a submission of output files instead of a program: a directory or a zip archive with a file for each
// test. Names cannot lead elsewhere, and reads of a file are bounded by the output limit.
type Outputs struct {
	file func(name string) (fs.File, error)
	io.Closer
}

// outputsID is used instead of a language id.
const outputsID = "outputs"

// maxArchive returns the maximum size of an archive of outputs: that of all outputs, and room for the archive's
// own data. Its list of files is held in memory.
func maxArchive(p *problems.Problem) int64 {
	const list = 16 << 20
	return int64(len(p.Tests))*int64(p.Limits.Output) + list
}

// readOutputs opens the outputs of a submission. A single directory that contains all files of an archive is
// ignored. A *languages.Fault is a fault of the submission.
func readOutputs(p *problems.Problem, s Source) (*Outputs, error) {
	open := func() (*os.File, error) { return safefile.OpenNamed(s.Path) }
	openDir := func() (*safefile.Root, error) { return safefile.OpenRoot(s.Path) }
	if s.packaged != "" {
		open = func() (*os.File, error) { return safefile.Open(s.packaged) }
		openDir = func() (*safefile.Root, error) { return safefile.OpenProgram(p.Dir, s.packaged) }
	}
	file, err := open()
	if err == nil {
		return openArchive(file, maxArchive(p))
	}
	if !errors.Is(err, safefile.ErrNotRegular) {
		return nil, err
	}
	root, err := openDir()
	if errors.Is(err, syscall.ENOTDIR) {
		return nil, badArchive("neither a directory nor a file")
	}
	if err != nil {
		return nil, err
	}
	var alone sync.Mutex // a root is for one goroutine
	return &Outputs{func(name string) (fs.File, error) {
		alone.Lock()
		defer alone.Unlock()
		return root.Open(name)
	}, root}, nil
}

// openArchive opens a zip archive of outputs.
func openArchive(file *os.File, limit int64) (*Outputs, error) {
	info, err := file.Stat()
	if err == nil && info.Size() > limit {
		err = badArchive(fmt.Sprintf("larger than %d bytes, the limit for all outputs together", limit))
	}
	var archive *zip.Reader
	if err == nil {
		read := &readerAt{ReaderAt: file}
		if archive, err = zip.NewReader(read, info.Size()); err != nil && read.failed == nil {
			err = badArchive(err.Error())
		}
	}
	if err == nil {
		err = twiceNamed(archive.File)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	within := folderOf(archive.File)
	return &Outputs{func(name string) (fs.File, error) { return archive.Open(within + name) }, file}, nil
}

// twiceNamed returns the fault of an archive with two entries of one name: tools differ in which one they use.
func twiceNamed(files []*zip.File) error {
	known := make(map[string]bool, len(files))
	for _, f := range files {
		if known[f.Name] {
			return badArchive(fmt.Sprintf("two entries are named %q", f.Name))
		}
		known[f.Name] = true
	}
	return nil
}

func badArchive(why string) error {
	return &languages.Fault{Kind: "archive", Why: why + ": expected a directory or a zip archive of outputs"}
}

// readerAt records an error of the host, which is not an error of the archive.
type readerAt struct {
	io.ReaderAt
	failed error
}

// ReadAt implements io.ReaderAt.
func (r *readerAt) ReadAt(p []byte, at int64) (int, error) {
	n, err := r.ReaderAt.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		r.failed = err
	}
	return n, err
}

// folderOf returns the directory, with a trailing slash, that contains all files except those that macOS adds; "":
// no directory does.
func folderOf(files []*zip.File) string {
	files = slices.DeleteFunc(slices.Clone(files), func(f *zip.File) bool {
		return strings.HasPrefix(f.Name, "__MACOSX/")
	})
	if len(files) == 0 {
		return ""
	}
	first, _, _ := strings.Cut(files[0].Name, "/")
	within := first + "/"
	elsewhere := func(f *zip.File) bool { return !strings.HasPrefix(f.Name, within) }
	if first == ".." || slices.ContainsFunc(files, elsewhere) {
		return ""
	}
	return within
}

// NamesOf returns the file names that a test's output may have. The last is that of the Contest Management System.
func NamesOf(test string) []string {
	flat := strings.ReplaceAll(test, "/", "_")
	return []string{test + ".out", test + ".txt", test, flat + ".out", flat + ".txt", "output_" + flat + ".txt"}
}

// outputAmong returns the fault of a submission that contains an output for a test, where the problem's own system
// accepts outputs; nil: it contains none. The judge would ignore the output and give a different score.
func outputAmong(p *problems.Problem, s languages.Sources) error {
	if !p.SomeOutputs || !s.Directory {
		return nil
	}
	names := map[string]bool{}
	for _, t := range p.Tests {
		for _, name := range NamesOf(t.Name) {
			names[name] = true
		}
	}
	for _, f := range s.Files {
		if names[f.Name] {
			return &languages.Fault{
				Kind: languages.FaultyFiles,
				Why:  f.Name + " is an output file: this type of task accepts only programs",
			}
		}
	}
	return nil
}

// Open opens the output of a test; nil: no output. A link, or anything but a regular file, does not count. An
// error is the host's.
func (o *Outputs) Open(test string) (fs.File, error) {
	for _, name := range NamesOf(test) {
		file, err := o.file(name)
		for _, fault := range []error{syscall.EIO, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM} {
			if errors.Is(err, fault) {
				return nil, err
			}
		}
		if err != nil {
			continue
		}
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			return file, nil
		}
		file.Close()
	}
	return nil, nil
}
