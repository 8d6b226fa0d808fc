package checkers

import (
	"fmt"
	"strconv"
	"strings"
)

// Sinol is the protocol of the checkers of SIO2 and sinol-make: checker input output answer. It writes OK or another
// word in the first line of stdout, a message in the second, and in the third the percentage of the points, which is
// 100 if it is missing.
type Sinol struct{}

// Args implements Protocol.
func (Sinol) Args(f Files, more []string) []string {
	return append([]string{f.Input, f.Output, f.Answer}, more...)
}

// Decode implements Protocol.
func (Sinol) Decode(e Ending) (Check, error) {
	const most = 2 // the largest exit code of a checker that works
	if e.Code > most {
		return Check{}, failed(e, "expected an exit code of 0 to 2")
	}
	lines := append(strings.Split(string(e.Stdout), "\n"), "", "", "")
	check := Check{Message: text([]byte(lines[1]))}
	if strings.TrimSpace(lines[0]) != "OK" {
		return check, nil
	}
	share := 1.0
	if given := strings.TrimSuffix(strings.TrimSpace(lines[2]), "%"); given != "" {
		percent, err := fraction(given)
		if err != nil || !(percent >= 0 && percent <= 100) {
			return Check{}, failed(e, "expected a percentage from 0 to 100 in the third line of stdout")
		}
		share = percent / 100
	}
	check.Accepted = share == 1
	check.Score = &share
	return check, nil
}

// fraction reads a number, or two with a slash between them.
func fraction(s string) (float64, error) {
	above, below, divided := strings.Cut(s, "/")
	a, err := strconv.ParseFloat(strings.TrimSpace(above), 64)
	if err != nil || !divided {
		return a, err
	}
	b, err := strconv.ParseFloat(strings.TrimSpace(below), 64)
	if err == nil && b == 0 {
		err = fmt.Errorf("%q divides by zero", s)
	}
	return a / b, err
}
