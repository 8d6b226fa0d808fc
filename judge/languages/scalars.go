package languages

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Bounds of what a table may hold. They are far above any use, and keep a hostile or broken file from costing memory.
const (
	maxWord  = 4096 // bytes of one string
	maxWords = 256  // entries of one list
)

// text reads a scalar as it is written: 2021, off and 010 are words here, not numbers or truths.
func (r *reader) text(n *yaml.Node) (string, error) {
	switch {
	case n.Kind != yaml.ScalarNode:
		return "", r.fault(n, "", "%s where a word is wanted", kindName(n))
	case isNull(n) || n.Value == "":
		return "", r.fault(n, "", "nothing where a word is wanted")
	case len(n.Value) > maxWord:
		return "", r.fault(n, "", "a word of %d bytes; at most %d are read", len(n.Value), maxWord)
	case !printable(n.Value):
		return "", r.fault(n, "", "a control character, a line end or invalid UTF-8 in %q", n.Value)
	}
	return n.Value, nil
}

// texts reads a list of words; an empty list is nil.
func (r *reader) texts(n *yaml.Node) ([]string, error) {
	if n.Kind != yaml.SequenceNode {
		return nil, r.fault(n, "write it as [a, b]", "%s where a list is wanted", kindName(n))
	}
	if len(n.Content) > maxWords {
		return nil, r.fault(n, "", "a list of %d entries; at most %d are read", len(n.Content), maxWords)
	}
	var words []string
	for _, c := range n.Content {
		word, err := r.text(c)
		if err != nil {
			return nil, err
		}
		words = append(words, word)
	}
	return words, nil
}

// number reads a decimal number from 0 to most.
func (r *reader) number(n *yaml.Node, most int) (int, error) {
	value, err := r.text(n)
	if err != nil {
		return 0, err
	}
	i, err := strconv.Atoi(value)
	if err != nil || i < 0 || i > most {
		return 0, r.fault(n, "", "%q where a number from 0 to %d is wanted", value, most)
	}
	return i, nil
}

// isNull says whether a node is an empty value or null.
func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// kindName says what a node is, as its writer would.
func kindName(n *yaml.Node) string {
	switch {
	case isNull(n):
		return "nothing"
	case n.Kind == yaml.MappingNode:
		return "keys and values"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.AliasNode:
		return "an alias (*name), which is not read here,"
	default:
		return strconv.Quote(n.Value)
	}
}

// printable says whether a string is of one line and harmless on a terminal.
func printable(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(c rune) bool { return !unicode.IsPrint(c) }) < 0
}
