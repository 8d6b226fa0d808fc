package generators

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"judge/problems"
	"judge/problems/strictyaml"
)

// cases reads a test, or the tests of a count.
func (p *parser) cases(
	key, value *strictyaml.Node, d *rule, where string, from inherited, next *namer,
) error {
	counts, err := countsOf(value)
	if err != nil {
		return err
	}
	pad, counted := 0, value.IsMapping() && hasCount(value)
	if slices.Max(counts)-slices.Min(counts) == len(counts)-1 {
		for _, n := range counts {
			pad = max(pad, len(strconv.Itoa(n)))
		}
	}
	for _, n := range counts {
		name := next.name(keyOf(key), false)
		if counted {
			name += fmt.Sprintf("-%0*d", pad, n)
		}
		switch {
		case !validName.MatchString(name + ".in"):
			return key.Fault("invalid name of a test: "+strictyaml.Quote(name), "use letters, digits, _ . and -")
		case strings.HasSuffix(name, ".in") || name == "test_group":
			return key.Fault("a test called "+strictyaml.Quote(name)+": expected a name without an extension",
				"rename it")
		case d.dir.Cases[name] != nil:
			return key.Fault("two tests are called "+strictyaml.Quote(path.Join(where, name)), "rename one")
		}
		if err := p.another(key); err != nil {
			return err
		}
		t, err := p.test(value, path.Join(where, name), from, n)
		if err != nil {
			return err
		}
		if t == nil { // it has no input to judge
			continue
		}
		d.dir.Cases[name] = t
		r := &rule{test: t}
		d.all = append(d.all, r)
		p.know(keyOf(key), r)
		p.file.Tests = append(p.file.Tests, t)
	}
	return nil
}

// test reads one test; nil: it only shows something in the statement.
func (p *parser) test(n *strictyaml.Node, name string, from inherited, count int) (*Test, error) {
	t := &Test{Name: name, Texts: map[string]string{}, Solution: from.solution, node: n}
	given := map[string]*strictyaml.Node{"generate": n}
	switch {
	case n.IsNull():
		return t, nil // the reader looks for the test's files
	case n.IsMapping():
		var err error
		if given, err = fields(n); err != nil {
			return nil, err
		}
	case strings.HasSuffix(n.Raw(), ".in"):
		given = map[string]*strictyaml.Node{"copy": n}
	}
	if err := p.inherit(given, &from); err != nil {
		return nil, err
	}
	t.Solution = from.solution
	for _, read := range []func(*Test, map[string]*strictyaml.Node) error{
		func(t *Test, given map[string]*strictyaml.Node) error { return p.generate(t, given, from.salt, count) },
		p.copying, p.texts,
	} {
		if err := read(t, given); err != nil {
			return nil, err
		}
	}
	if err := p.known(n, given); err != nil {
		return nil, err
	}
	if _, stated := t.Texts["in"]; !stated && t.Command == "" && t.Copy == "" {
		for _, shown := range []string{"in.statement", "interaction"} {
			if given[shown] != nil && strings.HasPrefix(name, "sample/") {
				return nil, nil
			}
		}
		return nil, n.Fault("a test without an input: expected generate, copy or in", "add one of these keys")
	}
	return t, p.distinct(t)
}

// known notes the keys of a test that are not used, and rejects those of directories.
func (p *parser) known(n *strictyaml.Node, given map[string]*strictyaml.Node) error {
	if !n.IsMapping() {
		return nil
	}
	all := append(ofTests(), "solution", "random_salt", "retries")
	entries, err := n.Entries("")
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch name := e.Key.Raw(); {
		case slices.Contains([]string{"data", "include", "test_group.yaml", "testdata.yaml"}, name):
			return e.Key.Fault("key "+strictyaml.Quote(name)+" of a test: it belongs to a directory", "remove it")
		case name == "visualizer":
			p.note(e.Key, "visualizer", "visualizer is not used: it makes only pictures", "")
		case !slices.Contains(all, name):
			p.note(e.Key, "key "+name, "unknown key "+strictyaml.Quote(name), strictyaml.Suggest(name, all))
		}
	}
	if given["match"] != nil {
		p.note(given["match"], "match", "match is not checked", "")
	}
	return nil
}

// constantHole matches the place of a constant in a command.
var constantHole = regexp.MustCompile(`\{\{[a-zA-Z_][a-zA-Z0-9_]*(\.[a-zA-Z_][a-zA-Z0-9_]*)?\}\}`)

