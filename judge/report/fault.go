package report

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"

	"judge/isolate"
	"judge/isolate/lack"
	"judge/problems/text"
)

// Fault formats an error of the host or of a checker in at most kept bytes, followed by the user's remedy.
func Fault(err error, kept int) string {
	return text.CutLine(err.Error(), kept) + Remedy(err)
}

// Remedy returns the text to append to an error that one of the user's own limits has caused; "" for other errors
// and those that already have it.
func Remedy(err error) string {
	if lack.OutOfFiles(err) && !errors.As(err, new(*isolate.LackError)) {
		return ": " + lack.MoreFiles
	}
	return ""
}

// MaxReason is how many bytes of an error stand in a reason.
const MaxReason = 500

// MaxMessage bounds a message in a report, in bytes.
const MaxMessage = 1 << 10

// SignalName returns the name of the signal that ended a run, such as SIGSEGV, its number if it has no name, and "" if
// no signal ended the run.
func SignalName(run isolate.Outcome) string {
	if run.Signal == 0 {
		return ""
	}
	if name := unix.SignalName(run.Signal); name != "" {
		return name
	}
	return fmt.Sprintf("%d", int(run.Signal)) // real-time signals have no name
}
