package native

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/strictyaml"
)

// found is a test with its place in the spec, and its input as the spec names it.
type found struct {
	problems.TestCase
	node  *strictyaml.Node
	input string // relative to the problem's directory
}

// tests reads a glob, or a list of globs and mappings. The order is that of the list, and natural within a glob.
func (r *reader) tests(node *strictyaml.Node) error {
	nodes, err := node.OneOrMore("tests", "write a glob such as tests/*.in, or [{input: PATH, answer: PATH}]")
	if err != nil {
		return err
	}
	var all []found
	nameless := map[string]bool{}
	for _, n := range nodes {
		some, err := r.someTests(n)
		if err != nil {
			return err
		}
		for _, f := range some { // at once: a list can name one file as often as it has lines
			if f.Name == "" && nameless[f.input] {
				return r.twice(f)
			}
			nameless[f.input] = nameless[f.input] || f.Name == ""
		}
		all = append(all, some...)
	}
	return r.nameTests(all)
}

// someTests reads one entry of the list.
func (r *reader) someTests(node *strictyaml.Node) ([]found, error) {
	if node.IsMapping() {
		return r.describedTests(node)
	}
	if node.IsList() {
		return nil, node.Fault("expected a test, found a list", "write {input: PATH, answer: PATH}")
	}
	return r.globbedTests(node)
}

// globbedTests reads a glob of inputs.
func (r *reader) globbedTests(node *strictyaml.Node) ([]found, error) {
	pattern, err := node.Text()
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
		return nil, r.matchless(node, pattern)
	case len(inputs) == 0:
		return nil, node.Fault(quote(pattern)+" matches only answers: expected inputs",
			"write the glob of the inputs, such as tests/*.in")
	}
	var some []found
	for _, input := range inputs {
		test, err := r.pair(node, input)
		if err != nil {
			return nil, err
		}
		test.Sample = description{}.isSample(test.input)
		some = append(some, test)
	}
	return some, nil
}

