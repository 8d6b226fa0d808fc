package dmoj

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kballard/go-shellquote"

	"judge/problems"
	"judge/problems/folder"
)

// validator reads the validator of inputs, as dmoj/commands/validate.py does: the validator reads an input and exits
// with 0 if the input is valid.
func (r *reader) validator() error {
	if !r.yaml.Has("validator") {
		return nil
	}
	var given struct {
		Source folder.One `yaml:"source"`
		Type   string     `yaml:"type"`
		Format string     `yaml:"args_format_string"`
	}
	if err := r.yaml.Get("validator", &given); err != nil {
		return err
	}
	format := given.Format
	if format == "" {
		usual := map[string]string{"": "{batch_no} {case_no}", "default": "{batch_no} {case_no}",
			"testlib": "--group st{batch_no}"}
		var ok bool
		if format, ok = usual[given.Type]; !ok {
			return r.yaml.Fault("validator", fmt.Sprintf("validator: the type %q is not supported", given.Type),
				"write default or testlib")
		}
	}
	words, err := shellquote.Split(format)
	if err != nil {
		return r.yaml.Fault("validator", fmt.Sprintf("validator: the arguments %.200q: %v", format, err), "")
	}
	if len(given.Source) != 1 {
		return r.yaml.Fault("validator", "validator: programs of several files are not supported",
			"name one source, and put its headers next to it")
	}
	full, err := r.folder.Program(FileName, given.Source[0])
	if err != nil {
		return err
	}
	r.problem.InputValidators = append(r.problem.InputValidators, problems.Validator{Path: full, Testlib: true})
	for i, t := range r.problem.Tests {
		fill := strings.NewReplacer("{batch_no}", strconv.Itoa(batchOf(t)), "{case_no}", strconv.Itoa(i))
		for _, word := range words {
			r.problem.Tests[i].ValidatorArgs = append(r.problem.Tests[i].ValidatorArgs, fill.Replace(word))
		}
	}
	return nil
}

// remark adds a note, once.
func (r *reader) remark(key, msg string) {
	if !r.said(msg) {
		r.problem.Remarks = append(r.problem.Remarks, r.yaml.Fault(key, msg, ""))
	}
}

// said reports whether a note with the message exists.
func (r *reader) said(msg string) bool {
	return slices.ContainsFunc(r.problem.Remarks, func(said *problems.Error) bool { return said.Msg == msg })
}
