package cms

import (
	"cmp"
	"strconv"

	"judge/problems"
)

// italianValidators reads the validator of an Italian task. Like task-maker, it calls the validator with the name of
// a file with the input, and the number of the subtask from 1.
func (r *reader) italianValidators() error {
	program, err := r.program("gen/validator", "gen/valida")
	if err != nil || program == "" {
		return err
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
