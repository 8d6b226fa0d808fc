package generators

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"judge/problems/strictyaml"
)

// inherited are the values that a directory passes on to what is in it.
type inherited struct {
	solution Solution
	salt     string
}

// roots lists the directories in data in the order in which tests are numbered.
func roots() []string {
	return []string{
		"sample", "secret", "invalid_output", "invalid_answer", "invalid_input", "valid_output", "testing_tool_test",
		"fuzz", "invalid_outputs", "invalid_answers", "invalid_inputs", "valid_outputs", "bad",
	}
}

// root reads the whole file.
func (p *parser) root(n *strictyaml.Node) error {
	if !isDir(n) {
		return n.Fault("expected a mapping with the key data, found "+n.Found(),
			"write data: {sample: ..., secret: ...}")
	}
	given, err := fields(n)
	if err != nil {
		return err
	}
	if err := p.programs(given["generators"]); err != nil {
		return err
	}
	for _, key := range []string{"visualizer", "parallel", "gitignore_generated"} {
		if given[key] != nil {
			p.note(given[key], key, key+" is not used: BAPCtools itself ignores it, or it makes only pictures", "")
		}
	}
	if p.numbered, err = p.countAll(n, 0); err != nil {
		return err
	}
	p.width = len(strconv.Itoa(p.numbered))
	p.numbered = 0
	data := given["data"]
	if data != nil && !data.IsNull() && !data.IsMapping() {
		return data.Fault("expected sample and secret, found "+data.Found(), "write data: {sample: ..., secret: ...}")
	}
	_, err = p.directory(n, "", inherited{}, 0)
	return err
}

// programs reads the generators that consist of several files.
func (p *parser) programs(n *strictyaml.Node) error {
	if n == nil || n.IsNull() {
		return nil
	}
	entries, err := n.Entries("write NAME: [FILE, ...]")
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Key.Raw()
		if !validName.MatchString(name) {
			return e.Key.Fault("invalid name of a generator: "+strictyaml.Quote(name),
				"use letters, digits, _ . and -")
		}
		files, err := e.Value.Target().List("files", "write [FILE, ...]")
		if err != nil {
			return err
		}
		for _, file := range files {
			written, err := file.Target().Text()
			if err != nil {
				return err
			}
			inside, err := beneath(file, written)
			if err != nil {
				return err
			}
			p.file.Programs[path.Join("generators", name)] =
				append(p.file.Programs[path.Join("generators", name)], inside)
		}
	}
	return nil
}

// beneath returns the path of a file of generators/ in the package.
func beneath(n *strictyaml.Node, written string) (string, error) {
	if path.IsAbs(written) {
		return "", n.Fault("absolute path "+strictyaml.Quote(written)+": expected one relative to generators/",
			"remove the leading /")
	}
	return path.Join("generators", written), nil
}

// countAll returns how many tests are in lists, and so have numbers.
func (p *parser) countAll(n *strictyaml.Node, depth int) (int, error) {
	if depth > mostDepth {
		return 0, n.Fault("directories are nested too deeply", "")
	}
	lists, numbered, err := dataOf(n)
	if err != nil {
		return 0, err
	}
	total := 0
	for _, list := range lists {
		entries, err := list.Entries("write NAME: COMMAND")
		if err != nil {
			return 0, err
		}
		for _, e := range entries {
			m, value := 0, e.Value.Target()
			switch {
			case isDir(value):
				m, err = p.countAll(value, depth+1)
			case isTest(value) && numbered:
				var counts []int
				counts, err = countsOf(value)
				m = len(counts)
			}
			if err != nil {
				return 0, err
			}
			if total += m; total > mostTests {
				return 0, value.Fault("more than 100000 tests", "use fewer")
			}
		}
	}
	return total, nil
}

// dataOf returns the mappings of a directory's data, and whether they are elements of a list.
func dataOf(n *strictyaml.Node) (mappings []*strictyaml.Node, numbered bool, err error) {
	given, err := fields(n)
	if err != nil {
		return nil, false, err
	}
	data := given["data"]
	switch {
	case data == nil || data.IsNull():
		return nil, false, nil
	case data.IsMapping():
		return []*strictyaml.Node{data}, false, nil
	case !data.IsList():
		return nil, false, data.Fault("expected tests, found "+data.Found(),
			"write a mapping of names and commands, or a list of such mappings")
	}
	all, err := data.Elements("tests", "")
	for i, one := range all {
		all[i] = one.Target()
	}
	return all, true, err
}

