package cache

import (
	"fmt"

	"judge/problems"
	"judge/problems/safefile"
)

// Stamps identify the content of files that a session relies on and that others could change. A missing file has
// none.
type Stamps map[string]safefile.Stamp

// take records the files at these paths.
func (s Stamps) take(paths ...string) {
	for _, path := range paths {
		if now, err := safefile.StampOf(path); err == nil {
			s[path] = now
		}
	}
}

// Check returns an error for a file that has changed since it was recorded; nil: none has.
func (s Stamps) Check(paths ...string) error {
	for _, path := range paths {
		before, known := s[path]
		if now, err := safefile.StampOf(path); known && err != nil {
			return fmt.Errorf("%w: removed during the run", err)
		} else if now != before {
			return fmt.Errorf("%s was changed during the run: run again", path)
		}
	}
	return nil
}

// StampsOfTests records the inputs and answers of a problem.
func StampsOfTests(tests []problems.TestCase) Stamps {
	s := make(Stamps, 2*len(tests))
	for _, t := range tests {
		s.take(t.Input, t.Answer)
	}
	return s
}
