// Package formats opens a problem in whichever of the known formats it is written:
//
//	problem, err := formats.Open("examples/aplusb")
package formats

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/native"
)

// format is one way to write a problem down.
type format struct {
	file   string // in a problem's directory, what is read
	detect func(dir string) bool
	read   func(path string) (*problems.Problem, error)
}

// formats are tried in this order.
func formats() []format {
	return []format{
		{native.FileName, native.Detect, native.Read},
	}
}

// Open reads the problem at a path: a spec, or a directory that holds one. Every error is a *problems.Error.
func Open(path string) (*problems.Problem, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &problems.Error{File: path, Msg: "no such problem", Hint: hint()}
	case err != nil:
		return nil, &problems.Error{File: path, Msg: reason(err), Hint: hint()}
	case info.IsDir():
		return openDir(path)
	case !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(path)):
		return nil, &problems.Error{File: path, Msg: "not a problem", Hint: hint()}
	}
	return native.Read(path)
}

func openDir(dir string) (*problems.Problem, error) {
	for _, f := range formats() {
		if !f.detect(dir) {
			continue
		}
		problem, err := f.read(filepath.Join(dir, f.file))
		if err == nil {
			problem.Path = dir
		}
		return problem, err
	}
	return nil, &problems.Error{File: dir, Msg: "no " + strings.Join(files(), " or ") + " in this directory", Hint: dirHint(dir)}
}

// dirHint looks for what was most likely meant.
func dirHint(dir string) string {
	for _, f := range formats() {
		if _, err := os.Lstat(filepath.Join(dir, f.file)); err == nil {
			return f.file + " is there, but is not a regular file"
		}
		beneath, err := filepath.Glob(filepath.Join(escape(dir), "*", f.file))
		if err == nil && len(beneath) > 0 {
			return fmt.Sprintf("there are problems beneath: name one of them, such as %q", filepath.Dir(beneath[0]))
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "problem.yml")); err == nil {
		return "rename problem.yml to " + native.FileName
	}
	return hint()
}

// escape keeps a directory's name from being a pattern.
func escape(dir string) string {
	return strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `\`, `\\`).Replace(dir)
}

func hint() string {
	return "name a " + strings.Join(files(), " or ") + ", or a directory that holds one"
}

func files() []string {
	var files []string
	for _, f := range formats() {
		files = append(files, f.file)
	}
	return files
}

// reason is an error of the operating system without the path, which stands before it already.
func reason(err error) string {
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		return inner.Err.Error()
	}
	return err.Error()
}
