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

// gradeAll computes the scores of submissions if the problem has graders. Graders may be programs, so this happens
// before the report is made.
func (s *session) gradeAll(ctx context.Context) {
	grading := s.request.Problem.Grading
	if grading == nil {
		return
	}
	for _, c := range s.columns {
		result := &c.result
		if !c.program.Ready() || slices.ContainsFunc(result.Tests, wasCut) {
			continue
		}
		program := func(g *problems.Grading, items []problems.Graded) (problems.Graded, error) {
			s.quiet.RLock()
			defer s.quiet.RUnlock()
			return s.graders[g.Program].Grade(ctx, isolate.OnCore(s.cores[0]), g.Flags, items)
		}
		all, groups, err := decide.Grade(s.request.Problem, result.Tests, program)
		switch {
		case err != nil && ctx.Err() != nil:
			c.ungraded = true
		case err != nil:
			s.note(err)
			c.fault = fmt.Errorf("grader %w", err)
		default:
			result.Groups, c.graded = groups, all
			if s.request.Problem.Groups != nil {
				result.Score = &all.Score
			}
		}
	}
}

// makeGraders compiles the grader programs.
func (s *session) makeGraders(ctx context.Context) error {
	if s.request.Problem.Grading == nil {
		return nil
	}
	s.graders = map[*problems.External]*kinds.External{}
	for _, given := range s.request.Problem.Grading.Programs() {
		var err error
		if s.graders[given], err = s.makeExternal(ctx, given); err != nil {
			return err
		}
	}
	return nil
}
