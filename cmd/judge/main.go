// Command judge judges submissions against the test suites of contest problems, each run in a fresh jail on its own
// core.
package main

import (
	"context"
	"os"
)

func main() {
	os.Exit(Main(context.Background(), os.Args, IO{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}))
}
