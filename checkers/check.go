// Package checkers holds a submission's output against the jury's answer.
//
// The built-in comparisons read both as streams and keep only a bounded part of either in memory, so that an output of
// any size can be compared while the submission is still writing it:
//
//	check, err := checkers.Tokens{}.Check(answer, output)
//
// An error means that the answer or the output could not be read, or that the answer itself makes no sense; whatever is
// wrong with the output is a Check that is not accepted.
package checkers

// Check is what a checker says of one output.
type Check struct {
	Accepted   bool
	Message    string      // one line for people, "" when there is nothing to say; not yet cleaned for a terminal
	Score      *float64    // the part of what the test is worth, 0 to 1, that an external checker gave; nil: it gave none
	Points     *float64    // the points that it gave; nil: it gave none
	Difference *Difference // the first difference; nil when accepted, or by an external checker
}

// Difference is the first place where output and answer part. Line, Column and Token count from 1 and refer to the
// output; 0 means that they do not apply. Column counts bytes.
type Difference struct {
	Line, Column, Token int
	Expected, Got       string // excerpts, at most excerptBytes long each; "" with the end flags beneath
	ExpectedEnd, GotEnd bool   // the answer, or the output, had ended here
}
