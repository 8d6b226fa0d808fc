package convert

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"judge/problems"
)

// Writer writes a problem in another format into a new directory. It returns what the format cannot express.
type Writer func(p *problems.Problem, dir string) ([]string, error)

// Writers returns the functions that write problems, by the names of their formats.
func Writers() map[string]Writer {
	return map[string]Writer{"native": Native, "icpc": ICPC, "dmoj": DMOJ}
}

// To writes a problem to a new directory, or to a new zip archive if the name ends in .zip. The files of the problem
// are at the top of the archive, where DOMjudge looks for them.
func To(write Writer, p *problems.Problem, to string) ([]string, error) {
	if !strings.EqualFold(filepath.Ext(to), ".zip") {
		return write(p, to)
	}
	if _, err := os.Lstat(to); err == nil {
		return nil, fmt.Errorf("convert: %s exists: expected a new file", to)
	}
	parent, err := os.MkdirTemp("", "judge-convert-")
	if err != nil {
		return nil, fmt.Errorf("convert: %w", err)
	}
	defer os.RemoveAll(parent) //nolint:errcheck // a temporary directory
	dir := filepath.Join(parent, "package")
	lost, err := write(p, dir)
	if err != nil {
		return lost, err
	}
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return lost, fmt.Errorf("convert: %w", err)
	}
	if err := errors.Join(pack(dir, file), file.Close()); err != nil {
		os.Remove(to) //nolint:errcheck // the first error is returned
		return lost, fmt.Errorf("convert: write %s: %w", to, err)
	}
	return lost, nil
}

// pack writes the files of a directory to an archive. Equal files make equal archives.
func pack(dir string, to io.Writer) error {
	archive := zip.NewWriter(to)
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		inner, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		header := &zip.FileHeader{Name: filepath.ToSlash(inner), Method: zip.Deflate}
		header.Modified = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC) // the earliest that a zip can have
		header.SetMode(info.Mode())
		into, err := archive.CreateHeader(header)
		if err != nil {
			return err
		}
		from, err := os.Open(name)
		if err != nil {
			return err
		}
		defer from.Close()
		_, err = io.Copy(into, from)
		return err
	})
	return errors.Join(err, archive.Close())
}
