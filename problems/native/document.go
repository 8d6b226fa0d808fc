package native

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// parse reads one YAML document and returns its top node.
func parse(file string, data []byte) (*yaml.Node, error) {
	if !utf8.Valid(data) {
		return nil, &problems.Error{File: file, Line: lineOfInvalid(data), Col: 1, Msg: "not UTF-8", Hint: "save the file in UTF-8"}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, second yaml.Node
	if err := decoder.Decode(&document); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, &problems.Error{File: file, Line: 1, Col: 1, Msg: "the file is empty", Hint: "write at least name: and tests:"}
		}
		return nil, syntaxError(file, err)
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		if err != nil {
			return nil, syntaxError(file, err)
		}
		return nil, &problems.Error{File: file, Line: second.Line, Col: second.Column, Msg: "a second document", Hint: "one file is one problem"}
	}
	if len(document.Content) != 1 {
		return nil, &problems.Error{File: file, Line: 1, Col: 1, Msg: "the file is empty", Hint: "write at least name: and tests:"}
	}
	return document.Content[0], nil
}

func lineOfInvalid(data []byte) int {
	line := 1
	for len(data) > 0 {
		c, size := utf8.DecodeRune(data)
		if c == utf8.RuneError && size == 1 {
			break
		}
		if c == '\n' {
			line++
		}
		data = data[size:]
	}
	return line
}

// yamlLine finds the line in the library's words: "yaml: line 3: did not find ...".
var yamlLine = regexp.MustCompile(`(?s)^yaml: (?:line (\d+): )?(.*)$`)

func syntaxError(file string, err error) error {
	fault := &problems.Error{File: file, Line: 1, Col: 1, Msg: err.Error(), Hint: "this is not YAML; tabs cannot indent"}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		fault.Msg = m[2]
		if line, err := strconv.Atoi(m[1]); err == nil {
			fault.Line = line
		}
	}
	return fault
}

func (r *reader) fault(node *yaml.Node, msg, hint string) error {
	return &problems.Error{File: r.file, Line: node.Line, Col: node.Column, Msg: msg, Hint: hint}
}

func quote(s string) string {
	const most = 80
	if len(s) > most {
		s = s[:most] + "..."
	}
	return strconv.Quote(s)
}

// key is one key of a mapping and what reads its value.
type key struct {
	name string
	read func(*reader, *yaml.Node) error
}

// mapping reads a mapping with these keys and no others, each at most once, in the order of the table. It returns the
// values that were given.
func (r *reader) mapping(node *yaml.Node, keys []key) (map[string]*yaml.Node, error) {
	if node.Kind != yaml.MappingNode {
		return nil, r.fault(node, "expected a mapping with keys such as "+quote(keys[0].name)+", found "+kindOf(node), "")
	}
	given := map[string]*yaml.Node{}
	for i := 0; i < len(node.Content); i += 2 {
		name := node.Content[i]
		if given[name.Value] != nil {
			return nil, r.fault(name, "the key "+quote(name.Value)+" stands here twice", "remove one")
		}
		if !known(keys, name) {
			return nil, r.fault(name, "unknown key "+quote(name.Value), suggest(name.Value, keys))
		}
		given[name.Value] = node.Content[i+1]
	}
	for _, k := range keys {
		if value := given[k.name]; value != nil {
			if err := k.read(r, value); err != nil {
				return nil, err
			}
		}
	}
	return given, nil
}

func known(keys []key, name *yaml.Node) bool {
	for _, k := range keys {
		if name.Kind == yaml.ScalarNode && k.name == name.Value {
			return true
		}
	}
	return false
}

// suggest names the nearest key, or all of them when none is near.
func suggest(name string, keys []key) string {
	var names []string
	for _, k := range keys {
		names = append(names, k.name)
	}
	if near := nearest(name, names); near != "" {
		return "did you mean " + quote(near) + "?"
	}
	return "the keys here are " + strings.Join(names, ", ")
}

// text reads a scalar as it is written, whatever YAML would make of it: 010, 1e-6, yes and ~ are texts.
func (r *reader) text(node *yaml.Node) (string, error) {
	if node.Kind != yaml.ScalarNode {
		return "", r.fault(node, "expected a text, found "+kindOf(node), "")
	}
	if strings.TrimSpace(node.Value) == "" {
		return "", r.fault(node, "expected a text, found nothing", "")
	}
	for _, c := range node.Value {
		if !unicode.IsPrint(c) {
			return "", r.fault(node, "the text "+quote(node.Value)+" holds what cannot be printed", "")
		}
	}
	return node.Value, nil
}

func (r *reader) list(node *yaml.Node, what string) ([]*yaml.Node, error) {
	if node.Kind != yaml.SequenceNode {
		return nil, r.fault(node, "expected a list of "+what+", found "+kindOf(node), "")
	}
	if len(node.Content) == 0 {
		return nil, r.fault(node, "the list of "+what+" is empty", "")
	}
	return node.Content, nil
}

func kindOf(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias, which specs do not use: write the value out"
	default:
		if node.Value == "" {
			return "nothing"
		}
		return fmt.Sprintf("the text %s", quote(node.Value))
	}
}
