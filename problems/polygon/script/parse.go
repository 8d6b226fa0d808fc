package script

import (
	"fmt"
	"slices"
	"strings"
)

// Bounds of a template and its expansion.
const (
	maxDepth  = 64      // of directives and expressions inside each other
	maxChain  = 1000    // operators of one expression, one behind another
	maxOutput = 8 << 20 // bytes of the expanded text
	maxString = 1 << 16 // bytes of a string
	maxSteps  = 1 << 20 // nodes and values that are looked at
	maxBits   = 4096    // of a number
	maxList   = 100_000 // elements of a list
)

// node is a part of a template: text, an interpolation or a directive.
type node struct {
	place Place
	text  string // plain text
	value *expr  // of an interpolation, a list or an assignment

	kind  nodeKind
	name  string // the variable of list and assign
	body  []node // of list
	cases []branch
}

// nodeKind is a kind of nodes.
type nodeKind uint8

const (
	textNode nodeKind = iota
	valueNode
	assignNode
	listNode
	ifNode
)

// branch is a branch of an if: its condition, nil for else, and its body.
type branch struct {
	condition *expr
	body      []node
}

// parser reads a template.
type parser struct {
	text   string
	at     int
	depth  int
	parens int // brackets around, within which > is an operator

	lines []int // offsets of the lines' beginnings
}

// newParser returns a parser of a text.
func newParser(text string) *parser {
	p := &parser{text: text, lines: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			p.lines = append(p.lines, i+1)
		}
	}
	return p
}

// place returns the place of an offset.
func (p *parser) place(at int) Place {
	row, begins := slices.BinarySearch(p.lines, at)
	if !begins {
		row--
	}
	return Place{row + 1, at - p.lines[row] + 1}
}

// fault returns an error at an offset.
func (p *parser) fault(at int, format string, args ...any) error {
	return &Error{p.place(min(at, len(p.text))), fmt.Sprintf(format, args...), hintOfForms}
}

// hintOfForms lists what scripts may contain.
const hintOfForms = `use <#list A..B as x>, <#assign x = ...>, <#if>, <#else>, ${...} and <#-- comments -->`

// template reads the whole text.
func (p *parser) template() ([]node, error) {
	nodes, end, err := p.nodes()
	if err == nil && end != "" {
		err = p.fault(p.at, "<%s without its beginning", end)
	}
	return nodes, err
}

// enter counts a level of nesting.
func (p *parser) enter(at int) error {
	if p.depth++; p.depth > maxDepth {
		return p.fault(at, "nested more than %d deep", maxDepth)
	}
	return nil
}

// nodes reads nodes up to a tag that ends or divides a directive, such as /#list or #else, and returns the tag.
func (p *parser) nodes() (nodes []node, end string, err error) {
	if err := p.enter(p.at); err != nil {
		return nil, "", err
	}
	defer func() { p.depth-- }()
	for p.at < len(p.text) {
		next := strings.IndexAny(p.text[p.at:], "<$")
		if next < 0 {
			next = len(p.text) - p.at
		}
		if next > 0 {
			nodes = append(nodes, node{place: p.place(p.at), text: p.text[p.at : p.at+next]})
			p.at += next
			continue
		}
		n, tag, err := p.special()
		if err != nil || tag != "" {
			return nodes, tag, err
		}
		nodes = append(nodes, n...)
	}
	return nodes, "", nil
}

// special reads what begins with < or $. It returns the tag instead, and stops at it, if that ends a directive.
func (p *parser) special() (nodes []node, end string, err error) {
	rest, at := p.text[p.at:], p.at
	switch {
	case strings.HasPrefix(rest, "<#--"):
		length := strings.Index(rest, "-->")
		if length < 0 {
			return nil, "", p.fault(at, "a comment has no end")
		}
		p.at += length + len("-->")
		return nil, "", nil
	case strings.HasPrefix(rest, "${"):
		n := node{place: p.place(at), kind: valueNode}
		n.value, err = p.inside("${", "}")
		return []node{n}, "", err
	case strings.HasPrefix(rest, "</#"), strings.HasPrefix(rest, "<#"):
		return p.tag()
	case strings.HasPrefix(rest, "<@"), strings.HasPrefix(rest, "</@"):
		return nil, "", p.fault(at, "calls of macros are not supported")
	}
	p.at++
	return []node{{place: p.place(at), text: rest[:1]}}, "", nil
}

