package checkers

import (
	"bytes"
	"io"
)

// Exact accepts an output that equals the answer byte by byte.
type Exact struct{}

// Check compares output and answer. An error means that one of the two could not be read.
func (Exact) Check(answer, output io.Reader) (Check, error) {
	a, o := newWindows(answer, output)
	for a.some() && o.some() && passCommon(a, o) > 0 {
	}
	equal := !a.some() && !o.some()
	return conclude(a, o, equal, byLine)
}

// conclude returns the Check for the positions of two windows.
func conclude(answer, output *window, equal bool, describe func(answer, output *window) *Difference) (Check, error) {
	if err := failure(answer, output); err != nil {
		return Check{}, err
	}
	if equal {
		return Check{Accepted: true}, nil
	}
	difference := describe(answer, output)
	// describe may have read more, and failed.
	return Check{Message: lineEnds(answer, output), Difference: difference}, failure(answer, output)
}

// lineEnds reports that the lines of the two end differently, which an excerpt hardly shows, or "".
func lineEnds(answer, output *window) string {
	for _, w := range []*window{answer, output} {
		w.excerpt() // reads up to the line's end
	}
	windows := []byte("\r\n")
	switch a, o := bytes.HasPrefix(answer.rest(), windows), bytes.HasPrefix(output.rest(), windows); {
	case a && !o:
		return "the answer has Windows line ends (CR LF), the output does not"
	case o && !a:
		return "the output has Windows line ends (CR LF), the answer does not"
	default:
		return ""
	}
}

// byLine describes a difference by line and column.
func byLine(answer, output *window) *Difference {
	d := &Difference{Line: output.where.line + 1, Column: output.where.column + 1}
	d.Expected, d.ExpectedEnd = answer.excerpt()
	d.Got, d.GotEnd = output.excerpt()
	return d
}
