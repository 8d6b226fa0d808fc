package main

import (
	"fmt"
	"io"

	"judge/judge"
	"judge/problems/text"
)

// survey is the line on a terminal while many problems are looked at.
type survey struct {
	progress
	problems, of int
	path         string
}

func startSurvey(stderr io.Writer, problems int) *survey {
	s := &survey{of: problems}
	s.text = s.words
	if redraws(stderr) {
		s.start(stderr)
	}
	return s
}

// next begins the next problem.
func (s *survey) next(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.problems++
	s.path = path
}

func (s *survey) observe(e judge.Event) { s.progress.observe(e) }

func (s *survey) words() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("problem %d of %d, %d tests run: %.60s", s.problems, s.of, s.tests, text.Line(s.path))
}
