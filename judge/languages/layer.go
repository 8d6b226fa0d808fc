package languages

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// clone returns a table that can be changed without changing this one.
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

// flatten returns paths with the groups among them written out, each path once. A group that holds itself adds nothing.
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

// readGroups reads the groups of paths; a group may use those of its own file and those beneath.
func (r *reader) readGroups(n *yaml.Node) error {
	if n == nil || isNull(n) {
		return nil
	}
	es, err := r.mapping(n, nil)
	if err != nil {
		return err
	}
	for _, e := range es {
		if !isID(e.key.Value) {
			return r.fault(e.key, "lower case letters and digits, at most 32", "%q is not the name of a group", e.key.Value)
		}
		if r.table.groups[e.key.Value], err = r.texts(e.value); err != nil {
			return err
		}
	}
	for _, e := range es { // when all names are known
		for _, path := range e.value.Content {
			if err := r.checkSees(path); err != nil {
				return err
			}
		}
	}
	return nil
}

// readLanguages lays each language of a file over the table, and then checks them against each other.
func (r *reader) readLanguages(n *yaml.Node) error {
	if n == nil || isNull(n) {
		return nil
	}
	es, err := r.mapping(n, nil)
	if err != nil {
		return err
	}
	for _, e := range es {
		if err := r.readLanguage(e); err != nil {
			return err
		}
	}
	for _, e := range es {
		if err := r.checkDecisions(e.key); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) readLanguage(e entry) error {
	id := e.key.Value
	if !isID(id) {
		return r.fault(e.key, "lower case letters and digits, at most 32", "%q is not a language's id", id)
	}
	all := fields()
	var keys []string
	for _, f := range all {
		keys = append(keys, f.key)
	}
	es, err := r.mapping(e.value, keys)
	if err != nil {
		return err
	}
	l, _ := r.table.find(id)
	if like := es.value("like"); like != nil {
		if err := r.among(like, "language", r.table.ids()); err != nil {
			return err
		}
		l, _ = r.table.find(like.Value)
		l.Accepts = slices.Concat(l.Accepts, l.Extensions)
		l.Extensions, l.Interpreters = nil, nil
	}
	l.ID = id
	for _, f := range all {
		value := es.value(f.key)
		if value == nil {
			continue
		}
		if err := f.read(r, &l, value); err != nil {
			return err
		}
	}
	if err := r.checkWhole(l, e.key); err != nil {
		return err
	}
	r.table.set(l)
	return nil
}

// checkWhole checks what no single field shows.
func (r *reader) checkWhole(l Language, at *yaml.Node) error {
	uses := func(v string) bool {
		return slices.ContainsFunc(slices.Concat(l.Compile, l.Run), func(w string) bool { return strings.Contains(w, v) })
	}
	switch {
	case l.Name == "":
		return r.fault(at, "add `name: ...`", "language %s has no name", l.ID)
	case len(l.Run) == 0:
		return r.fault(at, "add `run: [/prog/main]`", "language %s has no command to run", l.ID)
	case len(l.VersionCommand) == 0:
		return r.fault(at, "add `version: [command, --version]`", "language %s has no command that tells its version", l.ID)
	case l.Product == Compiled && len(l.Compile) == 0:
		return r.fault(at, "add `compile: [...]`, or `product: sources` for an interpreted language",
			"language %s has nothing that makes its product", l.ID)
	case slices.Contains(l.Compile, staticWord) && len(l.Static.Words) == 0 || slices.Contains(l.Run, staticWord):
		return r.fault(at, "add `static: {words: [-static], compiler: gcc, libraries: [libc.a]}`",
			"language %s uses {static} and does not say what it stands for in `compile`", l.ID)
	case l.EntryPoint == NoEntry && uses("{entry}"):
		return r.fault(at, "add `entry: file`", "language %s uses {entry} and has no entry point", l.ID)
	}
	return nil
}

// checkDecisions checks that what decides for the language decides for no other.
func (r *reader) checkDecisions(id *yaml.Node) error {
	l, _ := r.table.find(id.Value)
	for _, other := range r.table.languages {
		if other.ID == l.ID {
			continue
		}
		for _, e := range l.Extensions {
			if slices.Contains(other.Extensions, e) {
				return r.fault(id, "move it from `extensions` to `accepts` in one of them", "%s decides for %s and for %s", e, other.ID, l.ID)
			}
		}
		for _, i := range l.Interpreters {
			if slices.Contains(other.Interpreters, i) {
				return r.fault(id, "remove it from one of them", "a shebang with %s decides for %s and for %s", i, other.ID, l.ID)
			}
		}
	}
	return nil
}
