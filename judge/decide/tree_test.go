package decide

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"judge/judge/report"
	"judge/problems"
)

// twice is one random problem in the former model and as a tree.
type twice struct {
	old  oldProblem
	tree problems.Problem
}

// random makes random problems.
type random struct{ *rand.Rand }

func (r random) chance(of int) bool { return r.IntN(of) == 0 }

func pick[T any](r random, of ...T) T { return of[r.IntN(len(of))] }

// some returns a random part of a list, in its order.
func some[T any](r random, of []T) (all []T) {
	for _, one := range of {
		if r.chance(3) {
			all = append(all, one)
		}
	}
	return all
}

func (r random) group(name string, above []string) oldGroup {
	return oldGroup{
		Name: name, Points: float64(r.IntN(4)) * 12.5, Rule: problems.Rule(r.IntN(6)), Requires: some(r, above),
		Unbounded: r.chance(6), Threshold: 0.5, Break: r.chance(3),
	}
}

func nodeOf(g oldGroup) *problems.Scoring {
	return &problems.Scoring{
		Name: g.Name, Rule: g.Rule, Points: g.Points, Unbounded: g.Unbounded, Threshold: g.Threshold, Break: g.Break, Requires: g.Requires,
	}
}

// groups returns a problem of groups that a total combines. Groups that the total does not name come first.
func (r random) groups() (p twice) {
	var names []string
	for i := range 1 + r.IntN(5) {
		g := r.group(fmt.Sprint("g", i), names)
		names = append(names, g.Name)
		p.old.Groups = append(p.old.Groups, g)
	}
	for i := range r.IntN(8) {
		p.old.Tests = append(p.old.Tests, problems.TestCase{Name: fmt.Sprint(i), Groups: some(r, names), Points: pick(r, 0, 0, 5.5)})
	}
	var nodes []*problems.Scoring
	for _, g := range p.old.Groups {
		nodes = append(nodes, nodeOf(g))
	}
	p.tree = problems.Problem{Tests: p.old.Tests, Scoring: problems.GroupsOfTests(nodes, p.old.Tests)}
	if r.chance(3) {
		return p
	}
	free := nodes[r.IntN(len(nodes)+1):]
	root := &problems.Scoring{Rule: problems.Sum, Items: p.tree.Scoring.Items[:len(nodes)-len(free)]}
	total, node := r.total(free)
	if !total.Plain() {
		p.old.Total, p.tree.Scoring = total, root
		root.Items = append(slices.Clip(root.Items), problems.Item{Inner: node})
	}
	return p
}

func (t oldTotal) Plain() bool { return t.Over == nil && t.Parts == nil }

// total combines some groups: a few alone, and the rest in a part.
func (r random) total(groups []*problems.Scoring) (old oldTotal, node *problems.Scoring) {
	old = oldTotal{Rule: pick(r, problems.Min, problems.Sum, problems.Max), Times: pick(r, 0, 0, 0.3)}
	node = &problems.Scoring{Rule: old.Rule, Factor: old.Times}
	alone := r.IntN(len(groups) + 1)
	for _, g := range groups[:alone] {
		old.Over, node.Items = append(old.Over, g.Name), append(node.Items, problems.Item{Inner: g})
	}
	if alone < len(groups) {
		if part, inner := r.total(groups[alone:]); !part.Plain() {
			old.Parts, node.Items = append(old.Parts, part), append(node.Items, problems.Item{Inner: inner})
		}
	}
	return old, node
}

// graders returns a problem with a tree of graders, of the reference implementation or of DOMjudge.
func (r random) graders() (p twice) {
	b := &graded{random: r, p: &p, domjudge: r.chance(2)}
	old, tree := b.dir("", 0)
	old.Best, old.Certain, old.Minimize = float64(r.IntN(100)), r.chance(2), r.chance(2)
	tree.Points, tree.Grader.Certain, tree.Grader.Minimize = old.Best, old.Certain, old.Minimize
	if tree.Unscored = r.chance(4); !tree.Unscored {
		b.setGroups()
	}
	p.old.Grading, p.tree.Scoring, p.tree.Tests = old, tree, p.old.Tests
	if r.chance(3) {
		p.keep(func(problems.TestCase) bool { return !r.chance(3) })
	}
	return p
}

type graded struct {
	random
	p        *twice
	domjudge bool
	names    []string // of the groups, by their first tests
	nodes    map[string]*problems.Scoring
}

