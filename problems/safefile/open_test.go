package safefile

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

func TestOpenRefusesLinksAndWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	must(t, os.WriteFile(file, []byte("x"), 0o644), os.Symlink("file", filepath.Join(dir, "link")), os.Symlink(dir, filepath.Join(dir, "up")),
		unix.Mkfifo(filepath.Join(dir, "fifo"), 0o644))
	for _, path := range []string{"link", "up/file", "fifo", ".", "none"} {
		if f, err := Open(filepath.Join(dir, path)); err == nil {
			f.Close()
			t.Errorf("%s was opened, expected an error", path)
		}
	}
	for _, path := range []string{"file", "/dev/zero"} {
		if f, err := Open(path); err == nil {
			f.Close()
			t.Errorf("%s was opened, expected an error", path)
		}
	}
	if data, err := ReadFile(file, 1); err != nil || string(data) != "x" {
		t.Errorf("got %q, %v, expected the file", data, err)
	}
	if _, err := ReadFile(file, 0); err == nil {
		t.Error("more than the limit was read")
	}
}

func TestOpenTakesDescriptorsOfThisProcess(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "file"), []byte("x"), 0o644), os.Symlink("file", filepath.Join(dir, "link")))
	d, err := Private(dir)
	must(t, err)
	defer d.Close()
	file, err := d.Open("file")
	must(t, err)
	defer file.Close()
	for path, opens := range map[string]bool{procPath(file): true, d.At("file"): true, d.At("link"): false} {
		f, err := Open(path)
		if (err == nil) != opens {
			t.Errorf("%s: got %v, expected that it opens: %v", path, err, opens)
		}
		if err == nil {
			f.Close()
		}
	}
}
