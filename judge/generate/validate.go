package generate

import (
	"context"

	"judge/judge"
	"judge/judge/cache"
	"judge/problems"
	store "judge/problems/cache"
)

// validated holds everything that determines the result of the validators on an input.
type validated struct {
	Validators []validator
	Args       []string
	ArgsOf     map[string][]string
	Groups     []string
	File       string // of the entry
}

type validator struct {
	Program string
	Given   problems.Validator
}

// input is the made input of a test, in its entry.
type input struct {
	test  int // index in Problem.Tests
	entry *store.Entry
	file  string // in the product
}

// validate lets the validators read each input that they have not accepted before.
func (m *making) validate(ctx context.Context, inputs []input) error {
	if len(m.problem.InputValidators) == 0 || len(inputs) == 0 {
		return nil
	}
	var by []validator
	known := !m.Fresh
	for _, given := range m.problem.InputValidators {
		compiled, err := m.workshop.Generator(ctx, &problems.External{Path: given.Path, Protocol: problems.ICPC})
		if err != nil {
			return err
		}
		key, is := programKey(compiled)
		known = known && is
		given.Path = ""
		by = append(by, validator{key, given})
	}
	var probes []judge.Probe
	var open []input
	note := func(in input) string {
		t := m.problem.Tests[in.test]
		return cache.HashOf(validated{by, t.ValidatorArgs, t.ValidatorArgsOf, t.Groups, in.file})
	}
	for _, in := range inputs {
		t := m.problem.Tests[in.test]
		if known && t.ExtraFiles == "" && in.entry.Noted(note(in)) {
			continue
		}
		probes, open = append(probes, judge.Probe{Test: t}), append(open, in)
	}
	if len(probes) == 0 {
		return nil
	}
	results, err := m.Judge.Probe(ctx, m.problem, probes)
	if err != nil {
		return err
	}
	for i, r := range results {
		t := m.problem.Tests[open[i].test]
		switch {
		case r.Err != nil:
			m.fail(open[i].test, &Failure{Recipe: t.Recipe, Test: t.Name, Doing: doing(t.Recipe), How: r.Err.Error()})
		case !r.Accepted:
			how := "validator " + r.By + " rejects the input: " + r.Message
			m.fail(open[i].test, &Failure{Recipe: t.Recipe, Test: t.Name, Doing: doing(t.Recipe), How: how})
		case known && t.ExtraFiles == "":
			open[i].entry.Note(note(open[i]))
		}
	}
	return nil
}
