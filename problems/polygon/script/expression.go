package script

import (
	"math/big"
	"strings"
)

// expr is an expression.
type expr struct {
	place Place
	name  string // of a variable that is all of it; "": it is more
	eval  func(e *expander) (value, error)
}

// operator is a binary operator.
type operator struct {
	word  string
	paren bool // it ends a tag unless it is within parentheses
	apply func(e *expander, at Place, a, b value) (value, error)
}

// levels returns the binary operators by precedence, the loosest first. Longer words precede their beginnings.
func levels() [][]operator {
	return [][]operator{
		{{"||", false, nil}},
		{{"&&", false, nil}},
		{{"==", false, equal}, {"!=", false, unequal}, {"=", false, equal}},
		{
			{"<=", false, atMost}, {">=", true, atLeast}, {"<", false, less}, {">", true, more},
			{"lte", false, atMost}, {"gte", false, atLeast}, {"lt", false, less}, {"gt", false, more},
		},
		{{"..<", false, below}, {"..!", false, below}, {"..*", false, upto}, {"..", false, span}},
		{{"+", false, add}, {"-", false, subtract}},
		{{"*", false, multiply}, {"/", false, divide}, {"%", false, remainder}},
	}
}

// expression reads an expression.
func (p *parser) expression() (*expr, error) {
	if err := p.enter(p.at); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	return p.binary(levels())
}

// binary reads a chain of operators of one level, from left to right.
func (p *parser) binary(tighter [][]operator) (*expr, error) {
	if len(tighter) == 0 {
		return p.unary()
	}
	left, err := p.binary(tighter[1:])
	for n := 0; err == nil; n++ {
		p.space()
		at := p.at
		if n > maxChain {
			return nil, p.fault(at, "more than %d operators in one expression", maxChain)
		}
		op, ok := p.operator(tighter[0])
		if !ok {
			return left, nil
		}
		place := p.place(at)
		var right *expr
		if right, err = p.binary(tighter[1:]); err == nil {
			left = op.on(place, left, right)
		}
	}
	return nil, err
}

// operator reads one of the operators.
func (p *parser) operator(all []operator) (operator, bool) {
	rest := p.text[p.at:]
	for _, op := range all {
		after, found := strings.CutPrefix(rest, op.word)
		isWord := op.word[0] >= 'a' && op.word[0] <= 'z'
		switch {
		case !found, op.paren && p.parens == 0, isWord && after != "" && nameByte(after[0], false):
			continue
		case op.word == "/" && strings.HasPrefix(after, ">"):
			continue // the end of an assignment
		}
		p.at += len(op.word)
		return op, true
	}
	return operator{}, false
}

// on returns the expression that applies the operator.
func (op operator) on(at Place, left, right *expr) *expr {
	return &expr{place: at, eval: func(e *expander) (value, error) {
		a, err := left.eval(e)
		if err != nil {
			return nil, err
		}
		if op.apply == nil { // && and ||, which may leave out the right side
			if known, err := truth(at, a); err != nil || known == (op.word == "||") {
				return known, err
			}
			b, err := right.eval(e)
			if err != nil {
				return nil, err
			}
			return truth(at, b)
		}
		b, err := right.eval(e)
		if err != nil {
			return nil, err
		}
		return op.apply(e, at, a, b)
	}}
}

// unary reads an operand with its signs.
func (p *parser) unary() (*expr, error) {
	p.space()
	at := p.at
	sign := byte(0)
	if at < len(p.text) && strings.IndexByte("+-!", p.text[at]) >= 0 {
		sign = p.text[at]
		p.at++
	}
	if sign == 0 {
		return p.postfix()
	}
	if err := p.enter(at); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	of, err := p.unary()
	if err != nil {
		return nil, err
	}
	place := p.place(at)
	return &expr{place: place, eval: func(e *expander) (value, error) {
		v, err := of.eval(e)
		if err != nil {
			return nil, err
		}
		if sign == '!' {
			is, err := truth(place, v)
			return !is, err
		}
		n, err := numeric(place, v)
		if err == nil && sign == '-' {
			n = new(big.Rat).Neg(n)
		}
		return n, err
	}}, nil
}

