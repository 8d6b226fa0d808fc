package page

import (
	"errors"
	"time"

	"judge/judge/contest"
)

// Writer keeps a page up to date while grading goes on. It is not safe for concurrent use.
type Writer struct {
	Path string
	// Now returns the time; nil: time.Now.
	Now func() time.Time
}

// Update writes the page if something changed since the last call that wrote it, unless it is too early: at least 2 s
// lie between two writes, and writing takes at most 1 % of the time. version says what the page would show: any value
// that changes with the results, such as the number of judgements. now reads the results, and is only called if the
// page is written.
func (w *Writer) Update(version uint64, now func() (*contest.Results, Live, error)) error {
	return errors.ErrUnsupported
}

// Finish writes the page a last time.
func (w *Writer) Finish(r *contest.Results, live Live) error { return errors.ErrUnsupported }
