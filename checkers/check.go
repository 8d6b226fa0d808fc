// Package checkers compares a submission's output with the jury's answer.
//
// The built-in comparisons read both as streams and keep a bounded part of either in memory. So an output of any size
// can be compared while the submission is still writing it:
//
//	check, err := checkers.Tokens{}.Check(answer, output)
//
// An error means that the answer or the output could not be read, or that the answer is malformed. A wrong output is a
// Check that is not accepted.
package checkers

// Check is the result of a checker on one output.
type Check struct {
	Accepted   bool
	Message    string      // one line of text, not yet escaped for a terminal; may be empty
	Score      *float64    // the fraction of the test's points, 0 to 1, from an external checker; nil: none
	Points     *float64    // the points from an external checker; nil: none
	Difference *Difference // the first difference; nil if accepted, or for an external checker
}

// Difference is the first place where output and answer differ. Line, Column and Token count from 1 and refer to the
// output. 0 means that they do not apply. Column counts bytes.
type Difference struct {
	Line, Column, Token int
	Expected, Got       string // excerpts of at most excerptBytes; empty if an end flag is set
	ExpectedEnd, GotEnd bool   // the answer, or the output, had ended here
}
