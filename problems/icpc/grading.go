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
	b := gradingBuilder{nesting: t, nodes: map[string]*problems.Scoring{}}
	root, err := b.node("data")
	if err != nil {
		return err
	}
	for i, t := range r.problem.Tests {
		dir := path.Join("data", path.Dir(t.Name))
		in, err := b.node(dir)
		if err != nil {
			return err
		}
		ignored := r.domjudgeScores && !b.by[dir].own // it runs, but does not count
		in.Items = append(in.Items, problems.Item{Test: i, Ignored: ignored})
	}
	root.Unscored = !r.is("scoring")
	b.best(root)
	r.problem.Scoring, r.graded = root, true
	if root.Unscored {
		return nil
	}
	for _, name := range t.names {
		b.group(b.nodes[path.Join("data", name)])
	}
	return nil
}

// gradingBuilder builds the tree of graders.
type gradingBuilder struct {
	nesting
	nodes   map[string]*problems.Scoring
	program *problems.External // from graders/; nil until it is needed
}

// node returns the node of a directory, and creates it with those above it if needed. Tests come in the order of
// files and directories, so the nodes of directories do, too.
func (b *gradingBuilder) node(dir string) (*problems.Scoring, error) {
	if known := b.nodes[dir]; known != nil {
		return known, nil
	}
	s := b.by[dir]
	g := &problems.GroupGrader{
		Flags: s.graderFlags, Accept: s.accept, Reject: s.reject, DOMjudge: b.domjudgeScores,
	}
	node := &problems.Scoring{Break: s.onReject == "break", Grader: g}
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
		node.Name = dir[len("data/"):]
		above, err := b.node(path.Dir(dir))
		if err != nil {
			return nil, err
		}
		above.Items = append(above.Items, problems.Item{Inner: node})
	}
	b.nodes[dir] = node
	return node, nil
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
func (b *gradingBuilder) best(root *problems.Scoring) {
	if !b.is("scoring") {
		return
	}
	g := root.Grader
	g.Minimize = b.minimize
	s := b.by["data"]
	root.Points = map[bool]float64{false: s.rangeHigh, true: s.rangeLow}[b.minimize]
	if g.Certain = s.hasRange && !math.IsInf(root.Points, 0); g.Certain {
		return
	}
	g.Certain = !b.minimize && len(root.Programs()) == 0
	test := func(i int) problems.TestResult {
		s := b.by[path.Join("data", path.Dir(b.problem.Tests[i].Name))]
		finite := s.hasRange && !math.IsInf(s.rangeHigh, 0)
		if b.givesScores(s) && finite {
			return problems.TestResult{Verdict: problems.AC, Points: &s.rangeHigh}
		}
		g.Certain = g.Certain && !(b.validatorScores && b.givesScores(s))
		return problems.TestResult{Verdict: problems.AC}
	}
	result, _ := problems.Evaluation{Test: test}.Of(root) // only programs return errors
	root.Points = result.Score
}
