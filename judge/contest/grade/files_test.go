package grade

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"judge/judge/contest"
	"judge/problems/safefile"
)

// TestForeignResultFilesNameNoFileOfThisHost: paths in a result file are untrusted. They lead to nothing outside of the
// contest's directory.
func TestForeignResultFilesNameNoFileOfThisHost(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(t.TempDir(), "secret.c")
	for _, path := range []string{secret, filepath.Join(dir, "own.c")} {
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(secret, filepath.Join(dir, "link.c")); err != nil {
		t.Fatal(err)
	}
	files := &Files{Contest: &contest.Contest{Dir: dir}}
	defer files.Close()
	relative, err := filepath.Rel(dir, secret)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{secret, relative, "link.c"} {
		if _, err := files.Source(contest.Submission{Path: path}); !errors.Is(err, safefile.ErrOutside) {
			t.Errorf("%s: expected ErrOutside, got %v", path, err)
		}
	}
	if _, err := files.Source(contest.Submission{Path: "own.c"}); err != nil {
		t.Errorf("own.c: %v", err)
	}
}