// matchless returns the error about a glob that matches nothing: it is a directory, the directory does not exist, or
// the files have other names.
func (r *reader) matchless(node *strictyaml.Node, pattern string) error {
	const perhaps = "write a path relative to the directory of " + FileName
	if mode, err := r.root.Type(pattern); err == nil && mode.IsDir() {
		return node.Fault(quote(pattern)+" is a directory: expected a glob",
			"write "+clean(r.globIn(path.Clean(pattern))))
	}
	if strings.Contains(pattern, `\`) {
		slashes := path.Clean(strings.ReplaceAll(pattern, `\`, "/"))
		return node.Fault(quote(pattern)+" matches no file", "write "+clean(slashes))
	}
	dir := path.Dir(path.Clean(pattern))
	if dir == "." || strings.ContainsAny(dir, wildcards) {
		return node.Fault(quote(pattern)+" matches no file", perhaps)
	}
	if mode, err := r.root.Type(dir); err != nil || !mode.IsDir() {
		hint := perhaps
		if near := r.nearFile(dir); near != "" {
			hint = "did you mean " + quote(path.Join(near, path.Base(pattern))) + "?"
		}
		return node.Fault(quote(pattern)+" matches no file: there is no directory "+quote(dir), hint)
	}
	if there := r.globIn(dir); there != pattern {
		return node.Fault(quote(pattern)+" matches no file", "did you mean "+quote(there)+"?")
	}
	return node.Fault(quote(pattern)+" matches no file", "add tests to "+clean(dir))
}

// globIn returns the glob that most likely lists the inputs in a directory.
func (r *reader) globIn(dir string) string {
	for _, pattern := range []string{"*.in", "*.txt", "*.dat", "*/*.in"} {
		g := globber{r: r}
		segments := strings.Split(dir+"/"+pattern, "/")
		if err := g.match(place{name: "."}, segments); err != nil {
			break // the walk is bounded
		}
		if len(g.found) > 0 {
			return path.Join(dir, pattern)
		}
	}
	return path.Join(dir, "*.in")
}

// answerExtensions are the extensions that an answer may have in place of that of its input.
func answerExtensions() []string { return []string{".ans", ".out", ".a"} }

func isAnswer(name string) bool { return slices.Contains(answerExtensions(), path.Ext(name)) }

// stem returns a path without its extension. A name that is only an extension (.in) stays.
func stem(name string) string {
	extension := path.Ext(name)
	if extension == path.Base(name) {
		return name
	}
	return strings.TrimSuffix(name, extension)
}

// pair makes a test of an input and its answer: the same path with one of the answers' extensions.
func (r *reader) pair(node *strictyaml.Node, input string) (found, error) {
	var answers, candidates []string
	for _, extension := range answerExtensions() {
		candidate := stem(input) + extension
		if candidate == input || !filepath.IsLocal(candidate) {
			continue
		}
		candidates = append(candidates, clean(candidate))
		if _, err := r.root.Lstat(candidate); !errors.Is(err, fs.ErrNotExist) {
			answers = append(answers, candidate)
		}
	}
	if len(answers) == 1 {
		return r.test(node, input, node, answers[0])
	}
	if len(answers) == 0 {
		return r.answerless(node, input, candidates)
	}
	if _, err := r.insideFile(node, input); err != nil {
		return found{}, err
	}
	return found{}, node.Fault(clean(input)+" has several answer files: "+clean(strings.Join(answers, ", ")),
		"keep one, or name it: {input: ..., answer: ...}")
}

// answerless makes a test of an input without an answer file. candidates are the names that the file could have. The
// error about it is kept: what the spec has further down decides whether the answer can be made.
func (r *reader) answerless(node *strictyaml.Node, input string, candidates []string) (found, error) {
	f := found{node: node, input: path.Clean(input)}
	err := node.Printable(f.input)
	if err != nil {
		return f, err
	}
	full, err := r.insideFile(node, input)
	if err != nil {
		return f, err
	}
	if r.unanswered == nil {
		last := len(candidates) - 1
		r.unanswered = node.Fault(clean(input)+" has no answer file",
			"add "+strings.Join(candidates[:last], ", ")+" or "+candidates[last])
	}
	f.Input, f.Listed = full, problems.Pair{Input: f.input}
	f.Recipe = &problems.Recipe{
		Input: problems.Source{Origin: problems.FromPath, Name: full},
		File:  r.problem.Path, Row: node.Line(), Column: node.Column(),
	}
	return f, nil
}

// test makes a test of an input and an answer, with the nodes that name them.
func (r *reader) test(
	inputNode *strictyaml.Node, input string, answerNode *strictyaml.Node, answer string,
) (found, error) {
	f := found{node: inputNode, input: path.Clean(input)}
	err := inputNode.Printable(f.input)
	if err != nil {
		return f, err
	}
	if f.Input, err = r.insideFile(inputNode, input); err != nil {
		return f, err
	}
	f.Listed = problems.Pair{Input: f.input, Answer: path.Clean(answer)}
	f.Answer, err = r.insideFile(answerNode, answer)
	return f, err
}

// description is the content of {input: ..., answer: ..., name: ...} or {inputs: ...}, with group, points and args.
type description struct {
	input, answer, name string
	groups, args        []string
	points              float64
	sample              *bool // nil: by the name of a group or a folder
}

// isSample reports whether a test whose input has this path is a sample.
func (d description) isSample(input string) bool {
	if d.sample != nil {
		return *d.sample
	}
	return slices.ContainsFunc(slices.Concat(d.groups, strings.Split(path.Dir(input), "/")), func(name string) bool {
		return name == "sample" || name == "samples"
	})
}

// describedTests reads one test, or a glob of inputs that have groups or points.
func (r *reader) describedTests(node *strictyaml.Node) ([]found, error) {
	var d description
	given, err := r.mapping(node, testKeys(&d))
	if err != nil {
		return nil, err
	}
	var all []found
	switch {
	case given["inputs"] != nil:
		for _, key := range []string{"input", "answer", "name"} {
			if given[key] != nil {
				return nil, given[key].Fault(quote(key)+" next to \"inputs\"",
					"a glob stands for many tests: remove one of the two")
			}
		}
		all, err = r.globbedTests(given["inputs"])
	case given["input"] == nil:
		return nil, node.Fault("the key \"input\" is missing", "add input: PATH, or inputs: GLOB")
	case given["answer"] == nil:
		all = make([]found, 1)
		all[0], err = r.pair(given["input"], path.Clean(d.input))
	default:
		all = make([]found, 1)
		all[0], err = r.test(given["input"], d.input, given["answer"], d.answer)
	}
	for i := range all {
		all[i].node, all[i].Groups, all[i].Points, all[i].Args = node, d.groups, d.points, d.args
		all[i].Sample = d.isSample(all[i].input)
		if given["inputs"] == nil {
			all[i].Name = d.name
		}
	}
	if err == nil && given["group"] != nil {
		r.noteGroups(given["group"], d.groups)
	}
	return all, err
}

func testKeys(d *description) []key {
	into := func(field *string) func(*reader, *strictyaml.Node) error {
		return func(r *reader, node *strictyaml.Node) (err error) {
			*field, err = node.Text()
			return err
		}
	}
	return append([]key{
		{"input", into(&d.input)}, {"inputs", into(new(string))}, {"answer", into(&d.answer)}, {"name", into(&d.name)},
	}, commonKeys(d)...)
}

// commonKeys are the keys of tests that are files and of tests that are made.
func commonKeys(d *description) []key {
	return []key{
		{"sample", func(_ *reader, node *strictyaml.Node) error {
			sample, err := node.Bool()
			d.sample = &sample
			return err
		}},
		{"group", func(r *reader, node *strictyaml.Node) (err error) {
			d.groups, err = r.texts(node, "groups")
			return err
		}},
		{"args", func(r *reader, node *strictyaml.Node) error {
			var of problems.External
			err := externalArgs(&of, r, node)
			d.args = of.Args
			return err
		}},
		{"points", func(r *reader, node *strictyaml.Node) (err error) {
			d.points, err = r.points(node)
			return err
		}},
	}
}

// nameTests names the tests without a name after their inputs, without the extension and the directories that all tests
// share. It also checks that names are unique.
func (r *reader) nameTests(all []found) error {
	shared := sharedDir(all)
	inputs := map[string]string{}
	for _, f := range all {
		if f.Name == "" {
			f.Name = stem(strings.TrimPrefix(f.input, shared))
		}
		if first, twice := inputs[f.Name]; twice {
			msg := "two tests are named " + quote(f.Name) + ": " + quote(first) + " and " + quote(f.input)
			hint := "rename one: {input: ..., name: ...}"
			if first == f.input {
				return r.twice(f)
			}
			return f.node.Fault(msg, hint)
		}
		inputs[f.Name] = f.input
		if err := r.add(r.at(f.node), f.TestCase); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) twice(f found) error {
	return f.node.Fault("the test "+quote(f.input)+" appears twice",
		"remove one, or rename one: {input: ..., name: ...}")
}

// sharedDir returns the deepest directory that holds all inputs, with its slash; "" if that is the problem's own.
func sharedDir(all []found) string {
	shared := path.Dir(all[0].input) + "/"
	for _, f := range all {
		for shared != "./" && !strings.HasPrefix(f.input, shared) {
			shared = path.Dir(path.Clean(shared)) + "/"
		}
	}
	return strings.TrimPrefix(shared, "./")
}
