package report

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems/text"
)

// keptText is a file of a failed test with this content.
func keptText(extension, content string) KeptFile {
	return KeptFile{Extension: extension, From: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(content)), nil
	}}
}

func TestKeptFilesStayInTheFolder(t *testing.T) {
	for _, row := range []struct{ submission, test, path string }{
		{"wrong.cpp", "1", "wrong.cpp/1.in"},
		{"submissions/wrong.cpp", "secret/07-big", "submissions/wrong.cpp/secret/07-big.in"},
		{"../../etc", "../passwd", "etc/passwd.in"},
		{"/abs/a.c", "a b*$(x)", "abs/a.c/a%20b%2A%24%28x%29.in"},
		{".", "..", "%/%.in"},
		{".hidden", "-x", "%2Ehidden/%2Dx.in"},
		{"日本.py", "\xff\x1b\n", "日本.py/%FF%1B%0A.in"},
		{"100%", "\u202e", "100%25/%E2%80%AE.in"},
		{"a.c", strings.Repeat("x", 300), "a.c/" + strings.Repeat("x", 201) + "%12c.in"},
	} {
		dir := filepath.Join(t.TempDir(), "kept")
		f, err := OpenFolder(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		f.Put(row.submission, row.test, []KeptFile{keptText("in", "old")})
		f.Put(row.submission, row.test, []KeptFile{keptText("in", "5\n")})
		if err := f.Close(); err != nil {
			t.Errorf("%q, %q: %v", row.submission, row.test, err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, row.path)); string(got) != "5\n" {
			t.Errorf("%q, %q: expected %s, got %q, %v", row.submission, row.test, row.path, got, err)
		}
		if !text.Plain(row.path) {
			t.Errorf("%q is not plain", row.path)
		}
	}
}

func TestKeptFilesFollowNoLink(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	target := filepath.Join(outside, "target")
	if err := os.WriteFile(target, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"dir.c": outside, "file.c/1.in": target} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, link)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	f, err := OpenFolder(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	f.Put("file.c", "1", []KeptFile{keptText("in", "theirs")})
	f.Put("dir.c", "1", []KeptFile{keptText("in", "theirs")})
	f.Put("late.c", "1", []KeptFile{keptText("in", "after the first error nothing is stored")})
	if err := f.Close(); err == nil || !strings.Contains(err.Error(), "dir.c") {
		t.Errorf("expected an error about the link dir.c, got %v", err)
	}
	if got, err := os.ReadFile(target); string(got) != "mine" {
		t.Errorf("the file behind the link was written: %q, %v", got, err)
	}
	if names, err := os.ReadDir(outside); err != nil || len(names) != 1 {
		t.Errorf("files were created behind the link: %v, %v", names, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "late.c")); err == nil {
		t.Error("a file was stored after the first error")
	}
}

func TestKeptSubmissionsHaveShortNames(t *testing.T) {
	dir := t.TempDir()
	f, err := OpenFolder(dir, []string{"/home/x/a/wrong.c", "/home/x/b/wrong.c", "/home/x/b/slow.py"})
	if err != nil {
		t.Fatal(err)
	}
	f.Put("/home/x/b/wrong.c", "1", []KeptFile{keptText("in", "5\n")})
	f.Put("/home/x/b/slow.py", "1", []KeptFile{keptText("in", "5\n")})
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"b/wrong.c/1.in", "slow.py/1.in"} {
		if _, err := os.Stat(filepath.Join(dir, path)); err != nil {
			t.Error(err)
		}
	}
}
