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

// whole are the figures of the judge's whole line: spec, cache, jails, comparison, table and report.
type whole struct {
	start     time.Duration // of judge run, one test, the program cached
	perTest   time.Duration // of judge run, with each further test
	bare      time.Duration // of the same program with such an input in a jail, and nothing else
	ratio     float64       // of perTest to bare, of the same turn
	few, many int           // tests, between which perTest is the slope
	peak      int64         // bytes of memory that the judge itself held at many tests, at the most
}

// measureJudge runs problems of one test and of many, the program being cached.
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
		command := exec.CommandContext(ctx, judge, "run", "--json", filepath.Join(dir, "report.json"), problems[tests], filepath.Join(dir, "echo.c"))
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
		starts, slopes, bares, ratios = append(starts, float64(one)), append(slopes, slope), append(bares, each), append(ratios, slope/each)
	}
	w.start, w.perTest, w.bare, w.ratio = time.Duration(median(starts)), time.Duration(median(slopes)), time.Duration(median(bares)), median(ratios)
	return w, nil
}

// echo is a submission.
const echo = "#include <stdio.h>\nint main(void) { int n; return scanf(\"%d\", &n) == 1 && printf(\"%d\\n\", n) > 0 ? 0 : 1; }\n"

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

// peakOf is the most memory that a process held, in bytes.
func peakOf(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return usage.Maxrss * 1024 // getrusage(2): kilobytes
}
