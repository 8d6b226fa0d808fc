package cache

import (
	"fmt"

	"judge/problems"
	"judge/problems/safefile"
)

// Stamps are those of files that a judging relies on while others could change them. A file that is not there has none.
type Stamps map[string]safefile.Stamp

// take notes the files of these paths.
func (s Stamps) take(paths ...string) {
	for _, path := range paths {
		if now, err := safefile.StampOf(path); err == nil {
			s[path] = now
		}
	}
}

// Check says which of these files is no longer the one that was noted; nil: all are.
func (s Stamps) Check(paths ...string) error {
	for _, path := range paths {
		before, known := s[path]
		if now, err := safefile.StampOf(path); known && err != nil {
			return fmt.Errorf("%w: it was there when the judging began", err)
		} else if now != before {
			return fmt.Errorf("%s was changed during the judging: judge again", path)
		}
	}
	return nil
}

// StampsOfTests notes the inputs and answers of a problem.
func StampsOfTests(tests []problems.TestCase) Stamps {
	s := make(Stamps, 2*len(tests))
	for _, t := range tests {
		s.take(t.Input, t.Answer)
	}
	return s
}
