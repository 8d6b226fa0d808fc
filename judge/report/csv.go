package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"judge/problems"
)

// WriteCSV writes a line for each submission: submission, language, verdict, reason, test, passed, tests, score,
// max_cpu_seconds, max_memory_bytes, expected, as_expected. test is the one that decided the verdict. A field is empty
// where JSON has null. Fields are written as they are, also those that a spreadsheet may compute: a path stays a path.
func WriteCSV(w io.Writer, r *Report) error {
	lines := [][]string{{
		"submission", "language", "verdict", "reason", "test", "passed", "tests", "score", "max_cpu_seconds",
		"max_memory_bytes", "expected", "as_expected",
	}}
	for _, s := range r.Submissions {
		test, score, asExpected := "", "", ""
		if i := firstFailure(s); i >= 0 && s.Verdict != problems.AC {
			test = s.Tests[i].Name
		}
		if s.Score != nil {
			score = strconv.FormatFloat(*s.Score, 'f', -1, 64)
		}
		if s.AsExpected != nil {
			asExpected = strconv.FormatBool(*s.AsExpected)
		}
		var expected []string
		for _, v := range s.Expected {
			expected = append(expected, v.String())
		}
		lines = append(lines, []string{
			s.Path, s.Language, s.Verdict.String(), string(s.Reason), test, strconv.Itoa(passed(s)),
			strconv.Itoa(len(s.Tests)), score, strconv.FormatFloat(s.MaxCPUSeconds, 'f', 6, 64),
			strconv.FormatInt(s.MaxMemoryBytes, 10), strings.Join(expected, " "), asExpected,
		})
	}
	out := csv.NewWriter(w)
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("write the submissions: %w", err)
	}
	return nil
}
