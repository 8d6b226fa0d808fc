package verify

import (
	"context"
	"errors"
	"fmt"

	"judge/judge"
	"judge/problems"
	"judge/problems/text"
)

// answers has the answer validators look at every answer, and at those that they must reject. They are part of no
// standard, so one that fails is a warning.
func (w *verification) answers(ctx context.Context) error {
	if len(w.problem.AnswerValidators) == 0 {
		for _, s := range w.problem.Samples {
			w.invalidAnswer(s, judge.Tried{Accepted: true})
		}
		return nil
	}
	var all trials
	for _, t := range w.once(w.problem.Tests, answered) {
		all.add(judge.Trial{Test: t, Answers: true}, func(r judge.Tried) {
			if !r.Accepted {
				message := fmt.Sprintf("answer validator %s rejects the answer: %s", r.By, r.Message)
				w.find(Error, KindAnswer, t.Name, w.answerOf(t), message)
			}
		})
	}
	for _, s := range w.problem.Samples {
		if isAnswer(s) {
			test := problems.TestCase{Name: s.Name, Input: s.Input, Answer: s.Answer, AnswerArgs: s.AnswerArgs}
			all.add(judge.Trial{Test: test, Answers: true}, func(r judge.Tried) { w.invalidAnswer(s, r) })
		}
	}
	results, err := w.Engine.Try(ctx, samplesToo(w.problem), all.list)
	if err != nil && results == nil {
		if hostError(ctx, err) {
			return err
		}
		w.unusable(Warning, KindAnswer, err)
		return nil
	}
	w.triedAs("answer", results)
	for i, r := range results {
		t := all.list[i].Test
		switch {
		case errors.Is(r.Err, judge.ErrNotTried):
		case r.Err != nil:
			w.find(Warning, KindAnswer, t.Name, w.answerOf(t), text.Error(r.Err))
		default:
			all.judged[i](r)
		}
	}
	return err
}

// answered is an input and its answer, of which links are other names, and what the answer validators are told.
func answered(t problems.TestCase) string {
	return fmt.Sprintf("%s %s%q", identity(t.Input), identity(t.Answer), t.AnswerArgs)
}

// isAnswer reports whether a sample is an answer that has to be rejected.
func isAnswer(s problems.Sample) bool { return s.Answer != "" && s.Output == "" && !s.Good }

// invalidAnswer notes what the answer validators say of an invalid answer. The checker decides on one that they accept:
// it has a stricter mode for answers.
func (w *verification) invalidAnswer(s problems.Sample, r judge.Tried) {
	p := w.problem
	switch {
	case !isAnswer(s) || !r.Accepted:
	case p.Checker.External != nil && p.Interactor == nil && p.Passes <= 1:
		w.forChecker = append(w.forChecker, s)
	case len(p.AnswerValidators) == 0:
		w.findFor("invalid answers", Finding{
			Severity: Warning, Check: KindAnswer, Subject: s.Name, File: s.Answer,
			Message: "no answer validator or output validator that could reject the invalid answer " + s.Name,
		})
	default:
		w.find(Error, KindAnswer, s.Name, s.Answer, "invalid answer accepted by the answer validators")
	}
}

// answerToChecker adds the trial of an invalid answer that no answer validator rejects.
func (w *verification) answerToChecker(all *trials, s problems.Sample) {
	test := problems.TestCase{Name: s.Name, Input: s.Input, Answer: s.Answer, Args: s.Args}
	all.add(judge.Trial{Test: test, Output: s.Answer, Checks: true}, func(r judge.Tried) {
		if r.Accepted {
			w.find(Error, KindAnswer, s.Name, s.Answer, "invalid answer accepted by every validator")
		}
	})
}
