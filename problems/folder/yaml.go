package folder

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/kballard/go-shellquote" // the words of a shell, quotations and all
	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// Document is a YAML file of which a reader takes what it knows.
type Document struct {
	folder *Folder
	name   string
	root   *yaml.Node     // a mapping; nil: there is nothing in the file
	at     map[string]int // where a key is in the mapping
	seen   map[string]bool
}

// document returns a document of a mapping; nil: it holds nothing.
func (f *Folder) document(name string, root *yaml.Node) *Document {
	d := &Document{folder: f, name: name, root: root, at: map[string]int{}, seen: map[string]bool{}}
	if root == nil {
		return d
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		d.at[keyOf(root.Content[i])] = i
	}
	return d
}

// YAML reads a file that holds a mapping; one that is empty, or not there, holds nothing.
func (f *Folder) YAML(name string) (*Document, error) { return f.YAMLWith(name, nil) }

// YAMLWith is YAML with other words in place of some, of which pairs are the old and the new ones.
func (f *Folder) YAMLWith(name string, pairs []string) (*Document, error) {
	d := f.document(name, nil)
	if !f.IsFileOrLink(name) {
		return d, nil
	}
	data, err := f.Read(name)
	if err != nil {
		return nil, err
	}
	if len(pairs) > 0 {
		text := &problems.BoundedText{Left: mostYAML}
		if _, err := strings.NewReplacer(pairs...).WriteString(text, string(data)); err != nil {
			return nil, f.Fault(name, 0, fmt.Sprintf("larger than %d MiB with constants written out", mostYAML>>20), "")
		}
		data = []byte(text.String())
	}
	if err := f.checkText(name, data); err != nil {
		return nil, err
	}
	var node yaml.Node
	if err := d.single(data, &node); err != nil {
		return nil, err
	}
	if node.Kind == 0 || len(node.Content) == 0 || node.Content[0].Tag == "!!null" {
		return d, nil
	}
	root := node.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, f.Fault(name, root.Line, "expected keys and values", "")
	}
	if err := f.checkNode(name, root); err != nil {
		return nil, err
	}
	return f.document(name, root), nil
}

// single reads the only document of a file. A second one is an error, as in the tools of these formats: it would count
// for nothing.
func (d *Document) single(data []byte, node *yaml.Node) error {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(node); err != nil && err != io.EOF {
		return d.syntax(data, err)
	}
	var second yaml.Node
	switch err := decoder.Decode(&second); {
	case err == nil:
		return d.folder.Fault(d.name, second.Line, "a second document begins here", "remove it: a file holds one")
	case err != io.EOF:
		return d.syntax(data, err)
	}
	return nil
}

// keyOf is the text of a key; of one that is a list or a mapping it is empty.
func keyOf(node *yaml.Node) string {
	if node.Kind == yaml.AliasNode && node.Alias != nil {
		node = node.Alias
	}
	return node.Value
}

// distinctKeys refuses a mapping with a key twice, which YAML does not have (1.2.2, section 3.2.1.1): some libraries
// take the first value, some the last. Keys are compared by their text, as readers look them up.
func (f *Folder) distinctKeys(name string, mapping *yaml.Node) error {
	if mapping.Kind != yaml.MappingNode {
		return nil
	}
	lines := map[string]int{}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		node := mapping.Content[i]
		key := keyOf(node)
		if first, twice := lines[key]; twice {
			fault := f.Fault(name, node.Line, fmt.Sprintf("the key %.80q appears twice: line %d has it already", key, first),
				"remove one")
			fault.Col = node.Column
			return fault
		}
		lines[key] = node.Line
	}
	return nil
}

// Has reports whether a key is there, with a value.
func (d *Document) Has(key string) bool {
	node := d.node(key)
	return node != nil && node.Tag != "!!null"
}

func (d *Document) node(key string) *yaml.Node {
	if d.root == nil {
		return nil
	}
	d.seen[key] = true
	if i, ok := d.at[key]; ok {
		return d.root.Content[i+1]
	}
	return nil
}

// Get decodes the value of a key into what to points at; without the key, to stays as it is.
func (d *Document) Get(key string, to any) error {
	node := d.node(key)
	if node == nil || node.Tag == "!!null" {
		return nil
	}
	if err := node.Decode(to); err != nil {
		return d.wrongType(key, node, err)
	}
	return nil
}

// Inner is the mapping under a key; without the key it holds nothing.
func (d *Document) Inner(key string) (*Document, error) {
	inner := d.folder.document(d.name, nil)
	node := d.node(key)
	if node == nil || node.Tag == "!!null" {
		return inner, nil
	}
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if node.Kind != yaml.MappingNode {
		return nil, d.folder.Fault(d.name, node.Line, "key "+quote(key)+": expected keys and values", "")
	}
	return d.folder.document(d.name, node), nil
}

// Keys are the document's keys, in their order.
func (d *Document) Keys() []string {
	var keys []string
	if d.root != nil {
		for i := 0; i+1 < len(d.root.Content); i += 2 {
			keys = append(keys, keyOf(d.root.Content[i]))
		}
	}
	return keys
}

// Fault is an error at a key.
func (d *Document) Fault(key, msg, hint string) *problems.Error {
	line := 0
	if d.root != nil {
		line = d.root.Line
		if i, ok := d.at[key]; ok {
			line = d.root.Content[i].Line
		}
	}
	return d.folder.Fault(d.name, line, msg, hint)
}

// Unknown are faults for the keys that nobody has asked for and that are not among these, which say nothing about judging.
func (d *Document) Unknown(silent ...string) []*problems.Error {
	var faults []*problems.Error
	more := 0
	for _, key := range d.Keys() {
		switch {
		case d.seen[key] || slices.Contains(silent, key):
		case len(faults) < mostUnknown:
			faults = append(faults, d.Fault(key, "the key "+quote(key)+" is not understood", ""))
		default:
			more++
		}
	}
	if more > 0 {
		faults = append(faults, d.Fault("", fmt.Sprintf("%d more keys are not understood", more), ""))
	}
	return faults
}

// Texts is a text that is split at white space, or a list of texts.
type Texts []string

// UnmarshalYAML reads either.
func (t *Texts) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		words, err := shellquote.Split(node.Value)
		if err != nil { // an apostrophe is no quotation
			words = strings.Fields(node.Value)
		}
		*t = words
		return nil
	}
	return node.Decode((*[]string)(t))
}

// One is a text, or a list of texts that is not split.
type One []string

// UnmarshalYAML reads either.
func (t *One) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*t = []string{node.Value}
		return nil
	}
	return node.Decode((*[]string)(t))
}
