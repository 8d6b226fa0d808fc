package languages

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// maxTableFile is the size in bytes of the largest table that is read; the built-in one has 20 KiB.
const maxTableFile = 1 << 20

// Load returns the built-in table with the user's file laid over it; path "" is the built-in table alone. A fault in
// the file is a *problems.Error with its line and column.
func Load(path string) (*Table, error) {
	t, err := (&Table{}).with("languages.yaml", builtin)
	if err != nil {
		return nil, fmt.Errorf("built-in table of languages: %w", err)
	}
	if path == "" {
		return t, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the table of languages: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxTableFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading the table of languages: %w", err)
	}
	if len(data) > maxTableFile {
		return nil, &problems.Error{File: path, Msg: fmt.Sprintf("larger than %d KiB: not a table of languages", maxTableFile>>10)}
	}
	return t.with(path, data)
}

// with returns the table with a file laid over it.
func (t *Table) with(path string, data []byte) (*Table, error) {
	r := &reader{path: path, table: t.clone()}
	root, err := r.document(data)
	if err != nil || root == nil {
		return r.table, err
	}
	top, err := r.mapping(root, []string{"groups", "languages"})
	if err != nil {
		return nil, err
	}
	if err := r.readGroups(top.value("groups")); err != nil {
		return nil, err
	}
	if err := r.readLanguages(top.value("languages")); err != nil {
		return nil, err
	}
	return r.table, nil
}

// reader reads one file into a table. Its methods return *problems.Error.
type reader struct {
	path  string
	table *Table
}

// fault is an error at a node.
func (r *reader) fault(n *yaml.Node, hint, format string, args ...any) error {
	return &problems.Error{File: r.path, Line: n.Line, Col: n.Column, Msg: fmt.Sprintf(format, args...), Hint: hint}
}

// document parses a file of one document and returns its top node, nil for an empty file.
func (r *reader) document(data []byte) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var first, second yaml.Node
	switch err := decoder.Decode(&first); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, r.syntax(err)
	}
	switch err := decoder.Decode(&second); {
	case err == nil:
		return nil, r.fault(&second, "", "a second document: only one is read")
	case !errors.Is(err, io.EOF):
		return nil, r.syntax(err)
	}
	if len(first.Content) != 1 || isNull(first.Content[0]) {
		return nil, nil
	}
	return first.Content[0], nil
}

// yamlLine is how the parser names the line of a syntax error; it gives no column.
var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)

func (r *reader) syntax(err error) error {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		return &problems.Error{File: r.path, Msg: err.Error()}
	}
	line, _ := strconv.Atoi(m[1]) // 0, unknown, where there is none
	return &problems.Error{File: r.path, Line: line, Msg: m[2]}
}

// entries are the keys and values of a mapping, in written order.
type entries []entry

type entry struct{ key, value *yaml.Node }

// value returns the value of a key, nil without it.
func (es entries) value(key string) *yaml.Node {
	for _, e := range es {
		if e.key.Value == key {
			return e.value
		}
	}
	return nil
}

// mapping checks that n is a mapping without doubles whose keys are among allowed; nil allows all.
func (r *reader) mapping(n *yaml.Node, allowed []string) (entries, error) {
	if n.Kind != yaml.MappingNode {
		return nil, r.fault(n, "", "%s where keys and values are wanted", kindName(n))
	}
	var es entries
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			return nil, r.fault(key, "", "%s where a key is wanted", kindName(key))
		}
		if allowed != nil {
			if err := r.among(key, "key", allowed); err != nil {
				return nil, err
			}
		}
		if es.value(key.Value) != nil {
			return nil, r.fault(key, "remove one of them", "a second %q", key.Value)
		}
		es = append(es, entry{key, value})
	}
	return es, nil
}

// among checks that a scalar is one of the words, and names the nearest if it is not.
func (r *reader) among(n *yaml.Node, what string, words []string) error {
	for _, w := range words {
		if n.Value == w {
			return nil
		}
	}
	hint := ""
	if w := problems.Nearest(n.Value, words); w != "" {
		hint = fmt.Sprintf("did you mean %q?", w)
	}
	return r.fault(n, hint, "unknown %s %q", what, n.Value)
}
