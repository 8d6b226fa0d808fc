package native

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// inside resolves a path of the spec, which stands at node: relative to the problem's directory, and within it when every
// link on the way is followed.
func (r *reader) inside(node *yaml.Node, name string) (string, fs.FileInfo, error) {
	if filepath.IsAbs(name) || !filepath.IsLocal(name) {
		return "", nil, r.fault(node, quote(name)+" leads out of the problem's directory", "write a path relative to "+FileName+", without ..")
	}
	full, err := filepath.EvalSymlinks(filepath.Join(r.problem.Dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil, r.fault(node, quote(name)+": no such file", "it is looked for in "+r.problem.Dir)
	}
	if err != nil {
		return "", nil, r.fault(node, quote(name)+": "+err.Error(), "")
	}
	if !strings.HasPrefix(full, strings.TrimSuffix(r.problem.Dir, "/")+"/") {
		return "", nil, r.fault(node, quote(name)+" is a link that leads out of the problem's directory", "copy the file into it")
	}
	info, err := os.Stat(full)
	if err != nil {
		return "", nil, r.fault(node, quote(name)+": "+err.Error(), "")
	}
	return full, info, nil
}

// insideFile is inside for a regular file.
func (r *reader) insideFile(node *yaml.Node, name string) (string, error) {
	full, info, err := r.inside(node, name)
	if err == nil && !info.Mode().IsRegular() {
		err = r.fault(node, quote(name)+" is not a regular file", "")
	}
	return full, err
}

// mostFiles bounds what a glob walks over.
const mostFiles = 1_000_000

// glob lists the files, relative to the problem's directory, that match a pattern: * and ? and [...] within a name, ** for
// any number of directories. Names that begin with a dot are matched only by a dot. The order is natural.
func (r *reader) glob(node *yaml.Node, pattern string) ([]string, error) {
	if filepath.IsAbs(pattern) || !filepath.IsLocal(pattern) {
		return nil, r.fault(node, quote(pattern)+" leads out of the problem's directory", "write a pattern relative to "+FileName+", without ..")
	}
	segments := strings.Split(path.Clean(pattern), "/")
	for _, s := range segments {
		if _, err := path.Match(s, ""); err != nil {
			return nil, r.fault(node, quote(pattern)+" is not a pattern", "a [ needs its ]; a \\ before it makes it a character")
		}
	}
	w := globber{root: r.problem.Dir, left: mostFiles}
	if err := w.match(".", segments); err != nil {
		return nil, r.fault(node, quote(pattern)+": "+err.Error(), "")
	}
	slices.SortFunc(w.found, problems.NaturalOrder)
	return slices.Compact(w.found), nil
}

type globber struct {
	root  string
	found []string
	left  int
}

// match finds what matches the segments beneath a directory.
func (g *globber) match(dir string, segments []string) error {
	entries, err := os.ReadDir(filepath.Join(g.root, dir))
	if err != nil {
		return nil // no directory, nothing in it matches
	}
	first, rest := segments[0], segments[1:]
	if first == "**" && len(rest) > 0 {
		if err := g.match(dir, rest); err != nil {
			return err
		}
	}
	for _, entry := range entries {
		if g.left--; g.left < 0 {
			return errors.New("too many files to search")
		}
		name := path.Join(dir, entry.Name())
		hidden := strings.HasPrefix(entry.Name(), ".") && !strings.HasPrefix(first, ".")
		matches, err := path.Match(first, entry.Name())
		switch {
		case err != nil || hidden:
		case first == "**" && entry.IsDir(): // links to directories are not followed: they may lead in circles
			err = g.match(name, segments)
		case first == "**" && len(rest) == 0:
			g.found = append(g.found, name)
		case first == "**":
		case matches && len(rest) == 0 && !entry.IsDir():
			g.found = append(g.found, name)
		case matches && len(rest) > 0:
			err = g.match(name, rest)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
