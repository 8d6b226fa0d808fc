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
	name = filepath.Clean(name)
	dir, err := r.resolveDir(filepath.Dir(name))
	if err != nil {
		return "", nil, err
	}
	full := filepath.Join(dir, filepath.Base(name))
	info, err := os.Lstat(full)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if full, err = r.follow(full); err == nil {
			info, err = os.Lstat(full)
		}
	}
	return full, info, err
}

// resolveDir is resolve for a directory, and remembers it: most tests lie in few.
func (r *reader) resolveDir(dir string) (string, error) {
	if full, ok := r.dirs[dir]; ok {
		return full, nil
	}
	full, err := r.follow(filepath.Join(r.problem.Dir, dir))
	if err == nil {
		r.dirs[dir] = full
	}
	return full, err
}

// follow follows every link in an absolute path, which must not lead out of the problem's directory.
func (r *reader) follow(path string) (string, error) {
	full, err := filepath.EvalSymlinks(path)
	if err == nil && full != r.problem.Dir && !strings.HasPrefix(full, strings.TrimSuffix(r.problem.Dir, "/")+"/") {
		return "", errOutside
	}
	return full, err
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
