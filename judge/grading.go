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

// gradeAll works out what submissions have earned where the problem has graders for that: they may be programs, so that it is done before
// the report is made.
func (w *judging) gradeAll(ctx context.Context) {
	grading := w.request.Problem.Grading
	if grading == nil {
		return
	}
	for i := range w.results {
		if !w.programs[i].Ready() {
			continue
		}
		result := &w.results[i]
		if slices.ContainsFunc(result.Tests, wasCut) {
			continue
		}
		program := func(g *problems.Grading, items []problems.Graded) (problems.Graded, error) {
			w.quiet.RLock()
			defer w.quiet.RUnlock()
			return w.graders[g.Program].Grade(ctx, isolate.OnCore(w.cores[0]), g.Flags, items)
		}
		all, groups, err := decide.Grade(w.request.Problem, result.Tests, program)
		switch {
		case err != nil && ctx.Err() != nil:
			w.ungraded[i] = true
		case err != nil:
			w.note(err)
			w.faults[i] = fmt.Errorf("grader %w", err)
		default:
			result.Groups, w.graded[i] = groups, all
			if w.request.Problem.Groups != nil {
				result.Score = &all.Score
			}
		}
	}
}

// makeGraders compiles the graders that are programs.
func (w *judging) makeGraders(ctx context.Context) error {
	if w.request.Problem.Grading == nil {
		return nil
	}
	w.graders = map[*problems.External]*kinds.External{}
	for _, given := range w.request.Problem.Grading.Programs() {
		var err error
		if w.graders[given], err = w.makeExternal(ctx, given); err != nil {
			return err
		}
	}
	return nil
}
