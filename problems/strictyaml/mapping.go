package strictyaml

import (
	"slices"
	"strings"

	"judge/problems"
)

// Entry is a key of a mapping and its value.
type Entry struct{ Key, Value *Node }

// Entries returns the keys and values of a mapping in the order in which they are written. hint is that of the error
// about a node which is not a mapping.
func (n *Node) Entries(hint string) ([]Entry, error) {
	if !n.IsMapping() {
		return nil, n.Fault("expected a mapping, found "+n.Found(), hint)
	}
	var entries []Entry
	for i := 0; i+1 < len(n.yaml.Content); i += 2 {
		key := &Node{n.file, n.yaml.Content[i]}
		if !key.IsScalar() {
			return nil, key.Fault("expected a key, found "+key.Found(), "write a text as the key")
		}
		entries = append(entries, Entry{key, &Node{n.file, n.yaml.Content[i+1]}})
	}
	return entries, nil
}

// Mapping returns the values of a mapping by their keys. A key that is not among keys is an error; its hint is the
// nearest key, or what unknown returns if that is not nil.
func (n *Node) Mapping(keys []string, unknown func(key string, value *Node) string) (map[string]*Node, error) {
	entries, err := n.Entries(asMapping(n, keys))
	if err != nil {
		return nil, err
	}
	given := map[string]*Node{}
	for _, e := range entries {
		name := e.Key.Raw()
		if !slices.Contains(keys, name) {
			hint := Suggest(name, keys)
			if unknown != nil {
				hint = unknown(name, e.Value)
			}
			return nil, e.Key.Fault("unknown key "+Quote(name), hint)
		}
		given[name] = e.Value
	}
	return given, nil
}

// asMapping shows how to write a text, which most often is the value of the first key, as a mapping.
func asMapping(n *Node, keys []string) string {
	hint := "the keys here are " + strings.Join(keys, ", ")
	if slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(n.Raw(), k+":") }) {
		return "write a space after the colon of a key"
	}
	if n.IsScalar() && n.Raw() != "" {
		return "write {" + keys[0] + ": " + n.Sample() + ", ...}: " + hint
	}
	return hint
}

// Suggest returns a hint for an unknown word: the nearest of the words, or all of them when none is near.
func Suggest(word string, words []string) string {
	if near := problems.Nearest(word, words); near != "" {
		return "did you mean " + Quote(near) + "?"
	}
	return "use one of " + strings.Join(words, ", ")
}

// Elements returns the nodes of a list of what. hint is that of the error about a node which is not a list.
func (n *Node) Elements(what, hint string) ([]*Node, error) {
	if !n.IsList() {
		if hint == "" {
			hint = "write [A, B], or lines that begin with -"
		}
		return nil, n.Fault("expected a list of "+what+", found "+n.Found(), hint)
	}
	var all []*Node
	for _, c := range n.yaml.Content {
		all = append(all, &Node{n.file, c})
	}
	return all, nil
}

// List is Elements for a list that must not be empty.
func (n *Node) List(what, hint string) ([]*Node, error) {
	all, err := n.Elements(what, hint)
	if err == nil && len(all) == 0 {
		err = n.Fault("the list of "+what+" is empty", "add to it, or remove the key")
	}
	return all, err
}

// OneOrMore returns the nodes of a list that must not be empty, or a scalar in place of a list of one.
func (n *Node) OneOrMore(what, hint string) ([]*Node, error) {
	if n.IsScalar() {
		return []*Node{n}, nil
	}
	return n.List(what, hint)
}
