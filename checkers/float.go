package checkers

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
)

// Tolerance says how far a number may be from the answer. Make one with NewTolerance.
type Tolerance struct {
	absolute, relative bound
}

// bound is one of the two tolerances; off unless set.
type bound struct {
	set   bool
	value float64
}

// NewTolerance accepts numbers within absolute of the answer or within relative times the answer's magnitude. A
// negative bound is off; NaN and infinities are errors, and so are two bounds that are off.
func NewTolerance(absolute, relative float64) (*Tolerance, error) {
	for _, b := range []float64{absolute, relative} {
		if math.IsNaN(b) || math.IsInf(b, 0) {
			return nil, fmt.Errorf("a float tolerance of %v: it must be a finite number", b)
		}
	}
	if absolute < 0 && relative < 0 {
		return nil, fmt.Errorf("a float tolerance with neither an absolute nor a relative bound")
	}
	return &Tolerance{bound{absolute >= 0, absolute}, bound{relative >= 0, relative}}, nil
}

// isFloat says whether a token is a floating-point number by the grammar of the ICPC problem package format 2025-09,
// "General requirements": an optional sign, digits with at most one point and at least one digit, an optional decimal
// exponent. No inf, no nan, no hexadecimal.
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

// longestFloat bounds the numbers that are parsed; the format asks for 30 digits on each side of the point.
const longestFloat = 4096

// accepts reports whether an output's number is near enough to the answer's; both satisfy isFloat.
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

// nearly decides in float64 where rounding cannot change the result.
func (t *Tolerance) nearly(a, o float64) (near, sure bool) {
	const slack = 1e-12 // more than what rounding of two numbers, a difference and a product adds up to
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

// bounds lists how far the output may be from an answer of that magnitude.
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

// precision of exactly, in bits: 300 decimal digits. A number of more is rounded.
const precision = 1024

// exactly decides with so many digits that |s-a| <= e means what it says: 1.1 is within 0.1 of 1. The tolerance is
// taken as the decimal number that was written, which is the shortest one that gives its float64.
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

// within is difference <= most, give or take what rounding decimal numbers of that scale to binary ones adds.
func within(difference, most, scale *big.Float) bool {
	rounding := newBig().SetMantExp(scale, -precision+8)
	return difference.Cmp(most.Add(most, rounding)) <= 0
}

func newBig() *big.Float { return new(big.Float).SetPrec(precision) }

func parseDecimal(value float64) *big.Float {
	return parseBig(strconv.FormatFloat(value, 'g', -1, 64))
}

// parseBig reads a number of the grammar. One whose exponent is beyond all bounds is an infinity, or zero.
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
