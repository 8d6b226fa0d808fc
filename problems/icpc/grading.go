package icpc

import (
	"fmt"
	"math"
	"path"
	"slices"

	"judge/problems"
)

// grading reads the graders of the legacy version: of every directory of test data one, with its flags ("Test Data Groups", "Graders").
func (r *reader) grading(t nesting) error {
	b := gradingBuilder{nesting: t, nodes: map[string]*problems.Grading{}}
	root, err := b.node("data")
	if err != nil {
		return err
	}
	for i, t := range r.problem.Tests {
		in, err := b.node(path.Join("data", path.Dir(t.Name)))
		if err != nil {
			return err
		}
		in.Items = append(in.Items, problems.GradingItem{Test: i})
	}
	root.Best = b.best(root)
	r.problem.Grading = root
	return nil
}

type gradingBuilder struct {
	nesting
	nodes   map[string]*problems.Grading
	program *problems.External // in graders; nil: not looked for yet
}

// node is that of a directory. Tests are in the order of files and directories, and so directories come up in theirs.
func (b *gradingBuilder) node(dir string) (*problems.Grading, error) {
	if known := b.nodes[dir]; known != nil {
		return known, nil
	}
	s := b.by[dir]
	g := &problems.Grading{Flags: s.graderFlags, Break: s.onReject == "break", Accept: s.accept, Reject: s.reject}
	for _, flag := range s.graderFlags {
		switch flag {
		case "sum", "avg", "min", "max", "worst_error", "no_errors", "first_error", "always_accept", "accept_if_any_accepted", "ignore_sample":
		default:
			if s.grading != "custom" {
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
		b.asWhole(g, s)
		above, err := b.node(path.Dir(dir))
		if err != nil {
			return nil, err
		}
		above.Items = append(above.Items, problems.GradingItem{Inner: g})
	}
	b.nodes[dir] = g
	return g, nil
}

// asWhole makes the accept_score that of the whole group where the package has it so, which is what its least test then earns.
func (b *gradingBuilder) asWhole(g *problems.Grading, s *settings) {
	switch {
	case !b.perGroup || b.beneath(g.Group) != nil:
	case s.accepts:
		g.Flags = append(slices.Clone(g.Flags), "min")
	case b.problem.Checker.External == nil && b.problem.Interactor == nil:
		g.Accept = 0
	}
}

// grader is the program in graders.
func (b *gradingBuilder) grader(s *settings) (*problems.External, error) {
	if b.program != nil {
		return b.program, nil
	}
	programs, err := b.programs("graders")
	if err != nil {
		return nil, err
	}
	if len(programs) != 1 {
		return nil, b.folder.Fault(s.file, 0, fmt.Sprintf("grading: custom, and graders holds %d programs", len(programs)), "put one there")
	}
	full, err := b.folder.Program("graders", programs[0])
	if err != nil {
		return nil, err
	}
	b.program = &problems.External{Path: full, Protocol: problems.ICPC}
	return b.program, nil
}

// best is the most that there is to earn: what the range says, or else what all tests earn when they are accepted, with the most that their
// range allows where the validator gives scores. What a program makes of that is taken to be what the default grader would.
func (b *gradingBuilder) best(root *problems.Grading) float64 {
	if s := b.by["data"]; s.hasRange && !math.IsInf(s.rangeHigh, 0) {
		return s.rangeHigh
	}
	scored := b.problem.Checker.External != nil || b.problem.Interactor != nil
	result, _ := root.Grade(
		func(i int) (problems.Verdict, *float64) {
			s := b.by[path.Join("data", path.Dir(b.problem.Tests[i].Name))]
			if scored && s.hasRange && !math.IsInf(s.rangeHigh, 0) {
				return problems.AC, &s.rangeHigh
			}
			return problems.AC, nil
		},
		func(g *problems.Grading, items []problems.Graded) (problems.Graded, error) {
			return g.Default(items), nil
		},
		func(*problems.Grading, problems.Graded) {})
	return result.Score
}
