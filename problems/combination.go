package problems

import "slices"

// Combination returns the node that combines the scores of groups: its nodes are groups and other combinations. Groups
// that it does not hold are added. Nil: the scores of all groups are added. For graders, it returns what their flags
// make of the scores of accepted groups. It is for display and for other formats. s may be nil.
func (s *Scoring) Combination() *Scoring {
	switch {
	case s == nil || s.Unscored:
		return nil
	case s.Grader != nil:
		of := combining{ignoreSample: slices.Contains(s.Grader.Flags, "ignore_sample")}
		combined, plain := of.node(s, true)
		if plain && len(combined.Items) == 0 {
			return nil
		}
		return combined
	}
	for _, item := range s.Items {
		if item.Inner != nil && item.Inner.Name == "" {
			return item.Inner
		}
	}
	return nil
}

// combining describes a tree of graders as combinations of groups.
type combining struct{ ignoreSample bool }

// node combines the scores of a node: of its own tests and of the nodes in it, by its mode. plain reports that all of
// them are simply added.
func (c combining) node(s *Scoring, root bool) (all *Scoring, plain bool) {
	var groups, parts []Item
	n := 0
	for _, item := range s.Items {
		if item.Inner == nil {
			n++
		}
	}
	if n > 0 {
		groups = append(groups, group(s))
	}
	plain = true
	inner := c.inner(s)
	for _, one := range inner {
		n++
		if len(c.inner(one)) == 0 {
			groups = append(groups, group(one))
			continue
		}
		part, added := c.node(one, false)
		parts = append(parts, Item{Inner: part})
		plain = plain && added
	}
	all = &Scoring{Rule: Sum, Items: slices.Concat(groups, parts)}
	if len(inner) > 0 { // else the group's own rule applies
		switch mode := s.Grader.Mode(); {
		case mode == "min" && len(all.Items) > 1:
			all.Rule = Min
			return all, false
		case mode == "max" && len(all.Items) > 1:
			all.Rule = Max
			return all, false
		case mode == "avg" && n > 1:
			all.Factor = 1 / float64(n)
			return all, false
		}
	}
	switch {
	case plain && root:
		return &Scoring{Rule: Sum}, true
	case len(parts) == 1 && (groups == nil || root):
		return parts[0].Inner, plain // groups that it does not hold are added anyway
	}
	return all, plain
}

// group returns a group without the nodes in it and without its grader.
func group(s *Scoring) Item {
	alone := *s
	alone.Grader = nil
	alone.Items = slices.DeleteFunc(slices.Clone(s.Items), func(item Item) bool { return item.Inner != nil })
	return Item{Inner: &alone}
}

// inner returns the nodes directly in a node that count.
func (c combining) inner(s *Scoring) []*Scoring {
	var all []*Scoring
	for _, item := range s.Items {
		if item.Inner != nil && c.counts(item.Inner) {
			all = append(all, item.Inner)
		}
	}
	return all
}

// counts reports whether tests that are not ignored are in a node or beneath it.
func (c combining) counts(s *Scoring) bool {
	if c.ignoreSample && s.Name == "sample" {
		return false
	}
	return slices.ContainsFunc(s.Items, func(item Item) bool {
		return item.Inner != nil && c.counts(item.Inner) || item.Inner == nil && !item.Ignored
	})
}
