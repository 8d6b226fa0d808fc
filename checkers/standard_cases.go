package checkers

import "fmt"

// cases compares outputs like "Case 1: TOKENS Case 2: TOKENS". Numbers have only one spelling, so tokens are compared
// as text. The answer determines the expected class of each token.
type cases struct {
	of   class
	each bool // each case has one token
}

// check compares all cases.
func (c cases) check(a, o *window) (Check, error) {
	at := place{}
	for {
		a.skip(&blanks)
		o.skip(&blanks)
		if !a.some() || !o.some() {
			if !a.some() && !c.complete(at) {
				return Check{}, fmt.Errorf("the answer ends within case %d", max(at.number, 1))
			}
			return concludeTokens(a, o, !a.some() && !o.some()), nil
		}
		token, _ := a.tokenUpTo(&blanks)
		next, expected := c.step(at, token)
		if same, err := (sequence{of: expected}).same(a, o); err != nil || !same {
			return concludeTokens(a, o, false), err
		}
		at = next
	}
}

// place is a position in a file of cases: values is the number of tokens read of the current case, -1 between "Case"
// and its number.
type place struct{ number, values int }

// complete reports whether a file may end at a place.
func (c cases) complete(at place) bool {
	return at.number == 0 && at.values == 0 || at.values == 1 || !c.each && at.values >= 0
}

// step returns the expected class of a token at a place, and the place after it.
func (c cases) step(at place, token []byte) (place, class) {
	const heading = "Case"
	switch {
	case at.values < 0:
		return place{at.number, 0}, exactly(fmt.Sprintf("%d:", at.number))
	case at.number == 0 || c.each && at.values == 1 || !c.each && string(token) == heading:
		return place{at.number + 1, -1}, exactly(heading)
	default:
		return place{at.number, at.values + 1}, c.of
	}
}

// exactly returns the class of one token.
func exactly(text string) class {
	return class{name: fmt.Sprintf("%q", text), valid: func(token []byte) bool { return string(token) == text }}
}
