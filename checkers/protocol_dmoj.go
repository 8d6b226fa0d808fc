package checkers

import (
	"fmt"
	"regexp"
	"strconv"
)

// DMOJ is the default of the DMOJ's bridged checkers: checker input output answer; it exits with 0 to accept and with 1 to reject. The
// message is on stdout. See dmoj/contrib/default.py of its judge-server.
type DMOJ struct{}

// Args implements Protocol.
func (DMOJ) Args(f Files, more []string) []string {
	return append([]string{f.Input, f.Output, f.Answer}, more...)
}

// Decode implements Protocol.
func (DMOJ) Decode(e Ending) (Check, error) {
	const accept, reject = 0, 1
	if e.Code != accept && e.Code != reject {
		return Check{}, failed(e, "a bridged checker exits with 0 or 1")
	}
	return Check{Accepted: e.Code == accept, Message: text(e.Stdout)}, nil
}

// DMOJTalk calls an interactor as the DMOJ calls those of its types default and coci: interactor input answer. It answers as a checker of
// its type does.
type DMOJTalk struct{ Protocol }

// Args implements Protocol.
func (DMOJTalk) Args(f Files, more []string) []string {
	return append([]string{f.Input, f.Answer}, more...)
}

// COCI is the DMOJ's protocol for checkers of the Croatian olympiad: testlib's, in which 7 means a part, "partial 3/5" on a line of
// stderr. See dmoj/contrib/coci.py of its judge-server.
type COCI struct{ Testlib }

var cociPart = regexp.MustCompile(`(?m)^partial (\d{1,9})/(\d{1,9})$`)

// Decode implements Protocol.
func (c COCI) Decode(e Ending) (Check, error) {
	const part = 7
	if e.Code != part {
		return c.Testlib.Decode(e)
	}
	return fraction(e, cociPart.FindSubmatch(e.Stderr), e.Stderr)
}

// PEG is the DMOJ's protocol for checkers of the PEG judge: checker output answer input; 0 accepts, 1 rejects unless stdout has two
// numbers, each on a line of its own, of which the first is the part of the second. See dmoj/contrib/peg.py of its judge-server.
type PEG struct{ DMOJ }

// Args implements Protocol.
func (PEG) Args(f Files, more []string) []string {
	return append([]string{f.Output, f.Answer, f.Input}, more...)
}

var pegPart = regexp.MustCompile(`(?m)^(\d{1,9})\n(\d{1,9})$`)

// Decode implements Protocol.
func (p PEG) Decode(e Ending) (Check, error) {
	check, err := p.DMOJ.Decode(e)
	if match := pegPart.FindSubmatch(e.Stdout); err == nil && !check.Accepted && match != nil {
		return fraction(e, match, nil)
	}
	return check, err
}

// fraction makes a Check of the two numbers of a match.
func fraction(e Ending, match [][]byte, message []byte) (Check, error) {
	if match == nil {
		return Check{}, failed(e, "no part in its message")
	}
	part, err := strconv.ParseFloat(string(match[1]), 64)
	if err != nil {
		return Check{}, err
	}
	whole, err := strconv.ParseFloat(string(match[2]), 64)
	if err != nil {
		return Check{}, err
	}
	if whole == 0 || part > whole {
		return Check{}, fmt.Errorf("wrote the part %s of %s", match[1], match[2])
	}
	score := part / whole
	return Check{Accepted: score == 1, Score: &score, Message: text(message)}, nil
}
