package judge

import (
	"context"
	"fmt"
	"slices"

	"judge/isolate"
	"judge/judge/decide"
	"judge/judge/kinds"
	"judge/problems"
)

// grade computes the scores of a submission if the problem has graders. Graders may be programs, so this happens
// before the report is made.
func (s *session) grade(ctx context.Context, cpu int, c *column) {
	p, result := c.prepared, &c.result
	root := p.problem.Scoring
	if !root.Graded() || !c.program.Ready() || slices.ContainsFunc(result.Tests, wasCut) {
		return
	}
	program := func(g *problems.Scoring, items []problems.Graded) (problems.Graded, error) {
		s.quiet.RLock()
		defer s.quiet.RUnlock()
		return p.graders[g.Grader.Program].Grade(ctx, isolate.OnCore(cpu), g.Grader.Flags, items)
	}
	all, groups, err := decide.Grade(p.problem, result.Tests, program)
	switch {
	case err != nil && ctx.Err() != nil:
		c.interrupted = true
	case err != nil:
		s.note(err)
		c.fault = fmt.Errorf("grader %w", err)
	default:
		result.Groups, c.graded = groups, all
		if !root.Unscored {
			result.Score = &all.Score
		}
	}
}

// makeGraders compiles the grader programs.
func (p *Prepared) makeGraders(ctx context.Context, s *session) error {
	p.graders = map[*problems.External]*kinds.External{}
	for _, given := range p.problem.Scoring.Programs() {
		var err error
		if p.graders[given], err = p.makeExternal(ctx, s, given); err != nil {
			return err
		}
	}
	return nil
}
