package clics

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/strictyaml"
)

// parseYAML reads a YAML file as the same JSON objects: one object if it holds a mapping, else those of its list.
func parseYAML(file string, data []byte) ([]*object, error) {
	root, err := strictyaml.Parse(file, data, strictyaml.Options{Foreign: true, MaxText: 1 << 16})
	if err != nil {
		return nil, err
	}
	if root == nil {
		return nil, &problems.Error{File: file, Line: 1, Msg: "the file is empty",
			Hint: "write the members of the object"}
	}
	nodes := []*yaml.Node{root.YAML()}
	if root.IsList() {
		nodes = root.YAML().Content
	}
	var all []*object
	for i, node := range nodes {
		var b bytes.Buffer
		toJSON(&b, node)
		at := place{file: file, line: node.Line}
		if root.IsList() {
			at.pointer = "/" + strconv.Itoa(i)
		}
		o, err := newObject(at, b.Bytes())
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, nil
}

// toJSON writes a YAML node as JSON. Keys are written with underscores: older files have dashes in their place. The
// parser has bounded what aliases expand to.
func toJSON(b *bytes.Buffer, n *yaml.Node) {
	switch n.Kind {
	case yaml.AliasNode:
		toJSON(b, n.Alias)
		return
	case yaml.SequenceNode:
		wrap(b, '[', ']', len(n.Content), func(i int) { toJSON(b, n.Content[i]) })
		return
	case yaml.MappingNode:
		wrap(b, '{', '}', len(n.Content)/2, func(i int) {
			b.Write(quoted(strings.ReplaceAll(n.Content[2*i].Value, "-", "_")))
			b.WriteByte(':')
			toJSON(b, n.Content[2*i+1])
		})
		return
	}
	switch n.ShortTag() {
	case "!!null":
		b.WriteString("null")
	case "!!bool", "!!int", "!!float":
		if text := strings.ToLower(n.Value); json.Valid([]byte(text)) {
			b.WriteString(text)
			return
		}
		b.Write(quoted(n.Value))
	default:
		b.Write(quoted(n.Value))
	}
}

// wrap writes so many elements with commas between them, in brackets.
func wrap(b *bytes.Buffer, open, end byte, n int, element func(i int)) {
	b.WriteByte(open)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		element(i)
	}
	b.WriteByte(end)
}

// quoted returns a text as JSON.
func quoted(text string) []byte {
	data, _ := json.Marshal(text) // a text always has one
	return data
}
