package repository

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"judge/problems/safefile"
)

const (
	gitIgnore   = ".gitignore"
	judgeIgnore = ".judgeignore"
)

// maxIgnoreFile bounds an ignore file, in bytes.
const maxIgnoreFile = 1 << 20

// ignoreFile is an ignore file that was read.
type ignoreFile struct {
	dir   string // what its patterns are relative to: from the root, without links
	name  string // as outputs name it
	rules []*rule
}

// ignores are the ignore files that apply to a directory, the outermost first. Each directory passes a copy to those in
// it.
type ignores struct {
	repo   *gitRepository // nil: none
	git    []ignoreFile
	judge  []ignoreFile
	within bool // in an ignored directory with tracked files: untracked ones are left out
}

// enter returns the ignores for the entries of a directory with these names; dir is its real path.
func (w *walk) enter(above ignores, dir string, names map[string]bool) ignores {
	in := above
	if names[".git"] && (in.repo == nil || in.repo.root != dir) {
		in.repo, in.git, in.within = openGit(dir), nil, false
		in.git = w.withFile(in.git, dir, in.repo.exclude(), ".git/info/exclude")
	}
	if names[gitIgnore] {
		in.git = w.withFile(in.git, dir, filepath.Join(dir, gitIgnore), gitIgnore)
	}
	if names[judgeIgnore] {
		in.judge = w.withFile(in.judge, dir, filepath.Join(dir, judgeIgnore), judgeIgnore)
	}
	return in
}

// withFile returns the list with an ignore file added, if there is one. It does not change the list above.
func (w *walk) withFile(above []ignoreFile, dir, path, name string) []ignoreFile {
	data, err := safefile.ReadFile(path, maxIgnoreFile)
	if errors.Is(err, fs.ErrNotExist) {
		return above
	}
	if shown, err := filepath.Rel(w.real, path); err == nil {
		name = filepath.Join(w.root, shown)
	}
	if err != nil {
		w.omit(name, "this ignore file cannot be read, and is not applied: "+safefile.Reason(err), true)
		return above
	}
	return append(above[:len(above):len(above)], ignoreFile{dir, name, parseRules(data)})
}

// leftOut returns why an entry of a directory is left out, "" if it is not. full is its real path.
func (w *walk) leftOut(in ignores, path, full string, isDir bool) string {
	inner, err := filepath.Rel(w.root, path)
	if err != nil {
		inner = path
	}
	if by := w.exclude(path, inner); by != nil {
		return "left out by the exclude pattern " + by.text
	}
	if by, file := decideAll(in.judge, full, isDir); by != nil {
		if by.include {
			return ""
		}
		return fmt.Sprintf("left out by %s:%d", file, by.line)
	}
	by, file := decideAll(in.git, full, isDir)
	switch {
	case by != nil && by.include, by == nil && !in.within, in.repo.tracks(full):
		return ""
	case by == nil:
		return "ignored by git, as its directory is"
	default:
		return fmt.Sprintf("ignored by git: %s:%d", file, by.line)
	}
}

// ignoredByGit reports whether git ignores a directory except for the tracked files in it.
func (w *walk) ignoredByGit(in ignores, full string) bool {
	if by, _ := decideAll(in.judge, full, true); by != nil && by.include {
		return false
	}
	by, _ := decideAll(in.git, full, true)
	return by != nil && !by.include || by == nil && in.within
}

// decideAll returns the rule that decides about a path, and the file that it is in: the innermost decides.
func decideAll(files []ignoreFile, full string, isDir bool) (*rule, string) {
	for i := len(files) - 1; i >= 0; i-- {
		inner := strings.TrimPrefix(full, strings.TrimSuffix(files[i].dir, "/")+"/")
		if by := decide(files[i].rules, inner, isDir); by != nil {
			return by, files[i].name
		}
	}
	return nil, ""
}

// exclude returns the pattern of Exclude that leaves out a path, nil if none does. A pattern applies to the path as
// the output names it, or below the argument.
func (w *walk) exclude(path, inner string) *rule {
	names := []string{inner}
	if named := strings.TrimPrefix(filepath.Clean(path), "/"); named != inner {
		names = append(names, named)
	}
	var by *rule
	for _, name := range names {
		if r := decide(w.excluded, filepath.ToSlash(name), true); r != nil && name != "." {
			if r.include {
				return nil
			}
			by = r
		}
	}
	return by
}
