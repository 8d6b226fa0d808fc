package icpc

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/folder"
	"judge/problems/icpc/generators"
)

// generators reads generators/generators.yaml, an extension of BAPCtools that describes how tests are made. If the
// package has secret tests, a fault of that file is only a note: the tests can be judged all the same.
func (r *reader) generators() error {
	made, err := generators.Read(r.folder, r.problem.Constants)
	if fault, ok := errors.AsType[*problems.Error](err); ok && r.hasInputs("data/secret", 0) {
		r.remark(&problems.Error{File: fault.File, Line: fault.Line, Col: fault.Col,
			Msg: "is not used, and only tests that are files are judged: " + fault.Msg, Hint: fault.Hint})
		return nil
	}
	if err != nil || made == nil {
		return err
	}
	r.made = *made
	r.problem.Remarks = append(r.problem.Remarks, made.Notes...)
	r.noteUnmade()
	return nil
}

// noteUnmade notes the data for validators that only generators.yaml describes: it is not made.
func (r *reader) noteUnmade() {
	unmade := 0
	for dir, d := range r.made.Dirs {
		if top, _, _ := strings.Cut(dir, "/"); !strings.Contains(top, "valid_") {
			continue
		}
		for name := range d.Cases {
			if !r.folder.IsFileOrLink(path.Join("data", dir, name+".in")) {
				unmade++
			}
		}
	}
	if unmade > 0 {
		r.remark(r.folder.Fault(generators.FileName, 0, fmt.Sprintf(
			"%d inputs and outputs for validators are not used: only those that are files in data are", unmade),
			"run bt generate to write them"))
	}
}

// hasInputs reports whether a directory, or one beneath it, has an input.
func (r *reader) hasInputs(dir string, depth int) bool {
	if depth > mostDepth {
		return false
	}
	entries, err := r.folder.List(dir)
	return err == nil && slices.ContainsFunc(entries, func(e folder.Entry) bool {
		return !e.Dir && path.Ext(e.Name) == ".in" || e.Dir && r.hasInputs(path.Join(dir, e.Name), depth+1)
	})
}

// beneathData returns a path beneath data, "" for data itself.
func beneathData(name string) string {
	if name == "data" {
		return ""
	}
	return strings.TrimPrefix(name, "data/")
}

// withMade adds to the entries of a directory of test data those that generators.yaml describes.
func (r *reader) withMade(dir string, entries []folder.Entry) []folder.Entry {
	d := r.made.Dirs[beneathData(dir)]
	if d == nil {
		return entries
	}
	there := map[folder.Entry]bool{}
	for _, e := range entries {
		there[e] = true
	}
	more := slices.Clone(entries)
	for name := range d.Cases {
		if e := (folder.Entry{Name: name + ".in"}); !there[e] {
			more = append(more, e)
		}
	}
	for _, name := range d.Groups {
		if e := (folder.Entry{Name: name, Dir: true}); !there[e] {
			more = append(more, e)
		}
	}
	slices.SortFunc(more, func(a, b folder.Entry) int { return strings.Compare(a.Name, b.Name) })
	return more
}

// caseOf returns what generators.yaml says of a test, nil if nothing. stem is the path of its files.
func (r *reader) caseOf(stem string) *generators.Test {
	if d := r.made.Dirs[beneathData(path.Dir(stem))]; d != nil {
		return d.Cases[path.Base(stem)]
	}
	return nil
}

// sources returns the files of a test, or the recipe that makes them. A test with files has its recipe, too.
func (r *reader) sources(stem string) (input, answer string, recipe *problems.Recipe, err error) {
	made := r.caseOf(stem)
	has := func(ext string) bool {
		return r.folder.IsFileOrLink(stem+ext) || r.folder.SkippedAs(stem+ext) != nil
	}
	if has(".in") || made == nil {
		if input, err = r.folder.File(stem+".in", stem+".in"); err != nil {
			return "", "", nil, err
		}
	}
	if has(".ans") || made == nil && input != "" {
		answer, err = r.folder.File(stem+".in", stem+".ans")
		if fault := r.folder.SkippedAs(stem + ".ans"); err != nil && fault != nil {
			return "", "", nil, fault
		}
		if err != nil {
			return "", "", nil, r.folder.Fault(stem+".in", 0, "no answer file", "add "+path.Base(stem)+".ans")
		}
	}
	if made == nil {
		return input, answer, nil, nil
	}
	recipe, err = r.recipe(made)
	if err != nil && input != "" && answer != "" {
		return input, answer, nil, nil // the files are all that judging needs
	}
	if err != nil {
		return "", "", nil, err
	}
	if input != "" && answer == "" {
		recipe.Input = problems.Source{Origin: problems.FromPath, Name: input}
	}
	if input == "" {
		answer = "" // it might be that of another input
	}
	return input, answer, recipe, nil
}