// dir returns a random directory of tests and directories. Nil: no test in it counts.
func (b *graded) dir(name string, depth int) (old *oldGrading, node *problems.Scoring) {
	old = &oldGrading{
		Name: name, Break: b.chance(3), Accept: float64(b.IntN(3)), Reject: float64(b.IntN(2)), DOMjudge: b.domjudge,
		Flags: some(b.random, []string{"sum", "avg", "min", "max", "first_error", "always_accept", "accept_if_any_accepted", "ignore_sample"}),
		Range: pick(b.random, nil, &problems.Range{Most: float64(b.IntN(5))}),
	}
	if !b.domjudge && b.chance(6) {
		old.Program = &problems.External{Path: name}
	}
	node = &problems.Scoring{Name: name, Break: old.Break, Grader: &problems.GroupGrader{
		Flags: old.Flags, Accept: old.Accept, Reject: old.Reject, DOMjudge: old.DOMjudge, Range: old.Range, Program: old.Program,
	}}
	ignored := b.domjudge && name != "" && b.chance(4)
	for i := range 1 + b.IntN(4) {
		if depth < 3 && (name == "" || b.chance(3)) {
			inner := fmt.Sprintf("%s/%d", name, i)
			if name == "" {
				inner = pick(b.random, "sample", "secret") + fmt.Sprint(i)
				if i == 0 && b.chance(2) {
					inner = "sample"
				}
			}
			below, tree := b.dir(inner, depth+1)
			node.Items = append(node.Items, problems.Item{Inner: tree})
			if below != nil {
				old.Items = append(old.Items, oldItem{Inner: below})
			}
			continue
		}
		if name == "" {
			continue
		}
		if !slices.Contains(b.names, name) {
			b.names = append(b.names, name)
		}
		at := len(b.p.old.Tests)
		b.p.old.Tests = append(b.p.old.Tests, problems.TestCase{Name: fmt.Sprint(name, "/t", i), Groups: []string{name}})
		node.Items = append(node.Items, problems.Item{Test: at, Ignored: ignored})
		if !ignored {
			old.Items = append(old.Items, oldItem{Test: at})
		}
	}
	if b.nodes == nil {
		b.nodes = map[string]*problems.Scoring{}
	}
	b.nodes[name] = node
	if len(old.Items) == 0 && name != "" {
		old = nil
	}
	return old, node
}

func (b *graded) setGroups() {
	for i, name := range b.names {
		g, node := b.group(name, b.names[:i]), b.nodes[name]
		node.Rule, node.Points, node.Unbounded, node.Requires = g.Rule, g.Points, g.Unbounded, g.Requires
		b.p.old.Groups = append(b.p.old.Groups, g)
	}
}

// keep removes tests from both.
func (p *twice) keep(keep func(problems.TestCase) bool) {
	at := map[int]int{}
	var kept []problems.TestCase
	for i, t := range p.old.Tests {
		if keep(t) {
			at[i] = len(kept)
			kept = append(kept, t)
		}
	}
	p.old.Tests, p.old.Grading = kept, p.old.Grading.part(at)
	p.tree.Keep(func(t problems.TestCase) bool {
		return slices.ContainsFunc(kept, func(o problems.TestCase) bool { return o.Name == t.Name })
	})
}

func (g *oldGrading) part(at map[int]int) *oldGrading {
	part := *g
	part.Items = nil
	for _, item := range g.Items {
		if item.Inner != nil {
			if inner := item.Inner.part(at); len(inner.Items) > 0 {
				part.Items = append(part.Items, oldItem{Inner: inner})
			}
		} else if i, kept := at[item.Test]; kept {
			part.Items = append(part.Items, oldItem{Test: i})
		}
	}
	return &part
}

func (r random) results(tests []problems.TestCase) (all []report.Test) {
	for _, t := range tests {
		given := pick(r, -1.0, 0, 0.25, 0.5, 1, 2, 100)
		one := report.Test{Name: t.Name, Group: fmt.Sprint(t.Groups), Reason: report.Reason(t.Name)}
		one.Verdict = pick(r, problems.AC, problems.AC, problems.AC, problems.WA, problems.TLE, problems.RTE, problems.SKIP, problems.JE)
		switch r.IntN(4) {
		case 0:
			one.Points = &given
		case 1:
			one.Score = &given
		}
		all = append(all, one)
	}
	return all
}

// outcome is everything that scores decide about a submission.
type outcome struct {
	Score  *float64
	Graded *problems.Graded
	Groups []report.Group
	Err    error
	Worth  float64
	Before [3][]bool // by Stop rule: the tests that need not run
}

