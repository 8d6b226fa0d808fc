// Package native reads the native problem spec, a strict YAML file: docs/spec.md describes it by example, schema.json for
// editors.
package native

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3" // the maintained continuation of gopkg.in/yaml.v3; its Nodes know line and column

	"judge/problems"
)

// FileName is the name of a spec in a problem's directory.
const FileName = "problem.yaml"

// maxSpec bounds a spec's size in bytes. A list of 10,000 tests takes about one MiB.
const maxSpec = 8 << 20

// Detect reports whether a directory holds a native spec.
func Detect(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, FileName))
	return err == nil && info.Mode().IsRegular()
}

// Read reads a spec. Every fault in it is a *problems.Error.
func Read(path string) (*problems.Problem, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, &problems.Error{File: path, Msg: err.Error()}
	}
	root, err := parse(path, data)
	if err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(filepath.Dir(path))
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return nil, &problems.Error{File: path, Msg: err.Error()}
	}
	r := reader{file: path, problem: problems.Problem{Dir: dir, Path: path, Limits: defaults()}}
	if err := r.spec(root); err != nil {
		return nil, err
	}
	return &r.problem, nil
}

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		var pathError *os.PathError
		if errors.As(err, &pathError) {
			err = pathError.Err // the file is named already
		}
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	data, err := io.ReadAll(io.LimitReader(file, maxSpec+1))
	if err == nil && len(data) > maxSpec {
		err = errors.New("larger than 8 MiB: use a glob for the tests")
	}
	return data, err
}

// reader fills a problem from a document.
type reader struct {
	file    string
	problem problems.Problem
}

func (r *reader) spec(root *yaml.Node) error {
	given, err := r.mapping(root, specKeys())
	if err != nil {
		return err
	}
	for _, required := range []string{"name", "tests"} {
		if given[required] == nil {
			return r.fault(root, "the key "+quote(required)+" is missing", "add "+required+": ...")
		}
	}
	return nil
}

// specKeys are the keys of the document, in the order in which they are read. schema.json lists the same.
func specKeys() []key {
	return []key{
		{"name", (*reader).name},
		{"limits", (*reader).limits},
		{"tests", (*reader).tests},
		{"checker", (*reader).checker},
		{"submissions", (*reader).submissions},
	}
}

func (r *reader) name(node *yaml.Node) error {
	text, err := r.text(node)
	r.problem.Name = text
	return err
}