// generate reads the command of a generator.
func (p *parser) generate(t *Test, given map[string]*strictyaml.Node, salt string, count int) error {
	n := given["generate"]
	if n == nil || n.IsNull() {
		return nil
	}
	if !isText(n) || strings.TrimSpace(n.Raw()) == "" {
		return n.Fault("generate: expected a command, found "+n.Found(), "write a generator and its arguments")
	}
	t.Command = constantHole.ReplaceAllStringFunc(n.Raw(), func(hole string) string {
		if value, ok := p.constants[strings.Trim(hole, "{}")]; ok {
			return value
		}
		return hole
	})
	t.Counted = given["count"] != nil
	if t.Counted && strings.Contains(t.Command, "{count}") {
		t.Command, t.Counted = strings.ReplaceAll(t.Command, "{count}", strconv.Itoa(count)), false
	}
	if err := p.spend(n, 3*len(t.Command)); err != nil {
		return err
	}
	words, err := Words(t.Command)
	if err == nil && len(words) == 0 {
		err = fmt.Errorf("it is empty")
	}
	if err != nil {
		return n.Fault(fmt.Sprintf("the command %s cannot be split: %v", strictyaml.Quote(t.Command), err),
			"close the quotation, or write a backslash before it")
	}
	if t.Program, err = beneath(n, words[0]); err != nil {
		return err
	}
	seeds := len(seedHole.FindAllString(strings.Join(words[1:], "\n"), -1))
	if seeds > 1 {
		return n.Fault("{seed} appears twice: expected it once", "remove one")
	}
	t.Line = strings.ReplaceAll(seedHole.ReplaceAllLiteralString(t.Command, "{seed}"), nameHole, nameOfTest)
	seed := strconv.Itoa(Seed(salt, t.Command, count))
	t.Seeded = seeds == 1
	t.Counted = t.Counted && !t.Seeded
	for _, word := range words[1:] {
		word = strings.ReplaceAll(word, nameHole, nameOfTest)
		t.Args = append(t.Args, seedHole.ReplaceAllLiteralString(word, seed))
	}
	return nil
}

// copying reads the path of files that are copied.
func (p *parser) copying(t *Test, given map[string]*strictyaml.Node) error {
	n := given["copy"]
	if n == nil || n.IsNull() {
		return nil
	}
	if !isText(n) || n.Raw() == "" {
		return n.Fault("copy: expected a path, found "+n.Found(),
			"write a path beneath generators/, without an extension")
	}
	inside, err := beneath(n, n.Raw())
	if err != nil {
		return err
	}
	t.Copy = strings.TrimSuffix(inside, ".in")
	return p.spend(n, len(t.Copy))
}

// texts reads the files that the test contains itself.
func (p *parser) texts(t *Test, given map[string]*strictyaml.Node) error {
	for _, ext := range extensions() {
		n := given[ext]
		switch {
		case n == nil || n.IsNull():
			continue
		case ext == "yaml" && n.IsMapping():
			t.Settings = n
			continue
		case n.IsMapping() && strings.Contains(ext, "."): // a link, for the statement
			continue
		case !isText(n):
			hint := "write |, and the text on lines of its own"
			if n.IsScalar() {
				hint = "write it in quotes"
			}
			return n.Fault(ext+": expected a text, found "+n.Found(), hint)
		}
		content := n.Raw()
		if content != "" && !strings.HasSuffix(content, "\n") {
			content += "\n"
		}
		if err := p.spend(n, len(content)); err != nil {
			return err
		}
		t.Texts[ext] = content
	}
	return nil
}

// distinct notes a test that is made in the same way as another one.
func (p *parser) distinct(t *Test) error {
	key := fmt.Sprintf("%q %q %q %q", t.Program, t.Args, t.Copy, t.Texts)
	first := p.same[key]
	if first == nil {
		p.same[key] = t
		return nil
	}
	if t.Counted && first.node.YAML() == t.node.YAML() {
		return nil
	}
	line, column := t.Place()
	at, _ := first.Place()
	p.file.Notes = append(p.file.Notes, &problems.Error{
		File: p.name, Line: line, Col: column,
		Msg:  fmt.Sprintf("%s is made in the same way as %s (line %d)", t.Name, first.Name, at),
		Hint: "remove one, or write another number in {seed:1}",
	})
	return nil
}
