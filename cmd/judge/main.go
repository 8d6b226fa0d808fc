// Command judge judges submissions against the test suites of contest problems, each run in a fresh jail on its own core.
package main

import (
	"context"
	"os"
	"runtime/debug"
)

// collectAt is the growth of the heap, in per cent, at which garbage is collected: a judging holds a few MiB, so that the runtime's 100 would
// collect many times a second, on the cores of the tests where there are no others.
const collectAt = 150

func main() {
	debug.SetGCPercent(collectAt)
	os.Exit(Main(context.Background(), os.Args, IO{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}))
}
