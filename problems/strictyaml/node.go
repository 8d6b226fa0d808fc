package strictyaml

import (
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"judge/problems/text"
)

// Node is a value in a file, or a key: a scalar, a list or a mapping.
type Node struct {
	file *file
	yaml *yaml.Node
}

// YAML returns the node as the YAML library has it, to decode it into a Go value.
func (n *Node) YAML() *yaml.Node { return n.yaml }

// Fault returns an error at the node. msg says what is wrong and what was expected, hint how to fix it.
func (n *Node) Fault(msg, hint string) error {
	return n.file.fault(n.yaml.Line, n.yaml.Column, msg, hint)
}

// Line returns the line of the node, from 1.
func (n *Node) Line() int { return n.yaml.Line }

// Column returns the column of the node, from 1.
func (n *Node) Column() int { return n.yaml.Column }

// IsScalar reports whether the node is a scalar.
func (n *Node) IsScalar() bool { return n.yaml.Kind == yaml.ScalarNode }

// IsList reports whether the node is a list.
func (n *Node) IsList() bool { return n.yaml.Kind == yaml.SequenceNode }

// IsMapping reports whether the node is a mapping.
func (n *Node) IsMapping() bool { return n.yaml.Kind == yaml.MappingNode }

// IsNull reports whether there is no value: nothing at all, ~ or null.
func (n *Node) IsNull() bool { return isNull(n.yaml) }

// Raw returns a scalar as it is written, without a check; "" for lists and mappings.
func (n *Node) Raw() string { return n.yaml.Value }

// Found describes the node for a message such as "expected a list, found nothing".
func (n *Node) Found() string {
	found := "the text " + Quote(n.yaml.Value)
	switch {
	case n.yaml.Kind == yaml.MappingNode:
		return "a mapping"
	case n.yaml.Kind == yaml.SequenceNode:
		return "a list"
	case n.yaml.Kind == yaml.AliasNode:
		return "an alias"
	case n.yaml.Value == "":
		return "nothing"
	case n.isQuoted():
		return found + " in quotes"
	}
	return found
}

// isQuoted reports whether a scalar is in quotes, or in a block of lines.
func (n *Node) isQuoted() bool {
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	return n.yaml.Style&quoted != 0
}

// Sample returns the node as a hint can repeat it: "..." for what is not a short text.
func (n *Node) Sample() string {
	const longest = 40 // bytes
	if !n.IsScalar() || n.yaml.Value == "" || len(n.yaml.Value) > longest || !text.IsName(n.yaml.Value) {
		return "..."
	}
	return n.yaml.Value
}

// maxQuote bounds what a message quotes from a file, in bytes.
const maxQuote = 80

// Quote returns a text from a file in quotes, cut if it is long.
func Quote(s string) string { return strconv.Quote(cut(s)) }

// Clean is Quote without the quotes.
func Clean(s string) string { return text.Line(cut(s)) }

func cut(s string) string {
	if len(s) <= maxQuote {
		return s
	}
	end := maxQuote
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "..."
}
