package languages

import (
	"fmt"
	"slices"
	"strings"

	"judge/problems/strictyaml"
)

// clone returns a copy of the table; changes to it do not affect the original.
func (t *Table) clone() *Table {
	c := &Table{languages: slices.Clone(t.languages), groups: map[string][]string{}, installed: &installed{}}
	for name, paths := range t.groups {
		c.groups[name] = paths
	}
	return c
}

// set replaces the language of the same id, or adds one at the end.
func (t *Table) set(l Language) {
	for i := range t.languages {
		if t.languages[i].ID == l.ID {
			t.languages[i] = l
			return
		}
	}
	t.languages = append(t.languages, l)
}

// ids returns the languages' ids in order.
func (t *Table) ids() []string {
	var ids []string
	for _, l := range t.languages {
		ids = append(ids, l.ID)
	}
	return ids
}

// flatten returns paths with the groups among them expanded, each path once. A group that contains itself adds
// nothing.
func (t *Table) flatten(paths []string) []string {
	var flat []string
	seen := map[string]bool{}
	var add func([]string)
	add = func(paths []string) {
		for _, p := range paths {
			if seen[p] {
				continue
			}
			seen[p] = true
			if strings.HasPrefix(p, "/") {
				flat = append(flat, p)
			} else {
				add(t.groups[p])
			}
		}
	}
	add(paths)
	return flat
}

// readGroups reads the groups of paths. A group may use groups of its own file and of the table below.
func (r *reader) readGroups(n *strictyaml.Node) error {
	if n == nil || n.IsNull() {
		return nil
	}
	groups, err := n.Entries("write {NAME: [PATH, PATH]}")
	if err != nil {
		return err
	}
	for _, g := range groups {
		name := g.Key.Raw()
		if !isID(name) {
			return g.Key.Fault(strictyaml.Quote(name)+" is not the name of a group", idHint)
		}
		if r.table.groups[name], err = texts(g.Value); err != nil {
			return err
		}
	}
	for _, g := range groups { // once all names are known
		if err := each(r, g.Value, (*reader).checkSees); err != nil {
			return err
		}
	}
	return nil
}

const idHint = "use lower case letters and digits, at most 32, a letter first"

// readLanguages merges each language of a file into the table, and then checks for conflicts.
func (r *reader) readLanguages(n *strictyaml.Node) error {
	if n == nil || n.IsNull() {
		return nil
	}
	all, err := n.Entries("write {ID: {name: NAME, ...}}")
	if err != nil {
		return err
	}
	for _, l := range all {
		if err := r.readLanguage(l.Key, l.Value); err != nil {
			return err
		}
	}
	for _, l := range all {
		if err := r.checkDecisions(l.Key); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) readLanguage(key, value *strictyaml.Node) error {
	id := key.Raw()
	if !isID(id) {
		return key.Fault(strictyaml.Quote(id)+" is not the id of a language", idHint)
	}
	all := fields()
	var keys []string
	for _, f := range all {
		keys = append(keys, f.key)
	}
	given, err := value.Mapping(keys, nil)
	if err != nil {
		return err
	}
	l, _ := r.table.find(id)
	if like := given["like"]; like != nil {
		if _, err := like.OneOf("language", r.table.ids()); err != nil {
			return err
		}
		l, _ = r.table.find(like.Raw())
		l.Accepts = slices.Concat(l.Accepts, l.Extensions)
		l.Extensions, l.Interpreters = nil, nil
	}
	l.ID = id
	for _, f := range all {
		if value := given[f.key]; value != nil {
			if err := f.read(r, &l, value); err != nil {
				return err
			}
		}
	}
	if err := checkWhole(l, key); err != nil {
		return err
	}
	r.table.set(l)
	return nil
}

// checkWhole checks that a language has all required fields.
func checkWhole(l Language, key *strictyaml.Node) error {
	uses := func(v string) bool {
		has := func(word string) bool { return strings.Contains(word, v) }
		return slices.ContainsFunc(slices.Concat(l.Compile, l.Run), has)
	}
	switch {
	case l.Name == "":
		return key.Fault("language "+l.ID+" has no name", "add `name: ...`")
	case len(l.Run) == 0:
		return key.Fault("language "+l.ID+" has no command to run", "add `run: [/prog/main]`")
	case len(l.VersionCommand) == 0:
		return key.Fault("language "+l.ID+" has no command that prints its version",
			"add `version: [command, --version]`")
	case l.Product == Compiled && len(l.Compile) == 0:
		return key.Fault("language "+l.ID+" has no command to compile",
			"add `compile: [...]`, or `product: sources` for an interpreted language")
	case slices.Contains(l.Compile, staticWord) && len(l.Static.Words) == 0 || slices.Contains(l.Run, staticWord):
		return key.Fault("language "+l.ID+" uses {static} and does not define it for `compile`",
			"add `static: {words: [-static], compiler: gcc, libraries: [libc.a]}`")
	case l.EntryPoint == NoEntry && uses("{entry}"):
		return key.Fault("language "+l.ID+" uses {entry} and has no entry point", "add `entry: file`")
	}
	return nil
}

// checkDecisions checks that no extension or interpreter of the language also belongs to another one.
func (r *reader) checkDecisions(id *strictyaml.Node) error {
	l, _ := r.table.find(id.Raw())
	for _, other := range r.table.languages {
		if other.ID == l.ID {
			continue
		}
		for _, e := range l.Extensions {
			if slices.Contains(other.Extensions, e) {
				return id.Fault(fmt.Sprintf("the extension %s belongs to %s and to %s", e, other.ID, l.ID),
					"move it from `extensions` to `accepts` in one of them")
			}
		}
		for _, i := range l.Interpreters {
			if slices.Contains(other.Interpreters, i) {
				return id.Fault(fmt.Sprintf("the interpreter %s belongs to %s and to %s", i, other.ID, l.ID),
					"remove it from one of them")
			}
		}
	}
	return nil
}
