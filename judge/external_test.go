package judge

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/judge/build"
	"judge/judge/report"
	"judge/problems"
)

// checkedBy makes a problem with one test whose checker is a Bash script.
func checkedBy(t *testing.T, protocol problems.Protocol, script string) *problems.Problem {
	t.Helper()
	problem := problemOf(t, "the input\n", "the answer\n")
	problem.Limits.ValidationTime, problem.Limits.ValidationMemory, problem.Limits.ValidationOutput = time.Second, 64*problems.MiB, problems.MiB
	path := writeFile(t, filepath.Join(problem.Dir, "checker", "check.sh"), script)
	problem.Checker.External = &problems.External{Path: path, Protocol: protocol, Args: []string{"strict"}}
	return problem
}

func oneLine(t *testing.T, problem *problems.Problem, submission string) report.Test {
	t.Helper()
	path := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), submission)
	r := judgeAll(t, jailed(t), Request{Problem: problem, Submissions: []string{path}})
	return r.Submissions[0].Tests[0]
}

func TestExternalCheckerGetsTheInputsOfItsProtocol(t *testing.T) {
	rows := []struct {
		what     string
		protocol problems.Protocol
		script   string
		want     problems.Verdict
		message  string
	}{
		{"ICPC", problems.ICPC, `[ "$(cat)$(cat $1 $2)$4" = "the output""the input
the answer"strict ] && echo fine >$3/judgemessage.txt && exit 42; exit 43`, problems.AC, "fine"},
		{"testlib", problems.Testlib, `[ "$(cat $2 $1 $3)" = "the output
the input
the answer" ] && exit 0; exit 3`, problems.AC, ""},
		{"CMS", problems.CMS, `[ "$(cat $1 $2 $3)" = "the input
the answer
the output" ] && echo 1.0; echo translate:success >&2`, problems.AC, "Output is correct"},
		{"ICPC rejects", problems.ICPC, "echo 'not \x1b[31mgood' >$3/judgemessage.txt; exit 43", problems.WA, `not \x1b[31mgood`},
		{"testlib rejects", problems.Testlib, `echo wrong answer: 3 >&2; exit 1`, problems.WA, "wrong answer: 3"},
		{"CMS gives a part", problems.CMS, `echo 0.25; echo partly >&2`, problems.WA, "partly"},
	}
	for _, row := range rows {
		test := oneLine(t, checkedBy(t, row.protocol, row.script), "echo the output")
		if test.Verdict != row.want || test.Message != row.message {
			t.Errorf("%s: %v %s, %q", row.what, test.Verdict, test.Reason, test.Message)
		}
	}
}

func TestATestsArgumentsReplaceTheProblems(t *testing.T) {
	problem := checkedBy(t, problems.ICPC, `echo "${@:4}" >$3/judgemessage.txt; exit 43`)
	if test := oneLine(t, problem, "echo x"); test.Message != "strict" {
		t.Errorf("the problem's: %q", test.Message)
	}
	problem.Tests[0].Args = []string{"of", "this test"}
	if test := oneLine(t, problem, "echo x"); test.Message != "of this test" {
		t.Errorf("the test's: %q", test.Message)
	}
}

