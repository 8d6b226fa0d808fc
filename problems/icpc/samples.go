package icpc

import (
	"path"
	"slices"
	"strings"

	"judge/problems"
)

// sampleKind is a directory of data with which validators are checked.
type sampleKind struct {
	dir                  string
	answer, output, good bool // which files an input has, and whether the last is valid
}

// samples reads the inputs, answers and outputs that validators must accept or reject ("Invalid test cases", "Valid
// output"). Invalid answers are an extension of BAPCtools.
func (r *reader) samples() error {
	for _, kind := range []sampleKind{
		{dir: "data/invalid_input"}, {dir: "data/invalid_inputs"}, {dir: bad},
		{dir: "data/invalid_answer", answer: true}, {dir: "data/invalid_answers", answer: true},
		{dir: "data/invalid_output", answer: true, output: true},
		{dir: "data/invalid_outputs", answer: true, output: true},
		{dir: "data/valid_output", answer: true, output: true, good: true},
		{dir: "data/valid_outputs", answer: true, output: true, good: true},
	} {
		if err := r.samplesIn(kind.dir, kind, nil, 0); err != nil {
			return err
		}
	}
	return nil
}

// bad is BAPCtools' former name of invalid_input. An input with an answer is valid there, and its answer is not.
const bad = "data/bad"

// samplesIn reads the samples in a directory and in those beneath it.
func (r *reader) samplesIn(dir string, kind sampleKind, parent *settings, depth int) error {
	entries, err := r.folder.List(dir)
	if err != nil || len(entries) == 0 {
		return err
	}
	if depth > mostDepth {
		return r.folder.Fault(dir, 0, "directories are nested too deeply", "")
	}
	s, err := r.settings(dir, parent)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name)
		switch {
		case e.Dir && path.Ext(name) == ".files": // files of the test
		case e.Dir:
			err = r.samplesIn(name, kind, s, depth+1)
		case path.Ext(name) == ".in":
			err = r.sample(name, kind, s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sample reads one sample. input is the path of its input.
func (r *reader) sample(input string, kind sampleKind, s *settings) error {
	stem := strings.TrimSuffix(input, ".in")
	if path.Dir(input) == bad && r.folder.IsFile(stem+".ans") {
		kind.answer = true
	}
	own, err := r.caseSettings(stem, s)
	if err != nil {
		return err
	}
	sample := problems.Sample{
		Name: strings.TrimPrefix(stem, "data/"), Good: kind.good, ValidatorArgs: own.input,
		ValidatorArgsOf: own.inputOf, AnswerArgs: own.answer,
	}
	if sample.Input, err = r.folder.File(input, input); err != nil {
		return err
	}
	if kind.answer {
		if sample.Answer, err = r.folder.File(input, stem+".ans"); err != nil {
			return err
		}
		if err := r.judgedWith(&sample, own); err != nil {
			return err
		}
	}
	switch {
	case kind.output:
		if sample.Output, err = r.folder.File(input, stem+".out"); err != nil {
			return err
		}
	case kind.answer && sample.Checker == nil: // answers are checked more strictly than outputs
		sample.Args = slices.Concat(sample.Args, problems.StrictArgs())
	}
	r.problem.Samples = append(r.problem.Samples, sample)
	return nil
}

// judgedWith sets the arguments of the output validator for a sample, or the comparison if the default validator
// applies.
func (r *reader) judgedWith(sample *problems.Sample, s *settings) error {
	args := append(append([]string{}, r.flags...), s.output...)
	if r.problem.Checker.External != nil || r.problem.Interactor != nil {
		sample.Args = args
		return nil
	}
	checker, err := r.comparison(s.file, args)
	sample.Checker = &checker
	return err
}
