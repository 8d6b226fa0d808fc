// Package problems holds the words of the field: what a problem, a test case, a submission, a limit and a verdict are.
//
// The model is plain data that the readers in the folders beneath (native, ...) fill and the engine takes. A reader
// either returns a whole, checked problem or an *Error with the file, line and column of the fault:
//
//	problem, err := formats.Open("examples/aplusb")
//
// Nothing here starts processes or knows how a program is run.
package problems
