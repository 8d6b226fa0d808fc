package problems

import "slices"

// Scoring is a node of the tree by which the results of tests become the score of a submission and, with graders, its
// verdict. Problem.Scoring is the root. Groups of tests are nodes with a name.
type Scoring struct {
	Name  string // of the group, as in TestCase.Groups; "": it only combines its items
	Rule  Rule   // how the results of the items are combined; with a Grader, the rule that describes it best
	Items []Item // in the order in which they are judged
	// Points is the best score. A node whose items are nodes needs it only if it has a Grader.
	Points float64
	// Unbounded says that the checker's points count without a bound. Points is then ignored.
	Unbounded bool
	Threshold float64 // the largest score that counts, with the rule Threshold
	// Break says that items after one that is not accepted do not count, with the rule Sum or a Grader.
	Break bool
	// Requires names groups above this one. Unless all of their tests are accepted, this one scores 0. A Grader does
	// not use it: there, it only explains why a group was not judged.
	Requires []string
	Factor   float64 // of the score, as for an average; 0: 1
	// Unscored says of a root that its Grader makes only the verdict. Its groups are then not reported.
	Unscored bool
	// Strict says of a root that scores of the checker must keep the rules "Scoring test cases" of the ICPC problem
	// package format 2025-09.
	Strict bool
	// Grader makes the score and the verdict instead of the Rule. A tree has graders in all of its nodes, or in none.
	Grader *GroupGrader
}

// Item is a test or a node beneath another one.
type Item struct {
	Test    int // index in Problem.Tests, or NotKept
	Inner   *Scoring
	Ignored bool // a test that is run, but does not count
}

// NotKept is the Test of an item whose test Problem.Keep has removed.
const NotKept = -1

// GroupGrader is a grader with the rules of "Graders" in the legacy ICPC problem package format, as the reference
// implementation has them, or with those of DOMjudge.
type GroupGrader struct {
	Flags          []string
	Accept, Reject float64   // scores of tests without a score of the checker
	Program        *External // nil: the default grader
	DOMjudge       bool      // use the rules of DOMjudge; Reject and Program are ignored
	Range          *Range    // of possible scores; nil: any
	Certain        bool      // of the root: Points does not depend on the problem's own programs
	Minimize       bool      // of the root: lower scores are better
}

// GroupsOfTests returns a tree that adds up the scores of groups. It gives each group the tests that name it, in their
// order. It returns nil without groups: a submission then passes or fails.
func GroupsOfTests(groups []*Scoring, tests []TestCase) *Scoring {
	if len(groups) == 0 {
		return nil
	}
	root, by := &Scoring{Rule: Sum}, map[string][]*Scoring{} // packages of CMS may have groups of the same name
	for _, g := range groups {
		root.Items = append(root.Items, Item{Inner: g})
		by[g.Name] = append(by[g.Name], g)
	}
	for i, t := range tests {
		for _, name := range t.Groups {
			for _, g := range by[name] {
				g.Items = append(g.Items, Item{Test: i})
			}
		}
	}
	return root
}

// Combine combines the scores of the groups with these names by a rule, instead of adding them.
func (s *Scoring) Combine(rule Rule, names []string) {
	together := &Scoring{Rule: rule}
	var others []Item
	for _, item := range s.Items {
		if item.Inner != nil && slices.Contains(names, item.Inner.Name) {
			together.Items = append(together.Items, item)
		} else {
			others = append(others, item)
		}
	}
	s.Items = append(others, Item{Inner: together})
}

// Graded reports whether graders make the verdict and the score. s may be nil.
func (s *Scoring) Graded() bool { return s != nil && s.Grader != nil }

// Nodes returns the node and all nodes beneath it, each before those beneath it. s may be nil.
func (s *Scoring) Nodes() []*Scoring {
	if s == nil {
		return nil
	}
	all := []*Scoring{s}
	for _, item := range s.Items {
		all = append(all, item.Inner.Nodes()...)
	}
	return all
}

// Groups returns the groups that are reported: the named nodes that hold tests, in the order of the tree and of their
// first tests. s may be nil.
func (s *Scoring) Groups() []*Scoring {
	if s == nil || s.Unscored {
		return nil
	}
	var all []*Scoring
	s.listGroups(&all)
	return all
}

func (s *Scoring) listGroups(all *[]*Scoring) {
	listed := s.Name == ""
	list := func() {
		if !listed {
			*all, listed = append(*all, s), true
		}
	}
	if len(s.Items) == 0 {
		list()
	}
	for _, item := range s.Items {
		if item.Inner == nil {
			list()
		} else {
			item.Inner.listGroups(all)
		}
	}
}

// Tests returns the indexes of the tests that are directly in the node, ignored ones too.
func (s *Scoring) Tests() []int {
	var tests []int
	for _, item := range s.Items {
		if item.Inner == nil && item.Test != NotKept {
			tests = append(tests, item.Test)
		}
	}
	return tests
}

// HoldsGroups reports whether there are nodes beneath the node.
func (s *Scoring) HoldsGroups() bool {
	return slices.ContainsFunc(s.Items, func(item Item) bool { return item.Inner != nil })
}

// Best returns the best score of the tree. points returns that of a group or a grader, usually Points. s may be nil.
func (s *Scoring) Best(points func(*Scoring) float64) float64 {
	if s == nil {
		return 0
	}
	if s.Grader != nil || !s.HoldsGroups() {
		return points(s)
	}
	var parts []part
	for _, item := range s.Items {
		parts = append(parts, part{Graded: Graded{Score: item.Inner.Best(points)}})
	}
	return s.times(s.rule().score(s, parts))
}

// MostPoints returns Points. It is the usual argument of Best.
func MostPoints(s *Scoring) float64 { return s.Points }

// Programs returns the graders that are programs of the problem, each once. s may be nil.
func (s *Scoring) Programs() []*External {
	var all []*External
	for _, node := range s.Nodes() {
		if node.Grader != nil && node.Grader.Program != nil && !slices.Contains(all, node.Grader.Program) {
			all = append(all, node.Grader.Program)
		}
	}
	return all
}

// part returns the tree of the tests whose new indexes are in at. Groups without tests stay, for reports.
func (s *Scoring) part(at map[int]int) *Scoring {
	if s == nil {
		return nil
	}
	part := *s
	part.Items = slices.Clone(s.Items)
	for i := range part.Items {
		item := &part.Items[i]
		if item.Inner != nil {
			item.Inner = item.Inner.part(at)
		} else if now, kept := at[item.Test]; kept {
			item.Test = now
		} else {
			item.Test = NotKept
		}
	}
	return &part
}
