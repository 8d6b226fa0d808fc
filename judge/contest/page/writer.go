package page

import (
	"time"

	"judge/judge/contest"
)

// Writer keeps a page up to date during grading. It is not safe for concurrent use.
type Writer struct {
	Path string
	// Now returns the time; nil: time.Now.
	Now func() time.Time

	written bool
	version uint64 // of the last page that was written
	next    time.Time
}

// Bounds of what a Writer costs.
const (
	minInterval = 2 * time.Second
	maxShare    = 100 // writing takes at most 1/maxShare of the time
)

// Update writes the page if version differs from that of the last page, unless it is too early: two writes are at least
// 2 s apart, and writing takes at most 1 % of the time. version is any value that changes with the results, such as the
// number of judgements. read returns the results; its time counts as part of the writing, and it is called only if
// the page is written. After an error the next attempt waits as long as after a success.
func (w *Writer) Update(version uint64, read func() (*contest.Results, Live, error)) error {
	started := w.now()
	if started.Before(w.next) || w.written && version == w.version {
		return nil
	}
	r, live, err := read()
	if err == nil {
		live.Grading = true
		err = w.write(r, live)
	}
	ended := w.now()
	w.next = ended.Add(max(minInterval-ended.Sub(started), (maxShare-1)*ended.Sub(started)))
	if err != nil {
		return err
	}
	w.written, w.version = true, version
	return nil
}

// Finish writes the page at the end of grading: readers' browsers load it a last time.
func (w *Writer) Finish(r *contest.Results, live Live) error {
	live.Grading = false
	return w.write(r, live)
}

func (w *Writer) write(r *contest.Results, live Live) error {
	if live.Written.IsZero() {
		live.Written = w.now()
	}
	return WriteFile(w.Path, r, live)
}

func (w *Writer) now() time.Time {
	if w.Now != nil {
		return w.Now()
	}
	return time.Now()
}
