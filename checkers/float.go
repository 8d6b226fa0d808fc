package checkers

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
)

// Tolerance bounds the distance of a number from the answer. NewTolerance creates one.
type Tolerance struct {
	absolute, relative bound
}

// bound is one of the two tolerances.
type bound struct {
	set   bool
	value float64
}

// NewTolerance returns a tolerance that accepts numbers within absolute of the answer, or within relative times the
// answer's magnitude. A negative bound is off. It returns an error for NaN and infinities, and if both bounds are
// off.
func NewTolerance(absolute, relative float64) (*Tolerance, error) {
	for _, b := range []float64{absolute, relative} {
		if math.IsNaN(b) || math.IsInf(b, 0) {
			return nil, fmt.Errorf("float tolerance %v: expected a finite number", b)
		}
	}
	if absolute < 0 && relative < 0 {
		return nil, fmt.Errorf("float tolerance without a bound: expected an absolute or a relative one")
	}
	return &Tolerance{bound{absolute >= 0, absolute}, bound{relative >= 0, relative}}, nil
}

// isFloat reports whether a token is a floating-point number by the grammar of the ICPC problem package format
// 2025-09, "General requirements": an optional sign, digits with at most one point and at least one digit, and an
// optional decimal exponent. inf, nan and hexadecimal numbers are not in it.
func isFloat(token []byte) bool {
	rest := withoutSign(token)
	whole := digits(rest)
	rest = rest[whole:]
	fraction := 0
	if len(rest) > 0 && rest[0] == '.' {
		fraction = digits(rest[1:])
		rest = rest[1+fraction:]
	}
	if whole+fraction == 0 {
		return false
	}
	if len(rest) > 0 && (rest[0] == 'e' || rest[0] == 'E') {
		exponent := withoutSign(rest[1:])
		return len(exponent) > 0 && digits(exponent) == len(exponent)
	}
	return len(rest) == 0
}

// withoutSign removes a sign at the beginning.
func withoutSign(text []byte) []byte {
	if len(text) > 0 && (text[0] == '+' || text[0] == '-') {
		return text[1:]
	}
	return text
}

// digits counts the digits at the beginning.
func digits(text []byte) int {
	n := 0
	for n < len(text) && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	return n
}

// longestFloat bounds the numbers that are parsed, in bytes. The format requires 30 digits on each side of the point.
const longestFloat = 4096

// accepts reports whether an output's number is close enough to the answer's. Both must satisfy isFloat.
func (t *Tolerance) accepts(answer, output []byte) bool {
	a, errA := strconv.ParseFloat(string(answer), 64)
	o, errO := strconv.ParseFloat(string(output), 64)
	if errA == nil && errO == nil {
		if near, sure := t.nearly(a, o); sure {
			return near
		}
	}
	return t.exactly(string(answer), string(output))
}

// nearly decides in float64. sure is false if rounding could change the result.
func (t *Tolerance) nearly(a, o float64) (near, sure bool) {
	const slack = 1e-12 // more than the rounding errors of two numbers, a difference and a product
	difference := math.Abs(o - a)
	error := slack * (math.Abs(a) + math.Abs(o))
	if math.IsInf(difference, 0) || math.IsInf(error, 0) {
		return false, false
	}
	sure = true
	for _, most := range t.bounds(math.Abs(a)) {
		switch {
		case difference+error <= most*(1-slack):
			return true, true
		case difference-error <= most*(1+slack):
			sure = false
		}
	}
	return false, sure
}

// bounds lists the maximal distances from an answer of a magnitude.
func (t *Tolerance) bounds(magnitude float64) []float64 {
	var all []float64
	if t.absolute.set {
		all = append(all, t.absolute.value)
	}
	if t.relative.set {
		all = append(all, t.relative.value*magnitude)
	}
	return all
}

// precision is that of exactly, in bits: 300 decimal digits. Longer numbers are rounded.
const precision = 1024

// exactly decides with enough digits that |s-a| <= e is true for 1.1, 1 and 0.1. It takes the tolerance as the
// shortest decimal number with the same float64.
func (t *Tolerance) exactly(answer, output string) bool {
	a, o := parseBig(answer), parseBig(output)
	if a.IsInf() || o.IsInf() {
		return a.Cmp(o) == 0
	}
	difference := newBig().Sub(o, a)
	difference.Abs(difference)
	scale := newBig().Add(newBig().Abs(a), newBig().Abs(o))
	if t.absolute.set && within(difference, parseDecimal(t.absolute.value), scale) {
		return true
	}
	return t.relative.set && within(difference, newBig().Mul(parseDecimal(t.relative.value), newBig().Abs(a)), scale)
}

// within reports whether difference <= most, apart from the rounding of decimal numbers of that scale.
func within(difference, most, scale *big.Float) bool {
	rounding := newBig().SetMantExp(scale, -precision+8)
	return difference.Cmp(most.Add(most, rounding)) <= 0
}

// newBig returns a number with the precision of exactly.
func newBig() *big.Float { return new(big.Float).SetPrec(precision) }

// parseDecimal returns the shortest decimal number with the same float64.
func parseDecimal(value float64) *big.Float {
	return parseBig(strconv.FormatFloat(value, 'g', -1, 64))
}

// parseBig parses a number of the grammar. If its exponent is out of range, the result is an infinity or zero.
func parseBig(text string) *big.Float {
	number, _, err := newBig().Parse(text, 10)
	if err == nil {
		return number
	}
	negative := text[0] == '-'
	for i := range text {
		if (text[i] == 'e' || text[i] == 'E') && text[i+1] == '-' {
			return newBig()
		}
	}
	return newBig().SetInf(negative)
}
