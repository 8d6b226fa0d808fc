package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"judge/problems"
	"judge/problems/archive"
	"judge/problems/text"
)

// warnings collects what changed no result, and prints it when nothing draws on the terminal any more.
type warnings struct {
	mu  sync.Mutex
	all []error
}

// add records a warning, once.
func (w *warnings) add(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.ContainsFunc(w.all, func(known error) bool { return known.Error() == err.Error() }) {
		w.all = append(w.all, err)
	}
}

// unpacked warns of archives that could not be kept in the cache.
func (w *warnings) unpacked(p *problems.Problem) {
	for _, held := range p.Held {
		if u, ok := held.(*archive.Unpacked); ok && u.Note != "" {
			w.add(errors.New(u.Note))
		}
	}
}

func (w *warnings) print(stderr io.Writer) {
	for _, err := range w.all {
		fmt.Fprintf(stderr, "judge: warning: %s\n", text.Error(err))
	}
}
