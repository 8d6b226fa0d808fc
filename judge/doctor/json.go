package doctor

import (
	"fmt"
	"io"

	"judge/problems/text"
)

// Schema is the number of the JSON's format. Fields may be added; none changes its meaning without a new number.
const Schema = 1

// WriteJSON writes the examination as indented JSON with a line end.
func WriteJSON(w io.Writer, e Examination) error {
	if err := text.WriteJSON(w, struct {
		Schema int     `json:"schema"`
		Fit    bool    `json:"fit"`
		Checks []Check `json:"checks"`
	}{Schema, e.Fit(), e.Checks}); err != nil {
		return fmt.Errorf("write the checks: %w", err)
	}
	return nil
}
