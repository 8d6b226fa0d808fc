package safefile

import (
	"errors"
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

func TestRootFollowsLinksWithinAndNamesThoseThatLeadOut(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "p")
	must(t, os.MkdirAll(filepath.Join(dir, "a", "b"), 0o755), os.WriteFile(filepath.Join(dir, "a", "file"), nil, 0o644),
		os.WriteFile(filepath.Join(top, "outside"), nil, 0o644))
	for name, target := range map[string]string{
		"in": "a/file", "up": "a/b/../file", "absolute": filepath.Join(dir, "a/file"), "again": "../p/a/file", "chain": "in", "dir": "a/b",
		"out": "../outside", "etc": "/etc/passwd", "root": "/", "loop": "loop", "self": ".", "far": "root/etc/passwd", "a/b/top": "../../..",
	} {
		must(t, os.Symlink(target, filepath.Join(dir, name)))
	}
	root, err := OpenRoot(dir)
	must(t, err)
	defer root.Close()
	for name, want := range map[string]string{
		"in": "a/file", "up": "a/file", "absolute": "a/file", "again": "a/file", "chain": "a/file", "dir": "a/b", "self/self/in": "a/file", "self": ".",
	} {
		if got, _, err := root.Find(name); err != nil || got != want {
			t.Errorf("%s: got %q, %v, expected %q", name, got, err, want)
		}
	}
	for name, link := range map[string]string{
		"out": "out", "etc": "etc", "far": "root", "root/etc/passwd": "root", "dir/top/outside": "a/b/top", "self/out": "out",
	} {
		_, _, err := root.Find(name)
		if led, ok := errors.AsType[*LinkError](err); !ok || led.Name != link {
			t.Errorf("%s: got %v, expected an error that names the link %q", name, err, link)
		}
		if f, err := root.Open(name); err == nil {
			f.Close()
			t.Errorf("%s was opened", name)
		}
	}
	for _, name := range []string{"..", "../outside", "/etc/passwd", "loop", "none", "in/x"} {
		if got, _, err := root.Find(name); err == nil {
			t.Errorf("%s: got %q, expected an error", name, got)
		}
	}
}
