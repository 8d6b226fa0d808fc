// Package problems holds the domain model: problems, test cases, submissions, limits, scores and verdicts.
//
// The model is plain data. The readers in the packages below (native, icpc, ...) fill it, and the engine uses it. A
// reader returns either a complete, checked problem or an *Error with the file, line and column of the fault:
//
//	problem, err := formats.Open("examples/aplusb")
//
// Nothing here starts processes or knows how a program is run.
package problems
