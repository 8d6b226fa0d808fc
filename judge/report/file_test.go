package report

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

func content(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func contents(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestLinkToAReportIsPreserved(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "run.json"), filepath.Join(dir, "latest.json")
	if err := errors.Join(os.WriteFile(file, []byte("old"), 0o600), os.Symlink("run.json", link)); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(link, content("new")); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, file); got != "new" {
		t.Errorf("the file holds %q", got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", info, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode became %v, %v", info.Mode(), err)
	}
}

func TestAPipeIsWrittenToAndNotReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := unix.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 1) // closed by nobody: the reader sends once
	go func() {
		data, err := os.ReadFile(path)
		got <- string(data)
		if err != nil {
			t.Error(err)
		}
	}()
	if err := WriteFile(path, content("through")); err != nil {
		t.Fatal(err)
	}
	if read := <-got; read != "through" {
		t.Errorf("read %q", read)
	}
	if info, err := os.Lstat(path); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("the pipe became %v, %v", info, err)
	}
}

func TestFailedWriteLeavesOnlyTheOldFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "run.json")
	if err := WriteFile(path, content("old")); err != nil {
		t.Fatal(err)
	}
	full := errors.New("disk full")
	err := WriteFile(path, func(w io.Writer) error { return errors.Join(content("half")(w), full) })
	if !errors.Is(err, full) {
		t.Errorf("the error is %v", err)
	}
	if got := contents(t, path); got != "old" {
		t.Errorf("the file holds %q", got)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestUnwritableFileIsKnownBeforehand(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, can := range map[string]bool{
		file: true, filepath.Join(dir, "new"): true, "/dev/null": true, filepath.Join(dir, "no", "new"): true,
		dir: false, filepath.Join(file, "new"): false,
	} {
		if err := CanWrite(path); (err == nil) != can {
			t.Errorf("%s: %v", path, err)
		}
	}
}
