package strictyaml

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Bounds of a document. The library compares each key of a mapping with each other one when it decodes the mapping, and
// a short file with aliases can hold any number of values.
const (
	maxKeys   = 10_000    // of one mapping
	maxValues = 1_000_000 // with aliases written out
)

// check refuses a document that holds a key twice, what the options do not accept, or too much.
func (n *Node) check() error {
	c := checker{file: n.file, sizes: map[*yaml.Node]int{}}
	_, err := c.size(n.yaml)
	return err
}

type checker struct {
	file  *file
	sizes map[*yaml.Node]int // of nodes with an anchor
}

// size returns how many values a node holds, with aliases written out.
func (c *checker) size(node *yaml.Node) (int, error) {
	if known, ok := c.sizes[node]; ok {
		return known, nil
	}
	if err := c.single(node); err != nil {
		return 0, err
	}
	if node.Anchor != "" {
		c.sizes[node] = maxValues + 1 // until it is known: an alias in it would have no end
	}
	inner := node.Content
	if node.Kind == yaml.AliasNode && node.Alias != nil {
		inner = []*yaml.Node{node.Alias}
	}
	n := 1
	for _, child := range inner {
		m, err := c.size(child)
		if err != nil {
			return 0, err
		}
		if n += m; n > maxValues {
			return 0, c.fault(child, fmt.Sprintf("more than %d values, with aliases written out", maxValues),
				"remove aliases, or split the file")
		}
	}
	if node.Anchor != "" {
		c.sizes[node] = n
	}
	return n, nil
}

// single checks a node without those in it.
func (c *checker) single(node *yaml.Node) error {
	if !c.file.options.Foreign {
		if err := c.plain(node); err != nil {
			return err
		}
	}
	if node.Kind != yaml.MappingNode {
		return nil
	}
	if len(node.Content)/2 > maxKeys {
		return c.fault(node, fmt.Sprintf("more than %d keys in one mapping", maxKeys), "split the mapping")
	}
	return c.distinctKeys(node)
}

// plain refuses anchors, aliases and tags, which only files of other programs use.
func (c *checker) plain(node *yaml.Node) error {
	switch {
	case node.Kind == yaml.AliasNode:
		return c.fault(node, "alias "+Quote("*"+node.Value)+": expected a value",
			"write the value itself; quote a text that begins with *")
	case node.Anchor != "":
		return c.fault(node, "anchor "+Quote("&"+node.Anchor)+": expected a value",
			"remove it; quote a text that begins with &")
	case node.Style&yaml.TaggedStyle != 0:
		return c.fault(node, "tag "+Quote(node.Tag)+": expected a value", "remove it; quote a text that begins with !")
	}
	return nil
}

// distinctKeys refuses a mapping with a key twice, which YAML does not have (1.2.2, section 3.2.1.1): some libraries
// take the first value, some the last. Keys are compared by their text, as readers look them up.
func (c *checker) distinctKeys(mapping *yaml.Node) error {
	lines := map[string]int{}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		node := mapping.Content[i]
		key := KeyOf(node)
		if first, twice := lines[key]; twice {
			return c.fault(node, fmt.Sprintf("the key %s appears twice: line %d has it already", Quote(key), first),
				"remove one")
		}
		lines[key] = node.Line
	}
	return nil
}

func (c *checker) fault(node *yaml.Node, msg, hint string) error {
	return c.file.fault(node.Line, node.Column, msg, hint)
}

// KeyOf returns the text of a mapping's key; of one that is a list or a mapping it is empty.
func KeyOf(node *yaml.Node) string {
	if node.Kind == yaml.AliasNode && node.Alias != nil {
		node = node.Alias
	}
	return node.Value
}
