package store

import (
	"fmt"
	"time"
)

// BusyError is the error about a result file with which another process grades.
type BusyError struct {
	Path  string
	PID   int       // 0: unknown
	Since time.Time // zero: unknown
}

// Error names the process.
func (e *BusyError) Error() string { return fmt.Sprintf("%s: pid %d has been grading", e.Path, e.PID) }

// NetworkError is the error about a result file on a network file system, where a grader's file cannot be.
type NetworkError struct {
	Path string
	Kind string // such as NFS
}

// Error names the file system.
func (e *NetworkError) Error() string { return fmt.Sprintf("%s is on %s", e.Path, e.Kind) }

// FullError is the error about a disk without room for the result file. What was committed before stays.
type FullError struct {
	Path string
	Size int64 // bytes of the result file
	Free int64 // bytes that are free on its file system
}

// Error names the file and its size.
func (e *FullError) Error() string { return fmt.Sprintf("%s: the disk is full", e.Path) }

// VersionError is the error about a result file of a newer judge.
type VersionError struct {
	Path           string
	Found, Highest int
}

// Error names both versions.
func (e *VersionError) Error() string {
	return fmt.Sprintf("%s: version %d, expected at most %d", e.Path, e.Found, e.Highest)
}

// FormatError is the error about a file that is no result file, or a damaged one.
type FormatError struct {
	Path string
	Why  string
}

// Error says what is wrong.
func (e *FormatError) Error() string { return e.Path + ": " + e.Why }

// MismatchError is the error about results of another contest.
type MismatchError struct {
	Path string
	Why  string // the difference
}

// Error names the difference.
func (e *MismatchError) Error() string { return e.Path + ": " + e.Why }

// RoundError is the error about a round that is unknown or closed.
type RoundError struct {
	Round int
	Why   string
}

// Error says what is wrong with the round.
func (e *RoundError) Error() string { return fmt.Sprintf("round %d %s", e.Round, e.Why) }
