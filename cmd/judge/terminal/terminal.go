// Package terminal reports the width and the colours of the terminal behind an output, or that it is plain text.
package terminal

import (
	"io"
	"os"

	"golang.org/x/term"

	"judge/problems/text"
)

// Width returns the columns of a terminal, 0 if the writer is not one.
func Width(w io.Writer) int {
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

// Guarded returns the writer for all output of the judge: no untrusted text in it can control a terminal or a CI
// system.
func Guarded(w io.Writer) io.Writer {
	return text.NewGuard(w, text.Allowance{Drawing: Width(w) > 0})
}

// Colours reports whether to write in colour to a terminal of that width; see no-color.org.
func Colours(width int, noColor bool) bool {
	return width > 0 && !noColor && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// Redraws reports whether a line can be redrawn: on an interactive terminal.
func Redraws(w io.Writer) bool {
	return Width(w) > 0 && os.Getenv("CI") == "" && os.Getenv("TERM") != "dumb"
}
