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

// Outputs is a submission that is not a program but what one has written: a directory or a zip archive with a file for
// each test. Names lead nowhere else, and no more is read of a file than an output may have.
type Outputs struct {
	file func(name string) (fs.File, error)
	io.Closer
}

// outputsID stands where a submission's language does.
const outputsID = "outputs"

// maxArchive is how large an archive of outputs can be: all that they may be, and room for what it says of them. Its
// list of files is held in memory.
func maxArchive(p *problems.Problem) int64 {
	const list = 16 << 20
	return int64(len(p.Tests))*int64(p.Limits.Output) + list
}

// readOutputs opens the outputs of a submission. A directory in which all files of an archive lie does not count. A
// *languages.Fault is the submission's.
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
	var alone sync.Mutex // a root is for one at a time
	return &Outputs{func(name string) (fs.File, error) {
		alone.Lock()
		defer alone.Unlock()
		return root.Open(name)
	}, root}, nil
}

// openArchive reads a zip archive of outputs.
func openArchive(file *os.File, most int64) (*Outputs, error) {
	info, err := file.Stat()
	if err == nil && info.Size() > most {
		err = badArchive(fmt.Sprintf("larger than %d bytes, which is more than all outputs together may be", most))
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

// twiceNamed is the fault of an archive with two entries of one name: tools differ in which of them they take.
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
	return &languages.Fault{Kind: "archive", Why: why + ": outputs are submitted as a directory or a zip archive"}
}

// readerAt notes an error of the host's, which is none of what is read.
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

// folderOf is the directory, with a slash behind it, in which all files lie, but for those that macOS adds; "": there
// is none.
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

// NamesOf are the names under which a test's output is looked for; the last is that of the Contest Management System.
func NamesOf(test string) []string {
	flat := strings.ReplaceAll(test, "/", "_")
	return []string{test + ".out", test + ".txt", test, flat + ".out", flat + ".txt", "output_" + flat + ".txt"}
}

// outputAmong is the fault of a submission that holds an output for a test, where the problem's own system takes
// outputs; nil: it holds none. The judge would ignore the output and give another score.
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
				Why:  f.Name + " is an output: outputs are not supported in this type of task, only programs",
			}
		}
	}
	return nil
}

// Open finds the output of a test; nil: there is none. A name under which something else lies, or that leads elsewhere,
// is not there. An error is the host's.
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
