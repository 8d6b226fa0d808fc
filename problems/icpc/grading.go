package icpc

import (
	"fmt"
	"math"
	"path"

	"judge/problems"
)

// grading reads the graders of the legacy version. Each directory of test data has one, with its flags ("Test Data
// Groups", "Graders").
func (r *reader) grading(t nesting) error {
	b := gradingBuilder{nesting: t, nodes: map[string]*problems.Grading{}}
	root, err := b.node("data")
	if err != nil {
		return err
	}
	for i, t := range r.problem.Tests {
		dir := path.Join("data", path.Dir(t.Name))
		if r.domjudgeScores && !b.by[dir].own {
			continue // it runs, but does not count
		}
		in, err := b.node(dir)
		if err != nil {
			return err
		}
		in.Items = append(in.Items, problems.GradingItem{Test: i})
	}
	b.best(root)
	r.problem.Grading, r.graded = root, true
	return nil
}

// gradingBuilder builds the tree of graders.
type gradingBuilder struct {
	nesting
	nodes   map[string]*problems.Grading
	program *problems.External // from graders/; nil until it is needed
}

// node returns the node of a directory, and creates it with those above it if needed. Tests come in the order of
// files and directories, so the nodes of directories do, too.
func (b *gradingBuilder) node(dir string) (*problems.Grading, error) {
	if known := b.nodes[dir]; known != nil {
		return known, nil
	}
	s := b.by[dir]
	g := &problems.Grading{
		Flags: s.graderFlags, Break: s.onReject == "break", Accept: s.accept, Reject: s.reject,
		DOMjudge: b.domjudgeScores,
	}
	if s.hasRange && s.own {
		g.Range = &problems.Range{Least: s.rangeLow, Most: s.rangeHigh}
	}
	for _, flag := range s.graderFlags {
		switch flag {
		case "sum", "avg", "min", "max", "worst_error", "no_errors", "first_error", "always_accept",
			"accept_if_any_accepted", "ignore_sample":
		default:
			if s.grading != "custom" && !b.domjudgeScores { // a custom grader defines its own flags
				return nil, b.folder.Fault(s.file, 0, fmt.Sprintf("unknown grader flag %q", flag), "")
			}
		}
	}
	if s.grading == "custom" {
		var err error
		if g.Program, err = b.grader(s); err != nil {
			return nil, err
		}
	}
	if dir != "data" {
		g.Group = dir[len("data/"):]
		above, err := b.node(path.Dir(dir))
		if err != nil {
			return nil, err
		}
		above.Items = append(above.Items, problems.GradingItem{Inner: g})
	}
	b.nodes[dir] = g
	return g, nil
}

// grader returns the program in graders/.
func (b *gradingBuilder) grader(s *settings) (*problems.External, error) {
	if b.program != nil {
		return b.program, nil
	}
	programs, err := b.programs("graders")
	if err != nil {
		return nil, err
	}
	if len(programs) != 1 {
		return nil, b.folder.Fault(s.file, 0,
			fmt.Sprintf("grading: custom, but graders holds %d programs", len(programs)), "put one program there")
	}
	full, err := b.folder.Program("graders", programs[0])
	if err != nil {
		return nil, err
	}
	b.program = &problems.External{Path: full, Protocol: problems.ICPC}
	return b.program, nil
}

// best computes the best possible score: the end of the range, or without one the score when all tests are accepted.
// Without a range, scores of a custom validator or grader are assumed to be those of the default grader, and the
// result is not certain.
func (b *gradingBuilder) best(root *problems.Grading) {
	if !b.is("scoring") {
		return
	}
	root.Minimize = b.minimize
	s := b.by["data"]
	root.Best = map[bool]float64{false: s.rangeHigh, true: s.rangeLow}[b.minimize]
	if root.Certain = s.hasRange && !math.IsInf(root.Best, 0); root.Certain {
		return
	}
	root.Certain = !b.minimize && len(root.Programs()) == 0
	test := func(i int) (problems.Verdict, *float64) {
		s := b.by[path.Join("data", path.Dir(b.problem.Tests[i].Name))]
		finite := s.hasRange && !math.IsInf(s.rangeHigh, 0)
		if b.givesScores(s) && finite {
			return problems.AC, &s.rangeHigh
		}
		root.Certain = root.Certain && !(b.validatorScores && b.givesScores(s))
		return problems.AC, nil
	}
	byDefault := func(g *problems.Grading, items []problems.Graded) (problems.Graded, error) {
		return g.Default(items), nil
	}
	result, _ := root.Grade(test, byDefault, func(*problems.Grading, problems.Graded) {})
	root.Best = result.Score
}
