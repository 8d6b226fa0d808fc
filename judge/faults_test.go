package judge

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/safefile"
)

// A fault is what something else on the host does to a path.
var faults = map[string]func(path string) error{
	"removed": os.Remove,
	"longer":  func(path string) error { return os.WriteFile(path, []byte("3\n\n"), 0o644) },
	"written": rewrite,
	"replaced": func(path string) error {
		return errors.Join(os.WriteFile(path+"~", []byte("3\n"), 0o644), os.Rename(path+"~", path))
	},
	"a link to nothing": func(path string) error {
		return errors.Join(os.Remove(path), os.Symlink("/no/such/file", path))
	},
	"a directory": func(path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o755)) },
	"a FIFO":      func(path string) error { return errors.Join(os.Remove(path), unix.Mkfifo(path, 0o644)) },
}

// rewrite writes over the beginning of a file, which keeps its size, until the kernel's clock for files has moved on: some
// kernels turn it every 4 ms.
func rewrite(path string) error {
	before, err := safefile.StampOf(path)
	for deadline := time.Now().Add(time.Minute); err == nil && time.Now().Before(deadline); {
		var file *os.File
		if file, err = os.OpenFile(path, os.O_WRONLY, 0); err == nil {
			_, err = file.WriteString("3")
			err = errors.Join(err, file.Close())
		}
		if now, _ := safefile.StampOf(path); now != before {
			break
		}
	}
	return err
}

// after returns a runner that does something once, when so many programs have been started.
func after(n int, run func(context.Context, isolate.Command) (isolate.Outcome, error), do func(isolate.Command)) isolate.Runner {
	var mu sync.Mutex
	return func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		mu.Lock()
		if n--; n == 0 {
			do(c)
		}
		mu.Unlock()
		return run(ctx, c)
	}
}

// onlyJudgeErrors checks which tests of a submission of four ended as a judge error that names the path; the others passed.
func onlyJudgeErrors(t *testing.T, s report.Submission, path string, want ...int) {
	t.Helper()
	for i, test := range s.Tests {
		judgeError := false
		for _, k := range want {
			judgeError = judgeError || i == k
		}
		switch {
		case !judgeError && test.Verdict != problems.AC:
			t.Errorf("test %d is %v (%s), and nothing has happened to it", i, test.Verdict, test.Reason)
		case judgeError && (test.Verdict != problems.JE || !strings.Contains(string(test.Reason), path)):
			t.Errorf("test %d is %v (%s), want a judge error that names %s", i, test.Verdict, test.Reason, path)
		}
	}
	if s.Verdict != problems.JE {
		t.Errorf("the submission is %v", s.Verdict)
	}
}

func TestATestThatChangesWhileItIsJudgedIsAJudgeErrorAndTheRestIsJudged(t *testing.T) {
	for what, do := range faults {
		for _, of := range []string{"input", "answer"} {
			t.Run(of+" "+what, func(t *testing.T) {
				j, _ := acted(t, 1)
				problem := numbers(t, 4)
				path := map[string]string{"input": problem.Tests[2].Input, "answer": problem.Tests[2].Answer}[of]
				// The third run is that of the second test: the compiler's was the first.
				j.Run = after(3, j.Run, func(isolate.Command) {
					if err := do(path); err != nil {
						t.Error(err)
					}
				})
				onlyJudgeErrors(t, judgeAll(t, j, Request{Problem: problem, Submissions: acts(t, "ok ok ok ok")}).Submissions[0], path, 2)
			})
		}
	}
}

// TestAnAnswerThatChangesDuringItsOwnRunIsAJudgeError: it is written while the program runs, which had opened it.
func TestAnAnswerThatChangesDuringItsOwnRunIsAJudgeError(t *testing.T) {
	for _, word := range []string{"ok", "wrong", "crash", "slow"} {
		j, _ := acted(t, 1)
		problem := numbers(t, 4)
		path := problem.Tests[1].Answer
		j.Run = after(3, j.Run, func(isolate.Command) { writeFile(t, path, "1\n1\n") })
		onlyJudgeErrors(t, judgeAll(t, j, Request{Problem: problem, Submissions: acts(t, "ok "+word+" ok ok")}).Submissions[0], path, 1)
	}
}

func TestTestThatIsNotAFileIsAJudgeErrorAtOnce(t *testing.T) {
	for _, what := range []string{"a link to nothing", "a directory", "a FIFO"} {
		j, _ := acted(t, 1)
		problem := numbers(t, 4)
		for _, path := range []string{problem.Tests[1].Input, problem.Tests[3].Answer} {
			if err := faults[what](path); err != nil {
				t.Fatal(err)
			}
		}
		onlyJudgeErrors(t, judgeAll(t, j, Request{Problem: problem, Submissions: acts(t, "ok ok ok ok")}).Submissions[0], problem.Dir, 1, 3)
	}
}

// TestDamagedProgramIsAJudgeError: someone clears the cache, or writes into it. In a jail the program
// then ends with an error, or does something else, or goes on.
func TestDamagedProgramIsAJudgeError(t *testing.T) {
	for what, do := range faults {
		for _, word := range []string{"ok", "exit3", "wrong"} {
			t.Run(what+" "+word, func(t *testing.T) {
				j, _ := acted(t, 1)
				j.Cache = newCache(t)
				run := j.Run
				damaged := false
				j.Run = after(3, func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
					if damaged { // the actor would read the program
						c.Stdout.Write([]byte(map[string]string{"ok": "1\n"}[word]))
						return isolate.Outcome{Cause: isolate.Exited, Code: map[string]int{"exit3": 3}[word]}, nil
					}
					return run(ctx, c)
				}, func(c isolate.Command) {
					damaged = true
					if err := do(filepath.Join(c.Root.Binds[0].Source, c.Args[1])); err != nil {
						t.Error(err)
					}
				})
				s := judgeAll(t, j, Request{Problem: numbers(t, 4), Submissions: acts(t, "ok ok ok ok")}).Submissions[0]
				onlyJudgeErrors(t, s, "the compiled program is damaged", 1, 2, 3)
			})
		}
	}
}
