package native

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// maxWalk bounds the directory entries that all globs of a spec look at together.
const maxWalk = 1_000_000

// glob lists the files, relative to the problem's directory, that match a pattern: * and ? and [...] within a name, ** for
// any number of directories. Names that begin with a dot are matched only by a dot. The order is natural.
func (r *reader) glob(node *yaml.Node, pattern string) ([]string, error) {
	if !filepath.IsLocal(pattern) {
		return nil, r.fault(node, quote(pattern)+" leads out of the problem's directory", "write it relative to the directory of "+FileName+", without ..")
	}
	var segments []string
	for s := range strings.SplitSeq(path.Clean(pattern), "/") {
		if _, err := path.Match(s, ""); err != nil {
			return nil, r.fault(node, quote(pattern)+" is not a pattern", "a [ needs its ]; a \\ before it makes it a character")
		}
		if s != "**" || len(segments) == 0 || segments[len(segments)-1] != "**" { // ** twice says no more than once
			segments = append(segments, s)
		}
	}
	if segments[len(segments)-1] == "**" {
		segments = append(segments, "*")
	}
	g := globber{r: r}
	if err := g.match(".", segments); err != nil {
		return nil, r.fault(node, quote(pattern)+": "+err.Error(), "narrow the pattern, or mend what it meets")
	}
	slices.SortFunc(g.found, problems.NaturalOrder)
	return slices.Compact(g.found), nil
}

type globber struct {
	r     *reader
	found []string
}

// match finds what matches the segments beneath a directory. It never looks into a directory outside of the problem's.
func (g *globber) match(dir string, segments []string) error {
	first, rest := segments[0], segments[1:]
	if first == "**" { // also no directory; something always follows it, see glob
		if err := g.match(dir, rest); err != nil {
			return err
		}
	}
	entries, err := g.entries(dir, first)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if err := g.spend(); err != nil {
			return err
		}
		matches, err := path.Match(first, entry.Name())
		hidden := strings.HasPrefix(entry.Name(), ".") && !strings.HasPrefix(first, ".")
		if err != nil || !matches || hidden {
			continue
		}
		if err := g.enter(path.Join(dir, entry.Name()), entry, segments); err != nil {
			return err
		}
	}
	return nil
}

// enter takes a file that matches the first of the segments, or goes on in a directory that does.
func (g *globber) enter(name string, entry fs.DirEntry, segments []string) error {
	rest := segments[1:]
	isDir, err := g.isDir(name, entry, segments)
	switch {
	case err != nil:
		return err
	case isDir && segments[0] == "**":
		return g.match(name, segments)
	case isDir && len(rest) > 0:
		return g.match(name, rest)
	case !isDir && len(rest) == 0:
		g.found = append(g.found, name)
	}
	return nil
}

// isDir follows links, though not for **: they may lead in circles.
func (g *globber) isDir(name string, entry fs.DirEntry, segments []string) (bool, error) {
	if entry.Type()&fs.ModeSymlink == 0 || segments[0] == "**" {
		return entry.IsDir(), nil
	}
	_, info, err := g.r.resolve(name)
	if errors.Is(err, errOutside) {
		return false, fmt.Errorf("%s is a link that leads out of the problem's directory", quote(name))
	}
	return err == nil && info.IsDir(), nil // what a dangling link is, who opens it will see
}

// entries lists the directory as far as a segment can match: a segment without wildcards is looked up, so that a list of
// many plain names does not read the directory as often.
func (g *globber) entries(dir, segment string) ([]fs.DirEntry, error) {
	if err := g.spend(); err != nil {
		return nil, err
	}
	if strings.ContainsAny(segment, `*?[\`) {
		entries, err := os.ReadDir(filepath.Join(g.r.problem.Dir, dir))
		if err != nil {
			return nil, fmt.Errorf("%s: %s", quote(dir), reason(err))
		}
		return entries, nil
	}
	info, err := os.Lstat(filepath.Join(g.r.problem.Dir, dir, segment))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %s", quote(path.Join(dir, segment)), reason(err))
	}
	return []fs.DirEntry{fs.FileInfoToDirEntry(info)}, nil
}

// spend counts a step of the walk.
func (g *globber) spend() error {
	if g.r.walk--; g.r.walk < 0 {
		return fmt.Errorf("more than %d files to look at", maxWalk)
	}
	return nil
}
