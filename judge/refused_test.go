package judge

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"judge/judge/build"
	"judge/problems"
)

// planted makes a directory that is a submission, with a file that is right by itself and what plant adds.
func planted(t *testing.T, plant func(dir string) error) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "main.act"), "ok")
	if err := plant(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestFaultOfOneSubmissionIsItsOwnCompileError(t *testing.T) {
	single := func(name, text string) string { return writeFile(t, filepath.Join(t.TempDir(), name), text) }
	file := func(name, text string) func(string) error {
		return func(dir string) error { return os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644) }
	}
	fifo := filepath.Join(t.TempDir(), "fifo.act")
	if err := syscall.Mkfifo(fifo, 0o644); err != nil {
		t.Fatal(err)
	}
	rows := []struct{ what, path, reason, log string }{
		{"no language", single("text.unknown", "ok"), "language", "no known #! line: choose it"},
		{"a binary", single("a.out", "\x7fELF\x02\x01\x01\x00"), "language", "choose it"},
		{"no file", t.TempDir(), "files", "the directory contains no files"},
		{"no source", directoryOf(t, map[string]string{"a.unknown": "", "b": ""}), "language", "choose it"},
		{"two languages", planted(t, file("b.c", "")), "language", "sources of several languages: c and act"},
		{"no entry point", directoryOf(t, map[string]string{"a.act": "ok", "b.act": "ok"}), "entry point", "rename the one to start to main"},
		{"a FIFO", fifo, "files", "is a FIFO"},
		{"a device", "/dev/zero", "files", "is a device"},
		{"a FIFO inside", planted(t, func(dir string) error { return syscall.Mkfifo(dir+"/b.act", 0o644) }), "files", "is a FIFO"},
		{"a link that leads out", planted(t, func(dir string) error { return os.Symlink("/etc/passwd", dir+"/b.act") }), "files", "is a symbolic link"},
		{"a link to nothing", planted(t, func(dir string) error { return os.Symlink("nothing", dir+"/b.act") }), "files", "is a symbolic link"},
		{"a line end in a name", planted(t, file("a\nb.act", "")), "files", "control character"},
		{"no UTF-8 in a name", planted(t, file("a\xff.act", "")), "files", "not UTF-8"},
		{"too deep", planted(t, func(dir string) error { return os.MkdirAll(dir+strings.Repeat("/x", 20), 0o755) }), "files", "nested more than"},
		{"too much", single("large.act", strings.Repeat("ok ", 1000)), "code size: more than the limit of 1 KiB (the default: the problem declares none)", ""},
	}
	j, _ := acted(t, 1)
	problem := numbers(t, 1)
	problem.Limits.Code = problems.KiB
	for _, row := range rows {
		good := acts(t, "ok", "ok")
		r := judgeAll(t, j, Request{Problem: problem, Submissions: []string{good[0], row.path, good[1]}, Advice: "choose it"})
		for _, i := range []int{0, 2} {
			if got := verdicts(r.Submissions[i]); got != "AC: AC" {
				t.Errorf("%s: submission %d beside it is %s", row.what, i, got)
			}
		}
		s := r.Submissions[1]
		if got, want := verdicts(s), "CE("+row.reason+"): SKIP"; got != want || !strings.Contains(s.Compile.Log, row.log) || s.Compile.OK {
			t.Errorf("%s: %s, want %s; log %q, want %q", row.what, got, want, s.Compile.Log, row.log)
		}
		if strings.Contains(s.Compile.Log, t.TempDir()) {
			t.Errorf("%s: the log names a path of this host: %q", row.what, s.Compile.Log)
		}
	}
}

// A file that the host cannot read says nothing of the submission: /proc/self/mem can be opened, and fails to be read.
func TestUnreadableSubmissionIsAJudgeErrorForItself(t *testing.T) {
	j, _ := acted(t, 1)
	good := acts(t, "ok")
	r := judgeAll(t, j, Request{Problem: numbers(t, 1), Submissions: append(good, "/proc/self/mem")})
	if got := verdicts(r.Submissions[0]); got != "AC: AC" {
		t.Errorf("the other one is %s", got)
	}
	if s := r.Submissions[1]; s.Verdict != problems.JE || !strings.Contains(string(s.Reason), "input/output error") {
		t.Errorf("it is %s", verdicts(s))
	}
}

func TestPathWithoutASubmissionIsAUsageError(t *testing.T) {
	j, a := acted(t, 1)
	right := acts(t, "ok")[0]
	loop := filepath.Join(t.TempDir(), "loop.act")
	if err := os.Symlink(loop, loop); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "none.act"), right + "/beneath.act", loop, "/" + strings.Repeat("x", 300)} {
		for _, outputOnly := range []bool{false, true} {
			problem := numbers(t, 1)
			problem.OutputOnly = outputOnly
			_, err := j.Judge(t.Context(), Request{Problem: problem, Submissions: []string{right, path}})
			if !errors.As(err, new(*build.SubmissionError)) || !strings.Contains(err.Error(), fmt.Sprintf("%q", path)) {
				t.Errorf("%.40s: %v", path, err)
			}
		}
	}
	if a.compiled != 0 {
		t.Error("something ran although a path is wrong")
	}
}

func TestMissingCompilerIsAJudgeErrorForItsSubmissionsOnly(t *testing.T) {
	j, _ := acted(t, 1)
	j.Languages = table(t, actLanguage+strings.NewReplacer("act:", "lost:", ".act", ".lost", "/bin/true", "/no/such/compiler").Replace(actLanguage[len("\nlanguages:\n"):])+
		"    package: lost-compiler\n")
	lost := writeFile(t, filepath.Join(t.TempDir(), "a.lost"), "ok")
	r := judgeAll(t, j, Request{Problem: numbers(t, 1), Submissions: append(acts(t, "ok"), lost)})
	if got := verdicts(r.Submissions[0]); got != "AC: AC" {
		t.Errorf("the other one is %s", got)
	}
	if s := r.Submissions[1]; s.Verdict != problems.JE || !strings.Contains(string(s.Reason), "apt-get install lost-compiler") {
		t.Errorf("it is %s", verdicts(s))
	}
}

func TestSubmissionThatMustBeRejectedIsRead(t *testing.T) {
	j, _ := acted(t, 1)
	path := directoryOf(t, map[string]string{"a.act": "ok", "b.act": "ok"})
	request := Request{Problem: numbers(t, 1)}
	if err := j.Check(request, path); !errors.As(err, new(*build.SubmissionError)) || !strings.Contains(err.Error(), "no main") {
		t.Errorf("nothing is expected of it: %v", err)
	}
	request.Problem.Submissions = []problems.Submission{{Path: path, Expect: []problems.Verdict{problems.CE}}}
	if err := j.Check(request, path); err != nil {
		t.Errorf("a compile error is expected of it: %v", err)
	}
}

func TestSubmissionInALanguageWithoutAGraderIsACompileError(t *testing.T) {
	j, _ := acted(t, 1)
	problem := numbers(t, 1)
	problem.Grader = &problems.Grader{Files: map[string][]string{"c": {writeFile(t, filepath.Join(t.TempDir(), "grader.c"), "")}}}
	s := judgeAll(t, j, Request{Problem: problem, Submissions: acts(t, "ok")}).Submissions[0]
	if got := verdicts(s); got != "CE(language): SKIP" || !strings.Contains(s.Compile.Log, "no grader for act, only for c") {
		t.Errorf("%s, log %q", got, s.Compile.Log)
	}
}
