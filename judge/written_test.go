package judge

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/judge/report"
	"judge/problems"
)

// oneProgram judges a program of some language on a problem's first test.
func oneProgram(t *testing.T, j *Judge, problem *problems.Problem, name, text string) report.Test {
	t.Helper()
	path := writeFile(t, filepath.Join(t.TempDir(), name), text)
	return judgeAll(t, j, Request{Problem: problem, Submissions: []string{path}}).Submissions[0].Tests[0]
}

// fills are Bash functions that write bytes: "fill N" to stdout.
const fills = "fill() { printf \"%$1s\" ''; }\n"

func TestOutputOfAllCountsStdoutStderrAndFiles(t *testing.T) {
	const streams, all = "with stderr", "with stderr and files"
	rows := []struct {
		what, submission string
		readOnly         bool
		want             problems.Verdict
		reason           string
	}{
		{"little", "echo fine", true, problems.AC, ""},
		{"stderr alone", "fill 3000000 >&2; echo fine", true, problems.OLE, streams},
		{"stdout alone", "fill 3000000; echo fine", true, problems.OLE, ""},
		{"both, each below the limit", "fill 600000; fill 600000 >&2; echo fine", true, problems.OLE, streams},
		{"both, together below the limit", "fill 500000; fill 500000 >&2; echo fine", true, problems.AC, ""},
		{"all of the limit", "fill 524288; fill 524283 >&2; echo fine", true, problems.AC, ""},
		{"a byte more", "fill 524288; fill 524284 >&2; echo fine", true, problems.OLE, streams},
		{"a flood of stderr without an end", "while :; do fill 65536 >&2; done", true, problems.OLE, streams},
		{"a child's stderr", "(fill 3000000 >&2); echo fine", true, problems.OLE, streams},
		{"and a crash", "fill 600000; fill 600000 >&2; exit 3", true, problems.OLE, streams},
		{"and a wrong answer", "fill 3000000 >&2; echo wrong", true, problems.OLE, streams},
		{"and too much time", "fill 600000; fill 600000 >&2; while :; do :; done", true, problems.OLE, streams},
		{"a file", "fill 2000000 >f; echo fine", false, problems.OLE, all},
		{"a file below the limit", "fill 900000 >f; echo fine", false, problems.AC, ""},
		{"several files", "for i in 1 2 3 4; do fill 300000 >f$i; done; echo fine", false, problems.OLE, all},
		{"a file and stderr", "fill 600000 >f; fill 600000 >&2; echo fine", false, problems.OLE, all},
		{"files elsewhere", "fill 600000 >/tmp/f; fill 600000 >/dev/shm/f; echo fine", false, problems.OLE, all},
		{"a file that is gone again", "fill 2000000 >f; : >f; echo fine", false, problems.AC, ""},
	}
	for _, row := range rows {
		problem := problemOf(t, "\n", "fine\n")
		problem.Limits.Output, problem.Limits.OutputOfAll, problem.Limits.ReadOnly = problems.MiB, true, row.readOnly
		test := oneLine(t, problem, fills+row.submission)
		if test.Verdict != row.want || string(test.Reason) != row.reason {
			t.Errorf("%s: %v %q, %q, want %v %q", row.what, test.Verdict, test.Reason, test.Stderr, row.want, row.reason)
		}
	}
}

func TestOutputOfStdoutAloneDoesNotCountTheRest(t *testing.T) {
	problem := problemOf(t, "\n", "fine\n")
	problem.Limits.Output = problems.MiB
	test := oneLine(t, problem, fills+"fill 3000000 >&2; fill 3000000 >f; echo fine")
	if test.Verdict != problems.AC || test.OutputBytes != 5 {
		t.Errorf("%v %q, %d bytes", test.Verdict, test.Reason, test.OutputBytes)
	}
	problem.Limits.OutputOfAll = true
	test = oneLine(t, problem, fills+"fill 3000000 >&2; echo fine")
	if test.Verdict != problems.OLE || test.OutputBytes > 5 {
		t.Errorf("%v %q, %d bytes", test.Verdict, test.Reason, test.OutputBytes)
	}
}

