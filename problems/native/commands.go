package native

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/recipe"
	"judge/problems/safefile"
	"judge/problems/strictyaml"
	"judge/problems/text"
)

// commandTests adds the tests of one command. given are the nodes of a mapping; nil: the command is in a script.
func (r *reader) commandTests(
	at position, given map[string]*strictyaml.Node, e recipes, words []string,
) error {
	program, err := r.generator(at, words[0])
	if err != nil {
		return err
	}
	base := problems.Recipe{
		Program: program, Line: recipe.Join(words), File: at.file, Row: at.row, Column: at.column,
		Stdin: e.stdin, Seeded: recipe.Seeded(words),
		Input: problems.Source{Origin: problems.FromStdout}, Answer: answerSource(e.answers),
	}
	tests, err := recipe.Expand(e.name, words, []string{e.inputFile, e.answerFile, e.answer}, &r.budget)
	if err != nil {
		return faultAt(at, err)
	}
	for _, t := range tests {
		made := base
		made.Args, made.Command = t.Words[1:], recipe.Join(t.Words)
		if err := r.sources(given, t.Others, &made); err != nil {
			return err
		}
		if err := r.made(at, e.description, t.Name, &made); err != nil {
			return err
		}
	}
	return nil
}

// answerSource returns the source that a value of answer_from names.
func answerSource(word string) problems.Source {
	switch word {
	case "stdout":
		return problems.Source{Origin: problems.FromStdout}
	case "stderr":
		return problems.Source{Origin: problems.FromStderr}
	case "nothing":
		return problems.Source{Origin: problems.FromNothing}
	default:
		return problems.Source{}
	}
}

// sources sets what of a run is the input and the answer: of files are the names that input_file, answer_file and
// answer give.
func (r *reader) sources(given map[string]*strictyaml.Node, files []string, made *problems.Recipe) error {
	for i, to := range []*problems.Source{&made.Input, &made.Answer} {
		if files[i] == "" {
			continue
		}
		if !filepath.IsLocal(files[i]) || path.Clean(files[i]) != files[i] {
			return given[[]string{"input_file", "answer_file"}[i]].Fault(
				quote(files[i])+" is not the name of a file in the working directory", "write it as 1.in or out/1.in")
		}
		*to = problems.Source{Origin: problems.FromRunFile, Name: files[i]}
	}
	if files[2] != "" {
		full, err := r.insideFile(given["answer"], files[2])
		if err != nil {
			return err
		}
		made.Answer = problems.Source{Origin: problems.FromPath, Name: full}
	}
	return nil
}

// made adds a test with a recipe to the problem. Its name and its recipe must be new.
func (r *reader) made(at position, d description, name string, made *problems.Recipe) error {
	if fault := r.unprintable(at, name); fault != nil {
		return fault
	}
	input := made.Input.Name
	origin, args := fmt.Sprint(made.Input.Origin), strings.Join(made.Args, "\x00")
	id := strings.Join([]string{made.Stdin, origin, input, args}, "\x00")
	if made.Program != nil {
		id = made.Program.Path + "\x00" + id
	}
	if first, twice := r.madeAt[id]; twice {
		return at.fault("the tests "+quote(first.test)+" and "+quote(name)+" have the same recipe: "+first.String(),
			"give one another argument, or put a range into its name if it has {seed}")
	}
	if r.madeAt == nil {
		r.madeAt = map[string]namedAt{}
	}
	r.madeAt[id] = namedAt{at, name}
	test := problems.TestCase{Name: name, Recipe: made, Groups: d.groups, Points: d.points, Args: d.args}
	test.Sample = d.isSample("")
	return r.add(at, test)
}

// namedAt is where a test of this name is.
type namedAt struct {
	position
	test string
}

// unprintable returns the error about a test's name that cannot be shown, is too long or is no name of a file.
func (r *reader) unprintable(at position, name string) error {
	const most = 200 // bytes
	switch {
	case len(name) > most:
		return at.fault(fmt.Sprintf("%s is %d bytes long: expected at most %d", quote(name), len(name), most),
			"shorten the name")
	case !text.IsName(name):
		return at.fault("the name "+quote(name)+" holds a character that cannot be printed",
			"use letters, digits and punctuation")
	case !filepath.IsLocal(name) || path.Clean(name) != name:
		return at.fault(quote(name)+" is not the name of a test", "write it as a relative path, such as small/1")
	}
	return nil
}

// add adds a test to the problem. Its name must be new.
func (r *reader) add(at position, t problems.TestCase) error {
	if first, twice := r.testAt[t.Name]; twice {
		return at.fault("two tests are named "+quote(t.Name)+": the first one is at "+first.String(), "rename one")
	}
	if r.testAt == nil {
		r.testAt = map[string]position{}
	}
	r.testAt[t.Name] = at
	r.problem.Tests = append(r.problem.Tests, t)
	return nil
}

// generators is the directory in which bare names of generators are looked up.
const generators = "generators"

