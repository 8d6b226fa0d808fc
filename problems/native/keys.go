package native

import (
	"slices"

	"judge/problems"
	"judge/problems/strictyaml"
)

// key is one key of a mapping and what reads its value.
type key struct {
	name string
	read func(*reader, *strictyaml.Node) error
}

// mapping reads a mapping with only these keys, in the order of the table. It returns the values that are present.
func (r *reader) mapping(node *strictyaml.Node, keys []key) (map[string]*strictyaml.Node, error) {
	all := names(keys)
	given, err := node.Mapping(all, func(word string, value *strictyaml.Node) string {
		return r.keyHint(word, value, all)
	})
	if err != nil {
		return nil, err
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

// keyHint returns the hint for an unknown key. A key of another mapping is more likely misplaced than mistyped, unless
// it is a synonym of a key of this mapping.
func (r *reader) keyHint(word string, value *strictyaml.Node, here []string) string {
	top := names(specKeys())
	atTop := slices.Equal(here, top)
	if atTop && slices.Contains(icpcKeys(), word) {
		return "remove it: it is a key of ICPC packages, which have their tests in data/secret"
	}
	if near := problems.Synonym(word, here); near != "" {
		return "did you mean " + quote(near) + "?"
	}
	if !atTop {
		if slices.Contains(top, word) && word != "name" {
			return quote(word) + " is a key of the whole problem: write it in the first column"
		}
		return strictyaml.Suggest(word, here)
	}
	for _, section := range sections() {
		own := names(section.keys)
		near := problems.Synonym(word, own)
		if near == "" && problems.Nearest(word, top) == "" {
			near = problems.Nearest(word, own)
		}
		if near != "" {
			return "write " + section.name + ": {" + near + ": " + value.Sample() + "}"
		}
	}
	return strictyaml.Suggest(word, here)
}

// icpcKeys are keys of an ICPC package's problem.yaml that a native spec does not have. A package without test data is
// read as a native spec.
func icpcKeys() []string {
	return []string{
		"problem_format_version", "type", "license", "author", "source", "source_url", "credits", "rights_owner",
		"uuid", "version", "keywords", "validation", "validator_flags", "embargo_until", "constants", "languages",
	}
}

// quote returns a text of the spec in quotes, cut if it is long.
func quote(s string) string { return strictyaml.Quote(s) }

// clean is quote without the quotes.
func clean(s string) string { return strictyaml.Clean(s) }
