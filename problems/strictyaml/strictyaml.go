// Package strictyaml reads the YAML files that people write by hand: specs of problems, the table of languages and the
// files of problem packages. Every error is a *problems.Error with the file, the line and the column of the fault.
//
//	root, err := strictyaml.Parse("problem.yaml", data, strictyaml.Options{})
//	given, err := root.Mapping([]string{"name", "tests"}, nil)
//	name, err := given["name"].Text()
//
// A file holds one document, and no mapping holds a key twice. Node takes scalars as they are written: 010 is ten, and
// yes, ~ and 1e-6 are texts where a text is expected. The files may come from strangers: sizes are bounded.
package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3" // the maintained continuation of gopkg.in/yaml.v3

	"judge/problems"
)

// MaxSize is the largest size of a file that Parse reads, in bytes. The YAML library allocates about 150 bytes per
// byte.
const MaxSize = 2 << 20

// Options are the rules of one kind of file. The zero value is for files that only this program reads.
type Options struct {
	// Foreign is for files in a format of other programs. It accepts what they accept: anchors, aliases, tags,
	// directives, and every encoding and line end of YAML.
	Foreign bool

	MaxText int    // bytes of a text; 0: 1024
	Help    string // hint of a syntax error that has no hint of its own
}

// Parse returns the top node of the only document in a file, nil if the file holds nothing. name is the file as the
// user named it.
func Parse(name string, data []byte, options Options) (*Node, error) {
	f := &file{name: name, data: bytes.TrimPrefix(data, []byte("\ufeff")), options: options}
	if len(data) > MaxSize {
		return nil, f.fault(1, 1, fmt.Sprintf("larger than %d MiB", MaxSize>>20), "split the file, or shorten it")
	}
	if err := f.decode(); err != nil {
		return nil, err
	}
	if err := f.checkText(); err != nil {
		return nil, err
	}
	f.data = acceptVersions(f.data)
	decoder := yaml.NewDecoder(bytes.NewReader(f.data))
	var first, second yaml.Node
	if err := decoder.Decode(&first); err != nil && !errors.Is(err, io.EOF) {
		return nil, f.syntaxError(err)
	}
	switch err := decoder.Decode(&second); {
	case err == nil:
		return nil, f.fault(second.Line, second.Column, "a second document begins here: expected one", "remove it")
	case !errors.Is(err, io.EOF):
		return nil, f.syntaxError(err)
	}
	if len(first.Content) == 0 || isNull(first.Content[0]) {
		return nil, nil
	}
	root := &Node{file: f, yaml: first.Content[0]}
	return root, root.check()
}

// file is what all nodes of a file share.
type file struct {
	name    string
	data    []byte
	options Options
}

func (f *file) fault(line, col int, msg, hint string) *problems.Error {
	return &problems.Error{File: f.name, Line: line, Col: col, Msg: msg, Hint: hint}
}

// isNull reports whether YAML takes a node for no value at all.
func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }
