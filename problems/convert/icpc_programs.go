package convert

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
)

// icpcPrograms copies the validators and the files of include/.
func (o *output) icpcPrograms() error {
	p := o.problem
	if err := o.validation(); err != nil {
		return err
	}
	for _, v := range p.InputValidators {
		if !expressible(v) {
			o.lose("the validator %s: it is for a single group, or reads a file",
				filepath.Base(v.Path))
			continue
		}
		if err := o.inputValidator(v); err != nil {
			return err
		}
	}
	for _, v := range p.AnswerValidators {
		if _, err := o.programAs(v.Path, "answer_validators", plain(filepath.Base(v.Path))); err != nil {
			return err
		}
	}
	o.loseNotRun()
	if p.Grader == nil {
		return nil
	}
	for language, files := range p.Grader.Files {
		if language == "" {
			language = "default"
		}
		for _, file := range files {
			if err := o.copyFile(file, path.Join("include", language, path.Base(file))); err != nil {
				return err
			}
		}
	}
	return nil
}

// expressible reports whether the target formats have a validator: one that reads every test on stdin.
func expressible(v problems.Validator) bool { return v.Groups == nil && v.InputFile == "" }

// validatorName returns the name of an input validator in an ICPC package.
func validatorName(v problems.Validator) string {
	base := filepath.Base(v.Path)
	if v.Testlib { // it is in a directory with the scripts that translate
		base = strings.TrimSuffix(base, filepath.Ext(base))
	}
	return plain(base)
}

// loseNotRun notes the validators that judge does not run.
func (o *output) loseNotRun() {
	var files []string
	for _, n := range o.problem.NotRun {
		files = append(files, filepath.Base(n.File))
	}
	if files != nil {
		slices.Sort(files)
		o.lose("validators that are not run: %s", strings.Join(files, ", "))
	}
}
