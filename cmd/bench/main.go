// Command bench measures what one fresh jail costs, next to a plain start of the same program and to other sandboxes that
// are installed. It prints a table in Markdown:
//
//	go run ./cmd/bench >docs/benchmarks.md
//
// or how far CPU times move when all cores are busy with tests, next to a plain parallel runner:
//
//	go run ./cmd/bench -rounds 30 timing
//
// All take turns in the same minutes, a few runs at a time, because machines change their speed; what counts are the ratios.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	rounds := flag.Int("rounds", 15, "how often each takes its turn")
	runs := flag.Int("runs", 60, "`runs` of a turn")
	judge := flag.String("judge", "bin/judge", "the judge whose whole line is measured")
	flag.Parse()
	if *rounds < 1 || *runs < 1 {
		fmt.Fprintln(os.Stderr, "bench: -rounds and -runs are 1 or more")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	measure := func() error { return bench(ctx, *rounds, *runs, *judge) }
	switch what := flag.Arg(0); {
	case what == "timing" && flag.NArg() == 1:
		measure = func() error { return benchTiming(ctx, *rounds) }
	case flag.NArg() > 0:
		measure = func() error { return fmt.Errorf("%q: the only other thing to measure is timing", flag.Args()) }
	}
	if err := measure(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

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
