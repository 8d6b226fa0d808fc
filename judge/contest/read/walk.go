package read

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/strictyaml"
)

// maxDepth bounds the directories that ** goes down.
const maxDepth = 32

// entry is what lies in a directory. A link is not followed.
type entry struct {
	name string
	path string // relative to the contest's directory
	mode fs.FileMode
}

func (e entry) isDir() bool     { return e.mode.IsDir() }
func (e entry) isRegular() bool { return e.mode.IsRegular() }

// match is an entry that may be a submission.
type match struct {
	entry
	captured
	fromFile bool // the problem is in the entry's own name
}

// walk finds the entries that a pattern matches.
type walk struct {
	r       *reader
	pattern *pattern
	left    int             // entries that may still be listed
	skip    map[string]bool // names in the contest's directory that are no teams
	matches []match
	seen    map[string]bool // paths of matches
	strays  []entry         // sources that the pattern does not match
	notes   []*problems.Error
}

// find lists what the pattern matches, in natural order of the names.
func (w *walk) find(ctx context.Context) error {
	prefix := w.pattern.prefix()
	top := path.Join(append([]string{"."}, prefix...)...)
	if _, mode, err := w.r.root.Path(top); err != nil || !mode.IsDir() {
		if err == nil {
			err = &reason{"not a directory"}
		}
		return &missingError{top, err}
	}
	return w.dir(ctx, top, len(prefix), captured{}, 0)
}

// missingError is the error about the directory in which a pattern begins.
type missingError struct {
	dir string
	err error
}

// Error returns the text.
func (e *missingError) Error() string { return strictyaml.Quote(e.dir) + ": " + reasonOf(e.err) }

// Unwrap returns the error of the operating system.
func (e *missingError) Unwrap() error { return e.err }

