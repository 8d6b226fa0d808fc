package main

import (
	"context"
	"embed"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"judge/isolate"
)

// programs run for about half a second each, and use different resources of the machine.
//
//go:embed programs/*.c
var programs embed.FS

// work is one program with its input.
type work struct {
	name, program, input string
}

// works compiles the programs. All get the same input, which most of them do not read.
func works(dir string) ([]work, error) {
	input := filepath.Join(dir, "numbers")
	var text strings.Builder
	for i := range 5_000_000 {
		fmt.Fprintln(&text, i*7919%1000003)
	}
	if err := os.WriteFile(input, []byte(text.String()), 0o644); err != nil {
		return nil, err
	}
	var all []work
	for _, p := range []struct{ file, name, define string }{
		{"cpu", "arithmetic", ""},
		{"memory", "random access in 256 MiB", ""},
		{"memory", "the same in huge pages", "-DHUGE"},
		{"faults", "page faults", ""},
		{"syscalls", "system calls", ""},
		{"inout", "reading and writing numbers", ""},
	} {
		source, err := programs.ReadFile("programs/" + p.file + ".c")
		if err != nil {
			return nil, err
		}
		place := filepath.Join(dir, p.file+p.define)
		if err := os.Mkdir(place, 0o755); err != nil {
			return nil, err
		}
		w := work{name: p.name, program: filepath.Join(place, "program"), input: input}
		command := exec.Command("gcc", "-O2", "-static", "-o", w.program, "-x", "c", "-")
		if p.define != "" {
			command.Args = append(command.Args, p.define)
		}
		command.Stdin = strings.NewReader(string(source))
		if out, err := command.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("compile %s: %w\n%s", p.file, err, out)
		}
		all = append(all, w)
	}
	return all, nil
}

// runner runs a work once and returns its CPU time. lane counts from 0 to the number of cores.
type runner func(ctx context.Context, w work, lane int) (time.Duration, error)

// jailRunner runs each lane on its own core, as judging does.
func jailRunner(pool *isolate.Pool) runner {
	return func(ctx context.Context, w work, lane int) (time.Duration, error) {
		input, err := os.Open(w.input)
		if err != nil {
			return 0, err
		}
		defer input.Close()
		outcome, err := pool.Run(ctx, isolate.Command{
			Root:   isolate.Root{Binds: []isolate.Bind{{Source: filepath.Dir(w.program), Target: "/prog"}}},
			Args:   []string{"/prog/program"},
			Stdin:  input,
			Stdout: io.Discard,
			Limits: isolate.Limits{
				CPU: time.Minute, Wall: 2 * time.Minute, Memory: 1 * isolate.GiB, Output: 1 * isolate.GiB,
			},
			Core: isolate.OnCore(lane),
		})
		if err == nil && (outcome.Cause != isolate.Exited || outcome.Code != 0) {
			err = fmt.Errorf("%s ended with %v, exit %d", w.name, outcome.Cause, outcome.Code)
		}
		return outcome.Usage.CPU, err
	}
}

// plainRunner starts the program like a script would, with its output to /dev/null, and reads getrusage(2). options
// are words before the program.
func plainRunner(stdin func(w work) (io.ReadCloser, error), options ...string) runner {
	return func(ctx context.Context, w work, _ int) (time.Duration, error) {
		input, err := stdin(w)
		if err != nil {
			return 0, err
		}
		defer input.Close()
		words := append(options[:len(options):len(options)], w.program)
		command := exec.CommandContext(ctx, words[0], words[1:]...)
		command.Stdin = input
		if err := command.Run(); err != nil {
			return 0, err
		}
		usage := command.ProcessState.SysUsage().(*syscall.Rusage)
		return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), nil
	}
}

// asFile opens the input.
func asFile(w work) (io.ReadCloser, error) { return os.Open(w.input) }

// asPipe opens the input and hides that it is a file, so that a goroutine copies it into a pipe.
func asPipe(w work) (io.ReadCloser, error) {
	file, err := os.Open(w.input)
	return struct{ io.ReadCloser }{file}, err
}

// sample are CPU times in seconds.
type sample []float64

// median returns the median of the sample.
func (s sample) median() float64 { return median(s) }

// variation returns the coefficient of variation: the standard deviation divided by the mean.
func (s sample) variation() float64 {
	var sum, squares float64
	for _, v := range s {
		sum += v
	}
	mean := sum / float64(len(s))
	for _, v := range s {
		squares += (v - mean) * (v - mean)
	}
	return math.Sqrt(squares/float64(len(s))) / mean
}

// sideBySide runs a work in parallel on some lanes, and adds the times to the sample.
func sideBySide(ctx context.Context, run runner, w work, lanes int, to *sample) error {
	var done sync.WaitGroup
	times := make([]time.Duration, lanes)
	errs := make([]error, lanes)
	for lane := range lanes {
		done.Go(func() { times[lane], errs[lane] = run(ctx, w, lane) })
	}
	done.Wait()
	for lane := range lanes {
		if errs[lane] != nil {
			return fmt.Errorf("%s: %w", w.name, errs[lane])
		}
		*to = append(*to, times[lane].Seconds())
	}
	return nil
}

// manner is one way to run works: with a runner, on a number of lanes in parallel.
type manner struct {
	name  string
	run   runner
	lanes int
}

// timing measures every work in every manner, in turn. The result is samples[work][manner].
func timing(ctx context.Context, all []work, manners []manner, rounds int) ([][]sample, error) {
	samples := make([][]sample, len(all))
	for i := range samples {
		samples[i] = make([]sample, len(manners))
	}
	for round := range rounds {
		for i, w := range all {
			for k, m := range manners {
				if err := sideBySide(ctx, m.run, w, m.lanes, &samples[i][k]); err != nil {
					return nil, err
				}
			}
		}
		fmt.Fprintf(os.Stderr, "\rround %d of %d ", round+1, rounds)
	}
	fmt.Fprintln(os.Stderr)
	return samples, nil
}

// benchTiming prints how much CPU times vary when all cores run tests, and the effect of other settings.
func benchTiming(ctx context.Context, rounds int) error {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	all, err := works(dir)
	if err != nil {
		return err
	}
	pool, err := isolate.Open(isolate.Config{})
	if err != nil {
		return err
	}
	defer pool.Close()
	cores := runtime.NumCPU()
	jail, plain := jailRunner(pool), plainRunner(asFile)
	uniform, err := timing(ctx, all, []manner{
		{"judge, alone", jail, 1}, {"judge, all cores", jail, cores}, {"plain, alone", plain, 1},
		{"plain, all cores", plain, cores},
	}, rounds)
	if err != nil {
		return err
	}
	choices, err := timing(ctx, all, []manner{
		{"as it is", plain, 1}, {"without ASLR", plainRunner(asFile, "setarch", "-R"), 1},
		{"stdin a pipe", plainRunner(asPipe), 1},
	}, rounds)
	if err != nil {
		return err
	}
	writeTiming(os.Stdout, all, uniform, choices, rounds)
	return nil
}
