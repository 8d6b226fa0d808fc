package cms

import (
	"cmp"
	"path/filepath"
	"regexp"
	"strconv"

	"judge/problems"
)

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