// TestACheckersFaultsAreNeverTheSubmissions: what a checker does wrong is JE, and harms nobody.
func TestACheckersFaultsAreNeverTheSubmissions(t *testing.T) {
	canary := writeFile(t, filepath.Join(t.TempDir(), "canary"), "alive")
	rows := []struct{ what, script, reason string }{
		{"a code that means nothing", "exit 5", "checker exit 5: a validator exits with 42 or 43"},
		{"a crash", "kill -SEGV $$", "checker signal SIGSEGV"},
		{"a crash that speaks", "echo Traceback >&2; exit 1", "checker exit 1: a validator exits with 42 or 43: Traceback"},
		{"endless", "while :; do :; done", "checker time"},
		{"asleep", "kill -STOP $$", "checker time"},
		{"a flood", "printf -v x %4096s; while :; do echo \"$x\"; done", "checker output"},
		{"a flood of complaints", "printf -v x %4096s; while :; do echo \"$x\" >&2; done", "checker output"},
		{"all memory", "x=x; while :; do x=$x$x; done", "checker memory"},
		{"a score that is no number", "echo much >$3/score.txt; exit 42", `checker wrote score.txt: "much" is not a number`},
		{"a link for a message", "ln -s /tests/a.ans $3/judgemessage.txt; exit 5", "checker exit 5: a validator exits with 42 or 43"},
		{"not to be found", "rm -rf /prog /tests 2>/dev/null; [ -e $1 ] && [ -e $2 ] && exit 5", "checker exit 5: a validator exits with 42 or 43"},
		{"reading the host", "cat " + canary + " /etc/passwd /etc/hostname 2>/dev/null && exit 42; exit 5", "checker exit 5: a validator exits with 42 or 43"},
		{"writing to its input", "echo x >$1 || echo x >$2 || echo x >/dev/stdin || echo x >/prog/main || exit 5; exit 42", "checker exit 5: a validator exits with 42 or 43"},
		{"leaving a daemon", "(while :; do :; done &) ; exit 5", "checker exit 5: a validator exits with 42 or 43"},
	}
	for _, row := range rows {
		problem := checkedBy(t, problems.ICPC, row.script)
		test := oneLine(t, problem, "echo the output")
		if test.Verdict != problems.JE || !strings.HasPrefix(string(test.Reason), row.reason) {
			t.Errorf("%s: %v, %q", row.what, test.Verdict, test.Reason)
		}
		if answer, err := os.ReadFile(problem.Tests[0].Answer); err != nil || string(answer) != "the answer\n" {
			t.Errorf("%s: the answer is now %q, %v", row.what, answer, err)
		}
	}
}

// TestAScoreIsAFile: of what else stands there nobody knows what was meant. Messages that are none are as if they were not.
func TestAScoreIsAFile(t *testing.T) {
	for _, row := range []struct {
		script string
		want   problems.Verdict
		reason string
	}{
		{`os.symlink(sys.argv[1], d + "score.txt")`, problems.JE, `checker feedback: "feedback/score.txt": symbolic link`},
		{`os.mkdir(d + "score.txt")`, problems.JE, `checker feedback: "feedback/score.txt": not a regular file with one link`},
		{`os.mkfifo(d + "score_multiplier.txt")`, problems.JE, `checker feedback: "feedback/score_multiplier.txt": not a regular file with one link`},
		{`os.symlink(sys.argv[1], d + "judgemessage.txt"); os.mkfifo(d + "teammessage.txt"); os.mkdir(d + "more")`, problems.AC, ""},
		{`[os.symlink("/", d + str(i)) for i in range(2000)]`, problems.AC, ""},
		{`open(d + "judgemessage.txt", "w").truncate(1 << 40)`, problems.AC, ""},
	} {
		problem := checkedBy(t, problems.ICPC, "")
		problem.Checker.External.Path = writeFile(t, filepath.Join(problem.Dir, "own", "check.py"), "import os, sys\nd = sys.argv[3]\n"+row.script+"\nsys.exit(42)\n")
		if test := oneLine(t, problem, "echo x"); test.Verdict != row.want || string(test.Reason) != row.reason {
			t.Errorf("%s: %v %q", row.script, test.Verdict, test.Reason)
		}
	}
}

func TestCheckerSkipsAFailedRun(t *testing.T) {
	problem := checkedBy(t, problems.ICPC, "exit 5")
	if test := oneLine(t, problem, "exit 3"); test.Verdict != problems.RTE || test.Reason != "exit 3" {
		t.Errorf("%v %s", test.Verdict, test.Reason)
	}
}