// tag reads a directive.
func (p *parser) tag() (nodes []node, end string, err error) {
	at := p.at
	word := p.text[at+1:]
	if stop := strings.IndexAny(word[1:], " \t\r\n>/"); stop >= 0 && word[0] != '/' {
		word = word[:stop+1]
	} else if stop = strings.IndexAny(word[1:], " \t\r\n>"); stop >= 0 {
		word = word[:stop+1]
	}
	p.at += 1 + len(word)
	switch word {
	case "/#list", "/#if", "#else", "#elseif":
		p.at = at
		return nil, word, nil
	case "#list":
		n, err := p.list(at)
		return []node{n}, "", err
	case "#if":
		n, err := p.conditional(at)
		return []node{n}, "", err
	case "#assign", "#local", "#global":
		nodes, err := p.assign(at)
		return nodes, "", err
	case "#setting", "#ftl":
		stop := strings.IndexByte(p.text[p.at:], '>')
		if stop < 0 {
			return nil, "", p.fault(at, "<%s has no end", word)
		}
		p.at += stop + 1
		return nil, "", nil
	}
	return nil, "", p.fault(at, "the FreeMarker directive <%.40s> is not supported", word)
}

// closing reads a tag without content, such as </#list>.
func (p *parser) closing(word string, at int, end string) error {
	if end != word {
		return p.fault(at, "<%s has no <%s>", strings.TrimPrefix(word, "/"), word)
	}
	p.at += 1 + len(word)
	p.space()
	return p.expect(">")
}

// list reads <#list SEQUENCE as NAME>...</#list>.
func (p *parser) list(at int) (node, error) {
	n := node{place: p.place(at), kind: listNode}
	var err error
	if n.value, err = p.expression(); err != nil {
		return n, err
	}
	if p.space(); p.name() != "as" {
		return n, p.fault(p.at, "<#list> without \"as\" and the name of a variable")
	}
	p.space()
	if n.name = p.name(); n.name == "" {
		return n, p.fault(p.at, "<#list ... as> without the name of a variable")
	}
	p.space()
	if err := p.expect(">"); err != nil {
		return n, err
	}
	var end string
	if n.body, end, err = p.nodes(); err != nil {
		return n, err
	}
	return n, p.closing("/#list", at, end)
}

// conditional reads <#if>...<#elseif>...<#else>...</#if>.
func (p *parser) conditional(at int) (node, error) {
	n := node{place: p.place(at), kind: ifNode}
	for end := "#if"; ; {
		var b branch
		var err error
		if end != "#else" {
			if b.condition, err = p.expression(); err != nil {
				return n, err
			}
		}
		p.space()
		if err := p.expect(">"); err != nil {
			return n, err
		}
		last := end == "#else"
		if b.body, end, err = p.nodes(); err != nil {
			return n, err
		}
		n.cases = append(n.cases, b)
		if last || end != "#else" && end != "#elseif" {
			return n, p.closing("/#if", at, end)
		}
		p.at += 1 + len(end)
	}
}

// assign reads <#assign NAME = VALUE NAME = VALUE...>.
func (p *parser) assign(at int) ([]node, error) {
	var nodes []node
	for {
		p.space()
		if strings.HasPrefix(p.text[p.at:], "/>") {
			p.at++
		}
		if nodes != nil && strings.HasPrefix(p.text[p.at:], ">") {
			p.at++
			return nodes, nil
		}
		n := node{place: p.place(at), kind: assignNode, name: p.name()}
		p.space()
		if n.name == "" || !strings.HasPrefix(p.text[p.at:], "=") {
			return nil, p.fault(p.at, "<#assign> without NAME = VALUE")
		}
		p.at++
		var err error
		if n.value, err = p.expression(); err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
}

// space skips white space.
func (p *parser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

// name reads a name; "": there is none.
func (p *parser) name() string {
	start := p.at
	for p.at < len(p.text) && nameByte(p.text[p.at], p.at == start) {
		p.at++
	}
	return p.text[start:p.at]
}

// nameByte reports whether a name may contain a byte.
func nameByte(c byte, first bool) bool {
	letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c >= 0x80
	return letter || !first && c >= '0' && c <= '9'
}

// expect reads one text.
func (p *parser) expect(text string) error {
	if !strings.HasPrefix(p.text[p.at:], text) {
		got := p.text[p.at:]
		if stop := strings.IndexAny(got, "\r\n"); stop >= 0 {
			got = got[:stop]
		}
		return p.fault(p.at, "expected %q, got %.40q", text, got)
	}
	p.at += len(text)
	return nil
}
