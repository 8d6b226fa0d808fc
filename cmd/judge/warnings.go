package main

import (
	"fmt"
	"io"

	"judge/judge/report"
)

// warnings tell what changed no result. They wait until nothing draws on the terminal any more.
type warnings []error

func (w *warnings) add(err error) { *w = append(*w, err) }

func (w *warnings) print(stderr io.Writer) {
	for _, err := range *w {
		fmt.Fprintf(stderr, "judge: warning: %s\n", report.Printable(err.Error()))
	}
}
