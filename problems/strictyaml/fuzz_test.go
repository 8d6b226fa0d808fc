package strictyaml

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// FuzzParse: a file is refused with a place in it, or no mapping in it has a key twice.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "a: 1\n", "- [a, {b: c}]\n", "a: &x [1]\nb: *x\n", "a: &a [*a]\n", "%YAML 1.2\n---\na: 1\n", "%x\n%YAML 1.9\n--- |\n a\n",
		"a: 1\n---\nb: 2\n", "a: 1\na: 2\n", "a:\n\tb: 1\n", "a: 'b\n\n", "a: [\n", "? {a: 1, a: 2}\n: b\n", "a: b: c\n", "a\rb: c\r",
		"\xff\xfea\x00:\x00", "\ufeffa: 1\n", "a: !!binary x\n", "{a: 1}#\n\t", "a: *b\n", "'it's'\n", "%TAG ! x\n---\n!a b\n", "\u2028: a\n",
	} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, foreign bool) {
		root, err := Parse("f.yaml", []byte(text), Options{Foreign: foreign, Help: "see the manual"})
		if err != nil {
			expectPlace(t, text, err)
			return
		}
		if root == nil {
			return
		}
		expectDistinct(t, root.YAML(), foreign, map[*yaml.Node]bool{})
	})
}

func expectPlace(t *testing.T, text string, err error) {
	t.Helper()
	fault, ok := errors.AsType[*problems.Error](err)
	if !ok || fault.File != "f.yaml" || fault.Line < 1 || fault.Col < 1 || fault.Msg == "" || fault.Hint == "" {
		t.Fatalf("%q: expected a fault with its place and a hint, got %#v", text, err)
	}
	if lines := 1 + strings.Count(text, "\n") + strings.Count(text, "\r"); utf8.ValidString(text) && fault.Line > lines+
		strings.Count(text, "\u2028")+strings.Count(text, "\u2029")+strings.Count(text, "\u0085") {
		t.Fatalf("%q: there is no line %d: %v", text, fault.Line, err)
	}
	for _, c := range fault.Msg + fault.Hint {
		if !unicode.IsGraphic(c) || c == utf8.RuneError {
			t.Fatalf("%q: the fault holds what cannot be printed: %q", text, fault.Msg+fault.Hint)
		}
	}
}

func expectDistinct(t *testing.T, node *yaml.Node, foreign bool, seen map[*yaml.Node]bool) {
	t.Helper()
	if seen[node] {
		return
	}
	seen[node] = true
	if !foreign && (node.Kind == yaml.AliasNode || node.Anchor != "") {
		t.Fatalf("line %d has an alias or an anchor", node.Line)
	}
	keys := map[string]bool{}
	for i, child := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 0 {
			if keys[KeyOf(child)] {
				t.Fatalf("line %d has the key %q twice", child.Line, KeyOf(child))
			}
			keys[KeyOf(child)] = true
		}
		expectDistinct(t, child, foreign, seen)
	}
}
