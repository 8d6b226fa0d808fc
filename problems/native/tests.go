package native

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// found is a test with the place in the spec where it comes from, and its input as the spec names it.
type found struct {
	problems.TestCase
	node  *yaml.Node
	input string // relative to the problem's directory
}

// tests reads a glob, or a list of globs and mappings. The order is that of the list, and natural within a glob.
func (r *reader) tests(node *yaml.Node) error {
	nodes := []*yaml.Node{node}
	if node.Kind != yaml.ScalarNode {
		var err error
		if nodes, err = r.list(node, "tests"); err != nil {
			return err
		}
	}
	var all []found
	for _, n := range nodes {
		some, err := r.someTests(n)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	return r.nameTests(all)
}

// someTests reads one entry of the list.
func (r *reader) someTests(node *yaml.Node) ([]found, error) {
	if node.Kind == yaml.MappingNode {
		one, err := r.oneTest(node)
		return []found{one}, err
	}
	pattern, err := r.text(node)
	if err != nil {
		return nil, err
	}
	files, err := r.glob(node, pattern)
	if err != nil {
		return nil, err
	}
	inputs := slices.DeleteFunc(slices.Clone(files), isAnswer) // tests/* means the inputs
	switch {
	case len(files) == 0:
		return nil, r.fault(node, quote(pattern)+" matches no file", "paths are relative to the directory of "+FileName)
	case len(inputs) == 0:
		return nil, r.fault(node, quote(pattern)+" matches answers only", "name the inputs: their answers are found beside them")
	}
	var some []found
	for _, input := range inputs {
		test, err := r.pair(node, input)
		if err != nil {
			return nil, err
		}
		some = append(some, test)
	}
	return some, nil
}

// answerExtensions are those that an answer may have beside its input.
func answerExtensions() []string { return []string{".ans", ".out", ".a"} }

func isAnswer(name string) bool { return slices.Contains(answerExtensions(), path.Ext(name)) }

// stem is a path without its extension; a name that is all extension (.in) stays.
func stem(name string) string {
	extension := path.Ext(name)
	if extension == path.Base(name) {
		return name
	}
	return strings.TrimSuffix(name, extension)
}

// pair makes a test of an input and the answer beside it: the same path with one of the answers' extensions.
func (r *reader) pair(node *yaml.Node, input string) (found, error) {
	var answers []string
	for _, extension := range answerExtensions() {
		candidate := stem(input) + extension
		_, err := os.Lstat(filepath.Join(r.problem.Dir, candidate))
		if candidate != input && filepath.IsLocal(candidate) && !errors.Is(err, fs.ErrNotExist) {
			answers = append(answers, candidate)
		}
	}
	if len(answers) == 1 {
		return r.test(node, input, node, answers[0])
	}
	if _, err := r.insideFile(node, input); err != nil {
		return found{}, err
	}
	if len(answers) == 0 {
		return found{}, r.fault(node, "no answer beside "+quote(input),
			"make "+quote(stem(input)+".ans")+" (or .out, .a), or name another: {input: ..., answer: ...}")
	}
	return found{}, r.fault(node, "several answers beside "+quote(input)+": "+clean(strings.Join(answers, ", ")),
		"an answer is the input's path with .ans, .out or .a: keep one, or name it: {input: ..., answer: ...}")
}

// test makes a test of an input and an answer, and of the places where they are named.
func (r *reader) test(inputNode *yaml.Node, input string, answerNode *yaml.Node, answer string) (found, error) {
	f := found{node: inputNode, input: path.Clean(input)}
	err := r.printable(inputNode, f.input)
	if err != nil {
		return f, err
	}
	if f.Input, err = r.insideFile(inputNode, input); err != nil {
		return f, err
	}
	f.Answer, err = r.insideFile(answerNode, answer)
	return f, err
}

// oneTest reads {input: ..., answer: ..., group: ..., name: ...}.
func (r *reader) oneTest(node *yaml.Node) (found, error) {
	var input, answer, group, name string
	given, err := r.mapping(node, testKeys(&input, &answer, &group, &name))
	if err != nil {
		return found{}, err
	}
	if given["input"] == nil {
		return found{}, r.fault(node, "the key \"input\" is missing", "add input: PATH")
	}
	var f found
	if given["answer"] == nil {
		f, err = r.pair(given["input"], path.Clean(input))
	} else {
		f, err = r.test(given["input"], input, given["answer"], answer)
	}
	f.node, f.Group, f.Name = node, group, name
	return f, err
}

func testKeys(input, answer, group, name *string) []key {
	into := func(field *string) func(*reader, *yaml.Node) error {
		return func(r *reader, node *yaml.Node) (err error) {
			*field, err = r.text(node)
			return err
		}
	}
	return []key{{"input", into(input)}, {"answer", into(answer)}, {"group", into(group)}, {"name", into(name)}}
}

// nameTests names the tests that have no name by their inputs, without the directories that all share and without the
// extension, and sees to it that names are unique.
func (r *reader) nameTests(all []found) error {
	shared := sharedDir(all)
	seen := map[string]found{}
	for _, f := range all {
		if f.Name == "" {
			f.Name = stem(strings.TrimPrefix(f.input, shared))
		}
		if first, twice := seen[f.Name]; twice {
			msg := "two tests are called " + quote(f.Name) + ": " + quote(first.input) + " and " + quote(f.input)
			hint := "give one another name: {input: ..., name: ...}"
			if first.input == f.input {
				msg, hint = "the test "+quote(f.input)+" stands here twice", "remove one, or give one another name: {input: ..., name: ...}"
			}
			return r.fault(f.node, msg, hint)
		}
		seen[f.Name] = f
		r.problem.Tests = append(r.problem.Tests, f.TestCase)
	}
	return nil
}

// sharedDir is the longest directory, with its slash, in which all inputs lie; "" if that is the problem's own.
func sharedDir(all []found) string {
	shared := path.Dir(all[0].input) + "/"
	for _, f := range all {
		for shared != "./" && !strings.HasPrefix(f.input, shared) {
			shared = path.Dir(path.Clean(shared)) + "/"
		}
	}
	return strings.TrimPrefix(shared, "./")
}
