package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// whole are the figures of judge run: spec, cache, jails, comparison, table and report.
type whole struct {
	start     time.Duration // of judge run with one test and a cached program
	perTest   time.Duration // of judge run for each additional test
	bare      time.Duration // of the same program with the same input in a bare jail
	ratio     float64       // of perTest to bare in the same turn
	few, many int           // numbers of tests, between which perTest is the slope
	peak      int64         // peak memory of the judge itself, in bytes
}

// measureJudge runs problems with one test and with many, while the program is in the cache.
func measureJudge(ctx context.Context, dir, judge string, rounds int) (whole, error) {
	w := whole{few: 1, many: 1000}
	problems := map[int]string{}
	for _, tests := range []int{w.few, w.many} {
		problem, err := makeProblem(dir, tests)
		if err != nil {
			return w, err
		}
		problems[tests] = problem
	}
	program, err := compile(dir, "echo", echo)
	if err != nil {
		return w, err
	}
	bare, err := jailed(program, filepath.Join(problems[w.few], "tests", "0.in"))
	if err != nil {
		return w, err
	}
	defer bare.close()
	run := func(tests int) (time.Duration, error) {
		command := exec.CommandContext(ctx, judge, "run", "--json", filepath.Join(dir, "report.json"), problems[tests],
			filepath.Join(dir, "echo.c"))
		command.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
		start := time.Now()
		out, err := command.CombinedOutput()
		elapsed := time.Since(start)
		if err != nil {
			return 0, fmt.Errorf("%s: %w\n%s", command, err, out)
		}
		w.peak = max(w.peak, peakOf(command.ProcessState))
		return elapsed, nil
	}
	if _, err := run(w.few); err != nil { // fills the cache
		return w, err
	}
	var starts, slopes, bares, ratios []float64
	for range rounds {
		one, err := run(w.few)
		if err != nil {
			return w, err
		}
		all, err := run(w.many)
		if err != nil {
			return w, err
		}
		rate, err := throughput(ctx, bare, w.many/runtime.NumCPU())
		if err != nil {
			return w, err
		}
		slope, each := float64(all-one)/float64(w.many-w.few), float64(time.Second)/rate
		starts, slopes = append(starts, float64(one)), append(slopes, slope)
		bares, ratios = append(bares, each), append(ratios, slope/each)
	}
	w.start, w.perTest = time.Duration(median(starts)), time.Duration(median(slopes))
	w.bare, w.ratio = time.Duration(median(bares)), median(ratios)
	return w, nil
}

// echo is a submission.
const echo = `#include <stdio.h>
int main(void) { int n; return scanf("%d", &n) == 1 && printf("%d\n", n) > 0 ? 0 : 1; }
`

// makeProblem writes a problem with a number of tests.
func makeProblem(dir string, tests int) (string, error) {
	problem := filepath.Join(dir, fmt.Sprintf("problem-%d", tests))
	if err := os.MkdirAll(filepath.Join(problem, "tests"), 0o755); err != nil {
		return "", err
	}
	files := map[string]string{
		filepath.Join(problem, "problem.yaml"): "name: Echo\nlimits: {time_limit: 1}\ntests: tests/*.in\n",
	}
	for i := range tests {
		for _, suffix := range []string{".in", ".ans"} {
			files[filepath.Join(problem, "tests", fmt.Sprint(i)+suffix)] = fmt.Sprintln(i)
		}
	}
	for path, text := range files {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return "", err
		}
	}
	return problem, nil
}

// peakOf returns the peak memory of a process, in bytes.
func peakOf(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return usage.Maxrss * 1024 // getrusage(2): kilobytes
}
