package polygon

import (
	"fmt"
	"path"

	"judge/problems"
)

// tests reads the tests of a test set.
func (r *reader) tests(set testset) error {
	scored := len(set.Groups) > 0
	commands, err := r.commands(set)
	if err != nil {
		return err
	}
	for i := range set.Tests {
		given := &set.Tests[i]
		t, err := r.test(set, i, commands)
		if err != nil {
			return err
		}
		if given.Group != "" {
			t.Groups = []string{given.Group}
		}
		t.Points, t.Sample = given.Points, given.Sample
		t.ValidatorArgs = placeArgs(set.Name, given.Group)
		scored = scored || given.Points > 0
		r.problem.Tests = append(r.problem.Tests, t)
	}
	r.filesOfRuns()
	if scored {
		return r.groups(set)
	}
	return nil
}

// test reads the files of one test, and the recipe of what is not a file.
func (r *reader) test(set testset, i int, commands map[int]command) (t problems.TestCase, err error) {
	given := &set.Tests[i]
	input, ok := numbered(set.InputPattern, i+1)
	answer, also := numbered(set.AnswerPattern, i+1)
	if !ok || !also {
		what := fmt.Sprintf("%q and %q are not patterns such as tests/%%02d", set.InputPattern, set.AnswerPattern)
		return t, r.folder.Fault(FileName, 0, what, "")
	}
	t = problems.TestCase{Name: path.Base(input)}
	if t.Input, err = r.present(input); err != nil {
		return t, err
	}
	if t.Answer, err = r.present(answer); err != nil {
		return t, err
	}
	if t.Input != "" {
		t.Listed.Input = input
	}
	if t.Answer != "" {
		t.Listed.Answer = answer
	}
	c, known := commands[i]
	switch {
	case known:
		made, err := r.recipe(c)
		if err != nil && t.Input == "" {
			return t, err
		}
		if err == nil {
			t.Recipe = made
		}
	case t.Input == "" && given.generated():
		what := fmt.Sprintf("test %d: no file %q, and no command makes it", i+1, input)
		return t, r.faultAt(given, what, "add a script such as files/script, or download the full package for Linux")
	case t.Input == "":
		what := fmt.Sprintf("test %d: no file %q", i+1, input)
		return t, r.faultAt(given, what, "download the package again: tests made by hand are part of every package")
	}
	if t.Recipe == nil && t.Answer == "" {
		t.Recipe = &problems.Recipe{
			Input: problems.Source{Origin: problems.FromPath, Name: t.Input}, Command: input, Line: input,
			File: r.folder.Fault(FileName, 0, "", "").File,
		}
		t.Recipe.Row, t.Recipe.Column = r.place(given)
	}
	if t.Recipe != nil && t.Answer != "" {
		t.Recipe.Answer = problems.Source{Origin: problems.FromPath, Name: t.Answer}
	}
	return t, nil
}

// present returns the absolute path of a file; "": the package does not have it.
func (r *reader) present(name string) (string, error) {
	if barred := r.folder.Barred(name); barred != nil {
		return "", barred
	}
	if !r.folder.IsFile(name) {
		return "", nil
	}
	return r.folder.File(FileName, name)
}

// answers requires a main solution if an answer is not a file.
func (r *reader) answers() error {
	if !r.problem.HasAnswers() || r.problem.Solution() != nil {
		return nil
	}
	for _, t := range r.problem.Tests {
		if t.Answer == "" {
			return r.folder.Fault(FileName, 0,
				fmt.Sprintf("no answer of test %q, and no solution that makes it", t.Name),
				`give the tag "main" to a solution`)
		}
	}
	return nil
}