func TestOutputOfAllInEveryKindOfProblem(t *testing.T) {
	limit := func(p *problems.Problem) *problems.Problem {
		p.Limits.Output, p.Limits.OutputOfAll, p.Limits.ReadOnly = problems.MiB, true, true
		return p
	}
	listens := talkative(t, "read n; echo $n; while read x; do :; done; exit 42", problems.ICPC)
	for _, row := range []struct {
		what       string
		problem    *problems.Problem
		submission string
		want       problems.Verdict
	}{
		{"interactive", listens, "echo 1; read n; fill 3000000 >&2", problems.OLE},
		{"interactive, both streams", listens, "echo 1; read n; fill 600000; echo; fill 600000 >&2", problems.OLE},
		{"interactive, less", listens, "echo 1; read n; fill 400000; echo; fill 400000 >&2", problems.AC},
		{"managed", managedBy(t, 2, true, "read line; read got <$1; read got <$3; echo 1.0"),
			"echo 1; [ $1 = 0 ] || fill 3000000 >&2", problems.OLE},
	} {
		if test := oneLine(t, limit(row.problem), fills+row.submission); test.Verdict != row.want {
			t.Errorf("%s: %v %q, want %v", row.what, test.Verdict, test.Reason, row.want)
		}
	}
	// Limits are of each pass.
	for said, want := range map[string]problems.Verdict{"600000": problems.AC, "1100000": problems.OLE} {
		problem := limit(checkedBy(t, problems.ICPC, counts))
		problem.Passes = 2
		program := fills + `fill ` + said + ` >&2; read line; case $line in "pass 2") echo last;; *) echo on;; esac`
		if test := oneLine(t, problem, program); test.Verdict != want {
			t.Errorf("passes with %s bytes: %v %q, want %v", said, test.Verdict, test.Reason, want)
		}
	}
}

func TestFilesOfATestCountWhenTheyChange(t *testing.T) {
	for said, want := range map[string]problems.Verdict{
		"cat given/big >/dev/null; echo fine":       problems.AC,
		"echo more >>given/big; echo fine":          problems.OLE,
		"cat given/big >mine; echo fine":            problems.OLE,
		"fill 10 >given/big; echo fine":             problems.AC,
		"fill 10 >given/small; echo fine; fill 999": problems.AC,
	} {
		problem := problemOf(t, "\n", "fine\n")
		problem.Limits.Output, problem.Limits.OutputOfAll = problems.MiB, true
		problem.Tests[0].ExtraFiles = filepath.Join(problem.Dir, "a.files")
		writeFile(t, filepath.Join(problem.Dir, "a.files", "given", "big"), strings.Repeat("x", 2_000_000))
		if test := oneLine(t, problem, fills+said); test.Verdict != want {
			t.Errorf("%s: %v %q %q, want %v", said, test.Verdict, test.Reason, test.Stderr, want)
		}
	}
}

