package clics

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"judge/judge/contest"
	"judge/problems/safefile"
	"judge/problems/text"
)

// Bounds of the files of a submission. What is beyond them is left out.
const (
	mostSources     = 1000     // files
	mostSourceBytes = 64 << 20 // of all files together
	mostSourceDepth = 16       // directories inside each other
)

// errTooMuch is the error about a submission beyond the bounds.
var errTooMuch = errors.New("the submission has too many or too large files")

// sources returns the zip archive of a submission's files, with the files at its root, and their names. If they
// cannot be read, the archive is empty, as the submission is judged as one without files.
func (w *writer) sources(s contest.Submission) ([]byte, []string) {
	var b bytes.Buffer
	p := &packer{to: zip.NewWriter(&b), left: mostSourceBytes}
	err := w.pack(p, s.Path)
	if err = cmp.Or(err, p.to.Close()); err == nil {
		return b.Bytes(), p.names
	}
	if s.Fault == nil {
		w.warn(fmt.Errorf("submission %s: its files are left out: %s", s.ID, safefile.Reason(err)))
	}
	b.Reset()
	_ = zip.NewWriter(&b).Close() // to memory
	return b.Bytes(), nil
}

// pack packs what is at a path of the contest.
func (w *writer) pack(p *packer, name string) error {
	if w.files == nil || name == "" {
		return errors.New("the contest's directory is gone")
	}
	if filepath.IsAbs(name) { // no reader makes one, but a foreign result file could name any file of this host
		return safefile.ErrOutside
	}
	return p.path(w.files, name)
}

// packer writes the files of one submission to a zip archive.
type packer struct {
	to    *zip.Writer
	names []string
	left  int64 // bytes
}

// path packs a file, the files of a zip archive, or those of a directory.
func (p *packer) path(root *safefile.Root, name string) error {
	mode, err := root.Type(name)
	if err != nil {
		return err
	}
	if mode.IsDir() {
		return p.dir(root, name, "", mostSourceDepth)
	}
	if !strings.EqualFold(path.Ext(name), ".zip") {
		return p.file(root, name, path.Base(name))
	}
	file, err := root.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	data, err := safefile.ReadAll(file, mostSourceBytes)
	if err != nil {
		return err
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return p.add(path.Base(name), data) // what a team has sent stays as it is
	}
	return p.archive(archive)
}

// archive copies the files of a zip archive as they are compressed.
func (p *packer) archive(from *zip.Reader) error {
	for _, f := range from.File {
		name := path.Clean(f.Name)
		if !f.Mode().IsRegular() || !filepath.IsLocal(name) || slices.Contains(p.names, name) || !text.IsName(name) {
			continue
		}
		if len(p.names) == mostSources {
			return errTooMuch
		}
		var data bytes.Buffer
		raw, err := f.OpenRaw()
		if err == nil {
			_, err = io.Copy(&data, raw)
		}
		if err != nil || uint64(data.Len()) != f.CompressedSize64 {
			continue // an entry that is cut off
		}
		header := zip.FileHeader{Name: name, Method: f.Method, CRC32: f.CRC32, CompressedSize64: f.CompressedSize64,
			UncompressedSize64: f.UncompressedSize64}
		to, err := p.to.CreateRaw(&header)
		if err != nil {
			return err
		}
		if _, err := io.Copy(to, &data); err != nil {
			return err
		}
		p.names = append(p.names, name)
	}
	return nil
}

// dir packs the files of a directory.
func (p *packer) dir(root *safefile.Root, name, as string, depth int) error {
	dir, err := root.OpenDir(name)
	if err != nil {
		return err
	}
	entries, err := dir.ReadDir(mostSources + 1)
	dir.Close()
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if len(entries) > mostSources || depth == 0 {
		return errTooMuch
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		inner, as := path.Join(name, e.Name()), path.Join(as, e.Name())
		mode, err := root.Type(inner)
		switch {
		case err == nil && mode.IsDir():
			err = p.dir(root, inner, as, depth-1)
		case err == nil && mode.IsRegular():
			err = p.file(root, inner, as)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// file packs one file.
func (p *packer) file(root *safefile.Root, name, as string) error {
	file, err := root.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	data, err := safefile.ReadAll(file, p.left)
	if err != nil {
		return err
	}
	return p.add(as, data)
}

// add packs data as a file.
func (p *packer) add(name string, data []byte) error {
	if p.left -= int64(len(data)); p.left < 0 || len(p.names) == mostSources {
		return errTooMuch
	}
	if !text.IsName(name) {
		name = text.Line(name)
	}
	to, err := p.to.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	p.names = append(p.names, name)
	_, err = to.Write(data)
	return err
}

// entryPoint returns the entry point of a submission in a language that has one: the stated one, else one that is
// guessed by the names of its files; "" without any.
func entryPoint(l contest.Language, s contest.Submission, names []string) string {
	if s.Entry != "" || len(names) == 0 {
		return s.Entry
	}
	suits := func(name string) bool {
		return len(l.Extensions) == 0 || slices.ContainsFunc(l.Extensions, func(extension string) bool {
			return strings.HasSuffix(name, "."+strings.TrimPrefix(extension, "."))
		})
	}
	stem := func(name string) string {
		return cmp.Or(strings.TrimSuffix(path.Base(name), path.Ext(name)), path.Base(name))
	}
	chosen := ""
	for _, name := range names {
		if suits(name) && (chosen == "" || strings.EqualFold(stem(name), "main")) {
			chosen = name
		}
	}
	switch {
	case chosen == "":
		return names[0]
	case path.Ext(chosen) == ".java":
		return stem(chosen)
	case path.Ext(chosen) == ".kt":
		letters := []rune(stem(chosen))
		letters[0] = unicode.ToUpper(letters[0])
		return string(letters) + "Kt"
	}
	return chosen
}
