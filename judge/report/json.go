package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"judge/problems"
	"judge/problems/text"
)

// WriteJSON writes the report as indented JSON with a line end.
func WriteJSON(w io.Writer, r *Report) error {
	if err := text.WriteJSON(w, r); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// ReadJSON reads a report that was written by this schema.
func ReadJSON(reader io.Reader) (*Report, error) {
	var r Report
	decoder := json.NewDecoder(reader)
	if err := decoder.Decode(&r); err != nil {
		return nil, fmt.Errorf("read a report: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("read a report: data after its end")
	}
	if r.Schema != Schema {
		return nil, fmt.Errorf("read a report: schema %d: this judge reads schema %d", r.Schema, Schema)
	}
	if err := r.Check(); err != nil {
		return nil, fmt.Errorf("read a report: %w", err)
	}
	return &r, nil
}

// Check returns what keeps a report from being rendered: a result without a verdict, or tests that are not the
// problem's.
func (r *Report) Check() error {
	for i, s := range r.Submissions {
		if s.Verdict == problems.Unjudged {
			return fmt.Errorf("submission %d has no verdict", i+1)
		}
		if len(s.Groups) != len(r.Submissions[0].Groups) {
			return fmt.Errorf("submission %d has other groups than the first", i+1)
		}
		if len(s.Tests) != r.Problem.Tests {
			tests := plural(len(s.Tests), "test")
			return fmt.Errorf("submission %d has %s, the problem has %d", i+1, tests, r.Problem.Tests)
		}
		for k, t := range s.Tests {
			if t.Verdict == problems.Unjudged {
				return fmt.Errorf("test %d of submission %d has no verdict", k+1, i+1)
			}
		}
	}
	return nil
}
