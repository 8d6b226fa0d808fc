// Package targets finds the submissions that the arguments of judge run name: all those of a problem, or those in a
// directory.
package targets

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/judge/languages"
	"judge/problems"
)

// Targets are the submissions to judge.
type Targets struct {
	Paths  []string
	Listed []string // by submission, its name in the package; "": it is found by its file
	Names  []string // by submission, the path to show
	Notes  []string // what was left out
}

// Bounds of a directory of submissions.
const (
	maxEntries = 20_000
	maxDepth   = 8
)

// ErrTooMany is the error of a directory with too many entries.
var ErrTooMany = errors.New("too many files: name the submissions")

// All returns the submissions that a problem lists, those in unknown languages aside. at is the problem's path as the
// user wrote it.
func All(p *problems.Problem, at string) Targets {
	var t Targets
	if info, err := os.Stat(at); err == nil && !info.IsDir() {
		at = filepath.Dir(at)
	}
	for _, s := range p.Submissions {
		name := s.Listed
		if shown := filepath.Join(at, s.Listed); name != "" && exists(shown) {
			name = shown
		}
		if name == "" {
			name = s.Path
		}
		t.Paths, t.Listed, t.Names = append(t.Paths, s.Path), append(t.Listed, s.Listed), append(t.Names, name)
	}
	for _, f := range p.Foreign {
		name := f.Submission.Listed
		t.Notes = append(t.Notes, fmt.Sprintf("%s is in %s, which the judge cannot run: skipped", name, f.Language))
	}
	return t
}

// Expand replaces each directory of submissions by the submissions in it. A directory is one submission if the problem
// lists it, or if it has an entry point; else each file and each directory in it is one. table tells which files are
// programs.
func Expand(p *problems.Problem, table *languages.Table, paths []string) (Targets, error) {
	w := walk{problem: p, table: table}
	for _, s := range p.Submissions {
		if real, err := filepath.EvalSymlinks(s.Path); err == nil {
			w.listed = append(w.listed, real)
		}
	}
	for _, path := range paths {
		if !isDir(path) {
			w.take(path)
			continue
		}
		if err := w.directory(path, 0); err != nil {
			return Targets{}, fmt.Errorf("%s: %w", path, err)
		}
	}
	w.Names, w.Listed = w.Paths, make([]string, len(w.Paths))
	return w.Targets, nil
}

// walk collects the submissions of directories.
type walk struct {
	Targets
	problem *problems.Problem
	table   *languages.Table
	listed  []string // real paths of the problem's submissions
	entries int
}

func (w *walk) take(path string) { w.Paths = append(w.Paths, path) }

// directory takes a directory, or what is in it.
func (w *walk) directory(path string, depth int) error {
	if w.isOne(path) {
		w.take(path)
		return nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return errors.Unwrap(err)
	}
	if w.entries += len(entries); w.entries > maxEntries {
		return ErrTooMany
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return problems.NaturalOrder(a.Name(), b.Name()) })
	found := false
	for _, e := range entries {
		inner := filepath.Join(path, e.Name())
		mode := e.Type()
		if info, err := os.Stat(inner); err == nil && mode&fs.ModeSymlink != 0 {
			mode = info.Mode().Type()
		}
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case mode.IsDir() && depth < maxDepth && w.holdsListed(inner):
			found = true
			if err := w.directory(inner, depth+1); err != nil {
				return err
			}
		case mode.IsDir(), w.isProgram(inner):
			found = true
			w.take(inner)
		default:
			w.Notes = append(w.Notes, inner+" is not a program in a known language: skipped")
		}
	}
	if !found {
		w.take(path) // its fault says what is expected
	}
	return nil
}

// isOne reports whether a directory is one submission.
func (w *walk) isOne(path string) bool {
	if real, err := filepath.EvalSymlinks(path); err == nil && slices.Contains(w.listed, real) {
		return true
	}
	if w.problem.OutputOnly {
		return !w.holdsListed(path)
	}
	entries, err := os.ReadDir(path)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return startsProgram(e.Name()) })
}

// startsProgram reports whether a file of this name is an entry point, or builds the program of its directory.
func startsProgram(name string) bool {
	build := []string{"build", "run", "build.sh", "run.sh", "Makefile", "CMakeLists.txt", "Cargo.toml", "go.mod"}
	ext := filepath.Ext(name)
	return slices.Contains(build, name) || ext != "" && strings.EqualFold(strings.TrimSuffix(name, ext), "main")
}

// holdsListed reports whether a submission of the problem is below a directory.
func (w *walk) holdsListed(path string) bool {
	real, err := filepath.EvalSymlinks(path)
	return err == nil && slices.ContainsFunc(w.listed, func(s string) bool {
		return strings.HasPrefix(s, real+string(filepath.Separator))
	})
}

// isProgram reports whether a file is a submission: the problem lists it, or its language is known.
func (w *walk) isProgram(path string) bool {
	if real, err := filepath.EvalSymlinks(path); err == nil && slices.Contains(w.listed, real) {
		return true
	}
	if w.problem.OutputOnly {
		return filepath.Ext(path) == ".zip"
	}
	sources, err := languages.ReadSources(path, int64(w.problem.Limits.Code))
	if err != nil && !errors.Is(err, languages.ErrTooLarge) {
		return !errors.As(err, new(*languages.Fault))
	}
	_, err = w.table.Detect(sources)
	return !errors.As(err, new(*languages.UnknownError))
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