// directory reads a directory and everything in it. where is its path beneath data.
func (p *parser) directory(n *strictyaml.Node, where string, from inherited, depth int) (*rule, error) {
	if depth > mostDepth {
		return nil, n.Fault("directories are nested too deeply", "")
	}
	given, err := fields(n)
	if err != nil {
		return nil, err
	}
	if err := p.inherit(given, &from); err != nil {
		return nil, err
	}
	d := &rule{dir: &Dir{Cases: map[string]*Test{}}}
	for _, key := range []string{"test_group.yaml", "testdata.yaml"} {
		if settings := given[key]; settings != nil && settings.IsMapping() {
			d.dir.Settings = settings
		}
	}
	if p.file.Dirs[where] != nil {
		return nil, n.Fault("the directory "+strictyaml.Quote(where)+" is described twice", "merge the two")
	}
	p.file.Dirs[where] = d.dir
	include, err := p.includes(given["include"])
	if err != nil {
		return nil, err
	}
	if err := p.children(n, d, where, from, depth); err != nil {
		return nil, err
	}
	return d, p.include(n, d, where, include)
}

// inherit reads the keys that apply to everything in a directory.
func (p *parser) inherit(given map[string]*strictyaml.Node, to *inherited) error {
	if n := given["solution"]; n != nil {
		to.solution = Solution{None: true, node: n}
		if !n.IsNull() {
			written, err := n.Text()
			if err != nil {
				return err
			}
			words, err := Words(written)
			if err != nil || len(words) != 1 {
				return n.Fault("solution "+strictyaml.Quote(written)+": expected one path, without arguments",
					"write solution: /submissions/accepted/NAME")
			}
			if !path.IsAbs(words[0]) {
				return n.Fault(
					"solution "+strictyaml.Quote(written)+": expected a path from the package, with a leading /",
					"write solution: /"+strictyaml.Clean(words[0]))
			}
			to.solution = Solution{Path: strings.TrimPrefix(path.Clean(words[0]), "/"), node: n}
		}
	}
	if n := given["random_salt"]; n != nil && !n.IsNull() {
		if !isText(n) {
			return n.Fault("random_salt: expected a text, found "+n.Found(), "write it in quotes")
		}
		to.salt = n.Raw()
	}
	if n := given["retries"]; n != nil {
		p.note(n, "retries", "retries is not used: a generator that fails is an error", "")
	}
	return nil
}

// children reads the tests and directories in a directory. Names in a mapping are taken in alphabetical order, which
// matters for numbers in the lists beneath.
func (p *parser) children(n *strictyaml.Node, d *rule, where string, from inherited, depth int) error {
	lists, numbered, err := dataOf(n)
	if err != nil {
		return err
	}
	groups := 0
	for _, list := range lists {
		entries, err := list.Entries("write NAME: COMMAND")
		if err != nil {
			return err
		}
		if numbered && len(entries) != 1 {
			return list.Fault(fmt.Sprintf("an element of a list has %d keys: expected one test or group", len(entries)),
				"indent the keys of a test one level more")
		}
		for _, e := range entries {
			if isDir(e.Value.Target()) {
				groups++
			}
		}
	}
	next := namer{p: p, numbered: numbered, width: len(strconv.Itoa(groups))}
	for _, list := range lists {
		entries, err := list.Entries("")
		if err != nil {
			return err
		}
		slices.SortStableFunc(entries, func(a, b strictyaml.Entry) int {
			if where == "" {
				return slices.Index(roots(), a.Key.Raw()) - slices.Index(roots(), b.Key.Raw())
			}
			return strings.Compare(keyOf(a.Key), keyOf(b.Key))
		})
		for _, e := range entries {
			if err := p.child(e, d, where, from, depth, &next); err != nil {
				return err
			}
		}
	}
	return nil
}

// keyOf returns the name that a key gives; none is empty.
func keyOf(key *strictyaml.Node) string {
	if key.IsNull() {
		return ""
	}
	return key.Raw()
}

