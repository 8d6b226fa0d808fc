package progress

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"judge/judge/contest/grade"
)

// Grading shows how far a contest's grading is: counts, what runs, the time left, and judge errors.
func Grading(s grade.Status) string {
	parts := []string{
		fmt.Sprintf("%s of %s  %s", thousands(s.Judged), thousands(s.Total), bar(s.Judged, s.Total)),
		fmt.Sprintf("%d running", len(s.Running)),
	}
	if s.Left > 0 && s.Judged < s.Total {
		parts = append(parts, remaining(s.Left))
	}
	if s.Problem != "" {
		parts = append(parts, fmt.Sprintf("%s: %d %% AC", s.Problem, s.Accepted))
	}
	switch s.Errors {
	case 0:
	case 1:
		parts = append(parts, "1 judge error")
	default:
		parts = append(parts, thousands(s.Errors)+" judge errors")
	}
	return strings.Join(parts, "  ")
}

const barWidth = 20

// bar draws the completed share.
func bar(done, total int) string {
	full := 0
	if total > 0 {
		full = barWidth * done / total
	}
	return strings.Repeat("█", full) + strings.Repeat("░", barWidth-full)
}

// thousands writes a count with commas: 3,412.
func thousands(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// remaining writes a time left.
func remaining(rest time.Duration) string {
	switch {
	case rest < 100*time.Second:
		return fmt.Sprintf("about %d s left", max(1, int(rest.Round(time.Second).Seconds())))
	case rest < 100*time.Minute:
		return fmt.Sprintf("about %d min left", int(rest.Round(time.Minute).Minutes()))
	default:
		return fmt.Sprintf("about %d h left", int(rest.Round(time.Hour).Hours()))
	}
}
