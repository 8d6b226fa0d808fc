// Package repository finds the problems of a repository. It walks directories, skips what ignore files and patterns
// exclude, and reports everything else that looks like a problem.
//
//	search := repository.Search{Exclude: []string{"templates/**"}}
//	found, err := search.Find(ctx, []string{"problems"})
//
// Every place is in the result once: as a path to verify, or as an omission with the reason.
package repository

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/bmatcuk/doublestar/v4" // globs with **: no dependencies, and kept since 2014

	"judge/problems/formats"
	"judge/problems/safefile"
)

// maxDirectories bounds how many directories beneath one argument are searched.
const maxDirectories = 1_000_000

// Search holds the options of a search.
type Search struct {
	Exclude        []string // patterns of places to leave out, named or found; Valid checks them
	MaxDirectories int      // beneath one argument; 0: a million
}

// Omission is a place that was named or found and is not verified.
type Omission struct {
	Path    string
	Reason  string
	Warning bool // it looks like a problem, or could hold some: the user should look at it
}

// Found is the result of a search.
type Found struct {
	Paths   []string         // of problems, as the user would name them, sorted
	Failed  map[string]error // of some of the paths: what cannot be searched or read
	Omitted []Omission
	Unused  []string // of Exclude: patterns that match nothing
}

// Valid reports whether a pattern is valid for Exclude.
func Valid(pattern string) bool {
	return pattern != "" && doublestar.ValidatePattern(pattern)
}

// Find returns the problems that the arguments name, or that lie in directories that they name. The only error is that
// of the context.
func (s Search) Find(ctx context.Context, arguments []string) (*Found, error) {
	if s.MaxDirectories == 0 {
		s.MaxDirectories = maxDirectories
	}
	w := &walk{Search: s, excluded: excludeRules(s.Exclude), found: &Found{Failed: map[string]error{}}}
	for _, argument := range arguments {
		if err := w.argument(ctx, argument); err != nil {
			return nil, err
		}
	}
	slices.Sort(w.found.Paths)
	w.found.Paths = distinctPaths(w.found.Paths)
	for _, r := range w.excluded {
		if !r.used {
			w.found.Unused = append(w.found.Unused, r.text)
		}
	}
	return w.found, nil
}

// argument finds the problems of one argument. Ignore files do not apply to the argument itself.
func (w *walk) argument(ctx context.Context, argument string) error {
	info, err := os.Stat(argument)
	if by := w.exclude(argument, "."); by != nil {
		w.omit(argument, "left out by the exclude pattern "+by.text, false)
		return nil
	}
	switch {
	case err == nil && info.IsDir():
		before := len(w.found.Paths) + len(w.found.Omitted)
		if err := w.beneath(ctx, argument); err != nil {
			return err
		}
		if len(w.found.Paths)+len(w.found.Omitted) == before {
			w.omit(argument, "there are no problems in this directory", false)
		}
	case err != nil || formats.Names(argument):
		w.add(argument) // why it cannot be read is reported when it is opened
	default:
		w.omit(argument, "this is not a problem", false)
	}
	return nil
}

func (w *walk) add(path string) { w.found.Paths = append(w.found.Paths, filepath.Clean(path)) }

func (w *walk) omit(path, reason string, warning bool) {
	w.found.Omitted = append(w.found.Omitted, Omission{filepath.Clean(path), reason, warning})
}

// fail adds a directory that could not be searched as a problem that cannot be read: it may hold one.
func (w *walk) fail(path string, err error) {
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		err = inner.Err
	}
	w.add(path)
	w.found.Failed[filepath.Clean(path)] = fmt.Errorf("cannot search this directory for problems: %w", err)
}

// distinctPaths keeps the first of several paths of one file or directory.
func distinctPaths(paths []string) []string {
	known := map[string]bool{}
	return slices.DeleteFunc(paths, func(path string) bool {
		full := path
		if real, err := safefile.Real(path); err == nil {
			full = real
		}
		twice := known[full]
		known[full] = true
		return twice
	})
}
