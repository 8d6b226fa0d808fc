package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func started(t *testing.T, paths, outputs []string) *Edits {
	t.Helper()
	e, err := Start(paths, outputs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func write(t *testing.T, path string) {
	t.Helper()
	err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte("x"), 0o644))
	if err != nil {
		t.Fatal(err)
	}
}

// waits fails the test if an edit is not noticed.
func waits(t *testing.T, e *Edits, what string) {
	t.Helper()
	if err := e.Wait(t.Context()); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func TestEditsBeneathAProblemAreNoticed(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	spec := filepath.Join(dir, "problem.yaml")
	write(t, spec)
	write(t, filepath.Join(dir, "tests", "1.in"))
	for _, path := range []string{dir, spec, link} {
		e := started(t, []string{path}, nil)
		write(t, filepath.Join(dir, "tests", "1.in"))
		waits(t, e, path+": a file is written")
		write(t, filepath.Join(dir, "new", "deep", filepath.Base(path), "1.in"))
		waits(t, e, path+": a directory is new")
		if err := os.Remove(filepath.Join(dir, "new", "deep", filepath.Base(path), "1.in")); err != nil {
			t.Fatal(err)
		}
		waits(t, e, path+": a file in a new directory is removed")
	}
}

func TestArchivesAreWatchedWithoutTheirNeighbours(t *testing.T) {
	dir := t.TempDir()
	archive := filepath.Join(dir, "p.zip")
	write(t, archive)
	e := started(t, []string{archive}, nil)
	if e.dirs[dir] {
		t.Error("other files in its directory count")
	}
	write(t, archive)
	waits(t, e, "the archive is written")
}

// TestOwnOutputsAreNoEdits: each run writes them, and would ask for the next one.
func TestOwnOutputsAreNoEdits(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "problem.yaml"))
	write(t, filepath.Join(dir, ".git", "index"))
	out := filepath.Join(dir, "all.html")
	e := started(t, []string{dir}, []string{out, ""})
	write(t, filepath.Join(dir, ".judge-ABC.tmp"))
	write(t, out)
	write(t, filepath.Join(dir, ".git", "index"))
	ctx, cancel := context.WithTimeout(t.Context(), 4*settled)
	defer cancel()
	if err := e.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, expected no edit", err)
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	e := started(t, []string{t.TempDir()}, nil)
	cause := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(cause)
	if err := e.Wait(ctx); !errors.Is(err, cause) {
		t.Errorf("got %v", err)
	}
}
