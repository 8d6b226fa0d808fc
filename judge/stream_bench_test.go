package judge

import (
	"context"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"judge/isolate"
	"judge/judge/report"
	"judge/problems"
)

// copies writes so many copies of the trivial program.
func copies(b *testing.B, n int) (paths []string) {
	b.Helper()
	dir := b.TempDir()
	for i := range n {
		paths = append(paths, writeFile(b, filepath.Join(dir, fmt.Sprint(i), "main.c"), trivial))
	}
	return paths
}

// streamAll judges one job for each path, and expects all to be accepted.
func streamAll(b *testing.B, j *Judge, p *Prepared, paths []string) {
	b.Helper()
	i := 0
	err := j.Stream(b.Context(), func() (Job, bool) {
		if i == len(paths) {
			return Job{}, false
		}
		i++
		return Job{Prepared: p, Path: paths[i-1], Done: func(s report.Submission, err error) {
			if s.Verdict != problems.AC || err != nil {
				b.Errorf("%v %s, %v", s.Verdict, s.Reason, err)
			}
		}}, true
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkStream judges ten copies of a program on 24 tests, by Stream and by Judge in turns, and reports the ratio.
func BenchmarkStream(b *testing.B) {
	j := jailed(b)
	problem, paths := problemOf(b, "2 3\n", "5\n"), copies(b, 10)
	repeated(b, problem, 24)
	p := prepared(b, j, problem, AtEnd)
	request := Request{Problem: problem, Submissions: paths}
	judgeAll(b, j, request) // compiles
	var ofStream, ofJudge time.Duration
	for i := 0; b.Loop(); i++ {
		turns := []func(){
			func() { began := time.Now(); streamAll(b, j, p, paths); ofStream += time.Since(began) },
			func() { began := time.Now(); judgeAll(b, j, request); ofJudge += time.Since(began) },
		}
		turns[i%2]()
		turns[1-i%2]()
	}
	b.ReportMetric(ofStream.Seconds()/ofJudge.Seconds(), "stream/judge")
	b.ReportMetric(float64(ofStream.Milliseconds())/float64(b.N*len(paths)), "ms/submission")
}

// BenchmarkStreamedJob is what a submission costs beyond its jails, which are not made: reading it, and finding it in
// the cache. Its CPU time is reported, too.
func BenchmarkStreamedJob(b *testing.B) {
	j := jailed(b)
	problem, path := problemOf(b, "2 3\n", "5\n"), copies(b, 1)
	judgeAll(b, j, Request{Problem: problem, Submissions: path}) // compiles
	j.Cores = j.Cores[:1]
	j.Run = func(_ context.Context, c isolate.Command) (isolate.Outcome, error) {
		fmt.Fprintln(c.Stdout, "5")
		return isolate.Outcome{Cause: isolate.Exited}, nil
	}
	p, paths := prepared(b, j, problem, AtEnd), copies(b, b.N)
	b.ResetTimer()
	before := cpuTime(b)
	streamAll(b, j, p, paths)
	b.ReportMetric(float64((cpuTime(b)-before).Nanoseconds())/float64(b.N), "cpu-ns/op")
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
