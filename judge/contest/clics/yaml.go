package clics

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/strictyaml"
)

// mostYAML bounds the nodes of a YAML file, with aliases expanded.
const mostYAML = 200_000

// parseYAML reads a YAML file as the same JSON objects: one object if it holds a mapping, else those of its list.
func parseYAML(file string, data []byte) ([]*object, error) {
	root, err := strictyaml.Parse(file, data, strictyaml.Options{Foreign: true, MaxText: 1 << 16})
	if err != nil {
		return nil, err
	}
	if root == nil {
		return nil, &problems.Error{File: file, Line: 1, Msg: "the file is empty", Hint: "write the members of the object"}
	}
	nodes := []*yaml.Node{root.YAML()}
	if root.IsList() {
		nodes = root.YAML().Content
	}
	all, left := []*object(nil), mostYAML
	for i, node := range nodes {
		var b bytes.Buffer
		if err := toJSON(&b, node, &left); err != nil {
			return nil, &problems.Error{File: file, Line: node.Line, Msg: err.Error(), Hint: "write the values in full"}
		}
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

// toJSON writes a YAML node as JSON. Keys are written with underscores: older files have dashes in their place.
func toJSON(b *bytes.Buffer, n *yaml.Node, left *int) error {
	if *left--; *left < 0 {
		return errors.New("too many values behind aliases")
	}
	switch n.Kind {
	case yaml.AliasNode:
		return toJSON(b, n.Alias, left)
	case yaml.SequenceNode:
		return wrap(b, '[', ']', len(n.Content), func(i int) error { return toJSON(b, n.Content[i], left) })
	case yaml.MappingNode:
		return wrap(b, '{', '}', len(n.Content)/2, func(i int) error {
			b.Write(quoted(strings.ReplaceAll(n.Content[2*i].Value, "-", "_")))
			b.WriteByte(':')
			return toJSON(b, n.Content[2*i+1], left)
		})
	}
	switch n.ShortTag() {
	case "!!null":
		b.WriteString("null")
	case "!!bool", "!!int", "!!float":
		if text := strings.ToLower(n.Value); json.Valid([]byte(text)) {
			b.WriteString(text)
			return nil
		}
		b.Write(quoted(n.Value))
	default:
		b.Write(quoted(n.Value))
	}
	return nil
}

// wrap writes so many elements with commas between them, in brackets.
func wrap(b *bytes.Buffer, open, end byte, n int, element func(i int) error) error {
	b.WriteByte(open)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := element(i); err != nil {
			return err
		}
	}
	b.WriteByte(end)
	return nil
}

// quoted returns a text as JSON.
func quoted(text string) []byte {
	data, _ := json.Marshal(text) // a text always has one
	return data
}
