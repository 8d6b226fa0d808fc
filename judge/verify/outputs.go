package verify

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"judge/judge"
	"judge/problems"
	"judge/problems/text"
)

// outputs tries the problem's own checker: on answers, on samples and on malformed data.
func (w *verification) outputs(ctx context.Context) error {
	p := w.problem
	if p.Interactor != nil || p.Manager != nil || p.Passes > 1 {
		return nil // it judges an interaction, not an output
	}
	var all probes
	for _, s := range p.Samples {
		if s.Output != "" {
			w.sampleOutput(&all, s)
		}
	}
	for _, s := range w.forChecker {
		w.answerToChecker(&all, s)
	}
	conclude := func() {}
	if p.Checker.External != nil {
		conclude = w.tryOutputs(&all)
	}
	if len(all.list) == 0 {
		return nil
	}
	results, err := w.Engine.Probe(ctx, samplesToo(p), all.list)
	if err != nil && results == nil {
		if hostError(ctx, err) {
			return err
		}
		w.unusable(Error, KindChecker, err)
		return nil
	}
	w.probedAs("checker", results)
	for i, r := range results {
		w.checked(all.list[i], r, all.judged[i])
	}
	conclude()
	return err
}

// checked records the result of one probe of the checker.
func (w *verification) checked(t judge.Probe, r judge.ProbeResult, judged func(judge.ProbeResult)) {
	switch {
	case errors.Is(r.Err, judge.ErrNotProbed):
	case r.Err == nil:
		judged(r)
	case t.Test.Answer == t.Test.Input: // an answer that is really an input may make it fail
	default:
		what := "on an output"
		if t.Data != nil {
			what = fmt.Sprintf("on the output %.40q", t.Data)
		}
		message := "the checker failed " + what + ": " + text.Error(r.Err)
		w.findFor(text.Error(r.Err), Finding{
			Severity: Error, Check: KindChecker, Subject: t.Test.Name, File: w.checkerPath(), Message: message,
		})
	}
}

// sampleOutput adds the probe of an output that the package declares right or wrong.
func (w *verification) sampleOutput(all *probes, s problems.Sample) {
	test := problems.TestCase{Name: s.Name, Input: s.Input, Answer: s.Answer, Args: s.Args, Checker: s.Checker}
	all.add(judge.Probe{Test: test, Output: s.Output, Checks: true}, func(r judge.ProbeResult) {
		switch {
		case r.Accepted && !s.Good:
			w.find(Error, KindChecker, s.Name, s.Output, "invalid output accepted by the checker")
		case !r.Accepted && s.Good:
			w.find(Error, KindChecker, s.Name, s.Output, "valid output rejected by the checker"+saying(r.Message))
		}
	})
}

// saying appends a program's message; a built-in comparison has none.
func saying(message string) string {
	if message == "" {
		return ""
	}
	return ": " + message
}

// samplesToo is the problem with its samples among the tests, so that the checker's jail shows them.
func samplesToo(p *problems.Problem) *problems.Problem {
	with := *p
	with.Tests = slices.Clone(p.Tests)
	for _, s := range p.Samples {
		if s.Answer != "" {
			with.Tests = append(with.Tests, problems.TestCase{Name: s.Name, Input: s.Input, Answer: s.Answer})
		}
	}
	return &with
}

func (w *verification) checkerPath() string {
	if e := w.problem.Checker.External; e != nil {
		return e.Path
	}
	return ""
}

// hasAnswer reports whether the answer of a test has any content.
func hasAnswer(t problems.TestCase) bool {
	info, err := os.Stat(t.Answer)
	return err != nil || info.Size() > 0
}

// maxProbes bounds on how many tests the checker is probed.
const maxProbes = 20

// tryOutputs adds probes of the checker: most answers are correct outputs, malformed data is not, and the arguments for
// answer and output must not be swapped. The function that it returns evaluates the probes together.
func (w *verification) tryOutputs(all *probes) func() {
	of := w.problem.Tests[0]
	tests := w.once(w.problem.Tests, func(t problems.TestCase) string {
		return fmt.Sprintf("%s%q%p", answered(t), t.Args, t.Checker)
	})
	for _, t := range tests[:min(len(tests), maxProbes)] {
		if !hasAnswer(t) {
			continue
		}
		all.add(judge.Probe{Test: t, Output: t.Answer, Checks: true}, func(r judge.ProbeResult) {
			if !r.Accepted {
				message := "the checker rejects the answer of " + t.Name + saying(r.Message)
				w.findFor("answer", Finding{
					Severity: Warning, Check: KindChecker, Subject: t.Name, File: w.checkerPath(), Message: message,
				})
			}
		})
	}
	var accepted []string
	bad := malformed(of.Answer)
	for _, j := range bad {
		all.add(judge.Probe{Test: of, Data: []byte(j.data), Checks: true}, func(r judge.ProbeResult) {
			if r.Accepted {
				accepted = append(accepted, j.name)
			}
		})
	}
	// The input is passed as the answer, and the answer as the output: a checker that confuses the two rejects this,
	// and has accepted malformed data.
	swapped, confused := of, false
	swapped.Answer = swapped.Input
	if hasAnswer(of) { // an empty output may be refused for being empty
		all.add(judge.Probe{Test: swapped, Output: of.Answer, Checks: true}, func(r judge.ProbeResult) {
			confused = !r.Accepted
		})
	}
	return func() {
		message := accepting(nil, accepted, bad, "output")
		switch {
		case confused && len(accepted) == len(bad):
			w.find(Error, KindChecker, of.Name, w.checkerPath(),
				"appears to have the answer and output arguments swapped: check its protocol")
		case message != "":
			w.find(Warning, KindChecker, of.Name, w.checkerPath(), message)
		}
	}
}
