package problems

import "slices"

// Graded is the verdict and the score of a test or a group.
type Graded struct {
	Verdict Verdict
	Score   float64
}

// Evaluation computes scores from the results of tests. It is pure but for Program.
type Evaluation struct {
	// Test returns the result of a test by its index.
	Test func(i int) TestResult
	// Program runs a node's grader that is a program. Nil: the default grader is used instead.
	Program func(s *Scoring, items []Graded) (Graded, error)
	// Note receives the result of each node that is judged, inner nodes first. It may be nil.
	Note func(s *Scoring, result Graded)
}

// Of returns the result of a tree. Errors are those of Program.
func (e Evaluation) Of(root *Scoring) (Graded, error) {
	var missing map[string]string
	if !root.Graded() {
		missing = root.Missing(func(i int) bool { return e.Test(i).Verdict == AC })
	}
	return e.node(root, missing)
}

// node returns the result of a node. missing holds the groups that lack a required group.
func (e Evaluation) node(s *Scoring, missing map[string]string) (result Graded, err error) {
	rule, counted := s.rule(), s.counted()
	m := membersOf(counted, e.Test)
	var parts []part
	for _, item := range counted {
		one := part{}
		if item.Inner != nil {
			if one.Graded, err = e.node(item.Inner, missing); err != nil {
				return one.Graded, err
			}
		} else {
			test := e.Test(item.Test)
			one.Verdict = test.Verdict
			one.Score, one.none = rule.value(s, test, m)
		}
		parts = append(parts, one)
		if rule.breaks && s.Break && one.Verdict != AC {
			break
		}
	}
	result = Graded{Verdict: rule.verdict(s, parts), Score: s.times(rule.score(s, parts))}
	if _, lacks := missing[s.Name]; lacks {
		result.Score = 0
	}
	if s.Grader != nil && s.Grader.Program != nil && !s.Grader.DOMjudge && e.Program != nil {
		if result, err = e.Program(s, gradedOf(parts)); err != nil {
			return result, err
		}
	}
	if e.Note != nil {
		e.Note(s, result)
	}
	return result, nil
}

// counted returns the items that count. A grader does not judge groups without tests.
func (s *Scoring) counted() []Item {
	var counted []Item
	for _, item := range s.Items {
		switch {
		case item.Inner == nil && (item.Ignored || item.Test == NotKept):
		case item.Inner != nil && s.Grader != nil && !item.Inner.judged():
		default:
			counted = append(counted, item)
		}
	}
	if s.Grader != nil && s.Grader.DOMjudge {
		return countedByDOMjudge(s.Grader.Flags, counted)
	}
	return counted
}

// judged reports whether a test that counts is in the node or beneath it.
func (s *Scoring) judged() bool {
	return slices.ContainsFunc(s.Items, func(item Item) bool {
		if item.Inner != nil {
			return item.Inner.judged()
		}
		return !item.Ignored && item.Test != NotKept
	})
}

// Missing returns the groups that lack a group that they require, by name, each with the first of those that it lacks.
// A group passes if all of its tests are accepted and it lacks no group. s may be nil.
func (s *Scoring) Missing(accepted func(test int) bool) map[string]string {
	missing, passed := map[string]string{}, map[string]bool{}
	for _, g := range s.Groups() {
		all := !slices.ContainsFunc(g.Tests(), func(i int) bool { return !accepted(i) })
		if at := slices.IndexFunc(g.Requires, func(name string) bool { return !passed[name] }); at >= 0 {
			missing[g.Name], all = g.Requires[at], false
		}
		passed[g.Name] = all
	}
	return missing
}

// times applies the factor to a score.
func (s *Scoring) times(score float64) float64 {
	if s.Factor != 0 {
		return score * s.Factor
	}
	return score
}

// Settled reports whether no test after one of the node with this result changes what the node scores.
func (s *Scoring) Settled(test TestResult) bool { return s.rule().settled(s, test) }

// part is the result of an item. none says that it has no score.
type part struct {
	Graded
	none bool
}

func gradedOf(parts []part) []Graded {
	var all []Graded
	for _, p := range parts {
		all = append(all, p.Graded)
	}
	return all
}

// members is what the share of a test in a node depends on.
type members struct {
	count int  // of tests
	own   bool // a test has points of its own
}

func membersOf(items []Item, test func(i int) TestResult) (m members) {
	for _, item := range items {
		if item.Inner == nil {
			m.count++
			m.own = m.own || test(item.Test).Worth > 0
		}
	}
	return m
}
