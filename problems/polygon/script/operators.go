package script

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// compare compares two numbers, or two strings.
func compare(at Place, a, b value) (int, error) {
	x, isNumber := a.(*big.Rat)
	y, both := b.(*big.Rat)
	if isNumber && both {
		return x.Cmp(y), nil
	}
	s, isText := a.(string)
	t, both := b.(string)
	if isText && both {
		return strings.Compare(s, t), nil
	}
	return 0, faultAt(at, "%s cannot be compared with %s", kind(a), kind(b))
}

func equal(_ *expander, at Place, a, b value) (value, error) {
	if x, ok := a.(bool); ok {
		if y, ok := b.(bool); ok {
			return x == y, nil
		}
	}
	c, err := compare(at, a, b)
	return c == 0, err
}

func unequal(e *expander, at Place, a, b value) (value, error) {
	same, err := equal(e, at, a, b)
	return same != true, err
}

func less(_ *expander, at Place, a, b value) (value, error) {
	c, err := compare(at, a, b)
	return c < 0, err
}

func atMost(_ *expander, at Place, a, b value) (value, error) {
	c, err := compare(at, a, b)
	return c <= 0, err
}

func more(_ *expander, at Place, a, b value) (value, error) {
	c, err := compare(at, a, b)
	return c > 0, err
}

func atLeast(_ *expander, at Place, a, b value) (value, error) {
	c, err := compare(at, a, b)
	return c >= 0, err
}

// add adds numbers, and joins strings and lists. A number beside a string becomes text.
func add(e *expander, at Place, a, b value) (value, error) {
	x, isNumber := a.(*big.Rat)
	y, both := b.(*big.Rat)
	if isNumber && both {
		return bounded(e, at, new(big.Rat).Add(x, y))
	}
	s, isList := a.([]value)
	t, both := b.([]value)
	if isList && both {
		if len(s)+len(t) > maxList {
			return nil, faultAt(at, "a list of more than %d elements", maxList)
		}
		return slices.Concat(s, t), e.step(at, 1+len(s)+len(t))
	}
	left, err := show(at, a)
	if err != nil {
		return nil, err
	}
	right, err := show(at, b)
	if err != nil {
		return nil, err
	}
	if len(left)+len(right) > maxString {
		return nil, faultAt(at, "a string of more than %d KiB", maxString>>10)
	}
	return left + right, e.step(at, 1+(len(left)+len(right))/16)
}

// arithmetic applies an operation to two numbers.
func arithmetic(e *expander, at Place, a, b value, of func(z, x, y *big.Rat) *big.Rat) (value, error) {
	x, err := numeric(at, a)
	if err != nil {
		return nil, err
	}
	y, err := numeric(at, b)
	if err != nil {
		return nil, err
	}
	return bounded(e, at, of(new(big.Rat), x, y))
}

// bounded returns a number that is not too long.
func bounded(e *expander, at Place, n *big.Rat) (value, error) {
	bits := n.Num().BitLen() + n.Denom().BitLen()
	if bits > maxBits {
		return nil, faultAt(at, "a number of more than %d bits", maxBits)
	}
	return n, e.step(at, 1+bits/64)
}

func subtract(e *expander, at Place, a, b value) (value, error) {
	return arithmetic(e, at, a, b, (*big.Rat).Sub)
}

func multiply(e *expander, at Place, a, b value) (value, error) {
	return arithmetic(e, at, a, b, (*big.Rat).Mul)
}

func divide(e *expander, at Place, a, b value) (value, error) {
	if y, ok := b.(*big.Rat); ok && y.Sign() == 0 {
		return nil, faultAt(at, "division by 0")
	}
	return arithmetic(e, at, a, b, (*big.Rat).Quo)
}

// remainder has the sign of its first operand, as in Java.
func remainder(e *expander, at Place, a, b value) (value, error) {
	if y, ok := b.(*big.Rat); ok && truncated(y).Sign() == 0 {
		return nil, faultAt(at, "division by 0")
	}
	return arithmetic(e, at, a, b, func(z, x, y *big.Rat) *big.Rat {
		return z.SetInt(new(big.Int).Rem(truncated(x), truncated(y)))
	})
}

// truncated drops the digits behind the point.
func truncated(n *big.Rat) *big.Int { return new(big.Int).Quo(n.Num(), n.Denom()) }

// span returns the list of the integers from a to b, downwards if b is less.
func span(e *expander, at Place, a, b value) (value, error) {
	return sequence(e, at, a, b, func(from, to int) (int, int) {
		if to < from {
			return from - to + 1, -1
		}
		return to - from + 1, 1
	})
}

// below is span without its last element.
func below(e *expander, at Place, a, b value) (value, error) {
	return sequence(e, at, a, b, func(from, to int) (int, int) {
		if to < from {
			return from - to, -1
		}
		return to - from, 1
	})
}

// upto returns b integers from a.
func upto(e *expander, at Place, a, b value) (value, error) {
	return sequence(e, at, a, b, func(_, count int) (int, int) {
		if count < 0 {
			return -count, -1
		}
		return count, 1
	})
}

// sequence returns a list of integers from a, in the number and with the step that of returns.
func sequence(e *expander, at Place, a, b value, of func(from, to int) (count, step int)) (value, error) {
	from, err := whole(at, a)
	if err != nil {
		return nil, err
	}
	to, err := whole(at, b)
	if err != nil {
		return nil, err
	}
	count, step := of(from, to)
	if count > maxList {
		return nil, faultAt(at, "a list of more than %d elements", maxList)
	}
	all := make([]value, count)
	for i := range all {
		all[i] = integer(from + i*step)
	}
	return all, e.step(at, 1+count)
}

