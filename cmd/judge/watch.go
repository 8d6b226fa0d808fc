package main

import (
	"context"
	"io/fs"
	"path/filepath"
	"time"
)

// lookedAt is how often files are looked at: fast enough for who has just saved one.
const lookedAt = 500 * time.Millisecond

// glance is what is noticed of a file.
type glance struct {
	size    int64
	changed time.Time
}

// snapshot looks at every file beneath problems.
func snapshot(ctx context.Context, paths []string) map[string]glance {
	files := map[string]glance{}
	for _, path := range paths {
		if problem, err := openProblem(ctx, path); err == nil {
			path = problem.Dir
		}
		filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error { //nolint:errcheck // what cannot be read is not there
			if ctx.Err() != nil {
				return fs.SkipAll
			}
			if err != nil {
				return nil
			}
			if entry.IsDir() {
				return nil
			}
			if info, err := entry.Info(); err == nil {
				files[name] = glance{info.Size(), info.ModTime()}
			}
			return nil
		})
	}
	return files
}

// awaitEdit returns when a file beneath problems is another than before, and has been so for a moment; or when ctx ends.
func awaitEdit(ctx context.Context, paths []string, before map[string]glance) {
	tick := time.NewTicker(lookedAt)
	defer tick.Stop()
	last := before
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := snapshot(ctx, paths)
		if !same(now, before) && same(now, last) {
			return
		}
		last = now
	}
}

func same(a, b map[string]glance) bool {
	if len(a) != len(b) {
		return false
	}
	for name, x := range a {
		y, ok := b[name]
		if !ok || x.size != y.size || !x.changed.Equal(y.changed) {
			return false
		}
	}
	return true
}
