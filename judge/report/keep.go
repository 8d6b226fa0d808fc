package report

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"judge/problems/safefile"
)

// Folder stores the files of failed tests, as DIR/SUBMISSION/TEST.EXTENSION. It replaces the files of an earlier run and
// leaves others alone. Names come from packages and submissions: it opens no link, and escapes names. It is not safe for
// concurrent use.
type Folder struct {
	dir    *safefile.Dir
	names  map[string]string // of submissions, by their paths
	failed error
}

// KeptFile is one file of a failed test.
type KeptFile struct {
	Extension string // without its dot
	From      func() (io.ReadCloser, error)
}

// OpenFolder opens a directory, and creates it if necessary, for the files of submissions with these paths. The name of
// each is the shortest end of its path that no other has. Call Close at the end.
func OpenFolder(path string, submissions []string) (*Folder, error) {
	dir, err := safefile.Created(path)
	if err != nil {
		return nil, err
	}
	f := &Folder{dir: dir, names: map[string]string{}}
	for i, name := range shortest(submissions) {
		f.names[submissions[i]] = name
	}
	return f, nil
}

// Close closes the directory, and returns the first error of Put.
func (f *Folder) Close() error { return errors.Join(f.failed, f.dir.Close()) }

// Put stores files of a test. The first error ends the storing, and is that of Close.
func (f *Folder) Put(submission, test string, files []KeptFile) {
	if f.failed != nil {
		return
	}
	for _, file := range files {
		if err := f.put(submission, test, file); err != nil {
			f.failed = fmt.Errorf("keep the files of test %s: %w", test, err)
			return
		}
	}
}

func (f *Folder) put(submission, test string, file KeptFile) error {
	names := append(safeNames(cmp.Or(f.names[submission], submission)), safeNames(test)...)
	names[len(names)-1] += "." + file.Extension
	dir, err := f.below(names[:len(names)-1])
	if err != nil {
		return err
	}
	defer dir.Close()
	from, err := file.From()
	if err != nil {
		return err
	}
	defer from.Close()
	name := names[len(names)-1]
	if err := dir.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	to, err := dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) // O_EXCL follows no link
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}

// below opens a directory under the folder, one name at a time. A link on the way is an error.
func (f *Folder) below(names []string) (*safefile.Dir, error) {
	dir := f.dir
	for i, name := range names {
		next, err := dir.Sub(name)
		if i > 0 {
			dir.Close()
		}
		if err != nil {
			return nil, err
		}
		dir = next
	}
	return dir, nil
}

// maxElement bounds a name of a kept file in bytes, with room for the extension.
const maxElement = 200

// safeNames returns the elements of a path under which files of this name are stored. Different paths of sensible length
// have different elements.
func safeNames(name string) (elements []string) {
	for element := range strings.SplitSeq(path.Clean("/" + name)[1:], "/") {
		elements = append(elements, safeElement(element))
	}
	return elements
}

// safeElement replaces what a file system, a shell or a terminal may misread in a name by %XX.
func safeElement(name string) string {
	var b strings.Builder
	for i := 0; i < len(name); {
		c, size := utf8.DecodeRuneInString(name[i:])
		plain := unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("-_.+=@,", c)
		if c == utf8.RuneError || !plain || i == 0 && (c == '.' || c == '-') {
			for _, raw := range []byte(name[i : i+size]) {
				fmt.Fprintf(&b, "%%%02X", raw)
			}
		} else {
			b.WriteString(name[i : i+size])
		}
		if i += size; b.Len() > maxElement {
			fmt.Fprintf(&b, "%%%x", len(name))
			break
		}
	}
	if b.Len() == 0 {
		return "%"
	}
	return b.String()
}