// dir matches the entries of a directory with the part i of the pattern.
func (w *walk) dir(ctx context.Context, name string, i int, above captured, depth int) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	p := w.pattern.parts[i]
	entries, err := w.list(name)
	if err != nil {
		return err
	}
	switch {
	case p.any:
		return w.deeper(ctx, name, entries, i, above, depth)
	case i == len(w.pattern.parts)-1:
		w.leaves(name, entries, above)
		return nil
	}
	for _, e := range entries {
		c, _, ok := p.match(e.name, above)
		switch {
		case p.literal() && !ok, name == "." && w.skip[e.name]:
		case e.mode&fs.ModeSymlink != 0:
			w.note(e, "a link, which is not followed", "put a copy in its place")
		case !e.isDir():
			w.stray(e, name == "." && i == 0)
		case name == "." && w.exported(e):
			w.note(e, "an export of judge results: left out", "write exports next to the contest")
		case !ok:
			w.note(e, "not covered by the pattern "+w.pattern.text, "rename it, or change the pattern")
		default:
			if err := w.dir(ctx, e.path, i+1, c, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// exported reports whether a directory has the mark of an export of judge results: it is no team then.
func (w *walk) exported(e entry) bool {
	for _, mark := range []string{".judge-results", ".judge-teams"} {
		if _, mode, err := w.r.root.Path(path.Join(e.path, mark)); err == nil && mode.IsRegular() {
			return true
		}
	}
	return false
}

// deeper matches ** with no directory and with each one.
func (w *walk) deeper(ctx context.Context, name string, all []entry, i int, above captured, depth int) error {
	if err := w.dir(ctx, name, i+1, above, depth); err != nil {
		return err
	}
	for _, e := range all {
		if !e.isDir() || name == "." && (w.skip[e.name] || w.exported(e)) {
			continue
		}
		if depth == maxDepth {
			w.note(e, fmt.Sprintf("more than %d directories deep", maxDepth), "move submissions further up")
			continue
		}
		c := above
		c.wild += "/" + e.name
		if err := w.dir(ctx, e.path, i, c, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// list returns the entries of a directory without hidden ones, in natural order.
func (w *walk) list(name string) ([]entry, error) {
	dir, err := w.r.root.OpenDir(name)
	if isMissing(err) { // it was there
		return nil, nil
	}
	if err != nil {
		return nil, w.unreadable(name, err)
	}
	defer dir.Close()
	const batch = 1000
	var entries []entry
	for {
		some, err := dir.ReadDir(batch)
		if w.left -= len(some); w.left < 0 {
			return nil, fault(w.r.shown(name), 0, 0, fmt.Sprintf("more than %d files and directories", maxEntries),
				"move what is no submission elsewhere, or split the contest")
		}
		for _, e := range some {
			if !strings.HasPrefix(e.Name(), ".") {
				entries = append(entries, entry{e.Name(), path.Join(name, e.Name()), e.Type()})
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, w.unreadable(name, err)
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return problems.NaturalOrder(a.name, b.name) })
	return entries, nil
}

// unreadable returns the error about a directory whose submissions would be missing.
func (w *walk) unreadable(name string, err error) error {
	msg := "cannot be read: " + reasonOf(err)
	return fault(w.r.shown(name), 0, 0, msg, "make it readable: its submissions are missing")
}

// stray notes a file that the pattern does not match.
func (w *walk) stray(e entry, atTop bool) {
	switch {
	case w.seen[e.path], w.recursive():
	case w.r.sources.isSource(e.name) && !atTop:
		w.strays = append(w.strays, e)
	case !w.r.sources.isForeign(e.name):
		w.note(e, "not a submission by the pattern "+w.pattern.text, "")
	}
}

// recursive reports whether the pattern has a **, so that a file which one of its parts does not match may match
// another.
func (w *walk) recursive() bool {
	return slices.ContainsFunc(w.pattern.parts, func(p part) bool { return p.any })
}

func (w *walk) note(e entry, msg, hint string) {
	if len(w.notes) <= maxNotes {
		w.notes = append(w.notes, &problems.Error{File: w.r.shown(e.path), Msg: msg, Hint: hint})
	}
}

// leaves matches the entries of a directory with the last part of the pattern.
func (w *walk) leaves(dir string, entries []entry, above captured) {
	last := w.pattern.parts[len(w.pattern.parts)-1]
	if whole := w.whole(dir, entries); whole != "" {
		if whole != byDirectory {
			w.note(entry{path: dir}, "its files are one submission: "+whole, "")
		}
		one := entry{path.Base(dir), dir, fs.ModeDir}
		if len(entries) == 1 {
			one = entries[0]
		}
		w.add(match{entry: one, captured: above})
		return
	}
	hasProblem := slices.ContainsFunc(w.pattern.parts, func(p part) bool { return p.has("problem") })
	for _, e := range entries {
		if dir == "." && w.skip[e.name] {
			continue
		}
		c, ok := last.matchLast(e.name, e.isDir(), above)
		if !ok {
			w.stray(e, false)
			continue
		}
		m := match{entry: e, captured: c, fromFile: !hasProblem || last.has("problem")}
		if !hasProblem {
			m.problem = c.file
			if !e.isDir() {
				m.problem = strings.TrimSuffix(c.file, filepath.Ext(c.file))
			}
		}
		w.add(m)
	}
}

func (w *walk) add(m match) {
	if w.seen[m.path] {
		return
	}
	w.seen[m.path] = true
	w.matches = append(w.matches, m)
}

// byDirectory is the reason of whole for a directory of one submission by the pattern.
const byDirectory = "the pattern"

// whole returns why all files in the last directory of the pattern are one submission; "": each is one.
func (w *walk) whole(dir string, entries []entry) string {
	n := len(w.pattern.parts)
	if n < 2 || len(entries) == 0 || w.pattern.parts[n-1].text != "{file}" {
		return ""
	}
	parent := w.pattern.parts[n-2]
	switch {
	case parent.has("time") || parent.has("*"):
		return byDirectory
	case parent.any || parent.literal() || !parent.has("problem") || w.pattern.timed():
		return ""
	}
	sources := 0
	for _, e := range entries {
		if e.isRegular() && w.r.sources.isSource(e.name) {
			sources++
		}
	}
	for _, e := range entries {
		switch {
		case !e.isRegular() || sources == 0:
		case w.r.sources.isHeader(e.name):
			return strictyaml.Clean(e.name) + " is a header"
		case sources > 1 && w.r.sources.startsSeveral(e.name):
			return strictyaml.Clean(e.name) + " starts it"
		}
	}
	return ""
}