// namer returns the names of the tests and directories of one directory.
type namer struct {
	p        *parser
	numbered bool
	groups   int
	width    int // digits of the numbers of directories
}

// name returns the next name for a key.
func (n *namer) name(key string, dir bool) string {
	number := ""
	switch {
	case !n.numbered:
		return key
	case dir:
		n.groups++
		number = fmt.Sprintf("%0*d", n.width, n.groups)
	default:
		n.p.numbered++
		number = fmt.Sprintf("%0*d", n.p.width, n.p.numbered)
	}
	if key == "" {
		return number
	}
	return number + "-" + key
}

// child reads one test, or several of a count, or one directory.
func (p *parser) child(
	e strictyaml.Entry, d *rule, where string, from inherited, depth int, next *namer,
) error {
	key, value := keyOf(e.Key), e.Value.Target()
	switch {
	case !isText(e.Key) && !e.Key.IsNull():
		return e.Key.Fault("the name "+strictyaml.Quote(key)+" is not a text for YAML", "write it in quotes")
	case key == "" && !next.numbered:
		return e.Key.Fault("a test or group without a name: expected one outside of lists", "name it")
	case where == "" && !slices.Contains(roots(), key):
		p.note(e.Key, "", "the directory "+strictyaml.Quote(key)+" in data is not used: expected sample or secret",
			strictyaml.Suggest(key, roots()[:8]))
		return nil
	case isDir(value):
		name := next.name(key, true)
		if !validName.MatchString(name) {
			return e.Key.Fault("invalid name of a directory: "+strictyaml.Quote(name), "use letters, digits, _ . and -")
		}
		inner, err := p.directory(value, path.Join(where, name), from, depth+1)
		if err != nil {
			return err
		}
		d.dir.Groups = append(d.dir.Groups, name)
		d.all = append(d.all, inner)
		p.know(key, inner)
		return nil
	case isTest(value):
		return p.cases(e.Key, value, d, where, from, next)
	}
	return value.Fault(strictyaml.Quote(key)+" is neither a test nor a directory: found "+value.Found(),
		"write the command of a generator in quotes, or a mapping")
}

// know makes a rule available to later includes.
func (p *parser) know(key string, r *rule) {
	p.keys[key] = append(p.keys[key], r)
}

// includes returns the tests that a directory includes, by the keys of earlier tests and directories.
func (p *parser) includes(n *strictyaml.Node) ([]*Test, error) {
	if n == nil || n.IsNull() {
		return nil, nil
	}
	keys, err := n.OneOrMore("keys", "")
	if err != nil {
		return nil, err
	}
	var all []*Test
	for _, key := range keys {
		name, err := key.Target().Text()
		if err != nil {
			return nil, err
		}
		known := p.keys[name]
		switch {
		case len(known) == 0:
			return nil, key.Fault("include: no test or group "+strictyaml.Quote(name)+" before this line",
				strictyaml.Suggest(name, slices.Sorted(maps.Keys(p.keys))))
		case len(known) != 1:
			return nil, key.Fault("include: several tests or groups are called "+strictyaml.Quote(name),
				"rename all but one")
		}
		if all, err = p.gather(key, known[0], all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// gather adds the tests of a rule, those that its directories include as well.
func (p *parser) gather(at *strictyaml.Node, r *rule, all []*Test) ([]*Test, error) {
	if len(all) > mostTests {
		return nil, at.Fault("include: more than 100000 tests", "include fewer")
	}
	if r.test != nil {
		return append(all, r.test), nil
	}
	all = append(all, r.more...)
	for _, inner := range r.all {
		var err error
		if all, err = p.gather(at, inner, all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// include adds the included tests to a directory, under their own names.
func (p *parser) include(n *strictyaml.Node, d *rule, where string, tests []*Test) error {
	for _, t := range tests {
		name := path.Base(t.Name)
		switch there := d.dir.Cases[name]; {
		case there == t:
			continue
		case there != nil:
			return n.Fault("two tests called "+strictyaml.Quote(path.Join(where, name))+": one of them is included",
				"rename one")
		}
		if err := p.another(n); err != nil {
			return err
		}
		d.dir.Cases[name], d.more = t, append(d.more, t)
	}
	return nil
}
