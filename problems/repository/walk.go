package repository

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems/formats"
	"judge/problems/safefile"
)

// walk is the state of a search.
type walk struct {
	Search
	excluded []*rule
	found    *Found

	root, real string // the argument that is searched: as the user named it, and its real path
	looked     int    // number of directories searched below it
	layouts    int    // number of directories that look like problems but have no file that describes one
	links      []link
}

// link is a link that the search found, with the ignore files that apply to it.
type link struct {
	path, full string
	in         ignores
}

// errTooMany ends a search that has reached the limit of directories.
var errTooMany = errors.New("too many directories")

// beneath searches the directory that the user named. It skips hidden directories and everything below a problem. Links
// are followed last, so that a directory is found under its own name.
func (w *walk) beneath(ctx context.Context, root string) error {
	w.root, w.looked, w.layouts, w.links = filepath.Clean(root), 0, 0, nil
	var err error
	if w.real, err = safefile.Real(root); err != nil {
		w.fail(root, err)
		return nil
	}
	err = w.directory(ctx, w.root, w.real, w.above())
	if err != nil && !errors.Is(err, errTooMany) {
		return err
	}
	w.follow()
	return nil
}

// above returns the ignore files in the directories above the argument, up to the root of its repository.
func (w *walk) above() ignores {
	repo := findGit(w.real)
	if repo == nil {
		return ignores{}
	}
	in := ignores{repo: repo}
	in.git = w.withFile(nil, repo.root, repo.exclude(), ".git/info/exclude")
	inner, err := filepath.Rel(repo.root, w.real)
	if err != nil || inner == "." {
		return in
	}
	dir := repo.root
	for _, name := range strings.Split(inner, string(filepath.Separator)) {
		in = w.enter(in, dir, map[string]bool{gitIgnore: true, judgeIgnore: true})
		dir = filepath.Join(dir, name)
	}
	return in
}

// directory searches one directory. path starts with the name that the user gave, full is the real path.
func (w *walk) directory(ctx context.Context, path, full string, above ignores) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if w.looked++; w.looked > w.MaxDirectories {
		w.fail(w.root, fmt.Errorf("more than %d directories: the search ended at %s", w.MaxDirectories, path))
		return errTooMany
	}
	entries, err := os.ReadDir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil // it was removed during the search
	case err != nil:
		w.fail(path, err)
		return nil
	}
	names := make(map[string]bool, len(entries))
	for _, e := range entries {
		names[e.Name()] = true
	}
	in := w.enter(above, full, names)
	look := w.look(in, path, full, names)
	if look.Kind == formats.Readable {
		w.add(path)
		return nil
	}
	before, omitted := len(w.found.Paths)+w.layouts, len(w.found.Omitted)
	for _, e := range entries {
		if err := w.entry(ctx, in, filepath.Join(path, e.Name()), filepath.Join(full, e.Name()), e); err != nil {
			return err
		}
	}
	if look.Kind == formats.Broken { // places that only look like problems are parts of this one
		inner := slices.DeleteFunc(w.found.Omitted[omitted:], func(o Omission) bool { return o.Warning })
		w.found.Omitted = w.found.Omitted[:omitted+len(inner)]
	}
	w.unreadable(path, look, len(w.found.Paths)+w.layouts > before)
	return nil
}

// look returns whether a directory is a problem. It ignores a file that the user or git leaves out.
func (w *walk) look(in ignores, path, full string, names map[string]bool) formats.Look {
	look := formats.LookAt(path, names)
	if look.Kind == formats.Nothing || look.Kind == formats.Layout {
		return look
	}
	file := filepath.Join(path, look.File)
	if why := w.leftOut(in, file, filepath.Join(full, look.File), false); why != "" {
		w.omit(file, why, false)
		return formats.Look{}
	}
	return look
}

// unreadable reports a directory that looks like a problem and cannot be read as one. That is an error if it has more
// than the file that describes a problem, or if the user named it and it holds no problem. Otherwise it is a warning.
func (w *walk) unreadable(path string, look formats.Look, holds bool) {
	switch {
	case look.Kind == formats.Nothing, look.Kind == formats.Layout && holds:
	case look.Kind == formats.Broken, path == w.root && !holds:
		w.add(path)
		w.found.Failed[path] = look.Err
	case look.Kind == formats.Layout:
		w.layouts++
		w.omit(path, look.Err.Msg+" ("+look.Err.Hint+")", true)
	default:
		why := look.Err.Msg
		if look.Err.Line > 0 {
			why = fmt.Sprintf("line %d: %s", look.Err.Line, why)
		}
		w.omit(path, fmt.Sprintf("looks like a problem: it has %s, but no tests, submissions or data: %s",
			look.File, why), true)
	}
}

// entry searches one entry of a directory, or records why it does not. Links are recorded for later.
func (w *walk) entry(ctx context.Context, in ignores, path, full string, e fs.DirEntry) error {
	isDir := e.IsDir()
	isLink := e.Type()&fs.ModeSymlink != 0
	if isDir && hidden(e.Name()) || !isDir && !isLink && !formats.IsArchive(path) {
		return nil
	}
	if why := w.leftOut(in, path, full, isDir); why != "" && !isLink {
		w.omit(path, why, false)
		return nil
	}
	switch {
	case isLink:
		w.links = append(w.links, link{path, full, in})
	case isDir:
		in.within = w.ignoredByGit(in, full)
		return w.directory(ctx, path, full, in)
	default:
		w.omit(path, "archives are read only if you name them", false)
	}
	return nil
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }

// follow adds the problems that links lead to. It skips links to directories that were searched under their own names.
// It does not follow a link out of the repository, because the link's author may not own that directory.
func (w *walk) follow() {
	repository := w.real
	if g := findGit(w.real); g != nil {
		repository = g.root
	}
	for _, l := range w.links {
		info, err := os.Stat(l.path)
		if err != nil || !info.IsDir() || hidden(filepath.Base(l.path)) {
			continue
		}
		if why := w.leftOut(l.in, l.path, l.full, false); why != "" {
			w.omit(l.path, why, false)
			continue
		}
		target, err := safefile.Real(l.path)
		switch {
		case err != nil:
			w.fail(l.path, err)
		case isBelow(w.real, target) && !leadsHidden(w.real, target):
		case w.found.Failed[filepath.Dir(l.path)] != nil && !formats.Holds(target): // the problem's error is reported
		case !isBelow(repository, target):
			w.omit(l.path, "not followed: the link leads out of the repository", false)
		case !formats.Holds(target):
			w.omit(l.path, "not searched: the link leads to a directory that is not a problem", false)
		default:
			w.add(l.path)
		}
	}
}

// isBelow reports whether a path is a directory or something below it. Both are absolute and without links.
func isBelow(dir, path string) bool {
	relative, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(relative)
}

// leadsHidden reports whether a path below a directory passes through a hidden directory.
func leadsHidden(dir, path string) bool {
	relative, err := filepath.Rel(dir, path)
	if err != nil || relative == "." {
		return false
	}
	return slices.ContainsFunc(strings.Split(relative, string(filepath.Separator)), hidden)
}
