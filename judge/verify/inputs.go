package verify

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"judge/judge"
	"judge/judge/generate"
	"judge/problems"
	"judge/problems/text"
)

// probes are the probes to run, each with a function that receives its result.
type probes struct {
	list   []judge.Probe
	judged []func(judge.ProbeResult)
}

func (s *probes) add(t judge.Probe, f func(judge.ProbeResult)) {
	s.list, s.judged = append(s.list, t), append(s.judged, f)
}

// make makes the tests that the problem's recipes make. Each program that fails is a finding, and its tests are left
// out: complete is then false.
func (w *verification) make(ctx context.Context) (complete bool, err error) {
	if !w.problem.Made() {
		return true, nil
	}
	maker := generate.Maker{Judge: w.Engine, Every: true}
	if w.Engine.Cache != nil {
		maker.Cache = w.Engine.Cache.Cache
	}
	made, err := maker.Make(ctx, w.problem)
	if made != nil {
		w.problem.Held = append(w.problem.Held, made)
		w.done("made test", len(made.Tests))
	}
	var failures generate.Failures
	failed := map[string]bool{}
	switch {
	case err == nil:
		return true, nil
	case hostError(ctx, err):
		return false, err
	case errors.As(err, &failures):
		for _, f := range failures {
			failed[f.Test] = true
			w.drafts = append(w.drafts, draft{Finding: w.failedToMake(f)})
		}
	default:
		w.unusable(Error, KindPackage, err)
	}
	w.problem.Keep(func(t problems.TestCase) bool { return t.Input != "" && t.Answer != "" && !failed[t.Name] })
	w.note("submissions were not run: not all tests could be made")
	return false, nil
}

// failedToMake returns the finding about a generator, model solution or validator that failed, at the place of the
// recipe.
func (w *verification) failedToMake(f *generate.Failure) Finding {
	found := Finding{Severity: Error, Check: KindTest, Subject: f.Test, File: w.named("")}
	if f.Recipe != nil && f.Recipe.File != "" {
		found.File, found.Line = f.Recipe.File, f.Recipe.Row
	}
	found.Message = f.Doing + ": " + f.How
	for _, more := range []string{f.Stderr, f.Hint} {
		if more != "" {
			found.Message += "\n" + more
		}
	}
	found.Message = text.CutLines(found.Message, maxMessage)
	return found
}

// inputs runs the validators on every input, on inputs that they must reject, and on malformed data.
func (w *verification) inputs(ctx context.Context) error {
	if len(w.problem.InputValidators) == 0 {
		of := func(v problems.NotRun) bool { return v.Inputs }
		if w.problem.ValidatesInputs && !slices.ContainsFunc(w.problem.NotRun, of) {
			w.find(Warning, KindInput, "", "", "no input validator")
		}
		return nil
	}
	var all probes
	for _, t := range w.once(w.problem.Tests, w.validated) {
		all.add(judge.Probe{Test: t}, func(r judge.ProbeResult) {
			if !r.Accepted {
				w.find(Error, KindInput, t.Name, w.inputOf(t),
					fmt.Sprintf("validator %s rejects the input: %s", r.By, r.Message))
			}
		})
	}
	for _, s := range w.problem.Samples {
		w.sampleInput(&all, s)
	}
	var accepted []string
	var files []string
	for _, t := range w.problem.Tests {
		files = append(files, t.Input)
	}
	bad := malformed(files...)
	for _, j := range bad {
		all.add(judge.Probe{Test: w.problem.Tests[0], Data: []byte(j.data)}, func(r judge.ProbeResult) {
			if r.Accepted && r.Err == nil {
				accepted = append(accepted, j.name)
			}
		})
	}
	results, err := w.Engine.Probe(ctx, w.problem, all.list)
	if err != nil && results == nil {
		if hostError(ctx, err) {
			return err
		}
		w.unusable(Error, KindInput, err)
		return nil
	}
	w.probedAs("input", results)
	for i, r := range results {
		switch t := all.list[i].Test; {
		case errors.Is(r.Err, judge.ErrNotProbed):
		case r.Err != nil && all.list[i].Data == nil:
			w.find(Error, KindInput, t.Name, w.inputOf(t), text.Error(r.Err))
		default:
			all.judged[i](r)
		}
	}
	names := validatorNames(w.problem.InputValidators, w.problem.Tests[0])
	if message := accepting(names, accepted, bad, "input"); message != "" {
		w.find(Warning, KindInput, "", w.problem.InputValidators[0].Path, message)
	}
	return err
}

// validatorNames returns the names of the validators of a test, if there are several. An input is accepted by all of
// them or by none.
func validatorNames(all []problems.Validator, t problems.TestCase) (names []string) {
	for _, v := range all {
		if v.Reads(t) {
			names = append(names, filepath.Base(v.Path))
		}
	}
	if len(names) < 2 {
		return nil
	}
	return names
}

// validated holds everything that determines a validator's result on a test.
func (w *verification) validated(t problems.TestCase) string {
	var by []int // the validators that read it
	for i, v := range w.problem.InputValidators {
		if v.Reads(t) {
			by = append(by, i)
		}
	}
	return fmt.Sprintf("%s%q%q%v", identity(t.Input), t.ValidatorArgs, t.ValidatorArgsOf, by)
}

// sampleInput adds the probe of a sample's input, unless it is that of a test.
func (w *verification) sampleInput(all *probes, s problems.Sample) {
	known := slices.ContainsFunc(w.problem.Tests, func(t problems.TestCase) bool { return t.Input == s.Input })
	if known || s.Answer != "" && !strings.HasPrefix(w.problem.Format, "ICPC") {
		return
	}
	good := s.Good || s.Answer != "" // "Every input validator will be run on every test case defined in data."
	test := problems.TestCase{
		Name: s.Name, Input: s.Input, ValidatorArgs: s.ValidatorArgs, ValidatorArgsOf: s.ValidatorArgsOf,
	}
	all.add(judge.Probe{Test: test}, func(r judge.ProbeResult) {
		switch {
		case r.Accepted && !good:
			w.find(Error, KindInput, s.Name, s.Input, "invalid input accepted by the validator")
		case !r.Accepted && good:
			w.find(Error, KindInput, s.Name, s.Input,
				fmt.Sprintf("validator %s rejects a valid input: %s", r.By, r.Message))
		}
	})
}

// probedAs records how many probes of a kind there were, and how many of them were cached.
func (w *verification) probedAs(kind string, results []judge.ProbeResult) {
	probed, known := 0, 0
	for _, r := range results {
		if !errors.Is(r.Err, judge.ErrNotProbed) {
			probed++
		}
		if r.Cached {
			known++
		}
	}
	w.done(kind, probed)
	w.done("cached "+kind, known)
}
