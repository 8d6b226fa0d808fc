package native

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// errOutside is what resolve says of a path that leaves the problem's directory.
var errOutside = errors.New("leads out of the problem's directory")

// resolve follows a path relative to the problem's directory, and every link on the way. Errors: errOutside, or what the
// system says.
func (r *reader) resolve(name string) (string, fs.FileInfo, error) {
	if !filepath.IsLocal(name) {
		return "", nil, errOutside
	}
	full, err := filepath.EvalSymlinks(filepath.Join(r.problem.Dir, name))
	if err != nil {
		return "", nil, err
	}
	if full != r.problem.Dir && !strings.HasPrefix(full, strings.TrimSuffix(r.problem.Dir, "/")+"/") {
		return "", nil, errOutside
	}
	info, err := os.Lstat(full)
	return full, info, err
}

// inside resolves a path that stands at node.
func (r *reader) inside(node *yaml.Node, name string) (string, fs.FileInfo, error) {
	full, info, err := r.resolve(name)
	switch {
	case err == nil:
		return full, info, nil
	case errors.Is(err, errOutside) && filepath.IsLocal(name):
		return "", nil, r.fault(node, quote(name)+" is a link that leads out of the problem's directory", "put a copy in its place")
	case errors.Is(err, errOutside):
		return "", nil, r.fault(node, quote(name)+" leads out of the problem's directory", "write it relative to the directory of "+FileName+", without ..")
	case errors.Is(err, fs.ErrNotExist):
		return "", nil, r.fault(node, quote(name)+": no such file", "paths are relative to the directory of "+FileName)
	default:
		return "", nil, r.fault(node, quote(name)+": "+clean(reason(err)), "paths are relative to the directory of "+FileName)
	}
}

// insideFile is inside for a regular file: to open a FIFO or a device would block the judge, or never end.
func (r *reader) insideFile(node *yaml.Node, name string) (string, error) {
	full, info, err := r.inside(node, name)
	if err == nil && !info.Mode().IsRegular() {
		err = r.fault(node, quote(name)+" is not a regular file", "name a file that holds the data")
	}
	return full, err
}
