package read

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"judge/judge/contest"
	"judge/problems"
	"judge/problems/formats"
	"judge/problems/safefile"
	"judge/problems/strictyaml"
)

const (
	problemsHint = "write {A: problems/alpha, B: problems/beta.zip}, or a list of packages"
	packageHint  = "name the directory or the zip of a package"
)

// readProblems reads the problems: a mapping from labels, a list, or the name of a problems.yaml of CLICS.
func (r *reader) readProblems(node *strictyaml.Node) error {
	switch {
	case node.IsMapping():
		return r.readLabels(node)
	case node.IsList():
		return r.readList(node, "", listedKeys())
	case node.IsNull() || !node.IsScalar():
		return node.Fault("expected problems, found "+node.Found(), problemsHint)
	}
	named, err := node.Text()
	if err != nil {
		return err
	}
	name, outside := inside("", named)
	if outside {
		return node.Fault(strictyaml.Quote(named)+" leads out of the contest's directory", "copy the file into it")
	}
	mode, err := r.root.Type(name)
	switch {
	case isMissing(err):
		hint := nearFile(filepath.Join(r.root.Dir, name), problemsHint)
		return node.Fault("no such file: "+strictyaml.Quote(named), hint)
	case err != nil:
		return node.Fault(strictyaml.Quote(named)+": "+reasonOf(err), problemsHint)
	case mode.IsDir():
		return node.Fault(strictyaml.Quote(named)+" is a directory: expected labels", problemsHint)
	case !isYAML(name) && filepath.Ext(name) != ".json":
		return node.Fault(strictyaml.Quote(named)+" is not a problems.yaml", problemsHint)
	}
	top, err := r.parse(name)
	if err != nil {
		return err
	}
	if top == nil {
		return nil
	}
	return r.readList(top, filepath.Dir(name), nil)
}

// labelledKeys are the keys of a problem in a mapping. Its label, which is also its id, is the key of the mapping.
func labelledKeys() []string { return []string{"package", "time_limit", "name", "color", "rgb"} }

// listedKeys are the keys of a problem in a list.
func listedKeys() []string { return append(labelledKeys(), "id", "label") }

// readLabels reads a mapping from labels to packages.
func (r *reader) readLabels(node *strictyaml.Node) error {
	entries, err := node.Entries(problemsHint)
	if err != nil {
		return err
	}
	for _, e := range entries {
		label, err := e.Key.Text()
		if err != nil {
			return err
		}
		p := contest.Problem{ID: contest.ID(label), Label: label}
		if err := r.readProblem(e.Value, &p, "", labelledKeys()); err != nil {
			return err
		}
		if err := r.addProblem(e.Key, p); err != nil {
			return err
		}
	}
	return nil
}

// readList reads a list of problems. from is the directory of its file. Without keys it is a file of CLICS, whose
// problems may have any keys.
func (r *reader) readList(node *strictyaml.Node, from string, keys []string) error {
	all, err := node.Elements("problems", problemsHint)
	if err != nil {
		return err
	}
	for i, element := range all {
		p := contest.Problem{Label: letters(i)}
		if err := r.readProblem(element, &p, from, keys); err != nil {
			return err
		}
		if p.ID == "" {
			p.ID = contest.ID(p.Label)
		}
		if err := r.addProblem(element, p); err != nil {
			return err
		}
	}
	return nil
}

// letters returns the label of the problem with an index: A, B, ..., Z, AA, ...
func letters(i int) string {
	const alphabet = 26
	label := string(rune('A' + i%alphabet))
	if i >= alphabet {
		return letters(i/alphabet-1) + label
	}
	return label
}

// readProblem reads one problem: its package, or a mapping.
func (r *reader) readProblem(node *strictyaml.Node, p *contest.Problem, from string, keys []string) error {
	if node.IsNull() {
		return node.Fault("a problem without a package", "write the path of its package")
	}
	if node.IsScalar() {
		return r.readPackage(node, p, from)
	}
	if keys == nil {
		return r.readCLICS(node, p, from)
	}
	given, err := node.Mapping(keys, nil)
	if err != nil {
		return err
	}
	if given["package"] == nil {
		return node.Fault("a problem without a package", "add package: PATH")
	}
	if err := readDetails(given, p); err != nil {
		return err
	}
	return r.readPackage(given["package"], p, from)
}

// readCLICS reads a problem of a file of CLICS, whose package is next to it, as problems/ID or ID.
func (r *reader) readCLICS(node *strictyaml.Node, p *contest.Problem, from string) error {
	entries, err := node.Entries("write - {id: alpha, label: A}")
	if err != nil {
		return err
	}
	given := map[string]*strictyaml.Node{}
	for _, e := range entries {
		if !e.Value.IsNull() {
			given[e.Key.Raw()] = e.Value
		}
	}
	if given["id"] == nil {
		return node.Fault("a problem without an id", "add id: alpha for the package problems/alpha")
	}
	if err := readDetails(given, p); err != nil {
		return err
	}
	places := []string{filepath.Join("problems", p.ID), p.ID, filepath.Join("problems", p.ID+".zip"), p.ID + ".zip"}
	for _, place := range places {
		p.Package = filepath.Join(from, place)
		if _, err := os.Stat(filepath.Join(r.root.Dir, p.Package)); err == nil {
			return r.checkPackage(given["id"], p.Package, place)
		}
	}
	return given["id"].Fault("no package of problem "+p.ID, "put it into "+r.shown(filepath.Join(from, places[0])))
}

var rgb = regexp.MustCompile(`^#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`)

