package decide

import (
	"judge/checkers"
	"judge/isolate"
)

// Facts holds all observations of one test, without judgement. The zero value is a test that was not run.
type Facts struct {
	Run       *isolate.Outcome // nil: the jail failed, see Err
	Check     *checkers.Check  // nil: the run had failed already, or the checker failed, see Err
	Err       error            // the judge's own failure, or the checker's
	Stderr    []byte           // the beginning of stderr
	Output    []byte           // the beginning of the output; nil: a program of the problem read it, or nothing ran
	Core      int              // CPU number
	First     Party            // the side of an interaction that ended first
	Deadlock  *Deadlock        // the sides of an interaction waited for each other; nil: they did not
	Dialogue  []byte           // beginning and end of the interaction
	Disturbed float64          // the share of its core's time that others used while it ran
	Rerun     bool             // repeated alone; this is the faster run
}

// Party is one of the two sides of an interaction.
type Party uint8

// The parties. Nobody: neither ended first, or there was no interaction.
const (
	Nobody Party = iota
	Submission
	Interactor
)
