package languages

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"judge/problems/strictyaml"
)

// Load returns the built-in table with the user's file merged into it; with an empty path it is the built-in table
// alone. A fault in the file is a *problems.Error with line and column.
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
	data, err := io.ReadAll(io.LimitReader(f, strictyaml.MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("reading the table of languages: %w", err)
	}
	return t.with(path, data)
}

// Bounds of a table. They are far above any practical use, and keep a hostile or broken file from using much
// memory.
const (
	maxWord  = 4096 // bytes of one string
	maxWords = 256  // entries of one list
)

// with returns the table with a file merged into it.
func (t *Table) with(path string, data []byte) (*Table, error) {
	r := &reader{table: t.clone()}
	options := strictyaml.Options{MaxText: maxWord, Help: "compare the file with languages.yaml"}
	root, err := strictyaml.Parse(path, data, options)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return r.table, nil
	}
	top, err := root.Mapping([]string{"groups", "languages"}, nil)
	if err != nil {
		return nil, err
	}
	if err := r.readGroups(top["groups"]); err != nil {
		return nil, err
	}
	if err := r.readLanguages(top["languages"]); err != nil {
		return nil, err
	}
	return r.table, nil
}

// reader reads one file into a table. Its methods return *problems.Error.
type reader struct{ table *Table }

// texts reads a list of words; an empty list is nil.
func texts(n *strictyaml.Node) ([]string, error) {
	all, err := n.Elements("words", "write [A, B]")
	if err != nil {
		return nil, err
	}
	if len(all) > maxWords {
		return nil, n.Fault(fmt.Sprintf("a list of %d words: expected at most %d", len(all), maxWords), "shorten it")
	}
	var words []string
	for _, c := range all {
		word, err := c.Text()
		if err != nil {
			return nil, err
		}
		words = append(words, word)
	}
	return words, nil
}

// printable reports whether a string is one line that is harmless on a terminal.
func printable(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(c rune) bool { return !unicode.IsPrint(c) }) < 0
}
