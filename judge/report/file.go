package report

import (
	"io"

	"judge/problems/safefile"
)

// WriteFile writes a report, whole or not at all: safefile.Replace has the rules.
func WriteFile(path string, write func(io.Writer) error) error { return safefile.Replace(path, write) }

// CanWrite tells beforehand why WriteFile could not write there, as far as that can be known. It creates missing directories.
func CanWrite(path string) error { return safefile.CanReplace(path) }