// recipe returns how a test is made.
func (r *reader) recipe(t *generators.Test) (*problems.Recipe, error) {
	row, column := t.Place()
	made := &problems.Recipe{
		Command: t.Command, Line: t.Line, Seeded: t.Seeded, Row: row, Column: column,
		File: r.folder.Fault(generators.FileName, 0, "", "").File,
	}
	run := func(ext string) problems.Source {
		return problems.Source{Origin: problems.FromRunFile, Name: "testcase" + ext, Optional: true}
	}
	if t.Command != "" {
		var err error
		if made.Program, err = r.generator(t); err != nil {
			return nil, err
		}
		made.Args, made.Input, made.Answer = t.Args, run(".in"), run(".ans")
	}
	for _, file := range []struct {
		ext string
		to  *problems.Source
	}{{".in", &made.Input}, {".ans", &made.Answer}} {
		text, stated := t.Texts[file.ext[1:]]
		switch {
		case stated && text == "":
			*file.to = problems.Source{Origin: problems.FromNothing}
		case stated:
			*file.to = problems.Source{Origin: problems.FromText, Name: text}
		case t.Copy != "" && r.folder.IsFileOrLink(t.Copy+file.ext):
			full, err := r.folder.File(generators.FileName, t.Copy+file.ext)
			if err != nil {
				return nil, err
			}
			*file.to = problems.Source{Origin: problems.FromPath, Name: full}
		}
	}
	if made.Command == "" {
		made.Command = cmp.Or(t.Copy, "in: a text")
		made.Line = made.Command
	}
	switch {
	case made.Input.Origin != problems.FromModel:
	case t.Copy != "":
		return nil, t.Fault(fmt.Sprintf("%s: no file %q", t.Name, t.Copy+".in"),
			"add the file, or write generate or in")
	default:
		return nil, t.Fault("the test "+t.Name+" has no input: expected generate, copy or in", "add one of these keys")
	}
	if made.Answer.Origin == problems.FromModel && t.Solution.None && r.wantsAnswers() {
		return nil, t.Fault("the test "+t.Name+" has no answer, and its solution is empty",
			"add ans, or name a solution")
	}
	return made, nil
}

// wantsAnswers reports whether a model solution makes missing answers. Else they are empty.
func (r *reader) wantsAnswers() bool { return !r.is("interactive") && !r.is("multi-pass") }

// generator returns the program of a test.
func (r *reader) generator(t *generators.Test) (*problems.External, error) {
	if known := r.runs[t.Program]; known != nil {
		return known, nil
	}
	files, listed := r.made.Programs[t.Program]
	if !listed {
		files = []string{t.Program}
	}
	if !r.folder.IsFileOrLink(files[0]) && !r.folder.IsDirOrLink(files[0]) {
		return nil, t.Fault(fmt.Sprintf("no generator %q", files[0]), r.nearGenerator(path.Base(files[0])))
	}
	full, err := r.folder.Program(generators.FileName, files[0])
	if err != nil {
		return nil, err
	}
	program := &problems.External{Path: full}
	for _, name := range files[1:] {
		if isHeader(path.Ext(name)) && path.Dir(name) == path.Dir(files[0]) {
			continue // the compiler finds it next to the first source
		}
		data, err := r.folder.Read(name)
		if err != nil {
			return nil, t.Fault(fmt.Sprintf("generator %s: %q cannot be read", path.Base(t.Program), name),
				"name files beneath generators/")
		}
		program.Driver = append(program.Driver, problems.File{Name: path.Base(name), Data: data})
		program.Entry = path.Base(files[0])
	}
	r.runs[t.Program] = program
	return program, nil
}

