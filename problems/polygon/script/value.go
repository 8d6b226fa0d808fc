package script

import (
	"fmt"
	"math/big"
	"strings"
)

// value is a *big.Rat, a string, a bool or a []value.
type value any

// expander expands nodes.
type expander struct {
	out   output
	vars  map[string]value
	loops map[string]loop
	steps int
}

// loop is where a loop is.
type loop struct{ index, length int }

// builtin returns the value of a built-in of loop variables.
func (l loop) builtin(name string) (value, bool) {
	switch name {
	case "index":
		return integer(l.index), true
	case "counter":
		return integer(l.index + 1), true
	case "has_next":
		return l.index+1 < l.length, true
	case "is_first":
		return l.index == 0, true
	case "is_last":
		return l.index+1 == l.length, true
	}
	return nil, false
}

// faultAt returns an error at a place.
func faultAt(at Place, format string, args ...any) error {
	return &Error{at, fmt.Sprintf(format, args...), ""}
}

// step counts steps.
func (e *expander) step(at Place, n int) error {
	if e.steps += n; e.steps > maxSteps {
		return faultAt(at, "the script takes more than %d steps", maxSteps)
	}
	return nil
}

// nodes expands nodes.
func (e *expander) nodes(nodes []node) error {
	for _, n := range nodes {
		if err := e.step(n.place, 1); err != nil {
			return err
		}
		if err := e.node(n); err != nil {
			return err
		}
	}
	return nil
}

// node expands a node.
func (e *expander) node(n node) error {
	switch n.kind {
	case textNode:
		return e.write(n.text, n.place)
	case valueNode:
		v, err := n.value.eval(e)
		if err != nil {
			return err
		}
		shown, err := show(n.place, v)
		if err != nil {
			return err
		}
		return e.write(shown, n.place)
	case assignNode:
		v, err := n.value.eval(e)
		e.vars[n.name] = v
		return err
	case listNode:
		return e.list(n)
	case ifNode:
		for _, b := range n.cases {
			if b.condition == nil {
				return e.nodes(b.body)
			}
			v, err := b.condition.eval(e)
			if err != nil {
				return err
			}
			is, err := truth(b.condition.place, v)
			if err != nil {
				return err
			}
			if is {
				return e.nodes(b.body)
			}
		}
	}
	return nil
}

// write writes text.
func (e *expander) write(text string, at Place) error {
	if !e.out.write(text, at) {
		return faultAt(at, "the script expands to more than %d MiB", maxOutput>>20)
	}
	return nil
}

// list expands a loop. Its variable is known within it only.
func (e *expander) list(n node) error {
	v, err := n.value.eval(e)
	if err != nil {
		return err
	}
	all, ok := v.([]value)
	if !ok {
		return faultAt(n.place, "<#list> of something that is not a list: expected A..B or [A, B, C]")
	}
	hidden := []string{n.name, n.name + "_index", n.name + "_has_next"}
	before := map[string]value{}
	for _, name := range hidden {
		if v, known := e.vars[name]; known {
			before[name] = v
		}
	}
	outer, nested := e.loops[n.name]
	if e.loops == nil {
		e.loops = map[string]loop{}
	}
	for i, v := range all {
		e.vars[n.name], e.vars[hidden[1]], e.vars[hidden[2]] = v, integer(i), i+1 < len(all)
		e.loops[n.name] = loop{i, len(all)}
		if err := e.step(n.place, 1); err != nil {
			return err
		}
		if err := e.nodes(n.body); err != nil {
			return err
		}
	}
	for _, name := range hidden {
		if v, known := before[name]; known {
			e.vars[name] = v
		} else {
			delete(e.vars, name)
		}
	}
	if delete(e.loops, n.name); nested {
		e.loops[n.name] = outer
	}
	return nil
}

// integer returns a number.
func integer(n int) *big.Rat { return new(big.Rat).SetInt64(int64(n)) }

// truth returns the value of a condition.
func truth(at Place, v value) (bool, error) {
	if is, ok := v.(bool); ok {
		return is, nil
	}
	return false, faultAt(at, "expected true or false, got %s", kind(v))
}

// numeric returns the value of a number.
func numeric(at Place, v value) (*big.Rat, error) {
	if n, ok := v.(*big.Rat); ok {
		return n, nil
	}
	return nil, faultAt(at, "expected a number, got %s", kind(v))
}

// whole returns the value of an integer that is not large.
func whole(at Place, v value) (int, error) {
	n, err := numeric(at, v)
	if err != nil {
		return 0, err
	}
	if !n.IsInt() || !n.Num().IsInt64() || n.Num().Int64() > 1<<60 || n.Num().Int64() < -1<<60 {
		return 0, faultAt(at, "expected an integer, got %s", digits(n, 3))
	}
	return int(n.Num().Int64()), nil
}

// kind names the kind of a value for messages.
func kind(v value) string {
	switch v := v.(type) {
	case *big.Rat:
		return "the number " + digits(v, 3)
	case string:
		return fmt.Sprintf("the string %.40q", v)
	case bool:
		return fmt.Sprint(v)
	default:
		return "a list"
	}
}

// show returns the text of a value.
func show(at Place, v value) (string, error) {
	switch v := v.(type) {
	case *big.Rat:
		return digits(v, 3), nil
	case string:
		return v, nil
	case bool:
		return "", faultAt(at, "%v has no text: write ?c or ?string(\"yes\", \"no\") behind it", v)
	default:
		return "", faultAt(at, "a list has no text: expected a number or a string")
	}
}

// digits writes a number with at most so many digits behind the point, and without separators.
func digits(n *big.Rat, most int) string {
	if n.IsInt() {
		return n.Num().String()
	}
	text := strings.TrimRight(strings.TrimRight(n.FloatString(most), "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}
