package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/judge/verify"
	"judge/problems/formats"
)

// mostDirectories bounds how many directories beneath one argument are searched.
const mostDirectories = 1_000_000

// search collects the problems that arguments name, and what lies there that cannot be verified.
type search struct {
	most    int // directories beneath one argument
	paths   []string
	failed  map[string]error // of paths: what could not be searched
	omitted []verify.Omission
}

// findProblems returns the problems that arguments name: themselves, or those in the directories beneath. A place
// that holds no problem is an omission; it is an error only if there is no problem at all.
func findProblems(ctx context.Context, arguments []string) (*search, error) {
	s := &search{most: mostDirectories, failed: map[string]error{}}
	for _, argument := range arguments {
		info, err := os.Stat(argument)
		switch {
		case err != nil || info.IsDir() && formats.Holds(argument):
			s.add(filepath.Clean(argument)) // why it cannot be read is reported when it is opened
		case info.IsDir():
			before := len(s.paths)
			if err := s.beneath(ctx, argument); err != nil {
				return nil, err
			}
			if len(s.paths) == before {
				s.omit(argument, "there are no problems in this directory")
			}
		case formats.Names(argument):
			s.add(filepath.Clean(argument))
		default:
			s.omit(argument, "this is not a problem")
		}
	}
	if len(s.paths) == 0 {
		return nil, s.nothing()
	}
	slices.Sort(s.paths)
	s.paths = distinctPaths(s.paths)
	return s, nil
}

// distinctPaths keeps of several paths of one file or directory the first.
func distinctPaths(paths []string) []string {
	known := map[string]bool{}
	return slices.DeleteFunc(paths, func(path string) bool {
		real, err := filepath.EvalSymlinks(path)
		if err == nil {
			real, err = filepath.Abs(real)
		}
		if err != nil {
			real = path
		}
		twice := known[real]
		known[real] = true
		return twice
	})
}

func (s *search) add(path string) { s.paths = append(s.paths, path) }

func (s *search) omit(path, reason string) {
	s.omitted = append(s.omitted, verify.Omission{Path: path, Reason: reason})
}

// fail notes a directory that could not be searched. It counts as a problem that cannot be read: there may be one in
// it.
func (s *search) fail(path string, err error) {
	path = filepath.Clean(path)
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		err = inner.Err
	}
	s.add(path)
	s.failed[path] = fmt.Errorf("cannot search this directory for problems: %w", err)
}

// nothing is the error for arguments without a problem.
func (s *search) nothing() error {
	var all []string
	for _, o := range s.omitted {
		all = append(all, o.Path+": "+o.Reason)
	}
	return &nothing{strings.Join(all, "; ")}
}

// beneath searches a directory. Hidden directories are passed over, and so is what lies beneath a problem. Links are
// followed after all else, so that a directory has its own name where it has one.
func (s *search) beneath(ctx context.Context, root string) error {
	var links []string
	looked := 0
	start := root
	if info, err := os.Lstat(root); err == nil && !info.IsDir() {
		start += string(filepath.Separator) // a link to a directory
	}
	err := filepath.WalkDir(start, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case errors.Is(err, fs.ErrNotExist):
			return nil // removed meanwhile
		case err != nil:
			s.fail(path, err)
			return nil
		case entry.Type()&fs.ModeSymlink != 0:
			links = append(links, path)
			return nil
		case !entry.IsDir():
			return nil
		case path != start && hidden(entry.Name()):
			return fs.SkipDir
		}
		if looked++; looked > s.most {
			s.fail(root, fmt.Errorf("more than %d directories: the search ended at %s", s.most, path))
			return fs.SkipAll
		}
		if formats.Holds(path) {
			s.add(filepath.Clean(path))
			return fs.SkipDir
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.follow(root, links)
	return nil
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }

// follow adds the problems that links name. A link to what was searched under its own name adds nothing, and one that
// leads out of the repository is not followed: whoever wrote it may not be whom that directory belongs to.
func (s *search) follow(root string, links []string) {
	base, err := filepath.EvalSymlinks(root)
	if err != nil {
		return
	}
	if base, err = filepath.Abs(base); err != nil {
		return
	}
	repository := repositoryOf(base)
	for _, link := range links {
		info, err := os.Stat(link)
		if err != nil || !info.IsDir() || hidden(filepath.Base(link)) {
			continue
		}
		target, err := filepath.EvalSymlinks(link)
		if err == nil {
			target, err = filepath.Abs(target)
		}
		switch {
		case err != nil:
			s.fail(link, err)
		case isBelow(base, target) && !leadsHidden(base, target):
		case !isBelow(repository, target):
			s.omit(link, "a link to a directory outside: it is not followed")
		case !formats.Holds(target):
			s.omit(link, "a link to a directory that is no problem: it is not searched")
		default:
			s.add(filepath.Clean(link))
		}
	}
}

// isBelow reports whether a path is that of a directory or of something beneath it. Both are absolute, and without
// links.
func isBelow(dir, path string) bool {
	relative, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(relative)
}

// leadsHidden reports whether a hidden directory is between a directory and a path beneath it.
func leadsHidden(dir, path string) bool {
	relative, err := filepath.Rel(dir, path)
	if err != nil || relative == "." {
		return false
	}
	return slices.ContainsFunc(strings.Split(relative, string(filepath.Separator)), hidden)
}

// repositoryOf is the nearest directory, from dir upwards, that holds a git repository; dir itself without one.
func repositoryOf(dir string) string {
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			return at
		}
		if at == filepath.Dir(at) {
			return dir
		}
	}
}
