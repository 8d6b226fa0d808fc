package checkers

import (
	"bytes"
	"fmt"
	"io"
	"slices"
)

// Standard is one of the checkers of testlib.h, and decides like that program. A fault in the answer, which makes the
// program fail, is an error.
type Standard struct {
	name  string
	check func(a, o *window) (Check, error)
}

// NewStandard returns the checker with a name such as "wcmp". ok is false if the name is unknown.
func NewStandard(name string) (s Standard, ok bool) {
	check, ok := standards()[name]
	return Standard{name, check}, ok
}

// StandardNames returns the names that NewStandard accepts.
func StandardNames() []string {
	var names []string
	for name := range standards() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Check compares output and answer. An error means that one of the two could not be read, or that the checker does
// not expect such an answer.
func (s Standard) Check(answer, output io.Reader) (Check, error) {
	a, o := newWindows(answer, output)
	check, err := s.check(a, o)
	if broken := failure(a, o); broken != nil {
		return Check{}, broken
	}
	if err != nil {
		return Check{}, fmt.Errorf("checker std::%s: %w", s.name, err)
	}
	return check, nil
}

// standards returns the rules of testlib's checkers (checkers/*.cpp) by name. pointscmp and pointsinfo are left out,
// as they score by the formula of an example.
func standards() map[string]func(a, o *window) (Check, error) {
	return map[string]func(a, o *window) (Check, error){
		"fcmp":     linesRule(sameFullLines),
		"lcmp":     linesRule(func(a, o *window) bool { return sameTokensOfLines(a, o, &blanks) }),
		"wcmp":     sequence{of: word}.check,
		"icmp":     sequence{of: int32Number, one: true, first: true}.check,
		"ncmp":     sequence{of: int64Number}.check,
		"uncmp":    sameMultiset,
		"hcmp":     sequence{of: hugeNumber, one: true, alone: true}.check,
		"yesno":    sequence{of: yesOrNo, one: true}.check,
		"nyesno":   sequence{of: yesOrNo}.check,
		"acmp":     sequence{of: double, one: true, first: true, near: withinAbsolute(1.5e-6)}.check,
		"rcmp":     sequence{of: double, one: true, first: true, near: withinAbsolute(1.5e-6)}.check,
		"dcmp":     sequence{of: double, one: true, first: true, near: withinEither(1e-6)}.check,
		"rncmp":    sequence{of: double, near: withinAbsolute(1.5e-5)}.check,
		"rcmp4":    sequence{of: double, near: withinEither(1e-4)}.check,
		"rcmp6":    sequence{of: double, near: withinEither(1e-6)}.check,
		"rcmp9":    sequence{of: double, near: withinEither(1e-9)}.check,
		"caseicmp": cases{of: int64Number, each: true}.check,
		"casencmp": cases{of: int64Number}.check,
		"casewcmp": cases{of: word}.check,
	}
}

// blanks are the bytes that separate tokens for testlib.h. Vertical tabs and form feeds do not.
var blanks = [256]byte{' ': 1, '\n': 1, '\r': 1, '\t': 1}

// class is a kind of token.
type class struct {
	name  string
	valid func(token []byte) bool // for a token that is in memory as a whole
	long  func(piece []byte) bool // for the later pieces of a longer token; nil: longer tokens are invalid
	fold  bool                    // case does not count
}

// sequence compares tokens one by one.
type sequence struct {
	of    class
	one   bool                              // only one token is compared
	alone bool                              // the answer must have no other token
	first bool                              // the answer's token is checked before the output must have one
	near  func(answer, output float64) bool // compares numbers by their values; nil: tokens are compared as text
}

// check compares all tokens, or one.
func (s sequence) check(a, o *window) (Check, error) {
	for n := 1; ; n++ {
		a.skip(&blanks)
		o.skip(&blanks)
		ended := !a.some()
		switch {
		case s.one && n > 1:
			if s.alone && !ended {
				return Check{}, fmt.Errorf("the answer has several tokens: expected one")
			}
			return concludeTokens(a, o, !o.some()), nil
		case s.one && ended:
			return Check{}, fmt.Errorf("the answer is empty: expected %s", s.of.name)
		case !s.first && (ended || !o.some()):
			return concludeTokens(a, o, ended && !o.some()), nil
		}
		if same, err := s.same(a, o); err != nil || !same {
			return concludeTokens(a, o, false), err
		}
	}
}

// same compares the tokens at the positions of the windows, and passes them if they are the same.
func (s sequence) same(a, o *window) (bool, error) {
	answer, whole := a.tokenUpTo(&blanks)
	if whole && !s.of.valid(answer) || !whole && s.of.long == nil {
		return false, fmt.Errorf("the answer has %.60q: expected %s", answer, s.of.name)
	}
	output, outputWhole := o.tokenUpTo(&blanks)
	if s.near != nil {
		if !outputWhole || !s.of.valid(output) || !s.near(parseDouble(answer), parseDouble(output)) {
			return false, nil
		}
		a.pass(len(answer))
		o.pass(len(output))
		return true, nil
	}
	return s.sameText(a, o)
}

// sameText compares tokens of any length, piece by piece.
func (s sequence) sameText(a, o *window) (bool, error) {
	for first := true; ; first = false {
		answer, whole := a.tokenUpTo(&blanks)
		output, outputWhole := o.tokenUpTo(&blanks)
		if !first && !s.of.long(answer) {
			return false, fmt.Errorf("the answer has a token of more than %d bytes that is not %s", windowSize,
				s.of.name)
		}
		n := min(len(answer), len(output))
		if !s.equal(answer[:n], output[:n]) {
			return false, nil
		}
		if whole || outputWhole || n == 0 {
			if !whole || !outputWhole || len(answer) != len(output) {
				return false, nil
			}
			a.pass(n)
			o.pass(n)
			return true, nil
		}
		a.pass(n)
		o.pass(n)
	}
}

// equal compares texts of one length.
func (s sequence) equal(answer, output []byte) bool {
	if s.of.fold {
		return equalFold(answer, output)
	}
	return bytes.Equal(answer, output)
}

// concludeTokens returns the Check for the positions of two windows.
func concludeTokens(a, o *window, equal bool) Check {
	if equal {
		return Check{Accepted: true}
	}
	return Check{Difference: byToken(a, o)}
}
