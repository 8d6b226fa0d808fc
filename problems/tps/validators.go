package tps

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/cms"
)

// mostValidators bounds the validators of a task. A validator for a subtask counts once for each subtask.
const mostValidators = 1000

// validators reads the validators of a source tree: those of all tests, those that get the subtask as an
// argument, and those of single subtasks.
func (r *reader) validators() error {
	if !r.folder.IsFile(subtasksFile) {
		return nil
	}
	var given struct {
		Global    []string               `json:"global_validators"`
		Sensitive []string               `json:"subtask_sensitive_validators"`
		Subtasks  map[string]subtaskJSON `json:"subtasks"`
	}
	if err := r.task.JSON(subtasksFile, &given); err != nil {
		return err
	}
	type command struct{ line, subtask string }
	var all []command
	for _, line := range given.Global {
		all = append(all, command{line, ""})
	}
	for _, g := range r.groups {
		for _, line := range slices.Concat(given.Sensitive, given.Subtasks[g.Name].Validators) {
			all = append(all, command{line, g.Name})
		}
		if len(all) > mostValidators {
			return r.folder.Fault(subtasksFile, 0,
				fmt.Sprintf("more than %d validators, counted once for each subtask", mostValidators), "")
		}
	}
	left := map[string]bool{}
	for _, c := range all {
		v, ok, err := r.validator(c.line, c.subtask)
		if err != nil {
			return err
		}
		if !ok {
			left[c.line] = true
			continue
		}
		r.problem.InputValidators = append(r.problem.InputValidators, v)
	}
	if len(left) > 0 {
		r.problem.Remarks = append(r.problem.Remarks, r.folder.Fault(subtasksFile, 0,
			fmt.Sprintf("validators without a source in validator/ are not run: %d", len(left)), ""))
	}
	return nil
}

// validator reads one validator from its command line, in which {subtask} is replaced. Without a subtask the
// validator applies to all tests.
func (r *reader) validator(line, subtask string) (v problems.Validator, ok bool, err error) {
	words := strings.Fields(line)
	if len(words) == 0 || !cms.IsSource(path.Ext(words[0])) || !r.folder.IsFile(path.Join("validator", words[0])) {
		return v, false, nil
	}
	v.Testlib, v.Args = true, words[1:]
	if subtask != "" {
		v.Groups = []string{subtask}
		for i, word := range v.Args {
			v.Args[i] = strings.ReplaceAll(word, "{subtask}", subtask)
		}
	}
	v.Path, err = r.folder.Program(subtasksFile, path.Join("validator", words[0]))
	return v, true, err
}