// nearGenerator returns the hint for a generator that is missing.
func (r *reader) nearGenerator(name string) string {
	entries, err := r.folder.List("generators")
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range entries {
		if strings.TrimSuffix(e.Name, path.Ext(e.Name)) == name {
			return fmt.Sprintf("did you mean %q?", e.Name)
		}
		names = append(names, e.Name)
	}
	if near := problems.Nearest(name, names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "add it to generators/, or list it under generators:"
}

// madeSettings returns the settings that generators.yaml has for a test, nil if it has none.
func (r *reader) madeSettings(stem string) (*folder.Document, error) {
	t := r.caseOf(stem)
	switch {
	case t == nil:
		return nil, nil
	case t.Settings != nil:
		return r.folder.Mapping(generators.FileName, t.Settings, r.constantPairs())
	case t.Texts["yaml"] != "":
		d, err := r.folder.YAMLText(generators.FileName, []byte(t.Texts["yaml"]), r.constantPairs())
		if fault, ok := errors.AsType[*problems.Error](err); ok {
			fault.Line, fault.Col = t.Place()
		}
		return d, err
	case t.Copy != "" && r.folder.IsFileOrLink(t.Copy+".yaml"):
		return r.withConstants(t.Copy + ".yaml")
	}
	return nil, nil
}

// model finds the model solution, which makes the answers that are neither files nor written by a generator. Without a
// statement it is an accepted submission, as BAPCtools takes any of them.
func (r *reader) model() error {
	stated, wanted := r.solution()
	if !wanted {
		return nil
	}
	if stated.Path != "" {
		return r.modelAt(stated)
	}
	accepted := func(s problems.Submission) bool { return slices.Equal(s.Expect, []problems.Verdict{problems.AC}) }
	all := r.problem.Submissions
	at := slices.IndexFunc(all, func(s problems.Submission) bool { return s.Model })
	if at < 0 {
		at = slices.IndexFunc(all, func(s problems.Submission) bool {
			fast := slices.Contains([]string{".cpp", ".cc", ".c", ".rs", ".java", ".kt"}, path.Ext(s.Listed))
			return fast && accepted(s)
		})
	}
	if at < 0 {
		at = slices.IndexFunc(all, accepted)
	}
	if at < 0 {
		return r.folder.Fault(generators.FileName, 0, "no solution makes the answers",
			"put a solution into submissions/accepted, and name it as solution: /submissions/accepted/NAME")
	}
	if !all[at].Model {
		r.remark(r.folder.Fault(generators.FileName, 0, "no solution is named: "+all[at].Listed+" makes the answers",
			"add solution: /"+all[at].Listed))
	}
	all[at].Model = true
	return nil
}

// solution returns the statement of the solution of most tests, and whether any test needs one.
func (r *reader) solution() (stated generators.Solution, wanted bool) {
	if !r.wantsAnswers() {
		return stated, false
	}
	tests, by := map[string]int{}, map[string]generators.Solution{}
	for _, t := range r.problem.Tests {
		made := r.caseOf("data/" + t.Name)
		if made == nil || t.Recipe == nil || made.Solution.None {
			continue
		}
		if a := t.Recipe.Answer; a.Origin != problems.FromModel && !a.Optional {
			continue
		}
		wanted = wanted || t.Answer == ""
		tests[made.Solution.Path]++
		by[made.Solution.Path] = made.Solution
	}
	most := ""
	for name, n := range tests {
		if tests[most] < n || tests[most] == n && name < most {
			most = name
		}
	}
	if len(tests) > 1 {
		r.remark(r.folder.Fault(generators.FileName, 0,
			fmt.Sprintf("%d solutions are named: one of them makes all answers, %q", len(tests), most),
			"name one solution for all tests"))
	}
	return by[most], wanted || most != ""
}

// modelAt makes the submission at a path the model solution. It need not be among the submissions.
func (r *reader) modelAt(stated generators.Solution) error {
	for i := range r.problem.Submissions {
		r.problem.Submissions[i].Model = r.problem.Submissions[i].Listed == stated.Path
	}
	if r.problem.Solution() != nil {
		return nil
	}
	if !r.folder.IsFileOrLink(stated.Path) && !r.folder.IsDirOrLink(stated.Path) {
		return stated.Fault(fmt.Sprintf("no solution %q", stated.Path), "name a submission in submissions/accepted")
	}
	full, err := r.folder.Program(generators.FileName, stated.Path)
	if err != nil {
		return err
	}
	r.problem.Submissions = append(r.problem.Submissions, problems.Submission{
		Path: full, Listed: stated.Path, Expect: []problems.Verdict{problems.AC}, Pace: problems.NoPace, Model: true,
	})
	return nil
}
