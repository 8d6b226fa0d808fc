// Package clics reads and writes contest packages of the CLICS contest API, as DOMjudge, Kattis, PC^2 and the CDS do.
//
//	c, closer, err := clics.Read("contest.zip")
//	err = clics.Write(ctx, "export", clics.Export{Results: results})
package clics

import (
	"context"
	"iter"

	"judge/judge/contest"
)

// Version is a version of the CLICS contest API.
type Version uint8

// The versions that Write knows. The zero value is the one that most programs read.
const (
	Version202306 Version = iota
	Version202601
)

// Export says what Write writes.
type Export struct {
	Results *contest.Results
	Version Version
	// Runs returns the runs of the judgements that count, judgement by judgement in any order; nil: no runs are
	// written.
	Runs     func(ctx context.Context) iter.Seq2[contest.RunsOf, error]
	Detailed bool // writes OLE, MLE, WTL and ILE instead of the ICPC's five verdicts
	Frozen   bool // hides the judgements of submissions since the freeze
	// Warn is called with what is left out, such as the files of a submission that cannot be read; nil: nobody is told.
	Warn func(error)
}
