package archive

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestWithinBoundsFilesAndBytes(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	path := archiveOf(t, entry{"a.c", "12345", 0}, entry{"b.h", "67890", 0})
	for _, row := range []struct {
		files int
		bytes int64
		ok    bool
	}{{2, 10, true}, {1, 10, false}, {2, 9, false}} {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		u, err := Within(file, row.files, row.bytes)
		file.Close()
		if row.ok != (err == nil) || err != nil && !errors.Is(err, ErrTooLarge) {
			t.Errorf("%d files, %d bytes: got %v, expected ok: %v", row.files, row.bytes, err, row.ok)
		}
		if err == nil {
			if data, err := os.ReadFile(filepath.Join(u.Dir, "b.h")); err != nil || string(data) != "67890" {
				t.Errorf("b.h: got %q, %v", data, err)
			}
			if err := u.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) != 0 {
		t.Errorf("got %v, %v in the temporary directory, expected nothing", left, err)
	}
}
