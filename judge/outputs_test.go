package judge

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"judge/problems"
)

// outputOnly is a problem with the tests a and b, whose answers are 1 and 2.
func outputOnly(t *testing.T) *problems.Problem {
	p := problemOf(t, "", "1\n", "", "2\n")
	p.OutputOnly = true
	return p
}

// directoryOf makes a directory of files, by name and content.
func directoryOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		writeFile(t, filepath.Join(dir, name), text)
	}
	return dir
}

// archiveOf makes a zip archive.
func archiveOf(t *testing.T, files map[string]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "outputs.zip")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	archive := zip.NewWriter(file)
	for name, text := range files {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOutputsAreHeldAgainstTheAnswers(t *testing.T) {
	j, _ := acted(t, 1)
	flood := strings.Repeat("1\n", 8<<20)
	rows := []struct{ what, path, want string }{
		{"both", directoryOf(t, map[string]string{"a.out": "1\n", "b.txt": "2\n"}), "AC: AC AC"},
		{"an archive", archiveOf(t, map[string]string{"a.out": "1\n", "output_b.txt": "2\n"}), "AC: AC AC"},
		{"an archive of a directory", archiveOf(t, map[string]string{"__MACOSX/mine/._a.out": "", "mine/a.out": "1\n", "mine/b.out": "2\n"}), "AC: AC AC"},
		{"an archive of two", archiveOf(t, map[string]string{"mine/a.out": "1\n", "other/b.out": "2\n"}), "WA: WA WA"},
		{"one is wrong", directoryOf(t, map[string]string{"a.out": "1\n", "b.out": "3\n"}), "WA: AC WA"},
		{"one is missing", archiveOf(t, map[string]string{"b.out": "2\n"}), "WA: WA AC"},
		{"one is a directory", directoryOf(t, map[string]string{"a.out/x": "1\n", "b.out": "2\n"}), "WA: WA AC"},
		{"none", archiveOf(t, nil), "WA: WA WA"},
		{"one is a flood", archiveOf(t, map[string]string{"a.out": flood, "b.out": "2\n"}), "OLE: OLE AC"},
		{"names that would lead elsewhere stay in the archive", archiveOf(t, map[string]string{"../a.out": "1\n", "/b.out": "2\n"}), "AC: AC AC"},
	}
	for _, row := range rows {
		s := judgeAll(t, j, Request{Problem: outputOnly(t), Submissions: []string{row.path}}).Submissions[0]
		if got := verdicts(s); got != row.want || s.Language != outputsID {
			t.Errorf("%s: %s, want %s (%+v)", row.what, got, row.want, s)
		}
	}
}

func TestNoOutputLeadsOutOfTheSubmission(t *testing.T) {
	j, _ := acted(t, 1)
	outside := writeFile(t, filepath.Join(t.TempDir(), "secret"), "1\n")
	dir := directoryOf(t, map[string]string{"b.out": "2\n"})
	if err := os.Symlink(outside, filepath.Join(dir, "a.out")); err != nil {
		t.Fatal(err)
	}
	s := judgeAll(t, j, Request{Problem: outputOnly(t), Submissions: []string{dir}}).Submissions[0]
	if s.Tests[0].Verdict == problems.AC || s.Tests[1].Verdict != problems.AC {
		t.Errorf("%+v", s.Tests)
	}
	if err := os.Remove(filepath.Join(dir, "a.out")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "a.out"), 0o644); err != nil {
		t.Fatal(err)
	}
	// It must not be waited for.
	s = judgeAll(t, j, Request{Problem: outputOnly(t), Submissions: []string{dir}}).Submissions[0]
	if s.Tests[0].Verdict == problems.AC {
		t.Errorf("%+v", s.Tests[0])
	}
}

func TestAnArchiveThatCanHoldNoOutputsIsNotRead(t *testing.T) {
	j, _ := acted(t, 1)
	p := outputOnly(t)
	path := filepath.Join(t.TempDir(), "outputs.zip")
	writeFile(t, path, "")
	if err := os.Truncate(path, mostArchive(p)+1); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Judge(t.Context(), Request{Problem: p, Submissions: []string{path}}); err == nil || !strings.Contains(err.Error(), "more than all outputs") {
		t.Errorf("%v", err)
	}
}

func TestWhatIsNoArchiveIsTheUsersToMend(t *testing.T) {
	j, _ := acted(t, 1)
	path := writeFile(t, filepath.Join(t.TempDir(), "outputs.zip"), "PK\x03\x04 no archive")
	if _, err := j.Judge(t.Context(), Request{Problem: outputOnly(t), Submissions: []string{path}}); err == nil || !strings.Contains(err.Error(), "directory or a zip archive") {
		t.Errorf("%v", err)
	}
}