// call is a built-in: the value before the question mark, and the arguments.
type call func(e *expander, at Place, v value, args []value) (value, error)

// builtins returns the built-ins. Those of loop variables are of any variable here, outside of its loop.
func builtins() map[string]call {
	all := map[string]call{
		"c": exact, "string": asText, "number": asNumber, "size": size, "length": size, "join": join,
		"int": rounded(truncated), "floor": rounded(floor), "ceiling": rounded(ceiling), "round": rounded(nearest),
		"abs": func(e *expander, at Place, v value, _ []value) (value, error) {
			n, err := numeric(at, v)
			if err != nil {
				return nil, err
			}
			return new(big.Rat).Abs(n), nil
		},
		"reverse": func(e *expander, at Place, v value, _ []value) (value, error) {
			list, ok := v.([]value)
			if !ok {
				return nil, faultAt(at, "expected a list, got %s", kind(v))
			}
			list = slices.Clone(list)
			slices.Reverse(list)
			return list, e.step(at, len(list))
		},
	}
	for _, name := range []string{"index", "counter", "has_next", "is_first", "is_last"} {
		all[name] = func(_ *expander, at Place, _ value, _ []value) (value, error) {
			return nil, faultAt(at, "?%s of something that is not the variable of a <#list>", name)
		}
	}
	return all
}

// exact is ?c: the text of a number with all its digits, or of true and false.
func exact(_ *expander, at Place, v value, _ []value) (value, error) {
	switch v := v.(type) {
	case *big.Rat:
		return digits(v, 16), nil
	case bool:
		return strconv.FormatBool(v), nil
	}
	return nil, faultAt(at, "?c of %s: expected a number, true or false", kind(v))
}

// asText is ?string, for true and false with two texts. The formats of numbers that are known have no separators.
func asText(_ *expander, at Place, v value, args []value) (value, error) {
	if is, ok := v.(bool); ok && len(args) == 2 {
		if is {
			return args[0], nil
		}
		return args[1], nil
	}
	format := "0"
	if len(args) == 1 {
		format, _ = args[0].(string)
	}
	n, isNumber := v.(*big.Rat)
	padded := strings.Trim(format, "0") == "" && format != ""
	switch {
	case len(args) == 0 && !isNumber, len(args) == 1 && isNumber && (format == "computer" || format == "c"):
		return exactOr(at, v)
	case len(args) > 1, !isNumber, !padded || len(format) > 100:
		return nil, faultAt(at, "this format of ?string is not supported: use ?c or ?string(\"000\")")
	case len(args) == 0:
		return digits(n, 3), nil
	}
	text := new(big.Rat).SetInt(nearest(n)).Num().String()
	sign := ""
	if text[0] == '-' {
		sign, text = "-", text[1:]
	}
	return sign + strings.Repeat("0", max(0, len(format)-len(text))) + text, nil
}

// exactOr returns a string unchanged, and other values as ?c.
func exactOr(at Place, v value) (value, error) {
	if text, ok := v.(string); ok {
		return text, nil
	}
	return exact(nil, at, v, nil)
}

// asNumber is ?number.
func asNumber(e *expander, at Place, v value, _ []value) (value, error) {
	if n, ok := v.(*big.Rat); ok {
		return n, nil
	}
	text, _ := v.(string)
	digitsOnly := strings.Trim(text, "+-.0123456789") == ""
	n, ok := new(big.Rat).SetString(text)
	if !ok || !digitsOnly || len(text) > maxBits/4 {
		return nil, faultAt(at, "?number of %s", kind(v))
	}
	return bounded(e, at, n)
}

// size is ?size of a list and ?length of a string.
func size(_ *expander, at Place, v value, _ []value) (value, error) {
	switch v := v.(type) {
	case []value:
		return integer(len(v)), nil
	case string:
		return integer(len([]rune(v))), nil
	}
	return nil, faultAt(at, "expected a list or a string, got %s", kind(v))
}

// join is ?join(SEPARATOR) of a list.
func join(e *expander, at Place, v value, args []value) (value, error) {
	list, ok := v.([]value)
	if !ok || len(args) != 1 {
		return nil, faultAt(at, "expected LIST?join(SEPARATOR)")
	}
	between, ok := args[0].(string)
	if !ok {
		return nil, faultAt(at, "expected LIST?join(SEPARATOR)")
	}
	var all strings.Builder
	for i, one := range list {
		text, err := show(at, one)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			all.WriteString(between)
		}
		if all.WriteString(text); all.Len() > maxString {
			return nil, faultAt(at, "a string of more than %d KiB", maxString>>10)
		}
	}
	return all.String(), e.step(at, 1+len(list)+all.Len()/16)
}

// rounded returns the built-in that makes an integer of a number.
func rounded(of func(*big.Rat) *big.Int) call {
	return func(_ *expander, at Place, v value, _ []value) (value, error) {
		n, err := numeric(at, v)
		if err != nil {
			return nil, err
		}
		return new(big.Rat).SetInt(of(n)), nil
	}
}

func floor(n *big.Rat) *big.Int { return new(big.Int).Div(n.Num(), n.Denom()) }

func ceiling(n *big.Rat) *big.Int {
	return new(big.Int).Neg(floor(new(big.Rat).Neg(n)))
}

// nearest rounds halves up.
func nearest(n *big.Rat) *big.Int { return floor(new(big.Rat).Add(n, big.NewRat(1, 2))) }
