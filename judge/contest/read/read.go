// Package read opens a contest: a CLICS contest package, or a contest.yaml with a folder of submissions or a CSV.
//
//	contest, closer, err := read.Open(ctx, "spring27")
//
// What is wrong with the contest's own files is an error with file, line and hint. What is wrong with one submission is
// that submission's Fault. Everything that it reads is untrusted: links are not followed, and every size is bounded.
package read

import (
	"context"
	"errors"
	"io"

	"judge/judge/contest"
)

// Open reads the contest at a path: a directory with a contest.yaml, that file itself, or a CLICS contest package, as a
// directory or a zip. Faults of its files are *problems.Error. The caller closes the closer once nothing of the contest
// is opened any more: an unpacked package exists until then.
func Open(ctx context.Context, path string) (*contest.Contest, io.Closer, error) {
	return nil, nil, errors.ErrUnsupported
}
