package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"judge/judge/report"
)

// Saved is a report that was read: of judge run, or of judge verify.
type Saved struct {
	Run    *report.Report // nil: it is of judge verify
	Result Result         // either way
}

// ReadJSON reads the JSON of judge run or of judge verify. It may come from anywhere: what is cut off, or no such
// report, is such an error, and a report that is returned can be rendered.
func ReadJSON(from io.Reader) (Saved, error) {
	data, err := io.ReadAll(from)
	if err != nil {
		return Saved{}, fmt.Errorf("read a report: %w", err)
	}
	var what struct {
		Schema      int             `json:"schema"`
		Submissions json.RawMessage `json:"submissions"`
		Problems    json.RawMessage `json:"problems"`
	}
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&what); err != nil {
		return Saved{}, malformedJSON(data, err)
	}
	switch {
	case what.Submissions != nil:
		r, err := report.ReadJSON(bytes.NewReader(data))
		if err != nil {
			return Saved{}, err
		}
		return Saved{Run: r, Result: OfReport(r)}, nil
	case what.Problems == nil:
		return Saved{}, errors.New("not a report: expected the JSON of judge run or judge verify")
	case what.Schema != Schema:
		return Saved{}, fmt.Errorf("schema %d: this judge reads schema %d", what.Schema, Schema)
	}
	var r Result
	if err := json.Unmarshal(data, &r); err != nil {
		return Saved{}, malformedJSON(data, err)
	}
	if err := r.check(); err != nil {
		return Saved{}, err
	}
	return Saved{Result: r}, nil
}

// malformedJSON describes a syntax error in JSON, with its line.
func malformedJSON(data []byte, err error) error {
	syntax, isSyntax := errors.AsType[*json.SyntaxError](err)
	kind, isKind := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return errors.New("empty: expected the JSON of judge run or judge verify")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("incomplete: the JSON ends after %d bytes", len(data))
	case isSyntax:
		return fmt.Errorf("malformed JSON: line %d: %w", lineOf(data, syntax.Offset), err)
	case isKind:
		return fmt.Errorf("malformed report: line %d: %q has the wrong type, %s",
			lineOf(data, kind.Offset), kind.Field, kind.Value)
	default:
		return fmt.Errorf("malformed report: %w", err)
	}
}

func lineOf(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(max(0, offset), int64(len(data)))], []byte("\n"))
}

// check returns what prevents a result from being rendered.
func (r Result) check() error {
	for i, p := range r.Problems {
		if p.Report != nil {
			if err := p.Report.Check(); err != nil {
				return fmt.Errorf("problem %d: %w", i+1, err)
			}
		}
		for _, f := range p.Findings {
			if !slices.Contains([]Severity{Error, Warning}, f.Severity) {
				return fmt.Errorf("problem %d: a finding with the severity %q: expected error or warning",
					i+1, f.Severity)
			}
		}
	}
	return nil
}