func TestSubmissionsWriteNoFilesWhereTheProblemSaysSo(t *testing.T) {
	const python = "import os, mmap\n"
	rows := []struct {
		what, name, text string
		readOnly         problems.Verdict // where files are read-only; elsewhere all of it is right
	}{
		{"a file for writing", "a.py", "open('scratch.txt', 'w').write('x')\nprint('fine')", problems.RTE},
		{"a file for more", "a.py", "open('given.txt', 'a').write('x')\nprint('fine')", problems.RTE},
		{"a file for both", "a.py", "open('given.txt', 'r+')\nprint('fine')", problems.RTE},
		{"/tmp", "a.py", "open('/tmp/scratch.txt', 'w').write('x')\nprint('fine')", problems.RTE},
		{"/dev/shm", "a.py", "open('/dev/shm/scratch.txt', 'w').write('x')\nprint('fine')", problems.RTE},
		{"a directory", "a.py", python + "os.mkdir('d')\nprint('fine')", problems.RTE},
		{"a link", "a.py", python + "os.symlink('given.txt', 'l')\nprint('fine')", problems.RTE},
		{"a removal", "a.py", python + "os.remove('given.txt')\nprint('fine')", problems.RTE},
		{"a temporary file", "a.py", "import tempfile\ntempfile.TemporaryFile()\nprint('fine')", problems.RTE},
		{"a failure that is expected", "a.py", "try:\n    open('f', 'w')\nexcept OSError:\n    pass\nprint('fine')",
			problems.AC},
		{"reading", "a.py", "print(open('given.txt').read())", problems.AC},
		{"devices", "a.py", "open('/dev/null', 'w').write('x')\nopen('/dev/stdout', 'w').write('fine')", problems.AC},
		{"memory that is shared", "a.py",
			python + "m = mmap.mmap(-1, 4096)\nf = os.memfd_create('x')\nos.write(f, b'x')\nprint('fine')", problems.AC},
		{"C++ streams", "a.cpp",
			"#include <fstream>\n#include <cstdio>\nint main() { std::ofstream f(\"scratch.txt\"); if (!f) return 1; puts(\"fine\"); }", problems.RTE},
		{"fopen", "a.c",
			"#include <stdio.h>\nint main() { FILE *f = fopen(\"scratch.txt\", \"w\"); fputc('x', f); puts(\"fine\"); fclose(f); }", problems.RTE},
		{"tmpfile", "a.c",
			"#include <stdio.h>\nint main() { FILE *f = tmpfile(); fputc('x', f); puts(\"fine\"); fclose(f); }", problems.RTE},
		{"Java", "Main.java",
			"class Main { public static void main(String[] a) throws Exception { new java.io.FileOutputStream(\"f\").close(); System.out.println(\"fine\"); } }", problems.RTE},
		{"JavaScript", "a.js", "require('fs').writeFileSync('f', 'x'); console.log('fine')", problems.RTE},
		{"Bash", "a.sh", "set -e; echo x >f; echo fine", problems.RTE},
	}
	j := jailed(t)
	for _, row := range rows {
		for _, readOnly := range []bool{true, false} {
			problem := problemOf(t, "\n", "fine\n")
			problem.Limits.ReadOnly, problem.Limits.Time, problem.Limits.Wall = readOnly, 5*time.Second, 30*time.Second
			problem.Tests[0].ExtraFiles = filepath.Join(problem.Dir, "a.files")
			writeFile(t, filepath.Join(problem.Dir, "a.files", "given.txt"), "fine\n")
			want := problems.AC
			if readOnly {
				want = row.readOnly
			}
			if test := oneProgram(t, j, problem, row.name, row.text); test.Verdict != want {
				t.Errorf("%s, read-only %v: %v %q %q, want %v", row.what, readOnly, test.Verdict, test.Reason, test.Stderr, want)
			}
		}
	}
}

func TestAProblemsOwnProgramsWriteWhereSubmissionsDoNot(t *testing.T) {
	for what, problem := range map[string]*problems.Problem{
		"a checker in passes": func() *problems.Problem {
			p := checkedBy(t, problems.ICPC, "echo x >f && echo x >/tmp/f && echo x >/dev/shm/f || exit 9\n"+counts)
			p.Passes = 3
			return p
		}(),
		"an interactor": talkative(t,
			"echo x >f && echo x >/tmp/f && echo x >$3/judgemessage.txt && read n && echo $n && exit 42", problems.ICPC),
		"a manager": managedBy(t, 1, true, "echo x >f && echo x >/tmp/f && read got <$1 && echo 1.0"),
	} {
		problem.Limits.ReadOnly = true
		if test := oneLine(t, problem, "echo last"); test.Verdict != problems.AC {
			t.Errorf("%s: %v %q %q", what, test.Verdict, test.Reason, test.Message)
		}
	}
	problem := problemOf(t, "fine\n", "fine\n")
	problem.Limits.ReadOnly, problem.Files.Output = true, "out.txt"
	if test := oneLine(t, problem, "cat >out.txt"); test.Verdict != problems.AC {
		t.Errorf("an output in a file: %v %q", test.Verdict, test.Reason)
	}
}