func (p *twice) byOld(results []report.Test, program func(name string, items []problems.Graded) (problems.Graded, error)) (o outcome) {
	o.Worth = oldWorth(&p.old)
	if p.old.Grading == nil {
		o.Score, o.Groups = oldScores(&p.old, results)
	} else {
		o.Graded, o.Groups, o.Err = oldGrade(&p.old, results, func(g *oldGrading, items []problems.Graded) (problems.Graded, error) {
			return program(g.Name, items)
		})
	}
	for _, stop := range []Stop{AtEnd, AtFirstFailure, AtFirstTimeout} {
		e := newOldEarlyStop(stop, &p.old)
		o.Before[stop] = stops(results, e.Before, e.Note)
	}
	return o
}

func (p *twice) byTree(results []report.Test, program func(name string, items []problems.Graded) (problems.Graded, error)) (o outcome) {
	o.Worth = Worth(&p.tree)
	if !p.tree.Scoring.Graded() {
		o.Score, o.Groups = Scores(&p.tree, results)
	} else {
		o.Graded, o.Groups, o.Err = Grade(&p.tree, results, func(s *problems.Scoring, items []problems.Graded) (problems.Graded, error) {
			return program(s.Name, items)
		})
	}
	for _, stop := range []Stop{AtEnd, AtFirstFailure, AtFirstTimeout} {
		e := NewEarlyStop(stop, &p.tree)
		o.Before[stop] = stops(results, e.Before, e.Note)
	}
	return o
}

// stops returns which tests need not run, when the others end as results says.
func stops(results []report.Test, before func(int) bool, note func(int, report.Test)) (all []bool) {
	for i, result := range results {
		skip := before(i)
		if skip {
			result = report.Test{Verdict: problems.SKIP}
		}
		note(i, result)
		all = append(all, skip)
	}
	return all
}

// TestTreeScoresAsTheFormerModels compares the tree with what it has replaced, on random problems and results: scores,
// verdicts, groups, the best score, and the tests that need not run.
func TestTreeScoresAsTheFormerModels(t *testing.T) {
	r := random{rand.New(rand.NewPCG(7, 11))}
	program := func(name string, items []problems.Graded) (problems.Graded, error) {
		switch {
		case len(items)%4 == 3:
			return problems.Graded{}, errors.New("no grade for " + name)
		case len(items) > 0:
			return problems.Graded{Verdict: items[len(items)-1].Verdict, Score: items[0].Score + 1}, nil
		default:
			return problems.Graded{Verdict: problems.WA, Score: 1}, nil
		}
	}
	seen := map[string]int{}
	for range 8_000 {
		p := pick(r, r.groups, r.graders)()
		results := r.results(p.tree.Tests)
		want, got := p.byOld(results, program), p.byTree(results, program)
		if p.old.Grading == nil && len(p.old.Tests) > 0 {
			seen["groups"]++
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("problem %+v\nas a tree %s\nresults %+v\ngot      %s\nexpected %s", p.old, treeText(p.tree.Scoring), results, outcomeText(got), outcomeText(want))
		}
		switch {
		case want.Err != nil:
			seen["failing programs"]++
		case want.Graded != nil && want.Graded.Score > 0:
			seen["graded"]++
		case want.Score != nil && *want.Score > 0:
			seen["scored"]++
		}
		if slices.Contains(want.Before[AtFirstFailure], true) {
			seen["skips"]++
		}
	}
	for _, kind := range []string{"groups", "failing programs", "graded", "scored", "skips"} {
		if seen[kind] < 200 {
			t.Errorf("expected at least 200 problems with %s, got %d", kind, seen[kind])
		}
	}
}

func treeText(s *problems.Scoring) string {
	text := fmt.Sprintf("{%s %v break=%v points=%v", s.Name, s.Rule, s.Break, s.Points)
	if s.Grader != nil {
		text += fmt.Sprintf(" %+v", *s.Grader)
	}
	for _, item := range s.Items {
		if item.Inner != nil {
			text += " " + treeText(item.Inner)
		} else {
			text += fmt.Sprintf(" %d", item.Test)
		}
	}
	return text + "}"
}

func outcomeText(o outcome) string {
	score := "none"
	if o.Score != nil {
		score = fmt.Sprint(*o.Score)
	}
	return fmt.Sprintf("score %s, graded %+v, groups %+v, err %v, worth %v, before %v", score, o.Graded, o.Groups, o.Err, o.Worth, o.Before)
}
