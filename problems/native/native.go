// Package native reads the native problem spec, a strict YAML file. docs/spec.md describes it by example, and
// schema.json describes it to editors.
//
//	problem, err := native.Read("examples/aplusb/problem.yaml")
//
// The reader works on nodes of package strictyaml, which know their line and column and keep numbers and texts as they
// are written. Each mapping is a table of keys (specKeys, limitKeys, ...).
package native

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"judge/problems"
	"judge/problems/recipe"
	"judge/problems/safefile"
	"judge/problems/strictyaml"
)

// FileName is the name of a spec in a problem's directory.
const FileName = "problem.yaml"

// maxSpec bounds a spec, in bytes. A list of 10,000 tests takes one MiB.
const maxSpec = strictyaml.MaxSize

// Detect reports whether a directory holds a native spec. A link that leads out of it counts: Read reports the error.
func Detect(dir string) bool {
	root, err := safefile.OpenPackage(dir)
	if err != nil {
		return false
	}
	defer root.Close()
	mode, err := root.Type(FileName)
	return err == nil && mode.IsRegular() || errors.Is(err, safefile.ErrOutside)
}

// Read reads the spec at a path. The problem that it returns is complete: every file exists within the directory of the
// spec, and every limit is positive. Every error is a *problems.Error.
func Read(path string) (*problems.Problem, error) {
	root, err := safefile.OpenPackage(filepath.Dir(path))
	if err != nil {
		return nil, &problems.Error{File: path, Msg: safefile.Reason(err)}
	}
	defer root.Close()
	data, err := readSpec(root, path)
	if err != nil {
		return nil, err
	}
	return readIn(root, path, data)
}

// read reads a spec as if it were at a path.
func read(path string, data []byte) (*problems.Problem, error) {
	root, err := safefile.OpenPackage(filepath.Dir(path))
	if err != nil {
		return nil, &problems.Error{File: path, Msg: safefile.Reason(err)}
	}
	defer root.Close()
	return readIn(root, path, data)
}

func readIn(root *safefile.Root, path string, data []byte) (*problems.Problem, error) {
	top, err := strictyaml.Parse(path, data, strictyaml.Options{Help: "see docs/spec.md for how to write a spec"})
	if err != nil {
		return nil, err
	}
	if top == nil {
		return nil, &problems.Error{
			File: path, Line: 1, Col: 1, Msg: "the file is empty", Hint: "write at least name: and tests:",
		}
	}
	r := reader{root: root, walk: maxWalk}
	r.problem = problems.Problem{
		Dir: root.Dir, Path: path, Limits: problems.DefaultLimits(), Format: "native", ValidatesInputs: true,
	}
	if err := r.spec(top); err != nil {
		return nil, err
	}
	if led := root.Led(); led != "" {
		r.problem.Remarks = append(r.problem.Remarks, &problems.Error{File: path, Msg: led, Usual: true})
	}
	return &r.problem, nil
}

// readSpec reads the spec itself, which must not be a link out of its directory: its lines are quoted in errors.
func readSpec(root *safefile.Root, path string) ([]byte, error) {
	file, err := root.Open(filepath.Base(path))
	_, led := errors.AsType[*safefile.LinkError](err)
	switch {
	case errors.Is(err, safefile.ErrNotRegular):
		return nil, &problems.Error{
			File: path, Msg: "not a regular file", Hint: "name a " + FileName + ", or the directory that holds it",
		}
	case led:
		return nil, &problems.Error{File: path, Msg: safefile.Reason(err), Hint: "put a copy in its place"}
	case err != nil:
		return nil, &problems.Error{File: path, Msg: safefile.Reason(err)}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxSpec+1))
	if err != nil {
		return nil, &problems.Error{File: path, Msg: safefile.Reason(err)}
	}
	if len(data) > maxSpec {
		return nil, &problems.Error{
			File: path, Line: 1, Col: 1,
			Msg: fmt.Sprintf("larger than %d MiB", maxSpec>>20), Hint: "let a glob list the tests",
		}
	}
	return data, nil
}

// reader fills a problem from a spec.
type reader struct {
	root    *safefile.Root
	problem problems.Problem
	walk    int                         // directory entries that globs may still look at
	named   map[string]*strictyaml.Node // where a test first names each group
	testAt  map[string]position         // where each test is, by its name
	madeAt  map[string]namedAt          // where each recipe is, by what it runs
	budget  recipe.Budget               // of the tests that recipes make

	programs     map[string]*problems.External // generators, by the words that name them
	inGenerators []string                      // see generatorFiles

	unanswered error // the first test without an answer; nil: there is none
}

// specKeys are the keys of the document, in the order in which they are read. schema.json lists the same.
func specKeys() []key {
	return []key{
		{"name", (*reader).name},
		{"limits", (*reader).limits},
		{"tests", (*reader).tests},
		{"generate", (*reader).generate},
		{"stress", (*reader).stress},
		{"groups", (*reader).groups},
		{"checker", (*reader).checker},
		{"interactor", (*reader).interactor},
		{"manager", (*reader).manager},
		{"grader", (*reader).grader},
		{"passes", (*reader).passes},
		{"files", (*reader).files},
		{"allow_file_writing", (*reader).fileWriting},
		{"output_only", (*reader).outputOnly},
		{"input_validators", (*reader).inputValidators},
		{"submissions", (*reader).submissions},
		{"solution", (*reader).solution},
	}
}

func (r *reader) spec(root *strictyaml.Node) error {
	given, err := r.mapping(root, specKeys())
	if err != nil {
		return err
	}
	switch {
	case given["name"] == nil:
		return root.Fault("the key \"name\" is missing", "add name: ...")
	case given["tests"] == nil && given["generate"] == nil:
		return root.Fault("the key \"tests\" is missing", "add tests: GLOB, or generate: SCRIPT")
	}
	return r.answers()
}

func (r *reader) name(node *strictyaml.Node) (err error) {
	r.problem.Name, err = node.Text()
	return err
}
