package root

import (
	"judge/isolate/size"
	"os"
	"path/filepath"
	"testing"
)

// TestCopiesCountWholePages: a file of one byte takes a page, so many small files leave no room for
// the input.
func TestCopiesCountWholePages(t *testing.T) {
	dir, page := t.TempDir(), size.Bytes(os.Getpagesize())
	for _, name := range []string{"a", "b", "c"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	room := 3*page + item{dir, info}.held()
	if items, err := survey(dir, room); len(items) != 4 || err != nil {
		t.Errorf("with room for all: got %d items, %v", len(items), err)
	}
	if items, err := survey(dir, room-1); items != nil || err != nil {
		t.Errorf("with too little room: got %d items, %v", len(items), err)
	}
}
