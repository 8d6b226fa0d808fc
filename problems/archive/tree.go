package archive

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"judge/problems/text"
)

// Error is a fault of an archive, with a hint.
type Error struct{ Msg, Hint string }

// Error returns the message without the hint.
func (e *Error) Error() string { return e.Msg }

// node is a file, a directory or a link of an archive.
type node struct {
	name     string // path from the archive's top
	parent   *node  // nil for the top
	file     *zip.File
	isLink   bool
	target   string           // of a link
	children map[string]*node // of a directory; nil for other entries
}

func newDir(name string, parent *node) *node {
	return &node{name: name, parent: parent, children: map[string]*node{}}
}

// treeOf reads the entries of an archive. Entries that lead out, appear twice or are neither file, directory nor link
// are errors. Entries whose names cannot be used are left out.
func treeOf(archive *zip.Reader, note func(name, why string)) (*node, error) {
	top := newDir(".", nil)
	for _, f := range archive.File {
		name := path.Clean(strings.TrimSuffix(f.Name, "/"))
		err := check(f, name)
		if why := unusable(name); err == nil && why != "" {
			if path.Ext(name) != ".in" {
				note(f.Name, "its name "+why)
				continue
			}
			err = errors.New("a test's input has a name that " + why)
		}
		if err == nil {
			err = top.add(name, f)
		}
		if err != nil {
			return nil, about(f.Name, err)
		}
	}
	return top, nil
}

// longestName bounds one name, in bytes, as Linux does. Other systems count characters.
const longestName = 255

// unusable reports why a name cannot be used here, "" if it can.
func unusable(name string) string {
	tooLong := func(part string) bool { return len(part) > longestName }
	switch {
	case !text.IsName(name):
		return "cannot be shown"
	case slices.ContainsFunc(strings.Split(name, "/"), tooLong):
		return "is too long"
	}
	return ""
}

// about adds the entry's name to an error.
func about(name string, err error) error {
	if e, ok := errors.AsType[*Error](err); ok {
		return &Error{fmt.Sprintf("%.200q: %s", name, e.Msg), e.Hint}
	}
	return fmt.Errorf("%.200q: %w", name, err)
}

// check returns an error for an entry that cannot be unpacked.
func check(f *zip.File, name string) error {
	mode := f.Mode()
	switch {
	case strings.Contains(f.Name, `\`):
		return &Error{
			`has a backslash in its name: expected forward slashes (APPNOTE.TXT, 4.4.17.1)`,
			"pack it again with zip -r, 7z or bsdtar"}
	case !filepath.IsLocal(name):
		return errors.New("leads out of the archive")
	case strings.ContainsRune(name, 0):
		return errors.New("has a zero byte in its name")
	case strings.Count(name, "/") > mostDepth:
		return errors.New("directories are nested too deeply")
	case !mode.IsDir() && !mode.IsRegular() && mode.Type() != fs.ModeSymlink:
		return errors.New("is not a regular file, directory or link")
	}
	return nil
}

// add puts an entry into the tree, with the directories above it.
func (n *node) add(name string, f *zip.File) error {
	at := n
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if at.children == nil {
			return errors.New("its parent is not a directory")
		}
		next := at.children[part]
		last := i == len(parts)-1
		switch {
		case part == "." || next != nil && last && f.Mode().IsDir() && next.children != nil:
		case next != nil && last:
			return errors.New("appears twice")
		case next != nil:
			at = next
		case last && !f.Mode().IsDir():
			return at.put(part, f)
		default:
			next = newDir(path.Join(at.name, part), at)
			at.children[part] = next
			at = next
		}
	}
	return nil
}

// put adds a file or a link to a directory.
func (n *node) put(name string, f *zip.File) error {
	entry := &node{name: path.Join(n.name, name), parent: n, file: f}
	n.children[name] = entry
	if entry.isLink = f.Mode().Type() == fs.ModeSymlink; !entry.isLink {
		return nil
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	target, err := io.ReadAll(io.LimitReader(in, unix.PathMax))
	if err == nil && len(target) == unix.PathMax {
		err = errors.New("is a link whose target is too long")
	}
	entry.target = string(target)
	return err
}

var (
	errLost = errors.New("broken link")
	errLoop = errors.New("the link leads to a directory that it is in")
)

// follow returns the node that a link leads to. Other nodes return themselves.
func (n *node) follow() (*node, error) {
	at, names, links := n.parent, []string{path.Base(n.name)}, 0
	if n.parent == nil {
		return n, nil
	}
	for len(names) > 0 {
		name := names[0]
		names = names[1:]
		switch {
		case name == "" || name == ".":
			continue
		case at.children == nil:
			return nil, errLost
		case name == "..":
			if at = at.parent; at == nil {
				return nil, n.leadsOut()
			}
			continue
		}
		next := at.children[name]
		switch {
		case next == nil:
			return nil, errLost
		case !next.isLink:
			at = next
			continue
		case strings.HasPrefix(next.target, "/"):
			return nil, next.leadsOut()
		}
		if links++; links > mostLinks {
			return nil, errLoop
		}
		names = append(strings.Split(next.target, "/"), names...)
	}
	return at, nil
}

func (n *node) leadsOut() error {
	return &Error{fmt.Sprintf("leads out of the archive: it is a link to %.200q", n.target), "put a copy in its place"}
}

// sorted returns the names in a directory, sorted.
func (n *node) sorted() []string {
	names := make([]string, 0, len(n.children))
	for name := range n.children {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