// readDetails reads the keys of a problem other than its package.
func readDetails(given map[string]*strictyaml.Node, p *contest.Problem) error {
	for key, to := range map[string]*string{"name": &p.Name, "color": &p.Color, "rgb": &p.RGB, "label": &p.Label} {
		if node := given[key]; node != nil {
			if err := readText(node, to); err != nil {
				return err
			}
		}
	}
	if node := given["rgb"]; node != nil && !rgb.MatchString(p.RGB) {
		return node.Fault("expected a colour, found "+node.Found(), `write rgb: "#ff8000"`)
	}
	if node := given["id"]; node != nil {
		if err := readID(node, &p.ID); err != nil {
			return err
		}
	}
	if node := given["time_limit"]; node != nil {
		const least, most = 0.001, 24 * 60 * 60
		seconds, err := node.Float(least, most)
		if err != nil {
			return err
		}
		p.TimeLimit = time.Duration(seconds * float64(time.Second)).Round(time.Millisecond)
	}
	return nil
}

// readPackage reads the path of a package. It may lead out of the contest: problems are often kept elsewhere.
func (r *reader) readPackage(node *strictyaml.Node, p *contest.Problem, from string) error {
	named, err := node.Text()
	if err != nil {
		return err
	}
	p.Package = filepath.Clean(named)
	if !filepath.IsAbs(named) {
		p.Package = filepath.Join(from, named)
	}
	return r.checkPackage(node, p.Package, named)
}

// checkPackage returns an error if there is no problem at a path. What its format says is checked when it is opened.
func (r *reader) checkPackage(node *strictyaml.Node, path, named string) error {
	full := path
	if !filepath.IsAbs(path) {
		full = filepath.Join(r.root.Dir, path)
	}
	info, err := os.Stat(full)
	quoted := strictyaml.Quote(named)
	switch {
	case isMissing(err):
		return node.Fault("no such problem: "+quoted, nearFile(full, packageHint))
	case err != nil:
		return node.Fault(quoted+": "+safefile.Reason(err), packageHint)
	case info.IsDir():
		if formats.Format(full) == "" && formats.Spec(full) == "" {
			return node.Fault(quoted+" holds no problem", "name a directory with a problem.yaml, or another package")
		}
	case !info.Mode().IsRegular() || !formats.Names(full):
		return node.Fault(quoted+" is not a package of a problem", packageHint)
	}
	return nil
}

// addProblem adds a problem. Its label and its id must be its own.
func (r *reader) addProblem(node *strictyaml.Node, p contest.Problem) error {
	if len(r.contest.Problems) == maxProblems {
		return node.Fault(fmt.Sprintf("more than %d problems", maxProblems), "split the contest")
	}
	for _, other := range r.contest.Problems {
		if other.Label == p.Label {
			msg := "the label " + strictyaml.Quote(p.Label) + " appears twice"
			return node.Fault(msg, "give each problem its own label")
		}
		if other.ID == p.ID {
			return node.Fault("the id "+strictyaml.Quote(p.ID)+" appears twice", "give each problem its own id")
		}
	}
	r.contest.Problems = append(r.contest.Problems, p)
	r.names.add(p)
	return nil
}

// problemNames finds problems by the names that people use for them: label, id and the package's directory, in this
// order; first as they are written, then in any case.
type problemNames struct {
	tiers [6]map[string][]string // ids by name
	all   []string               // names for hints, and for patterns
}

func (n *problemNames) add(p contest.Problem) {
	names := []string{p.Label, p.ID, packageName(p.Package)}
	for i, name := range append(names, names...) {
		if i >= len(names) {
			name = strings.ToLower(name)
		}
		if n.tiers[i] == nil {
			n.tiers[i] = map[string][]string{}
		}
		n.tiers[i][name] = append(n.tiers[i][name], p.ID)
	}
	for _, name := range names {
		if !slices.Contains(n.all, name) {
			n.all = append(n.all, name)
		}
	}
}

// packageName returns the name of a package's directory or archive.
func packageName(path string) string {
	base := filepath.Base(path)
	if formats.IsArchive(path) {
		return strings.TrimSuffix(base, filepath.Ext(base))
	}
	if isYAML(path) || filepath.Ext(path) == ".xml" {
		return filepath.Base(filepath.Dir(path))
	}
	return base
}

// find returns the ids of the problems that a name may mean: none, one, or several.
func (n *problemNames) find(name string) []string {
	for i, tier := range n.tiers {
		if i >= len(n.tiers)/2 {
			name = strings.ToLower(name)
		}
		if ids := tier[name]; len(ids) > 0 {
			return ids
		}
	}
	return nil
}

// problem returns the id of the problem that a name means, or what is wrong and how to fix it.
func (n *problemNames) problem(name string) (id, msg, hint string) {
	ids := n.find(name)
	switch {
	case len(ids) == 1:
		return ids[0], "", ""
	case len(ids) > 1:
		return "", "the problem " + strictyaml.Quote(name) + " may be " + strings.Join(ids, " or "), "write the label"
	case len(n.all) == 0:
		return "", "no problem " + strictyaml.Quote(name), "add it to the problems of contest.yaml"
	}
	const most = 30
	if near := problems.Nearest(name, n.all); near != "" {
		return "", "no problem " + strictyaml.Quote(name), "did you mean " + strictyaml.Quote(near) + "?"
	}
	return "", "no problem " + strictyaml.Quote(name),
		"use one of " + strings.Join(n.all[:min(len(n.all), most)], ", ")
}
