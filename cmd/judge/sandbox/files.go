package sandbox

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"judge/isolate"
	"judge/judge/report"
)

// MaxFile bounds a file that is copied into a jail or out of it. In the jail it counts towards the memory limit.
const MaxFile = 64 << 20 // bytes

// Put reads files of the host that are to be copied into a jail.
func Put(paths []string) ([]isolate.File, error) {
	var files []isolate.File
	for _, path := range paths {
		file, err := readFile(path)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(files, func(f isolate.File) bool { return f.Name == file.Name }) {
			return nil, &Error{"put", path, fmt.Sprintf("another file is named %q", file.Name),
				"rename one: --put drops the directory"}
		}
		files = append(files, file)
	}
	return files, nil
}

// readFile reads one of them.
func readFile(name string) (isolate.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return isolate.File{}, &Error{"put", name, cause(err).Error(), ""}
	}
	switch {
	case info.IsDir():
		return isolate.File{}, &Error{"put", name, "a directory", "bind it with --see " + name}
	case !info.Mode().IsRegular(): // opening a FIFO would block until it has a writer
		return isolate.File{}, &Error{"put", name, "not a regular file", "copy its contents to a file"}
	case info.Size() > MaxFile:
		return isolate.File{}, &Error{"put", name, fmt.Sprintf("larger than %d MiB", MaxFile>>20),
			"bind it with --see " + name}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return isolate.File{}, &Error{"put", name, cause(err).Error(), ""}
	}
	return isolate.File{Name: filepath.Base(name), Data: data, Executable: info.Mode()&0o111 != 0}, nil
}

// Get is a file to copy out of a jail's working directory.
type Get struct {
	Name string // in the jail
	To   string // on the host
}

// ParseGet reads FILE[=HOST]. Without HOST the file gets its own base name in the current directory.
func ParseGet(values []string) ([]Get, error) {
	var all []Get
	for _, value := range values {
		name, to, given := strings.Cut(value, "=")
		if !given {
			to = path.Base(name)
		}
		if !filepath.IsLocal(name) || path.Clean(name) != name || name == "." || to == "" {
			return nil, &Error{"get", value, "expected FILE or FILE=HOST, with FILE in the jail's working directory",
				"write it as in out.txt=results/out.txt"}
		}
		if slices.ContainsFunc(all, func(g Get) bool { return filepath.Clean(g.To) == filepath.Clean(to) }) {
			return nil, &Error{"get", value, "another file goes to " + to, ""}
		}
		if err := report.CanWrite(to); err != nil {
			return nil, &Error{"get", value, err.Error(), ""}
		}
		all = append(all, Get{name, to})
	}
	return all, nil
}

// Collect copies files out of a jail whose program has ended. A file is regular, with one link, and at most MaxFile
// bytes long; no link that the program made is followed. A file that does not meet this, or is missing, is in the
// result of the first function, and the others are copied.
func Collect(files []Get) (refused func() []*Error, collect func(*isolate.Work) error) {
	var errs []*Error
	collect = func(work *isolate.Work) error {
		for _, file := range files {
			data, err := copyOut(work, file.Name, MaxFile) // before a file of the host is replaced
			var product *isolate.ProductError
			switch {
			case errors.As(err, &product):
				errs = append(errs, &Error{"get", file.Name, product.Why, ""})
			case err != nil:
				return err
			default:
				err := report.WriteFile(file.To, func(w io.Writer) error {
					_, err := w.Write(data)
					return err
				})
				if err != nil {
					return err
				}
			}
		}
		return nil
	}
	return func() []*Error { return errs }, collect
}

// copyOut returns the contents of a file that a program left. One that is larger than limit is a *ProductError.
func copyOut(work *isolate.Work, name string, limit isolate.Bytes) ([]byte, error) {
	data, err := work.ReadFile(name, limit+1)
	if err == nil && isolate.Bytes(len(data)) > limit {
		return nil, &isolate.ProductError{Name: name, Why: fmt.Sprintf("larger than %d bytes", limit)}
	}
	return data, err
}
