package languages

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// tree makes a directory of files, name, text, name, text, ...
func tree(t *testing.T, nameText ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(nameText); i += 2 {
		path := filepath.Join(dir, nameText[i])
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(nameText[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestDirectoryIsReadInNaturalOrderWithoutDotFiles(t *testing.T) {
	dir := tree(t, "a10.c", "ten", "a2.c", "two", "a02.c", "", "sub/b.h", "b", ".git/config", "", ".c", "")
	s, err := ReadSources(dir, 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range s.Files {
		got = append(got, f.Name)
	}
	if want := []string{"a02.c", "a2.c", "a10.c", "sub/b.h"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if string(s.Files[2].Data) != "ten" {
		t.Errorf("a10.c holds %q", s.Files[2].Data)
	}
}

func TestLimitCountsAllFilesTogether(t *testing.T) {
	dir := tree(t, "a.c", "12345", "b.c", "12345")
	if _, err := ReadSources(dir, 10); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	if _, err := ReadSources(dir, 9); err == nil || !strings.Contains(err.Error(), "more than 9 bytes") {
		t.Errorf("beyond it: %v", err)
	}
	if _, err := ReadSources(filepath.Join(dir, "a.c"), 4); err == nil || !strings.Contains(err.Error(), "more than 4 bytes") {
		t.Errorf("one file beyond it: %v", err)
	}
}

func TestHostileSubmissionsAreRefused(t *testing.T) {
	tests := []struct {
		name, want string
		plant      func(dir string) error
	}{
		{"link to a file", "symbolic link", func(d string) error { return os.Symlink("/etc/passwd", d+"/b.c") }},
		{"link to a directory", "symbolic link", func(d string) error { return os.Symlink("/", d+"/root") }},
		{"dangling link", "symbolic link", func(d string) error { return os.Symlink("nowhere", d+"/b.c") }},
		{"link deep inside", "symbolic link", func(d string) error {
			return firstError(os.Mkdir(d+"/x", 0o755), os.Symlink("../a.c", d+"/x/b.c"))
		}},
		{"FIFO", "FIFO", func(d string) error { return syscall.Mkfifo(d+"/b.c", 0o644) }},
		{"newline in a name", "control character", func(d string) error { return os.WriteFile(d+"/b\n.c", nil, 0o644) }},
		{"escape in a name", "control character", func(d string) error { return os.WriteFile(d+"/b\033[2J.c", nil, 0o644) }},
		{"invalid UTF-8 in a name", "not UTF-8", func(d string) error { return os.WriteFile(d+"/b\xff.c", nil, 0o644) }},
		{"invalid UTF-8 in the name of a directory", "not UTF-8", func(d string) error { return os.Mkdir(d+"/b\xff", 0o755) }},
		{"too many files", "more than 1000 files", func(d string) error { return manyFiles(d, maxFiles) }},
		{"too deep", "directories nested more than", func(d string) error {
			return os.MkdirAll(d+strings.Repeat("/x", maxDepth+1), 0o755)
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := tree(t, "a.c", "")
			if err := test.plant(dir); err != nil {
				t.Fatal(err)
			}
			_, err := ReadSources(dir, 1<<20)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got %v, want %q", err, test.want)
			}
			if !errors.As(err, new(*Fault)) {
				t.Errorf("it is no fault of the submission: %v", err)
			}
			if !printable(err.Error()) {
				t.Errorf("the error itself would reach a terminal uncleaned: %q", err)
			}
		})
	}
}

func TestNamesOfFilesAreTheSubmissionsOwn(t *testing.T) {
	dir := tree(t, "-I/-o.c", "", "@opts.c", "", "e\u200dmoji \u202e.c", "", strings.Repeat("x", 253)+".c", "")
	s, err := ReadSources(dir, 100)
	if err != nil || len(s.Files) != 4 {
		t.Errorf("%+v, %v", s, err)
	}
	for _, name := range []string{"a\nb.c", "b\xff.c", "\x1b.c", "-o.c"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte("text"), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := ReadSources(filepath.Join(dir, name), 100)
		if err != nil || string(s.Files[0].Data) != "text" || filepath.Ext(s.Files[0].Name) != ".c" || checkName(s.Files[0].Name) != nil {
			t.Errorf("%q: %+v, %v", name, s, err)
		}
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func manyFiles(dir string, n int) error {
	for i := range n {
		if err := os.WriteFile(fmt.Sprintf("%s/%d.c", dir, i), nil, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func TestSubmissionItselfMayBeALinkButNotAFIFO(t *testing.T) {
	dir := tree(t, "a.c", "text")
	link, fifo := filepath.Join(t.TempDir(), "b.c"), filepath.Join(t.TempDir(), "c.c")
	if err := firstError(os.Symlink(filepath.Join(dir, "a.c"), link), syscall.Mkfifo(fifo, 0o644)); err != nil {
		t.Fatal(err)
	}
	s, err := ReadSources(link, 100)
	if err != nil || s.Files[0].Name != "b.c" || string(s.Files[0].Data) != "text" {
		t.Errorf("got %+v, %v", s, err)
	}
	if _, err := ReadSources(fifo, 100); err == nil || !strings.Contains(err.Error(), "FIFO") {
		t.Errorf("a FIFO: %v", err)
	}
	if _, err := ReadSources("/dev/zero", 100); err == nil || !strings.Contains(err.Error(), "device") {
		t.Errorf("a device: %v", err)
	}
	if _, err := ReadSources(filepath.Join(dir, "none.c"), 100); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("no file: %v", err)
	}
	if _, err := ReadSources(t.TempDir(), 100); err == nil || !strings.Contains(err.Error(), "contains no files") {
		t.Errorf("an empty directory: %v", err)
	}
}

func TestWriteToNeverOverwrites(t *testing.T) {
	s, err := ReadSources(tree(t, "a.c", "one", "x/y/b.h", "two"), 100)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := WriteTo(dir, s.Files); err != nil {
		t.Fatal(err)
	}
	again, err := ReadSources(dir, 100)
	if err != nil || len(again.Files) != 2 || again.Files[1].Name != "x/y/b.h" || string(again.Files[1].Data) != "two" {
		t.Errorf("got %+v, %v", again, err)
	}
	if err := WriteTo(dir, s.Files[:1]); err == nil {
		t.Error("a file was overwritten")
	}
	if err := WriteTo(dir, []File{{Name: "../out.c"}}); err == nil {
		t.Error("a file was written outside")
	}
}

// TestProgramsLeaveOutInvalidNames: a problem's format may allow only some names.
func TestProgramsLeaveOutInvalidNames(t *testing.T) {
	problem := t.TempDir()
	program := filepath.Join(problem, "sum")
	for _, name := range []string{"main.py", "a b.py", "lib/x.py", "lib (1)/y.py"} {
		file := filepath.Join(program, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, nil, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct {
		names *regexp.Regexp
		files int
	}{{nil, 4}, {regexp.MustCompile(`^[a-z.]+$`), 2}} {
		s, err := ReadProgram(Package{Dir: problem, Names: row.names}, program, program, 100)
		if err != nil || len(s.Files) != row.files {
			t.Errorf("names %v: got %d files, %v, expected %d", row.names, len(s.Files), err, row.files)
		}
	}
}
