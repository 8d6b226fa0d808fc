package output

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree returns the files below a directory with their contents.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path) //nolint:errcheck // it is below
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func names(t *testing.T, dir string) string {
	t.Helper()
	return strings.Join(slices.Sorted(maps.Keys(tree(t, dir))), " ")
}

func filled(names ...string) func(*os.Root) error {
	return func(root *os.Root) error {
		for _, name := range names {
			if err := root.WriteFile(name, []byte(name), 0o644); err != nil {
				return err
			}
		}
		return nil
	}
}

func put(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("user"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestFolderIsReplacedButForTheUsersEntries(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "out")
	if err := replaceFolder(dir, "kind", filled("a", "b")); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "faces", "x.png"))
	put(t, filepath.Join(dir, "c"))
	if err := replaceFolder(dir, "kind", filled("b", "c", "d")); err != nil {
		t.Fatal(err)
	}
	if got, want := names(t, dir), ".judge-results b c d faces/x.png"; got != want {
		t.Errorf("expected %s, got %s", want, got)
	}
	if got := tree(t, dir)["c"]; got != "c" {
		t.Errorf("expected the new c, got %q", got)
	}
	if left, _ := os.ReadDir(filepath.Dir(dir)); len(left) != 1 { //nolint:errcheck // it is there
		t.Errorf("something is left next to the folder: %v", left)
	}
}

func TestFolderOfOthersIsRefused(t *testing.T) {
	for name, prepare := range map[string]func(dir string) error{
		"files of the user": func(dir string) error {
			put(t, filepath.Join(dir, "thesis.tex"))
			return nil
		},
		"another kind": func(dir string) error { return replaceFolder(dir, "other", filled("a")) },
		"a file":       func(dir string) error { return os.WriteFile(dir, nil, 0o644) },
		"a link": func(dir string) error {
			return errors.Join(os.Mkdir(dir+".real", 0o755), os.Symlink(dir+".real", dir))
		},
		"a marker that is a link": func(dir string) error {
			put(t, filepath.Join(dir, "x"))
			put(t, dir+".marker")
			return os.Symlink(dir+".marker", filepath.Join(dir, markerFile))
		},
	} {
		dir := filepath.Join(t.TempDir(), "out")
		if err := prepare(dir); err != nil {
			t.Fatal(err)
		}
		before, _ := os.ReadDir(filepath.Dir(dir)) //nolint:errcheck // it is there
		err := replaceFolder(dir, "kind", filled("b"))
		after, _ := os.ReadDir(filepath.Dir(dir)) //nolint:errcheck // it is there
		if err == nil || !strings.Contains(err.Error(), "expected a new or an empty") || len(before) != len(after) {
			t.Errorf("%s: expected an error and no change, got %v, %v, %v", name, err, before, after)
		}
	}
}

func TestFailedFolderLeavesTheOldOne(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if err := replaceFolder(dir, "kind", filled("a")); err != nil {
		t.Fatal(err)
	}
	failure := errors.New("no room")
	err := replaceFolder(dir, "kind", func(root *os.Root) error { return errors.Join(filled("b")(root), failure) })
	if !errors.Is(err, failure) || names(t, dir) != ".judge-results a" {
		t.Errorf("got %v and %s", err, names(t, dir))
	}
	if left, _ := os.ReadDir(filepath.Dir(dir)); len(left) != 1 { //nolint:errcheck // it is there
		t.Errorf("something is left next to the folder: %v", left)
	}
}

func TestEmptyFolderIsTaken(t *testing.T) {
	dir := t.TempDir()
	if err := replaceFolder(dir, "kind", filled("a")); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); got != ".judge-results a" {
		t.Errorf("got %s", got)
	}
}
