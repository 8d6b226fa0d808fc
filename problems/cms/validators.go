package cms

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"judge/problems"
)

// mostValidators bounds the validators of a task. A validator for a subtask counts once for each subtask.
const mostValidators = 1000

// sourceValidators reads the validators of a source tree: those of all tests, those that get the subtask as an
// argument, and those of single subtasks.
func (r *reader) sourceValidators(source) error {
	if !r.folder.IsFile(subtasksFile) {
		return nil
	}
	var given struct {
		Global    []string               `json:"global_validators"`
		Sensitive []string               `json:"subtask_sensitive_validators"`
		Subtasks  map[string]subtaskJSON `json:"subtasks"`
	}
	if err := r.json(subtasksFile, &given); err != nil {
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
		v, ok, err := r.sourceValidator(c.line, c.subtask)
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

// sourceValidator reads one validator from its command line, in which {subtask} is replaced. Without a subtask the
// validator applies to all tests.
func (r *reader) sourceValidator(line, subtask string) (v problems.Validator, ok bool, err error) {
	words := strings.Fields(line)
	if len(words) == 0 || languages()[path.Ext(words[0])] == "" || !r.folder.IsFile(path.Join("validator", words[0])) {
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

// python2 matches a source that names Python 2 in its first line, or that prints to a stream as only Python 2 does.
// Python 3 compiles the latter, and fails when it runs it.
var python2 = regexp.MustCompile(`\A#!.*\bpython2|(?m)^[ \t]*print[ \t]*(?:>>|["'])`)

// italianValidators reads the validator of an Italian task. Like task-maker, it calls the validator with the name of
// a file with the input, and the number of the subtask from 1.
func (r *reader) italianValidators() error {
	program, err := r.program("gen/validator", "gen/valida") // a link to /bin/true is no validator
	if err != nil || program == "" {
		return err
	}
	for _, name := range []string{"gen/validator.py", "gen/valida.py"} {
		if !r.folder.IsFile(name) || filepath.Base(name) != filepath.Base(program) {
			continue
		}
		source, err := r.folder.Read(name)
		if err != nil {
			return err
		}
		if python2.Match(source) {
			r.problem.NotRun = append(r.problem.NotRun, problems.NotRun{
				File: r.folder.Fault(name, 0, "", "").File, Language: "Python 2", Inputs: true,
			})
			return nil
		}
	}
	v := problems.Validator{Path: program, Testlib: true, InputFile: "tm_validation_file"}
	if len(r.groups) == 0 {
		v.Args = []string{"1"}
		r.problem.InputValidators = append(r.problem.InputValidators, v)
	}
	for i, g := range r.groups {
		v.Args, v.Groups = []string{strconv.Itoa(cmp.Or(r.numbers[g.Name], i+1))}, []string{g.Name}
		r.problem.InputValidators = append(r.problem.InputValidators, v)
	}
	return nil
}
