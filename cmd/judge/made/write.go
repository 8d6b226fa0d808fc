package made

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"judge/problems"
	"judge/problems/safefile"
)

// Write writes every test of a problem to a directory, as NAME.in and NAME.ans, and returns how many files it has
// written. A file that is there with the same content stays; one with another content is an error, unless force is set.
// Nothing is written through a link in the directory.
func Write(p *problems.Problem, dir string, force bool) (int, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, err
	}
	to, err := safefile.Created(dir)
	if err != nil {
		return 0, err
	}
	defer to.Close()
	for _, name := range namesOfTests(p) {
		if !filepath.IsLocal(name) || path.Clean(name) != name {
			return 0, fmt.Errorf("the name of test %q leads out of %s", name, dir)
		}
	}
	w := testWriter{to: to, dir: dir, force: force}
	for _, check := range []bool{true, false} { // nothing is written if one file is in the way
		w.check = check
		for _, t := range p.Tests {
			err := errors.Join(w.file(t.Name+".in", t.Input), w.file(t.Name+".ans", t.Answer))
			if err != nil {
				return w.written, err
			}
		}
	}
	return w.written, nil
}

func namesOfTests(p *problems.Problem) (names []string) {
	for _, t := range p.Tests {
		names = append(names, t.Name)
	}
	return names
}

// TakenError reports a file with another content where a test is to be written.
type TakenError struct{ Path string }

// Error names the file.
func (e *TakenError) Error() string { return e.Path + " exists with another content" }

// testWriter writes files of tests.
type testWriter struct {
	to      *safefile.Dir
	dir     string
	force   bool
	check   bool // only look for files that are in the way
	written int
}

// file writes a file, unless it is there already.
func (w *testWriter) file(name, from string) error {
	if from == "" {
		return nil // it could not be made
	}
	for inner := path.Dir(name); inner != "."; inner = path.Dir(inner) {
		if info, err := w.to.Lstat(inner); err == nil && !info.IsDir() {
			return &problems.HintError{
				Msg:  fmt.Sprintf("%s exists and is not a directory", filepath.Join(w.dir, inner)),
				Hint: "remove it, or choose another directory",
			}
		}
	}
	info, err := w.to.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if w.check {
			return nil
		}
		return w.copy(name, from)
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return &problems.HintError{
			Msg:  fmt.Sprintf("%s exists and is not a regular file", filepath.Join(w.dir, name)),
			Hint: "remove it, or choose another directory",
		}
	}
	same, err := w.same(name, from)
	switch {
	case err != nil:
		return err
	case same:
		return nil
	case !w.force:
		return &TakenError{filepath.Join(w.dir, name)}
	case w.check:
		return nil
	}
	if err := w.to.Remove(name); err != nil {
		return err
	}
	return w.copy(name, from)
}

// copy creates a file. A link that has come in the meantime is an error.
func (w *testWriter) copy(name, from string) error {
	source, err := safefile.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	if inner := path.Dir(name); inner != "." {
		if err := w.to.MkdirAll(inner, 0o755); err != nil {
			return err
		}
	}
	file, err := w.to.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, source)
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Join(w.dir, name), err)
	}
	w.written++
	return nil
}

// same reports whether a file has the content of another.
func (w *testWriter) same(name, from string) (bool, error) {
	one, err := w.to.Open(name)
	if err != nil {
		return false, err
	}
	defer one.Close()
	other, err := safefile.Open(from)
	if err != nil {
		return false, err
	}
	defer other.Close()
	a, b := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		n, errA := io.ReadFull(one, a)
		m, errB := io.ReadFull(other, b)
		switch {
		case !bytes.Equal(a[:n], b[:m]):
			return false, nil
		case errA != nil && errB != nil:
			return true, nil
		case errA != nil || errB != nil:
			return false, nil
		}
	}
}
