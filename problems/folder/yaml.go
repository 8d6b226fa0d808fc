package folder

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kballard/go-shellquote" // the words of a shell, quotations and all
	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/strictyaml"
)

// Document is a mapping in a YAML file. It records which keys a reader has looked up.
type Document struct {
	folder *Folder
	name   string
	root   *yaml.Node     // a mapping; nil: the file is empty
	at     map[string]int // index of each key in the mapping
	seen   map[string]bool
}

// document returns the document of a mapping, which may be nil.
func (f *Folder) document(name string, root *yaml.Node) *Document {
	d := &Document{folder: f, name: name, root: root, at: map[string]int{}, seen: map[string]bool{}}
	if root == nil {
		return d
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		d.at[strictyaml.KeyOf(root.Content[i])] = i
	}
	return d
}

// YAML reads a file with a mapping. The document of an empty or missing file is empty.
func (f *Folder) YAML(name string) (*Document, error) { return f.YAMLWith(name, nil) }

// YAMLWith reads a file like YAML, with texts replaced first. pairs alternates old and new texts.
func (f *Folder) YAMLWith(name string, pairs []string) (*Document, error) {
	d := f.document(name, nil)
	if !f.IsFileOrLink(name) {
		return d, nil
	}
	data, err := f.Read(name)
	if err != nil {
		return nil, err
	}
	return f.YAMLText(name, data, pairs)
}

// YAMLText reads a mapping from a text, like YAMLWith. name is the file of its errors.
func (f *Folder) YAMLText(name string, data []byte, pairs []string) (*Document, error) {
	if len(pairs) > 0 {
		text := &problems.BoundedText{Left: strictyaml.MaxSize}
		if _, err := strings.NewReplacer(pairs...).WriteString(text, string(data)); err != nil {
			return nil, f.Fault(name, 0,
				fmt.Sprintf("larger than %d MiB with constants expanded", strictyaml.MaxSize>>20), "")
		}
		data = []byte(text.String())
	}
	if f.spent.yaml += len(data); f.spent.yaml > maxYAMLs {
		return nil, f.Fault(name, 0, fmt.Sprintf("more than %d MiB of YAML in all files", maxYAMLs>>20), "")
	}
	root, err := strictyaml.Parse(filepath.Join(f.Named, name), data, strictyaml.Options{Foreign: true})
	switch {
	case err != nil:
		return nil, err
	case root == nil:
		return f.document(name, nil), nil
	case !root.IsMapping():
		return nil, root.Fault("expected a mapping, found "+root.Found(), "")
	}
	return f.document(name, root.YAML()), nil
}

// Mapping returns the document of a mapping within the file called name, with texts replaced as by YAMLWith.
func (f *Folder) Mapping(name string, root *strictyaml.Node, pairs []string) (*Document, error) {
	if len(pairs) == 0 {
		return f.document(name, root.YAML()), nil
	}
	data, err := yaml.Marshal(root.YAML())
	if err != nil {
		return nil, f.FaultAt(name, root.YAML(), err.Error(), "")
	}
	d, err := f.YAMLText(name, data, pairs)
	if fault, ok := errors.AsType[*problems.Error](err); ok {
		fault.Line, fault.Col = root.YAML().Line, root.YAML().Column
	}
	if err == nil { // its own lines are those of the text
		d.root.Line, d.root.Column = root.YAML().Line, root.YAML().Column
	}
	return d, err
}

// Has reports whether a key is present and has a value.
func (d *Document) Has(key string) bool {
	node := d.node(key)
	return node != nil && node.Tag != "!!null"
}

// node returns the value of a key, or nil, and records that the key was looked up.
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

// Get decodes the value of a key into *to. Without the key, *to is unchanged.
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

// Inner returns the mapping under a key. Without the key the mapping is empty.
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
		return nil, d.folder.FaultAt(d.name, node, "key "+quote(key)+": expected keys and values", "")
	}
	return d.folder.document(d.name, node), nil
}

// Keys returns the document's keys in the order of the file.
func (d *Document) Keys() []string {
	var keys []string
	if d.root != nil {
		for i := 0; i+1 < len(d.root.Content); i += 2 {
			keys = append(keys, strictyaml.KeyOf(d.root.Content[i]))
		}
	}
	return keys
}

// Fault returns an error at a key, or at the start of the mapping without that key.
func (d *Document) Fault(key, msg, hint string) *problems.Error {
	node := d.root
	if i, ok := d.at[key]; ok {
		node = d.root.Content[i]
	}
	return d.folder.FaultAt(d.name, node, msg, hint)
}

// Unknown returns notes on the keys that the reader has not looked up, except the silent keys, which do not concern
// judging.
func (d *Document) Unknown(silent ...string) []*problems.Error {
	var faults []*problems.Error
	more := 0
	for _, key := range d.Keys() {
		switch {
		case d.seen[key] || slices.Contains(silent, key):
		case len(faults) < mostUnknown:
			faults = append(faults, d.Fault(key, "unknown key "+quote(key), ""))
		default:
			more++
		}
	}
	if more > 0 {
		faults = append(faults, d.Fault("", fmt.Sprintf("%d more unknown keys", more), ""))
	}
	return faults
}

// Texts is a list of texts. In YAML it may be one text, which is split at white space.
type Texts []string

// UnmarshalYAML reads a text or a list.
func (t *Texts) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		words, err := shellquote.Split(node.Value)
		if err != nil { // an apostrophe, not a quotation
			words = strings.Fields(node.Value)
		}
		*t = words
		return nil
	}
	return node.Decode((*[]string)(t))
}

// One is a text, or a list of texts that is not split.
type One []string

// UnmarshalYAML reads a text or a list.
func (t *One) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*t = []string{node.Value}
		return nil
	}
	return node.Decode((*[]string)(t))
}
