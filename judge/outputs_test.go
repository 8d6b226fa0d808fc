package judge

import (
	"archive/zip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"judge/problems"
)

// submittedOutputs is a problem with the tests a and b, whose answers are 1 and 2.
func submittedOutputs(t *testing.T) *problems.Problem {
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

func TestOutputsAreComparedWithTheAnswers(t *testing.T) {
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
		s := judgeAll(t, j, Request{Problem: submittedOutputs(t), Submissions: []string{row.path}}).Submissions[0]
		if got := verdicts(s); got != row.want || s.Language != "outputs" {
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
	s := judgeAll(t, j, Request{Problem: submittedOutputs(t), Submissions: []string{dir}}).Submissions[0]
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
	s = judgeAll(t, j, Request{Problem: submittedOutputs(t), Submissions: []string{dir}}).Submissions[0]
	if s.Tests[0].Verdict == problems.AC {
		t.Errorf("%+v", s.Tests[0])
	}
}

func TestFaultOfOneArchiveIsItsOwnCompileError(t *testing.T) {
	j, _ := acted(t, 1)
	p := submittedOutputs(t)
	large := writeFile(t, filepath.Join(t.TempDir(), "outputs.zip"), "")
	fifo := filepath.Join(t.TempDir(), "outputs.zip")
	if err := errors.Join(os.Truncate(large, int64(len(p.Tests))*int64(p.Limits.Output)+16<<20+1), syscall.Mkfifo(fifo, 0o644)); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(archiveOf(t, map[string]string{"a.out": "1\n", "b.out": "2\n"}))
	if err != nil {
		t.Fatal(err)
	}
	broken := func(data string) string { return writeFile(t, filepath.Join(t.TempDir(), "outputs.zip"), data) }
	rows := []struct{ what, path, want string }{
		{"text", broken("hello"), "CE(archive): SKIP SKIP"},
		{"nothing", broken(""), "CE(archive): SKIP SKIP"},
		{"cut", broken(string(whole[:len(whole)-30])), "CE(archive): SKIP SKIP"},
		{"larger than all outputs", large, "CE(archive): SKIP SKIP"},
		{"a FIFO", fifo, "CE(archive): SKIP SKIP"},
		{"a device", "/dev/zero", "CE(archive): SKIP SKIP"},
		{"one name twice", broken(strings.ReplaceAll(string(whole), "b.out", "a.out")), "CE(archive): SKIP SKIP"},
		{"damaged in the middle", broken(string(whole[:36]) + "\xff\xff" + string(whole[38:])), "WA"},
		{"encrypted", broken(strings.ReplaceAll(string(whole), "PK\x03\x04\x14\x00\x08", "PK\x03\x04\x14\x00\x09")), "AC: AC AC"},
	}
	right := directoryOf(t, map[string]string{"a.out": "1\n", "b.out": "2\n"})
	for _, row := range rows {
		r := judgeAll(t, j, Request{Problem: submittedOutputs(t), Submissions: []string{right, row.path, right}})
		s := r.Submissions[1]
		if got := verdicts(s); !strings.HasPrefix(got, row.want) || s.Verdict == problems.CE && !strings.Contains(s.Compile.Log, "a directory or a zip archive") {
			t.Errorf("%s: %s, want %s; log %q", row.what, got, row.want, s.Compile.Log)
		}
		for _, i := range []int{0, 2} {
			if got := verdicts(r.Submissions[i]); got != "AC: AC AC" {
				t.Errorf("%s: submission %d beside it is %s", row.what, i, got)
			}
		}
	}
}