// postfix reads an operand and what follows it: [INDEX], ?BUILTIN and ?BUILTIN(ARGUMENTS).
func (p *parser) postfix() (*expr, error) {
	of, err := p.operand()
	for n := 0; err == nil; n++ {
		at := p.at
		switch {
		case n > maxDepth:
			return nil, p.fault(at, "nested more than %d deep", maxDepth)
		case strings.HasPrefix(p.text[at:], "["):
			var index *expr
			if index, err = p.inside("[", "]"); err == nil {
				of = indexed(p.place(at), of, index)
			}
		case strings.HasPrefix(p.text[at:], "??"):
			p.at += 2
			if of.name == "" {
				return nil, p.fault(at, "?? behind something that is not a variable is not supported")
			}
			name := of.name
			of = &expr{place: p.place(at), eval: func(e *expander) (value, error) {
				_, known := e.vars[name]
				return known, nil
			}}
		case strings.HasPrefix(p.text[at:], "?"):
			of, err = p.builtin(of)
		default:
			return of, nil
		}
	}
	return nil, err
}

// builtin reads ?NAME or ?NAME(ARGUMENTS).
func (p *parser) builtin(of *expr) (*expr, error) {
	at := p.at
	p.at++
	name := p.name()
	call, known := builtins()[name]
	if !known {
		return nil, p.fault(at, "the FreeMarker built-in ?%.40s is not supported", name)
	}
	var args []*expr
	if strings.HasPrefix(p.text[p.at:], "(") {
		var err error
		if args, err = p.several("(", ")"); err != nil {
			return nil, err
		}
	}
	place := p.place(at)
	return &expr{place: place, eval: func(e *expander) (value, error) {
		if loop, ok := e.loops[of.name]; ok && of.name != "" {
			if v, ok := loop.builtin(name); ok {
				return v, nil
			}
		}
		v, err := of.eval(e)
		if err != nil {
			return nil, err
		}
		given := make([]value, len(args))
		for i, a := range args {
			if given[i], err = a.eval(e); err != nil {
				return nil, err
			}
		}
		return call(e, place, v, given)
	}}, nil
}

// indexed returns the expression for an element of a list.
func indexed(at Place, of, index *expr) *expr {
	return &expr{place: at, eval: func(e *expander) (value, error) {
		v, err := of.eval(e)
		if err != nil {
			return nil, err
		}
		all, ok := v.([]value)
		if !ok {
			return nil, faultAt(at, "[...] behind something that is not a list")
		}
		i, err := index.eval(e)
		if err != nil {
			return nil, err
		}
		n, err := whole(at, i)
		if err == nil && (n < 0 || n >= len(all)) {
			err = faultAt(at, "no element %d in a list of %d", n, len(all))
		}
		if err != nil {
			return nil, err
		}
		return all[n], nil
	}}
}

// operand reads a literal, a variable, a list or an expression in parentheses.
func (p *parser) operand() (*expr, error) {
	p.space()
	at := p.at
	if at == len(p.text) {
		return nil, p.fault(at, "the script ends within an expression")
	}
	switch c := p.text[at]; {
	case c == '(':
		of, err := p.inside("(", ")")
		if err != nil {
			return nil, err
		}
		return &expr{place: of.place, eval: of.eval}, nil
	case c == '[':
		return p.sequence()
	case c == '"' || c == '\'':
		return p.literal(c)
	case c >= '0' && c <= '9':
		return p.decimal()
	}
	name := p.name()
	place := p.place(at)
	switch name {
	case "":
		return nil, p.fault(at, "expected a value, got %.20q", p.text[at:min(len(p.text), at+20)])
	case "true", "false":
		return constant(place, name == "true"), nil
	}
	return &expr{place: place, name: name, eval: func(e *expander) (value, error) {
		v, known := e.vars[name]
		if !known {
			return nil, faultAt(place, "unknown variable %.40q", name)
		}
		return v, nil
	}}, nil
}

