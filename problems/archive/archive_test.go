package archive

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems/cache"
)

// entry is an entry of an archive.
type entry struct {
	name, content string
	mode          fs.FileMode
}

func archiveOf(t *testing.T, entries ...entry) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.mode != 0 {
			header.SetMode(e.mode)
		}
		f, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(e.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func unpackAt(path, to string) (*Unpacked, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return Unpack(file, to)
}

func unpacked(t *testing.T, path, to string) *Unpacked {
	t.Helper()
	u, err := unpackAt(path, to)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { u.Close() })
	return u
}

// packages lists the cached archives.
func packages(to string) []os.DirEntry {
	left, _ := os.ReadDir(filepath.Join(to, cache.Packages))
	return left
}

func TestArchivesAreUnpackedOnce(t *testing.T) {
	path, to := archiveOf(t, entry{"p/a.txt", "A", 0}, entry{"p/run", "R", 0o755}, entry{"q/", "", fs.ModeDir | 0o755}), t.TempDir()
	first := unpacked(t, path, to)
	dir := first.Dir
	data, err := os.ReadFile(filepath.Join(dir, "p/a.txt"))
	if err != nil || string(data) != "A" {
		t.Errorf("%q, %v", data, err)
	}
	if info, err := os.Stat(filepath.Join(dir, "p/run")); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("%v, %v", info, err)
	}
	if again := unpacked(t, path, to); again.Dir != dir {
		t.Errorf("%s and %s", dir, again.Dir)
	}
	if left := packages(to); len(left) != 1 {
		t.Errorf("%v is left", left)
	}
}

func TestHostileArchivesLeaveNothing(t *testing.T) {
	for what, entries := range map[string][]entry{
		"out of the directory":   {{"../x", "", 0}},
		"from the root":          {{"/etc/x", "", 0}},
		"in a middle":            {{"a/../../x", "", 0}},
		"an absolute link":       {{"a", "/etc/passwd", fs.ModeSymlink | 0o777}},
		"a link that leads out":  {{"d/a", "../../x", fs.ModeSymlink | 0o777}},
		"a chain that leads out": {{"d/a", "../b", fs.ModeSymlink | 0o777}, {"b", "..", fs.ModeSymlink | 0o777}},
		"a way that leads out":   {{"b/c", "", 0}, {"a", "b/../../a/c", fs.ModeSymlink | 0o777}},
		"a file beneath a link":  {{"b/c", "", 0}, {"a", "b", fs.ModeSymlink | 0o777}, {"a/d", "", 0}},
		"a link twice":           {{"b", "", 0}, {"a", "b", fs.ModeSymlink | 0o777}, {"a", "b", fs.ModeSymlink | 0o777}},
		"too long a link":        {{"a", strings.Repeat("b", 5000), fs.ModeSymlink | 0o777}},
		"a test's bad name":      {{"data/secret/\xb2.in", "", 0}},
		"a device":               {{"a", "", fs.ModeDevice | 0o666}},
		"a FIFO":                 {{"a", "", fs.ModeNamedPipe | 0o666}},
		"twice":                  {{"a", "1", 0}, {"a", "2", 0}},
		"a file and a directory": {{"a", "1", 0}, {"a/b", "2", 0}},
		"a backslash":            {{`a\..\b`, "", 0}},
		"too deep":               {{strings.Repeat("a/", 100) + "b", "", 0}},
		"the directory itself":   {{"..", "", 0}},
	} {
		to := t.TempDir()
		if u, err := unpackAt(archiveOf(t, entries...), to); err == nil {
			t.Errorf("%s: unpacked to %s", what, u.Dir)
		}
		if left := packages(to); len(left) != 0 {
			t.Errorf("%s: %v is left", what, left)
		}
	}
	for what, data := range map[string]string{"no archive": "hello", "an empty file": ""} {
		path := filepath.Join(t.TempDir(), "a.zip")
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := unpackAt(path, t.TempDir()); err == nil {
			t.Errorf("%s was unpacked", what)
		}
	}
}

// TestUnpackedBytesAreBounded even if the archive states smaller sizes.
func TestUnpackedBytesAreBounded(t *testing.T) {
	path := archiveOf(t, entry{"a", "12345", 0}, entry{"b", "67890", 0})
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	u := &unpacking{root, 7 << 30, 7, make([]byte, 8)}
	if err := u.file(root, "a", archive.File[0]); err != nil || u.left != 2 {
		t.Errorf("%v, %d left", err, u.left)
	}
	again := &dir{again: map[string]*node{"c": {name: "a"}}}
	if err := u.copies(again, "."); err == nil {
		t.Error("a link was not counted as what it leads to")
	}
	u.left = 2
	if err := u.file(root, "b", archive.File[1]); err == nil || !strings.HasSuffix(err.Error(), ": 7 GiB in all") {
		t.Errorf("got %v, expected an error with the bound", err)
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		path := filepath.Join(dir, "a.zip")
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if u, err := unpackAt(path, filepath.Join(dir, "to")); err == nil {
			u.Close()
			return
		}
		if left := packages(filepath.Join(dir, "to")); len(left) != 0 {
			t.Errorf("%v is left", left)
		}
	})
}

func TestArchiveNamesMayContainEmoji(t *testing.T) {
	const name = "👩\u200d💻 at 4.42\u202fPM.png"
	u, err := unpackAt(archiveOf(t, entry{name, "x", 0}), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	if _, err := os.Stat(filepath.Join(u.Dir, name)); err != nil {
		t.Error(err)
	}
}
