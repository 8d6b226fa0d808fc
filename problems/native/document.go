package native

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/text"
)

// maxText bounds names and paths, in bytes.
const maxText = 1024

func (r *reader) fault(node *yaml.Node, msg, hint string) error {
	return &problems.Error{File: r.file, Line: node.Line, Col: node.Column, Msg: msg, Hint: hint}
}

// plain refuses what of YAML specs do not use: anchors and aliases, with which a short file can be a huge one, and tags.
func (r *reader) plain(node *yaml.Node) error {
	switch {
	case node.Kind == yaml.AliasNode:
		return r.fault(node, "an alias: "+quote("*"+node.Value), "write the value out; a text that begins with * needs quotes")
	case node.Anchor != "":
		return r.fault(node, "an anchor: "+quote("&"+node.Anchor), "remove it; a text that begins with & needs quotes")
	case node.Style&yaml.TaggedStyle != 0:
		return r.fault(node, "a tag: "+quote(node.Tag), "remove it; a text that begins with ! needs quotes")
	}
	for _, child := range node.Content {
		if err := r.plain(child); err != nil {
			return err
		}
	}
	return nil
}

// text reads a scalar as it is written, whatever YAML would make of it: 010, 1e-6, yes and ~ are texts.
func (r *reader) text(node *yaml.Node) (string, error) {
	if node.Kind != yaml.ScalarNode {
		return "", r.fault(node, "expected a text, found "+kindOf(node),
			"write one text; a text that begins with { or [ needs quotes")
	}
	if strings.TrimSpace(node.Value) == "" {
		return "", r.fault(node, "expected a text, found nothing", "write it behind the colon, or remove the key")
	}
	return node.Value, r.printable(node, node.Value)
}

// printable refuses names that are too long, and those that nobody writes.
func (r *reader) printable(node *yaml.Node, name string) error {
	if len(name) > maxText {
		return r.fault(node, quote(name)+" is longer than "+strconv.Itoa(maxText)+" bytes", "shorten it")
	}
	if !text.IsName(name) {
		return r.fault(node, quote(name)+" holds what cannot be printed", "use letters, digits and punctuation")
	}
	return nil
}

func (r *reader) list(node *yaml.Node, what string) ([]*yaml.Node, error) {
	if node.Kind != yaml.SequenceNode {
		return nil, r.fault(node, "expected a list of "+what+", found "+kindOf(node), listHint(what))
	}
	if len(node.Content) == 0 {
		return nil, r.fault(node, "the list of "+what+" is empty", "add to it, or remove the key")
	}
	return node.Content, nil
}

// listHint shows how a list is written.
func listHint(what string) string {
	switch what {
	case "tests":
		return "write a glob such as tests/*.in, or [{input: PATH, answer: PATH}]"
	case "submissions":
		return "write [{path: PATH, expect: AC}]"
	case "input validators":
		return "write [{program: PATH, protocol: testlib}]"
	default:
		return "a list is [A, B], or lines that begin with -"
	}
}

func kindOf(node *yaml.Node) string {
	switch {
	case node.Kind == yaml.MappingNode:
		return "a mapping"
	case node.Kind == yaml.SequenceNode:
		return "a list"
	case node.Value == "":
		return "nothing"
	default:
		return "the text " + quote(node.Value)
	}
}
