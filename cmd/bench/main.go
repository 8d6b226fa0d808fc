// Command bench measures the cost of a fresh jail, compared with a plain start of the same program and with other
// installed sandboxes. It prints a table in Markdown:
//
//	go run ./cmd/bench >docs/benchmarks.md
//
// It also measures how much CPU times vary when all cores run tests, compared with a plain parallel runner:
//
//	go run ./cmd/bench -rounds 30 timing
//
// All contenders take turns, a few runs each, because the speed of machines changes over time. The ratios are what
// counts.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	rounds := flag.Int("rounds", 15, "number of turns of each contender")
	runs := flag.Int("runs", 60, "number of `runs` in a turn")
	judge := flag.String("judge", "bin/judge", "`path` of the judge to measure")
	flag.Parse()
	if *rounds < 1 || *runs < 1 {
		fmt.Fprintln(os.Stderr, "bench: -rounds and -runs: expected 1 or more")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	measure := func() error { return bench(ctx, *rounds, *runs, *judge) }
	switch what := flag.Arg(0); {
	case what == "timing" && flag.NArg() == 1:
		measure = func() error { return benchTiming(ctx, *rounds) }
	case flag.NArg() > 0:
		measure = func() error { return fmt.Errorf("unknown arguments %q: expected none, or timing", flag.Args()) }
	}
	if err := measure(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench measures the contenders and the judge, and prints the table.
func bench(ctx context.Context, rounds, runs int, judge string) error {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program, err := compile(dir, "prog", "int main(void) { return 0; }\n")
	if err != nil {
		return err
	}
	all, err := contenders(dir, program)
	if err != nil {
		return err
	}
	defer func() {
		for _, c := range all {
			c.close()
		}
	}()
	single, err := takeTurns(ctx, all, rounds, runs)
	if err != nil {
		return err
	}
	whole, err := measureJudge(ctx, dir, judge, rounds)
	if err != nil {
		return err
	}
	return write(os.Stdout, single, whole)
}
