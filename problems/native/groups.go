package native

import (
	"judge/problems"
	"judge/problems/strictyaml"
)

// texts reads a text, or a list of distinct texts.
func (r *reader) texts(node *strictyaml.Node, what string) ([]string, error) {
	nodes, err := node.OneOrMore(what, "")
	if err != nil {
		return nil, err
	}
	var all []string
	seen := map[string]bool{}
	for _, n := range nodes {
		text, err := n.Text()
		if err != nil {
			return nil, err
		}
		if seen[text] {
			return nil, n.Fault(quote(text)+" appears twice", "remove one")
		}
		seen[text] = true
		all = append(all, text)
	}
	return all, nil
}

// maxPoints bounds the points of a group or a test: more is a typing mistake.
const maxPoints = 1e6

// points reads a number of points.
func (r *reader) points(node *strictyaml.Node) (float64, error) {
	return node.Float(0, maxPoints)
}

// noteGroups remembers where a test first names each group.
func (r *reader) noteGroups(node *strictyaml.Node, names []string) {
	if r.named == nil {
		r.named = map[string]*strictyaml.Node{}
	}
	for _, name := range names {
		if r.named[name] == nil {
			r.named[name] = node
		}
	}
}

// groups reads the groups that score points. Each must have a test, and every group that a test names must be listed.
func (r *reader) groups(node *strictyaml.Node) error {
	nodes, err := node.List("groups", "write [{name: NAME, points: 50}]")
	if err != nil {
		return err
	}
	var groups []*problems.Scoring
	var names []string
	above := map[string]bool{}
	for _, n := range nodes {
		g, err := r.group(n, above)
		if err != nil {
			return err
		}
		if r.named[g.Name] == nil {
			return n.Fault("no test is in the group "+quote(g.Name),
				"name it in tests: {inputs: GLOB, group: "+clean(g.Name)+"}")
		}
		names = append(names, g.Name)
		above[g.Name] = true
		groups = append(groups, g)
	}
	for _, t := range r.problem.Tests {
		for _, name := range t.Groups {
			if !above[name] {
				return r.named[name].Fault("the group "+quote(name)+" is not one of groups",
					strictyaml.Suggest(name, names))
			}
		}
	}
	r.problem.Scoring = problems.GroupsOfTests(groups, r.problem.Tests)
	return nil
}

// group reads {name: ..., points: ..., score: ..., requires: ...}; above are the names of the groups above it.
func (r *reader) group(node *strictyaml.Node, above map[string]bool) (*problems.Scoring, error) {
	g := &problems.Scoring{}
	given, err := r.mapping(node, groupKeys(g, above))
	if err != nil {
		return g, err
	}
	for _, required := range []string{"name", "points"} {
		if given[required] == nil {
			return g, node.Fault("the key "+quote(required)+" is missing", "add "+required+": ...")
		}
	}
	if g.Rule == problems.Threshold && given["threshold"] == nil {
		return g, given["score"].Fault("the key \"threshold\" is missing", "write {score: threshold, threshold: 0.5}")
	}
	return g, nil
}

func groupKeys(g *problems.Scoring, above map[string]bool) []key {
	return []key{
		{"name", func(r *reader, n *strictyaml.Node) (err error) {
			if g.Name, err = n.Text(); err == nil && above[g.Name] {
				err = n.Fault("two groups are named "+quote(g.Name), "rename one")
			}
			return err
		}},
		{"points", func(r *reader, n *strictyaml.Node) (err error) {
			g.Points, err = r.points(n)
			return err
		}},
		{"score", func(r *reader, n *strictyaml.Node) error {
			i, err := n.OneOf("scoring rule", problems.RuleNames())
			g.Rule = problems.Rule(i)
			return err
		}},
		{"threshold", func(r *reader, n *strictyaml.Node) error {
			value, err := n.Number()
			if err != nil {
				return err
			}
			if g.Threshold, _ = value.Float64(); g.Rule != problems.Threshold || !(g.Threshold > 0) || g.Threshold > 1 {
				return n.Fault("expected score: threshold and a threshold above 0 and at most 1",
					"write {score: threshold, threshold: 0.5}")
			}
			return nil
		}},
		{"requires", func(r *reader, n *strictyaml.Node) (err error) {
			if g.Requires, err = r.texts(n, "groups"); err != nil {
				return err
			}
			for _, name := range g.Requires {
				if !above[name] {
					return n.Fault("no group above this one is named "+quote(name),
						"list the required group above this one")
				}
			}
			return nil
		}},
	}
}
