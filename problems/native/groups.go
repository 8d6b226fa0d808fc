package native

import (
	"math"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// texts reads a text, or a list of several.
func (r *reader) texts(node *yaml.Node, what string) ([]string, error) {
	nodes := []*yaml.Node{node}
	if node.Kind != yaml.ScalarNode {
		var err error
		if nodes, err = r.list(node, what); err != nil {
			return nil, err
		}
	}
	var all []string
	seen := map[string]bool{}
	for _, n := range nodes {
		text, err := r.text(n)
		if err != nil {
			return nil, err
		}
		if seen[text] {
			return nil, r.fault(n, quote(text)+" is here twice", "remove one")
		}
		seen[text] = true
		all = append(all, text)
	}
	return all, nil
}

// mostPoints bounds the points of a group or a test; more is a slip of the pen.
const mostPoints = 1e6

// points reads a number of points.
func (r *reader) points(node *yaml.Node) (float64, error) {
	text, err := r.text(node)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) || n < 0 || n > mostPoints {
		return 0, r.fault(node, quote(text)+" is not a number of points", "write a number from 0 to 1000000")
	}
	return n, nil
}

// noteGroups remembers where tests name groups.
func (r *reader) noteGroups(node *yaml.Node, names []string) {
	if r.named == nil {
		r.named = map[string]*yaml.Node{}
	}
	for _, name := range names {
		if r.named[name] == nil {
			r.named[name] = node
		}
	}
}

// groups reads the groups that earn points. Every group that a test names is one of them, and each has a test.
func (r *reader) groups(node *yaml.Node) error {
	if node.Kind != yaml.SequenceNode {
		return r.fault(node, "expected a list of groups, found "+kindOf(node), "write [{name: NAME, points: 50}]")
	}
	nodes, err := r.list(node, "groups")
	if err != nil {
		return err
	}
	var names []string
	above := map[string]bool{}
	for _, n := range nodes {
		g, err := r.group(n, above)
		if err != nil {
			return err
		}
		if r.named[g.Name] == nil {
			return r.fault(n, "no test is in the group "+quote(g.Name), "name it in tests: {inputs: GLOB, group: "+clean(g.Name)+"}")
		}
		names = append(names, g.Name)
		above[g.Name] = true
		r.problem.Groups = append(r.problem.Groups, g)
	}
	for _, t := range r.problem.Tests {
		for _, name := range t.Groups {
			if !above[name] {
				return r.fault(r.named[name], "the group "+quote(name)+" is not one of groups", suggest(name, names))
			}
		}
	}
	return nil
}

// group reads {name: ..., points: ..., score: ..., requires: ...}; above are the groups that stand above it.
func (r *reader) group(node *yaml.Node, above map[string]bool) (g problems.Group, err error) {
	given, err := r.mapping(node, groupKeys(&g, above))
	if err != nil {
		return g, err
	}
	for _, required := range []string{"name", "points"} {
		if given[required] == nil {
			return g, r.fault(node, "the key "+quote(required)+" is missing", "add "+required+": ...")
		}
	}
	if g.Rule == problems.Threshold && given["threshold"] == nil {
		return g, r.fault(given["score"], "the key \"threshold\" is missing", "write {score: threshold, threshold: 0.5}")
	}
	return g, nil
}

func groupKeys(g *problems.Group, above map[string]bool) []key {
	return []key{
		{"name", func(r *reader, n *yaml.Node) (err error) {
			if g.Name, err = r.text(n); err == nil && above[g.Name] {
				err = r.fault(n, "two groups are called "+quote(g.Name), "give one another name")
			}
			return err
		}},
		{"points", func(r *reader, n *yaml.Node) (err error) {
			g.Points, err = r.points(n)
			return err
		}},
		{"score", func(r *reader, n *yaml.Node) error {
			text, err := r.text(n)
			if err != nil {
				return err
			}
			i := slices.Index(problems.RuleNames(), text)
			if i < 0 {
				return r.fault(n, quote(text)+" is not a rule for scores", suggest(text, problems.RuleNames()))
			}
			g.Rule = problems.Rule(i)
			return nil
		}},
		{"threshold", func(r *reader, n *yaml.Node) error {
			value, err := r.number(n)
			if err != nil {
				return err
			}
			if g.Threshold, _ = value.Float64(); g.Rule != problems.Threshold || !(g.Threshold > 0) || g.Threshold > 1 {
				return r.fault(n, "a threshold is above 0 and at most 1, and goes with score: threshold", "write {score: threshold, threshold: 0.5}")
			}
			return nil
		}},
		{"requires", func(r *reader, n *yaml.Node) (err error) {
			if g.Requires, err = r.texts(n, "groups"); err != nil {
				return err
			}
			for _, name := range g.Requires {
				if !above[name] {
					return r.fault(n, "no group above this one is called "+quote(name),
						"a group can require those that are listed above it")
				}
			}
			return nil
		}},
	}
}
