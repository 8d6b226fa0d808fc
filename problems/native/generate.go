package native

import (
	"errors"
	"path"
	"path/filepath"
	"strings"

	"judge/problems"
	"judge/problems/recipe"
	"judge/problems/safefile"
	"judge/problems/strictyaml"
)

// position is a place in the spec or in a script.
type position struct {
	file        string // as the user named it
	row, column int
}

func (p position) fault(msg, hint string) error {
	return &problems.Error{File: p.file, Line: p.row, Col: p.column, Msg: msg, Hint: hint}
}

// String returns file:line:column.
func (p position) String() string {
	return (&problems.Error{File: p.file, Line: p.row, Col: p.column}).Place()
}

// at returns the position of a node.
func (r *reader) at(node *strictyaml.Node) position {
	return position{r.problem.Path, node.Line(), node.Column()}
}

// recipes is an entry of generate, with what its tests have in common.
type recipes struct {
	description
	run, text, script, stdin       string
	inputFile, answerFile, answers string
}

// generate reads the name of a script, or a list of scripts and mappings.
func (r *reader) generate(node *strictyaml.Node) error {
	nodes, err := node.OneOrMore("recipes", "write a script, or [{name: NAME, run: COMMAND}]")
	if err != nil {
		return err
	}
	for _, n := range nodes {
		switch {
		case n.IsMapping():
			err = r.recipes(n)
		case n.IsList():
			err = n.Fault("expected a recipe, found a list", "write {name: NAME, run: COMMAND}")
		default:
			err = r.script(n, recipes{})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// recipes reads one entry: {name: ..., run: ...}, {name: ..., text: ...} or {script: ...}.
func (r *reader) recipes(node *strictyaml.Node) error {
	var e recipes
	given, err := r.mapping(node, recipeKeys(&e))
	if err != nil {
		return err
	}
	if err := wholeRecipe(node, given); err != nil {
		return err
	}
	if given["group"] != nil {
		r.noteGroups(given["group"], e.groups)
	}
	if e.stdin != "" {
		if e.stdin, err = r.insideFile(given["stdin"], e.stdin); err != nil {
			return err
		}
	}
	switch {
	case given["script"] != nil:
		return r.script(given["script"], e)
	case given["text"] != nil:
		return r.textTest(given, e)
	}
	words, err := recipe.Words(e.run)
	if err != nil {
		return faultAt(r.at(given["run"]), err)
	}
	if len(words) == 0 {
		return given["run"].Fault("the command is empty", "write a generator and its arguments")
	}
	return r.commandTests(r.at(given["run"]), given, e, words)
}

// wholeRecipe checks that an entry has one source of tests, and the keys that go with it.
func wholeRecipe(node *strictyaml.Node, given map[string]*strictyaml.Node) error {
	const forms = "write {name: NAME, run: COMMAND}, {name: NAME, text: TEXT} or {script: PATH}"
	kind := ""
	for _, key := range []string{"run", "text", "script"} {
		switch {
		case given[key] == nil:
		case kind != "":
			return given[key].Fault(quote(key)+" next to "+quote(kind), forms)
		default:
			kind = key
		}
	}
	switch {
	case kind == "":
		return node.Fault("expected one of \"run\", \"text\" and \"script\"", forms)
	case kind != "script" && given["name"] == nil:
		return node.Fault("the key \"name\" is missing", "add name: NAME")
	case kind == "script" && given["name"] != nil:
		return given["name"].Fault("\"name\" next to \"script\"", "remove it: each line of the script has a name")
	}
	for _, key := range []string{"stdin", "input_file", "answer_file", "answer_from"} {
		if given[key] != nil && (kind == "text" || kind == "script" && key != "stdin") {
			return given[key].Fault(quote(key)+" next to "+quote(kind), "remove it: it is about a run")
		}
	}
	if given["answer"] != nil && kind == "script" {
		return given["answer"].Fault("\"answer\" next to \"script\"", "remove it: a script has several tests")
	}
	sources := 0
	for _, key := range []string{"answer", "answer_file", "answer_from"} {
		if given[key] == nil {
			continue
		}
		if sources++; sources > 1 {
			return given[key].Fault("several sources of the answer", "keep one of answer, answer_file and answer_from")
		}
	}
	return nil
}

func recipeKeys(e *recipes) []key {
	text := func(field *string) func(*reader, *strictyaml.Node) error {
		return func(r *reader, node *strictyaml.Node) (err error) {
			*field, err = node.Text()
			return err
		}
	}
	raw := func(field *string) func(*reader, *strictyaml.Node) error {
		return func(r *reader, node *strictyaml.Node) error {
			if *field = node.Raw(); !node.IsScalar() {
				return node.Fault("expected a text, found "+node.Found(), "write one text, in quotes")
			}
			return nil
		}
	}
	return append([]key{
		{"name", text(&e.name)}, {"run", raw(&e.run)}, {"text", raw(&e.text)}, {"script", text(&e.script)},
		{"stdin", text(&e.stdin)}, {"input_file", text(&e.inputFile)}, {"answer", text(&e.answer)},
		{"answer_file", text(&e.answerFile)},
		{"answer_from", func(_ *reader, node *strictyaml.Node) error {
			i, err := node.OneOf("source of answers", answerSources())
			if err == nil {
				e.answers = answerSources()[i]
			}
			return err
		}},
	}, commonKeys(&e.description)...)
}

// answerSources are the values of answer_from.
func answerSources() []string { return []string{"solution", "stdout", "stderr", "nothing"} }

// faultAt returns an error of package recipe with its position.
func faultAt(at position, err error) error {
	if e, ok := errors.AsType[*problems.HintError](err); ok {
		return at.fault(e.Msg, e.Hint)
	}
	return at.fault(err.Error(), "write a shorter command")
}

// script reads a file with a line NAME PROGRAM ARG... for each recipe.
func (r *reader) script(node *strictyaml.Node, e recipes) error {
	name, err := node.Text()
	if err != nil {
		return err
	}
	if _, err := r.insideFile(node, name); err != nil {
		if strings.ContainsAny(name, " \t") {
			return node.Fault(quote(name)+": no such file: expected a script",
				"write {name: NAME, run: "+clean(name)+"} for a command")
		}
		return err
	}
	file, err := r.root.Open(name)
	if err != nil {
		return node.Fault(quote(name)+": "+clean(safefile.Reason(err)), "name a readable file")
	}
	defer file.Close()
	data, err := safefile.ReadAll(file, recipe.MaxScript)
	if err != nil {
		return node.Fault(quote(name)+": "+clean(safefile.Reason(err)), "write ranges, as in small-{1..20}")
	}
	named := filepath.Join(filepath.Dir(r.problem.Path), filepath.FromSlash(path.Clean(name)))
	lines, err := recipe.Script(data)
	if fault, ok := errors.AsType[*problems.Error](err); ok {
		fault.File = named
		return fault
	}
	if len(lines) == 0 {
		return position{named, 1, 1}.fault("the script has no recipe", "write lines: NAME PROGRAM ARG...")
	}
	for _, l := range lines {
		at := position{named, l.Row, l.Column}
		one := e
		one.name = l.Name
		if !r.isProgram(l.Words[0]) && r.isProgram(l.Name) {
			fault := recipe.Nameless(append([]string{l.Name}, l.Words...), l.Column)
			return at.fault(fault.Msg, fault.Hint)
		}
		if err := r.commandTests(at, nil, one, l.Words); err != nil {
			return err
		}
	}
	return nil
}

// textTest adds a test whose input is in the spec.
func (r *reader) textTest(given map[string]*strictyaml.Node, e recipes) error {
	node := given["text"]
	at := r.at(node)
	made := &problems.Recipe{
		Input: problems.Source{Origin: problems.FromText, Name: e.text}, File: at.file, Row: at.row, Column: at.column,
	}
	tests, err := recipe.Expand(e.name, nil, nil, &r.budget)
	if err != nil {
		return faultAt(at, err)
	}
	if len(tests) > 1 {
		return node.Fault("a text is the input of one test, and the name has a range", "remove the range from name")
	}
	if e.answer != "" {
		full, err := r.insideFile(given["answer"], e.answer)
		if err != nil {
			return err
		}
		made.Answer = problems.Source{Origin: problems.FromPath, Name: full}
	}
	return r.made(at, e.description, tests[0].Name, made)
}