// inside reads an expression between two brackets, where > is an operator.
func (p *parser) inside(open, end string) (*expr, error) {
	p.at += len(open)
	p.parens++
	defer func() { p.parens-- }()
	of, err := p.expression()
	if err != nil {
		return nil, err
	}
	p.space()
	return of, p.expect(end)
}

// several reads expressions between two brackets, separated by commas.
func (p *parser) several(open, end string) ([]*expr, error) {
	p.at += len(open)
	p.parens++
	defer func() { p.parens-- }()
	var all []*expr
	for {
		if p.space(); all == nil && strings.HasPrefix(p.text[p.at:], end) {
			break
		}
		one, err := p.expression()
		if err != nil {
			return nil, err
		}
		all = append(all, one)
		if p.space(); !strings.HasPrefix(p.text[p.at:], ",") {
			break
		}
		p.at++
	}
	return all, p.expect(end)
}

// sequence reads a list: [VALUE, VALUE...].
func (p *parser) sequence() (*expr, error) {
	place := p.place(p.at)
	all, err := p.several("[", "]")
	return &expr{place: place, eval: func(e *expander) (value, error) {
		list := make([]value, len(all))
		for i, one := range all {
			var err error
			if list[i], err = one.eval(e); err != nil {
				return nil, err
			}
		}
		return list, nil
	}}, err
}

// constant returns the expression of a value.
func constant(at Place, v value) *expr {
	return &expr{place: at, eval: func(*expander) (value, error) { return v, nil }}
}

// decimal reads a number. Its point is not the first one of a range.
func (p *parser) decimal() (*expr, error) {
	start := p.at
	digits := func() {
		for p.at < len(p.text) && p.text[p.at] >= '0' && p.text[p.at] <= '9' {
			p.at++
		}
	}
	digits()
	if rest := p.text[p.at:]; len(rest) > 1 && rest[0] == '.' && rest[1] >= '0' && rest[1] <= '9' {
		p.at++
		digits()
	}
	n, ok := new(big.Rat).SetString(p.text[start:min(p.at, start+maxBits/4)])
	if !ok || p.at-start > maxBits/4 {
		return nil, p.fault(start, "a number of %d digits", p.at-start)
	}
	return constant(p.place(start), n), nil
}

// literal reads a string, which may hold interpolations: "small-${n}".
func (p *parser) literal(quote byte) (*expr, error) {
	start := p.at
	var parts []*expr
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			parts = append(parts, constant(p.place(start), text.String()))
			text.Reset()
		}
	}
	for p.at++; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; {
		case c == quote:
			p.at++
			flush()
			return joined(p.place(start), parts), nil
		case c == '\\' && p.at+1 < len(p.text):
			p.at++
			escaped, ok := map[byte]string{
				'n': "\n", 't': "\t", '"': "\"", '\'': "'", '\\': "\\", '{': "{", 'l': "<", 'g': ">", 'a': "&",
			}[p.text[p.at]]
			if !ok {
				return nil, p.fault(p.at-1, "the escape \\%c in a string is not supported", p.text[p.at])
			}
			text.WriteString(escaped)
		case strings.HasPrefix(p.text[p.at:], "${"):
			flush()
			of, err := p.inside("${", "}")
			if err != nil {
				return nil, err
			}
			parts = append(parts, of)
			p.at--
		default:
			text.WriteByte(c)
		}
	}
	return nil, p.fault(start, "a string has no end")
}

// joined returns the expression of a string of parts.
func joined(at Place, parts []*expr) *expr {
	return &expr{place: at, eval: func(e *expander) (value, error) {
		var all strings.Builder
		for _, part := range parts {
			v, err := part.eval(e)
			if err != nil {
				return nil, err
			}
			shown, err := show(part.place, v)
			if err != nil {
				return nil, err
			}
			if all.WriteString(shown); all.Len() > maxString {
				return nil, faultAt(at, "a string of more than %d KiB", maxString>>10)
			}
			if err := e.step(at, 1+len(shown)/16); err != nil {
				return nil, err
			}
		}
		return all.String(), nil
	}}
}
