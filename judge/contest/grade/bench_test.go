package grade

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"judge/judge"
	"judge/judge/contest"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
)

const benchTests = 24

// contestOf writes a contest with so many submissions to ten problems.
func contestOf(b *testing.B, submissions int) (dir string) {
	b.Helper()
	dir = b.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	var list []string
	for p := range 10 {
		label := string(rune('A' + p))
		list = append(list, label+": problems/"+label)
		write("problems/"+label+"/problem.yaml", "name: Sum\ntests: \"*.in\"\n")
		for t := range benchTests {
			write(fmt.Sprintf("problems/%s/%d.in", label, t), fmt.Sprintln(t, p))
			write(fmt.Sprintf("problems/%s/%d.ans", label, t), fmt.Sprintln(t+p))
		}
	}
	write("contest.yaml", "name: Bench\nduration: 5:00:00\nproblems: {"+strings.Join(list, ", ")+"}\n")
	for i := range submissions {
		at := time.Duration(i) * 4 * time.Hour / time.Duration(submissions)
		name := fmt.Sprintf("submissions/team%d/%c/%d:%02d:%02d_%d.c",
			i%200, 'A'+i/200%10, int(at.Hours()), int(at.Minutes())%60, int(at.Seconds())%60, i)
		write(name, fmt.Sprintf("/* %d */\n%s", i, strings.Repeat("int f(void) { return 1; }\n", 40)))
	}
	return dir
}

// instant is an engine that judges nothing: every submission passes all tests at once, on two cores.
type instant struct{}

// Prepare compiles nothing.
func (instant) Prepare(context.Context, *problems.Problem, judge.Stop) (*judge.Prepared, error) {
	return nil, nil
}

// Stream ends every submission.
func (instant) Stream(ctx context.Context, next func() (judge.Job, bool)) error {
	var turn sync.Mutex
	var cores sync.WaitGroup
	for range 2 {
		cores.Go(func() {
			for {
				turn.Lock()
				job, ok := next()
				turn.Unlock()
				if !ok {
					return
				}
				job.Done(passed(job.Path), nil)
			}
		})
	}
	cores.Wait()
	return ctx.Err()
}

func passed(path string) report.Submission {
	s := report.Submission{
		Path: path, Language: "c", Verdict: problems.AC, MaxCPUSeconds: 0.01, MaxMemoryBytes: 1 << 20,
	}
	for i := range benchTests {
		s.Tests = append(s.Tests, report.Test{
			Name: fmt.Sprint(i), Verdict: problems.AC, CPUSeconds: 0.001, WallSeconds: 0.002, MemoryBytes: 1 << 20,
		})
	}
	return s
}

func benchOptions(b *testing.B, dir string) Options {
	b.Helper()
	table, err := languages.Load("")
	if err != nil {
		b.Fatal(err)
	}
	return Options{Contest: dir, Languages: table, Judge: "bench"}
}

func gradeAll(b *testing.B, o Options) (judged int) {
	b.Helper()
	g, err := Open(b.Context(), o)
	if err != nil {
		b.Fatal(err)
	}
	judged = len(g.Todo)
	if err := g.Grade(b.Context(), instant{}, contest.Machine{Name: "bench"}); err != nil {
		b.Fatal(err)
	}
	if err := g.Close(); err != nil {
		b.Fatal(err)
	}
	return judged
}

// BenchmarkGrade is what grading costs beyond the judging, which takes no time here: reading the contest, digests,
// progress and the result file. It reports the CPU time of a submission with 24 tests.
func BenchmarkGrade(b *testing.B) {
	const submissions = 2000
	o := benchOptions(b, contestOf(b, submissions))
	before := cpuTime(b)
	for i := 0; b.Loop(); i++ {
		o.Results = filepath.Join(b.TempDir(), fmt.Sprint(i, ".judge"))
		if n := gradeAll(b, o); n != submissions {
			b.Fatalf("expected %d submissions, got %d", submissions, n)
		}
	}
	b.ReportMetric(float64((cpuTime(b)-before).Microseconds())/float64(b.N*submissions), "cpu-us/submission")
}

// BenchmarkGradeAgain opens a contest of which all 10,000 submissions are judged.
func BenchmarkGradeAgain(b *testing.B) {
	o := benchOptions(b, contestOf(b, 10_000))
	gradeAll(b, o)
	before := cpuTime(b)
	for b.Loop() {
		if n := gradeAll(b, o); n != 0 {
			b.Fatalf("expected none to judge, got %d", n)
		}
	}
	b.ReportMetric(float64((cpuTime(b)-before).Milliseconds())/float64(b.N), "cpu-ms/op")
}

// cpuTime returns the CPU time of this process so far.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
