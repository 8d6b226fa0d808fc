package polygon

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"judge/problems"
)

// checker reads the checker, and the interactor.
func (r *reader) checker() error {
	if c := r.given.Checker; c != nil && c.Source.Path != "" {
		external, err := r.testlib(c.Source)
		if err != nil {
			return err
		}
		r.problem.Checker.External = external
	} else if c != nil {
		comparison, err := r.standardChecker(c.Name)
		if err != nil {
			return err
		}
		r.problem.Checker = comparison
	} else if r.given.Interactor == nil {
		r.problem.Checker = problems.Checker{Compare: problems.Standard, Standard: "wcmp"}
		r.problem.Remarks = append(r.problem.Remarks,
			r.folder.Fault(FileName, 0, "no checker is named: using std::wcmp.cpp",
				"add an element <checker>"))
	}
	i := r.given.Interactor
	if i == nil || i.Source.Path == "" {
		return r.checkerArgs()
	}
	external, err := r.testlib(i.Source)
	if err != nil {
		return err
	}
	r.problem.Interactor = external // the checker reads its output
	return nil
}

// checkerArgs passes the checker the test set and the group of each test if its source uses them. Older versions of
// testlib.h reject unknown arguments.
func (r *reader) checkerArgs() error {
	if r.problem.Checker.External == nil || path.Ext(r.given.Checker.Source.Path) != ".cpp" {
		return nil
	}
	source, err := r.folder.Read(r.given.Checker.Source.Path)
	asks := bytes.Contains(source, []byte("checker.group(")) || bytes.Contains(source, []byte("checker.testset("))
	if err != nil || !asks {
		return err
	}
	for i := range r.problem.Tests {
		r.problem.Tests[i].Args = r.problem.Tests[i].ValidatorArgs
	}
	return nil
}

// standardChecker returns the comparison for one of testlib's own checkers, which packages may name without its
// source.
func (r *reader) standardChecker(name string) (problems.Checker, error) {
	stem, ok := strings.CutPrefix(strings.TrimSuffix(name, ".cpp"), "std::")
	if ok && slices.Contains(problems.StandardCheckers(), stem) {
		return problems.Checker{Compare: problems.Standard, Standard: stem}, nil
	}
	what := fmt.Sprintf("the source of the checker %q is not in the package", name)
	if ok {
		what += ", and no built-in comparison matches it"
	}
	const fix = "add its source to the package and its path to the element <checker>"
	return problems.Checker{}, r.folder.Fault(FileName, 0, what, fix)
}

// testlib returns a program that uses testlib.h.
func (r *reader) testlib(source file) (*problems.External, error) {
	full, err := r.folder.Program(FileName, source.Path)
	if err != nil {
		return nil, err
	}
	return &problems.External{Path: full, Protocol: problems.Testlib}, nil
}

// validators reads the input validators.
func (r *reader) validators() error {
	for _, v := range r.given.Validators {
		full, err := r.folder.Program(FileName, v.Source.Path)
		if err != nil {
			return err
		}
		validator := problems.Validator{Path: full, Testlib: true, UnixLines: true}
		r.problem.InputValidators = append(r.problem.InputValidators, validator)
	}
	return nil
}

// placeArgs returns the arguments that give a program of testlib.h a test's test set and group. It leaves out the
// defaults.
func placeArgs(testset, group string) []string {
	var args []string
	if testset != "" && testset != "tests" {
		args = append(args, "--testset", testset)
	}
	if group != "" {
		args = append(args, "--group", group)
	}
	return args
}
