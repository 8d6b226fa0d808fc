package checkers

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"math"
	"strconv"
)

// Classes of tokens of testlib's checkers. An integer has one spelling: no plus sign, no leading zeros, no "-0".
var (
	word        = class{name: "a token", valid: always, long: always}
	int32Number = class{name: "a 32-bit integer", valid: func(t []byte) bool { return isInteger(t, 32) }}
	int64Number = class{name: "a 64-bit integer", valid: func(t []byte) bool { return isInteger(t, 64) }}
	hugeNumber  = class{name: "an integer", valid: isHuge, long: func(t []byte) bool { return digits(t) == len(t) }}
	double      = class{name: "a number", valid: func(t []byte) bool { return len(t) <= longestFloat && isFloat(t) }}
	yesOrNo     = class{name: "YES or NO", fold: true, valid: func(t []byte) bool {
		return bytes.EqualFold(t, []byte("yes")) || bytes.EqualFold(t, []byte("no"))
	}}
)

// always accepts everything.
func always([]byte) bool { return true }

// isHuge reports whether a token is an integer of any size.
func isHuge(token []byte) bool {
	unsigned := bytes.TrimPrefix(token, []byte("-"))
	return string(token) == "0" || len(unsigned) > 0 && unsigned[0] != '0' && digits(unsigned) == len(unsigned)
}

// isInteger reports whether a token is an integer of a number of bits.
func isInteger(token []byte, bits int) bool {
	if len(token) > 20 || !isHuge(token) {
		return false
	}
	_, err := strconv.ParseInt(string(token), 10, bits)
	return err == nil
}

// parseDouble returns the value of a valid double. Out of range it is an infinity.
func parseDouble(token []byte) float64 {
	value, _ := strconv.ParseFloat(string(token), 64) //nolint:errcheck // out of range the value is an infinity
	return value
}

// testlibSlack is added to every tolerance by testlib.h.
const testlibSlack = 1e-15

// withinAbsolute accepts numbers within a distance of the answer.
func withinAbsolute(most float64) func(answer, output float64) bool {
	return func(answer, output float64) bool { return !(math.Abs(answer-output) > most+testlibSlack) }
}

// withinEither compares like testlib's doubleCompare. It accepts numbers within an absolute or relative tolerance,
// and infinities of the same sign. Values above 1e300 are infinite.
func withinEither(most float64) func(answer, output float64) bool {
	infinite := func(x float64) bool { return math.Abs(x) > 1e300 }
	most += testlibSlack
	return func(answer, output float64) bool {
		if infinite(answer) || infinite(output) {
			return infinite(answer) && infinite(output) && math.Signbit(answer) == math.Signbit(output)
		}
		if math.Abs(output-answer) <= most {
			return true
		}
		lower, upper := answer*(1-most), answer*(1+most)
		return output >= min(lower, upper) && output <= max(lower, upper)
	}
}

// multiset represents the numbers of a file in any order, in bounded memory, by sums of hashes with random keys.
// Files with different numbers have the same sums with a probability below 2^-60.
type multiset struct {
	numbers int
	sums    [2]uint64
}

// sameMultiset compares the 64-bit integers of two files in any order.
func sameMultiset(a, o *window) (Check, error) {
	keys := [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}
	answer, valid := readMultiset(a, keys)
	if !valid {
		token, _ := a.tokenUpTo(&blanks)
		return Check{}, fmt.Errorf("the answer has %.60q: expected %s", token, int64Number.name)
	}
	output, valid := readMultiset(o, keys)
	switch {
	case !valid:
		token, _ := o.tokenUpTo(&blanks)
		return Check{Message: fmt.Sprintf("expected %s, got %.60q", int64Number.name, token)}, nil
	case answer.numbers != output.numbers:
		return Check{Message: fmt.Sprintf("expected %d numbers, got %d", answer.numbers, output.numbers)}, nil
	case answer != output:
		return Check{Message: fmt.Sprintf("the %d numbers differ from those of the answer, in any order",
			answer.numbers)}, nil
	}
	return Check{Accepted: true}, nil
}

// readMultiset reads to the end. valid is false if it stopped at a token that is not a number.
func readMultiset(w *window, keys [2]maphash.Seed) (all multiset, valid bool) {
	for {
		if w.skip(&blanks); !w.some() {
			return all, true
		}
		token, whole := w.tokenUpTo(&blanks)
		if !whole || !int64Number.valid(token) {
			return all, false
		}
		for i, key := range keys {
			all.sums[i] += maphash.Bytes(key, token)
		}
		all.numbers++
		w.pass(len(token))
	}
}
