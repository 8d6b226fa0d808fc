package report

import (
	"io"

	"judge/problems/safefile"
)

// WriteFile writes a report, completely or not at all; see safefile.Replace.
func WriteFile(path string, write func(io.Writer) error) error { return safefile.Replace(path, write) }

// CanWrite reports why WriteFile would fail, as far as that is known beforehand. It creates missing directories.
func CanWrite(path string) error { return safefile.CanReplace(path) }
