package checkers

import (
	"fmt"
	"regexp"
	"strings"
)

// DMOJ is the default protocol of the DMOJ's bridged checkers: checker input output answer. It exits with 0 to accept
// and with 1 to reject. The message is on stdout. See dmoj/contrib/default.py of its judge-server.
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

// Format returns a protocol with these arguments instead of those of p. {input_file}, {output_file} and {answer_file}
// in them are replaced by the paths, as in args_format_string of the DMOJ.
func Format(p Protocol, words []string) Protocol { return formatted{p, words} }

// formatted is the result of Format.
type formatted struct {
	Protocol
	words []string
}

// Args implements Protocol.
func (p formatted) Args(f Files, more []string) []string {
	fill := strings.NewReplacer("{{", "{", "}}", "}", "{input_file}", f.Input, "{output_file}", f.Output,
		"{answer_file}", f.Answer)
	var args []string
	for _, word := range p.words {
		args = append(args, fill.Replace(word))
	}
	return append(args, more...)
}

// DMOJTalk calls an interactor like the DMOJ's types default and coci: interactor input answer. The result is that of
// a checker of the type, with stderr instead of stdout.
type DMOJTalk struct{ Protocol }

// Args implements Protocol.
func (DMOJTalk) Args(f Files, more []string) []string {
	return append([]string{f.Input, f.Answer}, more...)
}

// Decode implements Protocol.
func (t DMOJTalk) Decode(e Ending) (Check, error) {
	e.Stdout = e.Stderr
	return t.Protocol.Decode(e)
}

// DMOJTestlib is the DMOJ's protocol for checkers of testlib.h. It reads fewer exit codes than Testlib: 0 accepts, 1
// and 2 reject, and 7 accepts with the points, a whole number, on a line of stderr ("points 3"). See
// dmoj/contrib/testlib.py of its judge-server.
type DMOJTestlib struct{}

// Args implements Protocol.
func (DMOJTestlib) Args(f Files, more []string) []string { return Testlib{}.Args(f, more) }

// Exit codes of testlib.h that the DMOJ reads.
const (
	testlibOK = iota
	testlibWrong
	testlibPresentation
	testlibFail
	testlibPoints = 7
)

// dmojPoints matches the points of a checker.
var dmojPoints = regexp.MustCompile(`(?m)^points (\d+)$`)

// Decode implements Protocol.
func (DMOJTestlib) Decode(e Ending) (Check, error) {
	check := Check{Message: text(e.Stderr)}
	switch e.Code {
	case testlibOK:
		check.Accepted = true
	case testlibWrong, testlibPresentation:
	case testlibFail:
		return Check{}, failed(e, "the checker reports that the jury's own answer is wrong")
	case testlibPoints:
		match := dmojPoints.FindSubmatch(e.Stderr)
		if match == nil {
			return Check{}, failed(e, `expected a line "points N" on stderr`)
		}
		given, err := number(string(match[1]))
		if err != nil {
			return Check{}, err
		}
		check.Accepted, check.Points = true, &given
	default:
		return Check{}, failed(e, "the DMOJ reads 0, 1, 2, 3 and 7 of testlib's exit codes")
	}
	return check, nil
}

// COCI is the DMOJ's protocol for checkers of the Croatian olympiad. It is DMOJTestlib except that 7 means a partial
// score, "partial 3/5" on a line of stderr, which is accepted. See dmoj/contrib/coci.py of its judge-server.
type COCI struct{ DMOJTestlib }

// cociPart matches a partial score.
var cociPart = regexp.MustCompile(`(?m)^partial (\d+)/(\d*[1-9]\d*)$`)

// Decode implements Protocol.
func (c COCI) Decode(e Ending) (Check, error) {
	if e.Code != testlibPoints {
		return c.DMOJTestlib.Decode(e)
	}
	match := cociPart.FindSubmatch(e.Stderr)
	if match == nil {
		return Check{}, failed(e, `expected a line "partial N/M" on stderr`)
	}
	part, err := number(string(match[1]))
	if err != nil {
		return Check{}, fmt.Errorf("wrote the part: %w", err)
	}
	whole, err := number(string(match[2]))
	if err != nil {
		return Check{}, fmt.Errorf("wrote the whole: %w", err)
	}
	if part > whole {
		return Check{}, fmt.Errorf("wrote the partial score %.20s/%.20s: expected at most 1", match[1], match[2])
	}
	score := part / whole
	return Check{Accepted: true, Score: &score, Message: text(e.Stderr)}, nil
}

// PEG is the DMOJ's protocol for checkers of the PEG judge: checker answer output input. 0 accepts and 1 rejects. If
// two consecutive lines of stdout are numbers, their quotient is a partial score, which is accepted. See
// dmoj/contrib/peg.py of its judge-server.
type PEG struct{ DMOJ }

// Args implements Protocol.
func (PEG) Args(f Files, more []string) []string {
	return append([]string{f.Answer, f.Output, f.Input}, more...)
}

// Decode implements Protocol.
func (p PEG) Decode(e Ending) (Check, error) {
	check, err := p.DMOJ.Decode(e)
	if err != nil {
		return check, err
	}
	lines := strings.Split(string(e.Stdout), "\n")
	for i := 1; i < len(lines); i++ {
		part, bad := number(lines[i-1])
		whole, worse := number(lines[i])
		if bad != nil || worse != nil || whole == 0 {
			continue
		}
		switch score := part / whole; {
		case score > 1:
			return Check{}, fmt.Errorf("wrote the partial score %.40q of %.40q: expected at most 1",
				strings.TrimSpace(lines[i-1]), strings.TrimSpace(lines[i]))
		case score > 0:
			return Check{Accepted: true, Score: &score}, nil
		}
	}
	return check, nil
}
