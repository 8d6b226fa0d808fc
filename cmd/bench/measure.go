package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// figures are medians of one contender.
type figures struct {
	contender contender
	wall      time.Duration // of one run, without parallel runs
	cpu       time.Duration // of one run, of the whole machine
	rate      float64       // runs a second on all cores
	// Ratios are medians over the turns, relative to the plain start of the same turn.
	wallRatio, cpuRatio, rateRatio float64
}

// turn is the result of one turn of a contender, for one run.
type turn struct {
	wall, cpu time.Duration
	rate      float64
}

// takeTurns measures all contenders in turn, for some rounds. Ratios are relative to the first one.
func takeTurns(ctx context.Context, all []contender, rounds, runs int) ([]figures, error) {
	turns := make([][]turn, len(all))
	for round := range rounds {
		for i, c := range all {
			t, err := take(ctx, c, runs)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
			turns[i] = append(turns[i], t)
		}
		fmt.Fprintf(os.Stderr, "\rround %d of %d ", round+1, rounds)
	}
	fmt.Fprintln(os.Stderr)
	var result []figures
	for i, c := range all {
		of := func(get func(mine, plain turn) float64) float64 {
			var values []float64
			for round := range rounds {
				values = append(values, get(turns[i][round], turns[0][round]))
			}
			return median(values)
		}
		result = append(result, figures{
			contender: c,
			wall:      time.Duration(of(func(t, _ turn) float64 { return float64(t.wall) })),
			cpu:       time.Duration(of(func(t, _ turn) float64 { return float64(t.cpu) })),
			rate:      of(func(t, _ turn) float64 { return t.rate }),
			wallRatio: of(func(t, p turn) float64 { return float64(t.wall) / float64(p.wall) }),
			cpuRatio:  of(func(t, p turn) float64 { return float64(t.cpu) / float64(p.cpu) }),
			rateRatio: of(func(t, p turn) float64 { return t.rate / p.rate }),
		})
	}
	return result, nil
}

// take measures one turn of a contender.
func take(ctx context.Context, c contender, runs int) (turn, error) {
	var walls []float64
	before, err := machineCPU()
	if err != nil {
		return turn{}, err
	}
	for range runs {
		start := time.Now()
		if err := c.run(ctx); err != nil {
			return turn{}, err
		}
		walls = append(walls, float64(time.Since(start)))
	}
	time.Sleep(settle)
	after, err := machineCPU()
	if err != nil {
		return turn{}, err
	}
	rate, err := throughput(ctx, c, sustained*runs)
	return turn{time.Duration(median(walls)), (after - before) / time.Duration(runs), rate}, err
}

// settle is a pause in which kernel threads remove the control groups and namespaces of the runs.
const settle = 30 * time.Millisecond

// sustained is the factor between the runs of a turn and those of its throughput. Sessions have thousands of tests,
// so the first ones after a pause, which wake up the kernel's threads, must not matter.
const sustained = 5

// throughput returns the runs per second with one run at a time on each core.
func throughput(ctx context.Context, c contender, runs int) (float64, error) {
	lanes := runtime.NumCPU()
	var done sync.WaitGroup
	errs := make([]error, lanes)
	start := time.Now()
	for lane := range lanes {
		done.Go(func() {
			for i := 0; i < runs && errs[lane] == nil; i++ {
				errs[lane] = c.run(ctx)
			}
		})
	}
	done.Wait()
	return float64(lanes*runs) / time.Since(start).Seconds(), errors.Join(errs...)
}

// machineCPU returns the CPU time that all processes and kernel threads of the machine have used.
func machineCPU() (time.Duration, error) {
	for _, group := range []string{"/sys/fs/cgroup/cpuacct", "/sys/fs/cgroup/cpu,cpuacct"} { // v1: exact
		if text, err := os.ReadFile(group + "/cpuacct.usage"); err == nil {
			ns, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
			return time.Duration(ns), err
		}
	}
	text, err := os.ReadFile("/proc/stat") // proc_stat(5): in ticks
	if err != nil {
		return 0, err
	}
	line, _, _ := strings.Cut(string(text), "\n")
	var ticks int64
	for i, field := range strings.Fields(line)[1:] {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, err
		}
		const idle, wait, guest = 3, 4, 8 // guest time is in user time already
		if i != idle && i != wait && i < guest {
			ticks += n
		}
	}
	const tick = time.Second / 100 // USER_HZ
	return time.Duration(ticks) * tick, nil
}

// median returns the median of values.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