func TestACheckerThatDoesNotCompileIsAnError(t *testing.T) {
	problem := problemOf(t, "", "")
	path := writeFile(t, filepath.Join(problem.Dir, "check.cpp"), "int main( {")
	problem.Checker.External = &problems.External{Path: path, Protocol: problems.Testlib}
	submission := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), "true")
	_, err := jailed(t).Judge(t.Context(), Request{Problem: problem, Submissions: []string{submission}})
	var fault *build.CheckerError
	if !errors.As(err, &fault) || !strings.Contains(err.Error(), "does not compile") || !strings.Contains(err.Error(), "check.cpp:1") {
		t.Errorf("%v", err)
	}
}

func TestACheckerWithoutItsHeaderIsAnError(t *testing.T) {
	problem := problemOf(t, "", "")
	path := writeFile(t, filepath.Join(problem.Dir, "check.cpp"), "#include \"testlib.h\"\nint main() {}")
	problem.Checker.External = &problems.External{Path: path, Protocol: problems.Testlib}
	submission := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), "true")
	_, err := jailed(t).Judge(t.Context(), Request{Problem: problem, Submissions: []string{submission}})
	if err == nil || err.Error() != "check.cpp: testlib.h not found\nhint: copy testlib.h next to check.cpp" {
		t.Errorf("%v", err)
	}
}

// TestTestlibIsFoundInTheProblem includes it in angle brackets from a directory that is not the checker's.
func TestTestlibIsFoundInTheProblem(t *testing.T) {
	problem := checkedBy(t, problems.Testlib, "")
	writeFile(t, filepath.Join(problem.Dir, "include", "testlib.h"), "enum { right = 0 };\n")
	problem.Checker.External.Path = writeFile(t, filepath.Join(problem.Dir, "check", "check.cpp"),
		"#include <testlib.h>\nint main() { return right; }\n")
	if test := oneLine(t, problem, "true"); test.Verdict != problems.AC {
		t.Errorf("%v %s", test.Verdict, test.Reason)
	}
}

func TestHeadersNextToACheckerAreFound(t *testing.T) {
	problem := checkedBy(t, problems.Testlib, "")
	dir := filepath.Dir(problem.Checker.External.Path)
	writeFile(t, filepath.Join(dir, "mylib.h"), "enum { right = 0 };\n")
	problem.Checker.External.Path = writeFile(t, filepath.Join(dir, "check.cpp"), "#include \"mylib.h\"\nint main() { return right; }\n")
	if test := oneLine(t, problem, "true"); test.Verdict != problems.AC {
		t.Errorf("%v %s", test.Verdict, test.Reason)
	}
}

// TestModesOfTestsDoNotMatter: a umask of 077 leaves tests that only their owner can read. Checkers, interactors and managers read them all
// the same.
func TestModesOfTestsDoNotMatter(t *testing.T) {
	close := func(p *problems.Problem) *problems.Problem {
		for _, test := range p.Tests {
			for _, path := range []string{test.Input, test.Answer} {
				if err := errors.Join(os.Chmod(path, 0o600), os.Chmod(filepath.Dir(path), 0o700)); err != nil {
					t.Fatal(err)
				}
			}
		}
		return p
	}
	const reads = `read a <$1; read b <$2; read c; [ "$a/$b/$c" = `
	for what, problem := range map[string]*problems.Problem{
		"checker":    checkedBy(t, problems.ICPC, reads+`"the input/the answer/37" ] && exit 42; exit 43`),
		"interactor": talkative(t, reads+`"37//37" ] && exit 42; exit 43`, problems.ICPC),
		"manager":    managedBy(t, 1, true, `read a <input.txt; read b; read c <$1; [ "$a$c" = "${b}37" ] && echo 1.0 || echo 0.0`),
	} {
		if test := oneLine(t, close(problem), "echo 37"); test.Verdict != problems.AC {
			t.Errorf("%s: %v %s %s", what, test.Verdict, test.Reason, test.Message)
		}
	}
}
