package checkers

import "io"

// Exact accepts an output that is the answer, byte by byte.
type Exact struct{}

// Check compares. An error means that one of the two could not be read.
func (Exact) Check(answer, output io.Reader) (Check, error) {
	a, o := newWindows(answer, output)
	for a.some() && o.some() && passCommon(a, o) > 0 {
	}
	equal := !a.some() && !o.some()
	return conclude(a, o, equal, byLine)
}

// conclude makes a Check of where two windows stand.
func conclude(answer, output *window, equal bool, describe func(answer, output *window) *Difference) (Check, error) {
	if err := failure(answer, output); err != nil {
		return Check{}, err
	}
	if equal {
		return Check{Accepted: true}, nil
	}
	difference := describe(answer, output)
	// Describing may have read on, and met an error.
	return Check{Difference: difference}, failure(answer, output)
}

// byLine describes a difference by line and column.
func byLine(answer, output *window) *Difference {
	d := &Difference{Line: output.where.line + 1, Column: output.where.column + 1}
	d.Expected, d.ExpectedEnd = answer.excerpt()
	d.Got, d.GotEnd = output.excerpt()
	return d
}
