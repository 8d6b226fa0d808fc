package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
	"golang.org/x/sys/unix"

	"judge/problems/text"
)

// BusyError is the error about a result file with which another process grades.
type BusyError struct {
	Path  string
	PID   int       // 0: unknown
	Since time.Time // zero: unknown
}

// Error names the process, and since when it has been grading: the date only if it is not today.
func (e *BusyError) Error() string {
	who, since := "another process has been grading", ""
	if e.PID != 0 {
		who = fmt.Sprintf("pid %d has been grading", e.PID)
	}
	if !e.Since.IsZero() {
		form, local := "15:04", e.Since.Local()
		if local.Format(time.DateOnly) != time.Now().Format(time.DateOnly) {
			form = "2006-01-02 15:04"
		}
		since = " since " + local.Format(form)
	}
	return text.Line(e.Path) + ": " + who + since
}

// NetworkError is the error about a result file on a network file system: SQLite's log needs shared memory and locks
// that work, and there they do not.
type NetworkError struct {
	Path string
	Kind string // such as NFS
}

// Error names the file system and the fix.
func (e *NetworkError) Error() string { return strings.Join(e.Lines(), "\n") }

// Lines returns the lines of Error.
func (e *NetworkError) Lines() []string {
	return []string{
		fmt.Sprintf("%s is on %s: a result file that is written must be on a local disk", text.Line(e.Path), e.Kind),
		"hint: name a result file on a local disk, and copy it when the grading is over",
	}
}

// UnwritableError is the error about a result file that this user cannot create or write, or whose directory does not
// exist.
type UnwritableError struct {
	Path string
	Err  error
}

// Error names the file and the reason of the system.
func (e *UnwritableError) Error() string {
	return fmt.Sprintf("%s: cannot be written: %v", text.Line(e.Path), e.Err)
}

// Unwrap returns the error of the system.
func (e *UnwritableError) Unwrap() error { return e.Err }

// unwritable returns an error of the system about a path as an *UnwritableError, and any other as it is.
func unwritable(path string, err error) error {
	for _, cause := range []unix.Errno{unix.EROFS, unix.EACCES, unix.EPERM, unix.ENOENT, unix.ENOTDIR} {
		if errors.Is(err, cause) {
			return &UnwritableError{path, cause}
		}
	}
	return err
}

// FullError is the error about a disk without room for the result file. What was committed before stays.
type FullError struct {
	Path string
	Size int64 // bytes of the result file with its log
	Free int64 // bytes that are free on its file system; -1: unknown
}

// Error names the file and its size.
func (e *FullError) Error() string { return strings.Join(e.Lines(), "\n") }

// Lines returns the lines of Error.
func (e *FullError) Lines() []string {
	const mib = 1 << 20
	free := ""
	if e.Free >= 0 {
		free = fmt.Sprintf(", %.1f MiB are free", float64(e.Free)/mib)
	}
	return []string{
		fmt.Sprintf("%s: the disk is full: the file has %.1f MiB%s", text.Line(e.Path), float64(e.Size)/mib, free),
		"hint: make room and grade again: everything that was committed is kept",
	}
}

// VersionError is the error about a result file of a newer judge.
type VersionError struct {
	Path           string
	Found, Highest int
}

// Error names both versions and the fix.
func (e *VersionError) Error() string { return strings.Join(e.Lines(), "\n") }

// Lines returns the lines of Error.
func (e *VersionError) Lines() []string {
	return []string{
		fmt.Sprintf("%s: written by a newer judge: version %d, expected at most %d", text.Line(e.Path), e.Found,
			e.Highest),
		"hint: use that judge, or a newer one",
	}
}

// FormatError is the error about a file that is no result file, or a damaged one.
type FormatError struct {
	Path string
	Why  string
}

// Error says what is wrong.
func (e *FormatError) Error() string { return text.Line(e.Path) + ": " + text.CutLine(e.Why, 500) }

// MismatchError is the error about results of another contest.
type MismatchError struct {
	Path string
	Why  string // the difference
}

// Error names the difference.
func (e *MismatchError) Error() string { return text.Line(e.Path) + ": " + text.CutLine(e.Why, 500) }

// RoundError is the error about a round that is unknown or closed.
type RoundError struct {
	Round int
	Why   string
}

// Error says what is wrong with the round.
func (e *RoundError) Error() string { return fmt.Sprintf("round %d %s", e.Round, e.Why) }

// damaged returns the error about contents that no judge has written.
func (p *place) damaged(format string, a ...any) error {
	return &FormatError{p.path, "is damaged: " + fmt.Sprintf(format, a...)}
}

// fault puts an error of SQLite into the words of this package.
func (p *place) fault(err error) error {
	var of sqlite3.Error
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) ||
		!errors.As(err, &of) {
		return err
	}
	full := of.SystemErrno == unix.ENOSPC || of.SystemErrno == unix.EDQUOT
	switch {
	case of.Code == sqlite3.ErrFull, of.Code == sqlite3.ErrIoErr && (full || p.free() == 0):
		return &FullError{p.path, p.size(), p.free()}
	case of.Code == sqlite3.ErrNotADB:
		return &FormatError{p.path, "is not a result file of judge"}
	case of.Code == sqlite3.ErrCorrupt, of.Code == sqlite3.ErrTooBig, of.Code == sqlite3.ErrError,
		of.Code == sqlite3.ErrFormat:
		return p.damaged("%v", err)
	case of.Code == sqlite3.ErrBusy, of.Code == sqlite3.ErrLocked, of.Code == sqlite3.ErrProtocol:
		return fmt.Errorf("%s: another program uses the file: %w", text.Line(p.path), err)
	case of.SystemErrno != 0:
		return fmt.Errorf("%w (%w)", &fs.PathError{Op: "open", Path: p.path, Err: of.SystemErrno}, err)
	}
	return fmt.Errorf("%s: %w", text.Line(p.path), err)
}
