package problems

import "slices"

// Scored returns the tree by which the problem is scored: Scoring, or the same tree made of Groups, Total and Grading.
func (p *Problem) Scored() *Scoring {
	switch {
	case p.Scoring != nil:
		return p.Scoring
	case p.Grading != nil:
		root := p.graded(p.Grading)
		root.Unscored = p.Groups == nil
		root.Points, root.Grader.Certain, root.Grader.Minimize = p.Grading.Best, p.Grading.Certain, p.Grading.Minimize
		return root
	}
	var groups []*Scoring
	for _, g := range p.Groups {
		groups = append(groups, g.node())
	}
	root := GroupsOfTests(groups, p.Tests)
	if root != nil && !p.Total.Plain() {
		root.Items = slices.DeleteFunc(root.Items, func(item Item) bool { return p.Total.over(item.Inner.Name) })
		root.Items = append(root.Items, Item{Inner: p.Total.node(groups)})
	}
	return root
}

func (g Group) node() *Scoring {
	return &Scoring{
		Name: g.Name, Rule: g.Rule, Points: g.Points, Unbounded: g.Unbounded, Threshold: g.Threshold, Break: g.Break,
		Requires: g.Requires,
	}
}

func (t Total) node(groups []*Scoring) *Scoring {
	all := &Scoring{Rule: t.Rule, Factor: t.Times}
	for _, name := range t.Over {
		if i := slices.IndexFunc(groups, func(g *Scoring) bool { return g.Name == name }); i >= 0 {
			all.Items = append(all.Items, Item{Inner: groups[i]})
		}
	}
	for _, part := range t.Parts {
		all.Items = append(all.Items, Item{Inner: part.node(groups)})
	}
	return all
}

func (p *Problem) graded(g *Grading) *Scoring {
	s := &Scoring{Name: g.Group}
	if i := slices.IndexFunc(p.Groups, func(o Group) bool { return o.Name == g.Group }); i >= 0 {
		s = p.Groups[i].node()
	}
	s.Break = g.Break
	s.Grader = &GroupGrader{
		Flags: g.Flags, Accept: g.Accept, Reject: g.Reject, Program: g.Program, DOMjudge: g.DOMjudge, Range: g.Range,
	}
	for _, item := range g.Items {
		one := Item{Test: item.Test}
		if item.Inner != nil {
			one.Inner = p.graded(item.Inner)
		}
		s.Items = append(s.Items, one)
	}
	return s
}
