package decide

import (
	"judge/checkers"
	"judge/isolate"
)

// Facts is all that was seen of one test, without judgement. The zero value is a test that was not run.
type Facts struct {
	Run       *isolate.Outcome // nil: the jail failed, see Err
	Check     *checkers.Check  // nil: the run had failed already, or the checker failed, see Err
	Err       error            // the judge's own failure, or the checker's
	Stderr    []byte           // the beginning of it
	Core      int              // CPU number
	First     Party            // who ended first, of an interaction
	Deadlock  *Deadlock        // the sides of an interaction waited for each other; nil: they did not
	Dialogue  []byte           // beginning and end of what they said
	Disturbed float64          // the part of its core's time that others had while it ran
	Rerun     bool             // run again alone, and this is the better of the two
}

// Party is one of the two programs of an interaction.
type Party uint8

// The parties. Nobody: neither ended first, or there was no interaction.
const (
	Nobody Party = iota
	Submission
	Interactor
)
