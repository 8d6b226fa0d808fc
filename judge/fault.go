package judge

import (
	"errors"

	"judge/isolate"
	"judge/problems/text"
)

// fault puts an error of the host's or of a checker's into at most kept bytes, and after them what the user can do about it.
func fault(err error, kept int) string {
	return text.CutLine(err.Error(), kept) + Remedy(err)
}

// Remedy is what to append to an error that a limit of the user's own has caused, "" for other errors and those that say it themselves.
func Remedy(err error) string {
	if isolate.OutOfFiles(err) && !errors.As(err, new(*isolate.LackError)) {
		return ": " + isolate.MoreFiles
	}
	return ""
}
