package native

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/text"
)

// key is one key of a mapping and what reads its value.
type key struct {
	name string
	read func(*reader, *yaml.Node) error
}

// mapping reads a mapping with these keys and no others, each at most once, in the order of the table. It returns the
// values that were given.
func (r *reader) mapping(node *yaml.Node, keys []key) (map[string]*yaml.Node, error) {
	if node.Kind != yaml.MappingNode {
		return nil, r.fault(node, "expected a mapping, found "+kindOf(node), asMapping(node, names(keys)))
	}
	given := map[string]*yaml.Node{}
	for i := 0; i < len(node.Content); i += 2 {
		name := node.Content[i]
		if name.Kind != yaml.ScalarNode {
			return nil, r.fault(name, "expected a key, found "+kindOf(name),
				"the keys here are "+strings.Join(names(keys), ", "))
		}
		if given[name.Value] != nil {
			return nil, r.fault(name, "the key "+quote(name.Value)+" is here twice", "remove one")
		}
		if !known(keys, name.Value) {
			return nil, r.fault(name, "unknown key "+quote(name.Value), r.keyHint(name.Value, node.Content[i+1], names(keys)))
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

// asMapping shows how a text, which most often is the value of the first key, is written as a mapping.
func asMapping(node *yaml.Node, keys []string) string {
	hint := "the keys here are " + strings.Join(keys, ", ")
	if slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(node.Value, k+":") }) {
		return "write a space after the colon of a key"
	}
	if node.Kind == yaml.ScalarNode && node.Value != "" {
		return "write {" + keys[0] + ": " + sample(node) + ", ...}: " + hint
	}
	return hint
}

func known(keys []key, name string) bool {
	for _, k := range keys {
		if k.name == name {
			return true
		}
	}
	return false
}

func names(keys []key) []string {
	var names []string
	for _, k := range keys {
		names = append(names, k.name)
	}
	return names
}

// sections are the mappings at the top of a spec whose keys are often written one level too high.
func sections() []struct {
	name string
	keys []key
} {
	return []struct {
		name string
		keys []key
	}{{"limits", limitKeys()}, {"checker", checkerKeys()}}
}

// keyHint says what to write instead of an unknown key. A key that is known in another mapping is more likely misplaced
// than mistyped, unless it is what others call a key of this mapping.
func (r *reader) keyHint(word string, value *yaml.Node, here []string) string {
	top := names(specKeys())
	atTop := slices.Equal(here, top)
	if atTop && slices.Contains(icpcKeys(), word) {
		return "this is a key of ICPC packages: remove it, or put the tests into data/secret as they have them"
	}
	if near := problems.Synonym(word, here); near != "" {
		return "did you mean " + quote(near) + "?"
	}
	if !atTop {
		if slices.Contains(top, word) && word != "name" {
			return quote(word) + " is a key of the whole problem: write it in the first column"
		}
		return suggest(word, here)
	}
	for _, section := range sections() {
		own := names(section.keys)
		near := problems.Synonym(word, own)
		if near == "" && problems.Nearest(word, top) == "" {
			near = problems.Nearest(word, own)
		}
		if near != "" {
			return "write " + section.name + ": {" + near + ": " + sample(value) + "}"
		}
	}
	return suggest(word, here)
}

// icpcKeys are those of an ICPC package's problem.yaml that a native spec does not have. A package without test
// data is taken for one.
func icpcKeys() []string {
	return []string{
		"problem_format_version", "type", "license", "author", "source", "source_url", "credits", "rights_owner", "uuid",
		"version", "keywords", "validation", "validator_flags", "embargo_until", "constants", "languages",
	}
}

// sample is a value as a hint repeats it.
func sample(value *yaml.Node) string {
	const longest = 40 // bytes
	if value.Kind != yaml.ScalarNode || value.Value == "" || len(value.Value) > longest || !text.IsName(value.Value) {
		return "..."
	}
	return value.Value
}

// suggest names the nearest word, or all of them when none is near.
func suggest(word string, words []string) string {
	if near := problems.Nearest(word, words); near != "" {
		return "did you mean " + quote(near) + "?"
	}
	return "use one of " + strings.Join(words, ", ")
}
