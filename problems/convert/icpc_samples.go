package convert

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"

	"judge/problems"
)

// icpcSamples copies the inputs, answers and outputs that validators must accept or reject, numbered in order.
func (o *output) icpcSamples() error {
	number, valid := map[string]int{}, 0
	for _, s := range o.problem.Samples {
		dir := sampleDir(s)
		if dir == "" {
			valid++
			continue
		}
		number[dir]++
		stem := path.Join("data", dir, fmt.Sprintf("%d-%s", number[dir], plain(path.Base(s.Name))))
		err := o.copyFile(s.Input, stem+".in")
		if s.Answer != "" {
			err = errors.Join(err, o.copyFile(s.Answer, stem+".ans"))
		}
		if s.Output != "" {
			err = errors.Join(err, o.copyFile(s.Output, stem+".out"))
		}
		if err != nil {
			return fmt.Errorf("sample %s: %w", s.Name, err)
		}
		settings := caseYAML{
			Input: o.inputArgs(s.ValidatorArgs, s.ValidatorArgsOf), Output: o.sampleArgs(s), Answer: s.AnswerArgs,
		}
		files := map[string]string{".in": s.Input, ".ans": s.Answer, ".out": s.Output}
		maps.DeleteFunc(files, func(_, from string) bool { return from == "" })
		o.cases = append(o.cases, dataCase{path.Join(dir, path.Base(stem)), nil, files, settings.orNil()})
		if err := o.caseSettings(stem, settings); err != nil {
			return err
		}
	}
	if valid > 0 {
		o.lose("valid inputs of the problem's tests of validators: %d", valid)
	}
	return nil
}

// sampleDir returns the directory of data for a sample, "" if the format has none.
func sampleDir(s problems.Sample) string {
	switch {
	case s.Output != "" && s.Good:
		return "valid_output"
	case s.Output != "":
		return "invalid_output"
	case s.Answer != "" && !s.Good:
		return "invalid_answer"
	case !s.Good:
		return "invalid_input"
	}
	return ""
}

// sampleArgs returns the arguments of the output validator for one sample, without those that the reader adds for
// answers.
func (o *output) sampleArgs(s problems.Sample) []string {
	switch {
	case s.Answer == "":
		return nil
	case s.Checker != nil:
		return tokenArgs(*s.Checker)
	case s.Args == nil:
		return o.outputArgs()
	}
	strict := problems.StrictArgs()
	if n := len(s.Args) - len(strict); s.Output == "" && n >= 0 && slices.Equal(s.Args[n:], strict) {
		return s.Args[:n]
	}
	return s.Args
}
