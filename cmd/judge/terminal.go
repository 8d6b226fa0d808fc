package main

import (
	"io"
	"os"

	"golang.org/x/term"

	"judge/problems/text"
)

// terminalWidth is the width of a terminal, 0 when the writer is none.
func terminalWidth(w io.Writer) int {
	if g, ok := w.(*text.Guard); ok {
		w = g.To()
	}
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return 0
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil || width <= 0 {
		return 80
	}
	return width
}

// guarded returns the writer that all output of the judge's own goes through, so that nothing of what strangers wrote
// is obeyed by a terminal or a CI system.
func guarded(w io.Writer) io.Writer {
	return text.NewGuard(w, text.Allowance{Drawing: terminalWidth(w) > 0})
}

// colours tells whether to write in colour to a terminal of that width; see no-color.org.
func colours(width int, noColor bool) bool {
	return width > 0 && !noColor && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// redraws tells whether a line on stderr can be drawn over: on a terminal at which somebody looks.
func redraws(stderr io.Writer) bool {
	return terminalWidth(stderr) > 0 && os.Getenv("CI") == "" && os.Getenv("TERM") != "dumb"
}
