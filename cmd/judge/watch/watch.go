// Package watch waits for edits of the files of problems.
//
//	edits, err := watch.Start(paths, outputs) // before the files are read, so that no edit is missed
//	defer edits.Close()
//	err = edits.Wait(ctx)
package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify" // inotify: waiting costs nothing, however many files there are

	"judge/problems/formats"
	"judge/problems/text"
)

// settled is the quiet time after an edit: editors write a file in several steps.
const settled = 300 * time.Millisecond

// Edits watches the files below some paths. It is not safe for concurrent use.
type Edits struct {
	watcher *fsnotify.Watcher
	own     []string // files that the judge writes itself
	alone   []string // files whose neighbours in the directory do not count, such as archives
	dirs    map[string]bool
}

// Start starts to watch problems, by the paths that name them; changes of outputs do not count. Call Close after
// use.
func Start(paths, outputs []string) (*Edits, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, explained(err)
	}
	e := &Edits{watcher: watcher, dirs: map[string]bool{}}
	for _, path := range outputs {
		if path != "" {
			e.own = append(e.own, resolved(path))
		}
	}
	for _, path := range paths {
		if err := e.add(resolved(path)); err != nil {
			return nil, errors.Join(explained(err), watcher.Close())
		}
	}
	return e, nil
}

// Close stops watching.
func (e *Edits) Close() error { return e.watcher.Close() }

// Wait returns when a file has been edited since Start or the last Wait, and no other has been for a moment; or with
// the cause of ctx's end.
func (e *Edits) Wait(ctx context.Context) error {
	quiet := time.NewTimer(time.Hour)
	quiet.Stop()
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-quiet.C:
			return nil
		case event, open := <-e.watcher.Events:
			if !open {
				return errors.New("bug: watched after Close")
			}
			if e.counts(event) {
				quiet.Reset(settled)
			}
		case err := <-e.watcher.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return explained(err)
			}
			quiet.Reset(settled) // events were lost
		}
	}
}

// counts reports whether an event is an edit. A new directory is watched from then on.
func (e *Edits) counts(event fsnotify.Event) bool {
	name := filepath.Base(event.Name)
	unfinished := strings.HasPrefix(name, ".judge-") && strings.HasSuffix(name, ".tmp")
	switch {
	case name == ".git", unfinished, slices.Contains(e.own, event.Name):
		return false
	case !e.dirs[filepath.Dir(event.Name)] && !slices.Contains(e.alone, event.Name):
		return false
	}
	if info, err := os.Lstat(event.Name); err == nil && info.IsDir() && event.Has(fsnotify.Create) {
		_ = e.below(event.Name) // an edit has been seen already; a path that cannot be watched is only noticed later
	}
	return true
}

// add watches a problem.
func (e *Edits) add(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil: // it is noticed when it reappears
		e.alone = append(e.alone, path)
		return e.watcher.Add(filepath.Dir(path))
	case info.IsDir():
		return e.below(path)
	case formats.IsArchive(path):
		e.alone = append(e.alone, path)
		return e.watcher.Add(filepath.Dir(path))
	default:
		return e.below(filepath.Dir(path))
	}
}

// below watches a directory and its subdirectories. Links are not followed: their targets are watched in place, or
// do not belong to the problem.
func (e *Edits) below(dir string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil //nolint:nilerr // what cannot be read is not there
		case !entry.IsDir():
			return nil
		case entry.Name() == ".git":
			return fs.SkipDir
		}
		err = e.watcher.Add(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		e.dirs[path] = true
		return err
	})
}

// resolved returns a path without links, as far as it exists, because events have such names.
func resolved(path string) string {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if whole, err := filepath.EvalSymlinks(absolute); err == nil {
		return whole
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(absolute)); err == nil {
		return filepath.Join(dir, filepath.Base(absolute))
	}
	return absolute
}

// explained adds a fix to errors of the kernel's limits.
func explained(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("--watch: too many directories are watched: raise fs.inotify.max_user_watches: %w", err)
	case errors.Is(err, syscall.EMFILE):
		return fmt.Errorf("--watch: too many programs watch files: raise fs.inotify.max_user_instances: %w", err)
	default:
		return fmt.Errorf("--watch: %s", text.Error(err))
	}
}
