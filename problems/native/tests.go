package native

import (
	"path"
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

// tests reads a glob, or a list of globs and mappings.
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

func (r *reader) someTests(node *yaml.Node) ([]found, error) {
	if node.Kind == yaml.MappingNode {
		one, err := r.oneTest(node)
		return []found{one}, err
	}
	pattern, err := r.text(node)
	if err != nil {
		return nil, err
	}
	inputs, err := r.glob(node, pattern)
	if err != nil {
		return nil, err
	}
	var some []found
	for _, input := range inputs {
		if isAnswer(input) {
			continue // tests/* means the inputs
		}
		test, err := r.pair(node, input)
		if err != nil {
			return nil, err
		}
		some = append(some, test)
	}
	if len(some) == 0 {
		return nil, r.fault(node, quote(pattern)+" matches no file", "a pattern is relative to "+r.problem.Dir)
	}
	return some, nil
}

// answerExtensions are those that an answer may have beside its input.
func answerExtensions() []string { return []string{".ans", ".out", ".a"} }

func isAnswer(name string) bool {
	for _, extension := range answerExtensions() {
		if path.Ext(name) == extension {
			return true
		}
	}
	return false
}

// pair finds the answer of an input: the same path with one of the answers' extensions.
func (r *reader) pair(node *yaml.Node, input string) (found, error) {
	stem := strings.TrimSuffix(input, path.Ext(input))
	var answers []string
	for _, extension := range answerExtensions() {
		if _, _, err := r.inside(node, stem+extension); err == nil {
			answers = append(answers, stem+extension)
		}
	}
	switch len(answers) {
	case 0:
		return found{}, r.fault(node, "no answer beside "+quote(input), "make "+stem+".ans, or name it: {input: "+input+", answer: ...}")
	case 1:
		return r.test(node, input, answers[0])
	default:
		return found{}, r.fault(node, "several answers beside "+quote(input)+": "+strings.Join(answers, " and "),
			"remove all but one, or name it: {input: "+input+", answer: ...}")
	}
}

func (r *reader) test(node *yaml.Node, input, answer string) (found, error) {
	f := found{node: node, input: path.Clean(input)}
	var err error
	if f.Input, err = r.insideFile(node, input); err != nil {
		return f, err
	}
	f.Answer, err = r.insideFile(node, answer)
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
		f, err = r.pair(given["input"], input)
	} else {
		if f, err = r.test(given["input"], input, input); err == nil {
			f.Answer, err = r.insideFile(given["answer"], answer)
		}
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
			f.Name = strings.TrimSuffix(strings.TrimPrefix(f.input, shared), path.Ext(f.input))
		}
		if first, twice := seen[f.Name]; twice {
			return r.fault(f.node, "two tests are called "+quote(f.Name)+": "+first.input+" and "+f.input, "give one another name: {input: "+f.input+", name: ...}")
		}
		seen[f.Name] = f
		r.problem.Tests = append(r.problem.Tests, f.TestCase)
	}
	return nil
}

// sharedDir is the longest directory, with its slash, in which all inputs lie.
func sharedDir(all []found) string {
	shared := path.Dir(all[0].input) + "/"
	for _, f := range all {
		for shared != "./" && !strings.HasPrefix(f.input, shared) {
			shared = path.Dir(path.Clean(shared)) + "/"
		}
	}
	return strings.TrimPrefix(shared, "./")
}
