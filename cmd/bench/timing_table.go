package main

import (
	"fmt"
	"io"
)

// writeTiming writes the two tables in Markdown.
func writeTiming(w io.Writer, all []work, uniform, choices [][]sample, rounds int) {
	fmt.Fprintf(w, "CPU time, median and coefficient of variation of %d runs, in turns. %s\n\n", rounds, machine())
	fmt.Fprintln(w, "| | judge, alone | judge, all cores | to alone | plain, alone | plain, all cores | to alone |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|---|")
	for i, work := range all {
		s := uniform[i]
		fmt.Fprintf(w, "| %s | %s | %s | %.3f | %s | %s | %.3f |\n", work.name,
			s[0], s[1], s[1].median()/s[0].median(), s[2], s[3], s[3].median()/s[2].median())
	}
	fmt.Fprint(w, "\nAlternatives, each plain and alone:\n\n")
	fmt.Fprintln(w, "| | as it is | without ASLR | stdin a pipe |")
	fmt.Fprintln(w, "|---|---|---|---|")
	for i, work := range all {
		s := choices[i]
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", work.name, s[0], s[1], s[2])
	}
}

// String returns the median and the variation.
func (s sample) String() string { return fmt.Sprintf("%.3f s, %.1f %%", s.median(), 100*s.variation()) }