// generator returns the program that the first word of a command names: a path, or a name without a directory and an
// extension, which is that of the only such program in generators/. Commands that name one program share it.
func (r *reader) generator(at position, word string) (*problems.External, error) {
	if known := r.programs[word]; known != nil {
		return known, nil
	}
	found := r.programsNamed(word)
	switch {
	case len(found) == 0:
		return nil, r.noGenerator(at, word)
	case len(found) > 1:
		return nil, at.fault(quote(word)+" may be "+clean(strings.Join(found, " or ")), "write the path of one")
	}
	full, mode, err := r.root.Path(found[0])
	if err != nil {
		return nil, lostGenerator(at, found[0], err)
	}
	if full == r.problem.Dir || !mode.IsRegular() && !mode.IsDir() {
		return nil, at.fault(quote(word)+" is not the source of a program", "name a file, or a directory of sources")
	}
	if mode.IsDir() {
		r.root.FollowAll(found[0], maxSources, nil)
	}
	if r.programs == nil {
		r.programs = map[string]*problems.External{}
	}
	program := &problems.External{Path: full}
	for _, other := range r.programs {
		if other.Path == full {
			program = other
		}
	}
	r.programs[word] = program
	return program, nil
}

// lostGenerator returns the error about a program whose path cannot be followed.
func lostGenerator(at position, name string, err error) error {
	if link, led := errors.AsType[*safefile.LinkError](err); led {
		return at.fault(quote(link.Name)+" is a link that "+link.Why, "put a copy in its place")
	}
	if errors.Is(err, safefile.ErrOutside) {
		return at.fault(quote(name)+" leads out of the problem's directory",
			"write it relative to the directory of "+FileName+", without ..")
	}
	return at.fault(quote(name)+": "+clean(safefile.Reason(err)), "name a file, or a directory of sources")
}

// isProgram reports whether a word names a program.
func (r *reader) isProgram(word string) bool { return len(r.programsNamed(word)) > 0 }

// programsNamed returns the paths that a word may mean.
func (r *reader) programsNamed(word string) []string {
	there := func(name string) bool {
		_, err := r.root.Lstat(name)
		return err == nil
	}
	word = path.Clean(word)
	if strings.Contains(word, "/") || !filepath.IsLocal(word) || word == "." {
		if filepath.IsLocal(word) && !there(word) {
			return nil
		}
		return []string{word}
	}
	if inside := path.Join(generators, word); there(inside) {
		return []string{inside}
	}
	var found []string
	for _, name := range r.generatorFiles() {
		if stem(name) == word {
			found = append(found, path.Join(generators, name))
		}
	}
	if found == nil && there(word) {
		return []string{word}
	}
	return found
}

// generatorFiles returns the names in generators/ that may be programs.
func (r *reader) generatorFiles() []string {
	if r.inGenerators != nil {
		return r.inGenerators
	}
	r.inGenerators = []string{}
	open, err := r.root.OpenDir(generators)
	if err != nil {
		return nil
	}
	defer open.Close()
	names, _ := open.Readdirnames(maxSources) //nolint:errcheck // the error about a missing program follows
	slices.Sort(names)
	others := []string{".h", ".hh", ".hpp", ".o", ".class", ".exe", ".pyc", ".yaml", ".txt", ".md"}
	for _, name := range names {
		if !strings.HasPrefix(name, ".") && !slices.Contains(others, path.Ext(name)) {
			r.inGenerators = append(r.inGenerators, name)
		}
	}
	return r.inGenerators
}

// noGenerator returns the error about a word that names no program.
func (r *reader) noGenerator(at position, word string) error {
	var known []string
	for _, name := range r.generatorFiles() {
		known = append(known, stem(name))
	}
	hint := "add " + generators + "/" + clean(path.Base(word)) + ".py, or write the path of a program"
	if near := problems.Nearest(stem(path.Base(word)), known); near != "" && near != word {
		hint = "did you mean " + quote(near) + "?"
	}
	return at.fault("no generator "+quote(word), hint)
}

// stress reads the command that random tests are drawn from.
func (r *reader) stress(node *strictyaml.Node) error {
	at := r.at(node)
	if !node.IsScalar() {
		return node.Fault("expected a command, found "+node.Found(), `write stress: "random {1..8} {seed}"`)
	}
	words, err := recipe.Words(node.Raw())
	if err != nil {
		return faultAt(at, err)
	}
	if len(words) == 0 {
		return node.Fault("the command is empty", `write stress: "random {1..8} {seed}"`)
	}
	program, err := r.generator(at, words[0])
	if err != nil {
		return err
	}
	holes, err := recipe.Holes(words[1:])
	if err != nil {
		return faultAt(at, err)
	}
	if holes == 0 {
		return node.Fault("the command has neither {seed} nor a range: it would make one test", "add {seed}")
	}
	line := recipe.Join(words)
	r.problem.Stress = &problems.Template{Program: program, Words: words[1:], Recipe: problems.Recipe{
		Program: program, Input: problems.Source{Origin: problems.FromStdout}, Command: line, Line: line,
		File: at.file, Row: at.row, Column: at.column, Seeded: recipe.Seeded(words),
	}}
	return nil
}
