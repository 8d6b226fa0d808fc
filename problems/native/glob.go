package native

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/safefile"
	"judge/problems/strictyaml"
)

// wildcards are the characters that make a name a pattern.
const wildcards = `*?[\`

// maxWalk bounds the directory entries that all globs of a spec look at together.
const maxWalk = 1_000_000

// glob lists the files that match a pattern, relative to the problem's directory and in natural order: * and ? and
// [...] match within a name, ** any number of directories. Only a dot in the pattern matches a dot at the beginning of
// a name.
func (r *reader) glob(node *strictyaml.Node, pattern string) ([]string, error) {
	if !filepath.IsLocal(pattern) {
		return nil, r.outside(node, pattern)
	}
	var segments []string
	for s := range strings.SplitSeq(path.Clean(pattern), "/") {
		if _, err := path.Match(s, ""); err != nil {
			return nil, node.Fault(quote(pattern)+" is not a pattern", "close the [, or write \\[ for the character")
		}
		if s != "**" || len(segments) == 0 || segments[len(segments)-1] != "**" { // ** twice means the same as once
			segments = append(segments, s)
		}
	}
	if segments[len(segments)-1] == "**" {
		segments = append(segments, "*")
	}
	g := globber{r: r}
	if err := g.match(place{name: "."}, segments); err != nil {
		return nil, node.Fault(quote(pattern)+": "+err.Error(), "narrow the pattern, or fix the file that it matches")
	}
	slices.SortFunc(g.found, problems.NaturalOrder)
	return slices.Compact(g.found), nil
}

type globber struct {
	r     *reader
	found []string
}

// maxLinks bounds the links in a path, as in the kernel: links can form a circle.
const maxLinks = 40

// place is a directory, with the name by which it was reached.
type place struct {
	name  string
	links int // in the name
}

func (p place) join(entry string) place { return place{path.Join(p.name, entry), p.links} }

// match finds the files beneath a directory that match the segments. It never leaves the problem's directory.
func (g *globber) match(dir place, segments []string) error {
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
		if err := g.enter(dir.join(entry.Name()), entry, segments); err != nil {
			return err
		}
	}
	return nil
}

// enter adds a file that matches the last segment, or continues in a directory that matches the first.
func (g *globber) enter(at place, entry fs.DirEntry, segments []string) error {
	rest := segments[1:]
	isDir, err := g.isDir(&at, entry, segments)
	switch {
	case err != nil:
		return err
	case isDir && segments[0] == "**":
		return g.match(at, segments)
	case isDir && len(rest) > 0:
		return g.match(at, rest)
	case !isDir && len(rest) == 0:
		g.found = append(g.found, at.name)
	}
	return nil
}

// isDir follows links, but not for **: they may form a circle.
func (g *globber) isDir(at *place, entry fs.DirEntry, segments []string) (bool, error) {
	if entry.Type()&fs.ModeSymlink == 0 || segments[0] == "**" {
		return entry.IsDir(), nil
	}
	mode, err := g.r.root.Type(at.name)
	if link, led := errors.AsType[*safefile.LinkError](err); led {
		return false, fmt.Errorf("%s is a link that %s", quote(at.name), link.Why)
	}
	if err != nil {
		return false, nil //nolint:nilerr // opening a dangling link reports the error
	}
	if at.links++; at.links > maxLinks {
		return false, fmt.Errorf("%s leads through more than %d links", quote(at.name), maxLinks)
	}
	return mode.IsDir(), nil
}

// entries lists the directory as far as a segment can match. A segment without wildcards is looked up, so that a list
// of many plain names does not read the directory as often.
func (g *globber) entries(dir place, segment string) ([]fs.DirEntry, error) {
	if err := g.spend(); err != nil {
		return nil, err
	}
	if !strings.ContainsAny(segment, wildcards) {
		mode, err := g.r.root.Lstat(path.Join(dir.name, segment))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %s", quote(path.Join(dir.name, segment)), safefile.Reason(err))
		}
		return []fs.DirEntry{named{segment, mode}}, nil
	}
	open, err := g.r.root.OpenDir(dir.name)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", quote(dir.name), safefile.Reason(err))
	}
	defer open.Close()
	entries, err := open.ReadDir(g.r.walk + 1) // one more than allowed, which spend reports
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %s", quote(dir.name), safefile.Reason(err))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// named is an entry of a directory that was looked up by its name.
type named struct {
	name string
	mode fs.FileMode
}

// Name implements fs.DirEntry.
func (n named) Name() string { return n.name }

// IsDir implements fs.DirEntry.
func (n named) IsDir() bool { return n.mode.IsDir() }

// Type implements fs.DirEntry.
func (n named) Type() fs.FileMode { return n.mode }

// Info implements fs.DirEntry. It is not supported.
func (n named) Info() (fs.FileInfo, error) { return nil, errors.ErrUnsupported }

// spend counts a step of the walk.
func (g *globber) spend() error {
	if g.r.walk--; g.r.walk < 0 {
		return fmt.Errorf("more than %d files to look at", maxWalk)
	}
	return nil
}
