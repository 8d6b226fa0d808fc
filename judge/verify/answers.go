package verify

import (
	"context"
	"errors"
	"fmt"

	"judge/judge"
	"judge/problems"
	"judge/problems/text"
)

// answers runs the answer validators on every answer, and on those that they must reject. No standard defines
// answer validators, so a failing one is a warning.
func (w *verification) answers(ctx context.Context) error {
	if len(w.problem.AnswerValidators) == 0 {
		for _, s := range w.problem.Samples {
			w.invalidAnswer(s, judge.ProbeResult{Accepted: true})
		}
		return nil
	}
	var all probes
	for _, t := range w.once(w.problem.Tests, answered) {
		all.add(judge.Probe{Test: t, Answers: true}, func(r judge.ProbeResult) {
			if !r.Accepted {
				message := fmt.Sprintf("answer validator %s rejects the answer: %s", r.By, r.Message)
				w.find(Error, KindAnswer, t.Name, w.answerOf(t), message)
			}
		})
	}
	for _, s := range w.problem.Samples {
		if isAnswer(s) {
			test := problems.TestCase{Name: s.Name, Input: s.Input, Answer: s.Answer, AnswerArgs: s.AnswerArgs}
			all.add(judge.Probe{Test: test, Answers: true}, func(r judge.ProbeResult) { w.invalidAnswer(s, r) })
		}
	}
	results, err := w.Engine.Probe(ctx, samplesToo(w.problem), all.list)
	if err != nil && results == nil {
		if hostError(ctx, err) {
			return err
		}
		w.unusable(Warning, KindAnswer, err)
		return nil
	}
	w.probedAs("answer", results)
	for i, r := range results {
		t := all.list[i].Test
		switch {
		case errors.Is(r.Err, judge.ErrNotProbed):
		case r.Err != nil:
			w.find(Warning, KindAnswer, t.Name, w.answerOf(t), text.Error(r.Err))
		default:
			all.judged[i](r)
		}
	}
	return err
}

// answered is an input with its answer, which links may name several times, and the arguments of the answer
// validators.
func answered(t problems.TestCase) string {
	return fmt.Sprintf("%s %s%q", identity(t.Input), identity(t.Answer), t.AnswerArgs)
}

// isAnswer reports whether a sample is an answer that must be rejected.
func isAnswer(s problems.Sample) bool { return s.Answer != "" && s.Output == "" && !s.Good }

// invalidAnswer records the answer validators' results for an invalid answer. The checker decides on one that they
// accept: it has a stricter mode for answers.
func (w *verification) invalidAnswer(s problems.Sample, r judge.ProbeResult) {
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

// answerToChecker adds the probe of an invalid answer that no answer validator rejects.
func (w *verification) answerToChecker(all *probes, s problems.Sample) {
	test := problems.TestCase{Name: s.Name, Input: s.Input, Answer: s.Answer, Args: s.Args}
	all.add(judge.Probe{Test: test, Output: s.Answer, Checks: true}, func(r judge.ProbeResult) {
		if r.Accepted {
			w.find(Error, KindAnswer, s.Name, s.Answer, "invalid answer accepted by every validator")
		}
	})
}
