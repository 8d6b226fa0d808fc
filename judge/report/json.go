package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// WriteJSON writes the report as indented JSON with a line end.
func WriteJSON(w io.Writer, r *Report) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(r); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// SaveJSON writes the report to a file, whole or not at all: readers never see half of one.
func SaveJSON(path string, r *Report) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	err = WriteJSON(file, r)
	if err == nil {
		err = file.Chmod(0o644)
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		os.Remove(file.Name())
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// ReadJSON reads a report that was written by this schema.
func ReadJSON(reader io.Reader) (*Report, error) {
	var r Report
	if err := json.NewDecoder(reader).Decode(&r); err != nil {
		return nil, fmt.Errorf("read a report: %w", err)
	}
	if r.Schema != Schema {
		return nil, fmt.Errorf("read a report: it has schema %d, this judge reads %d", r.Schema, Schema)
	}
	return &r, nil
}
