package icpc

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/folder"
)

// tests reads the test data ("Test data"): sample, then secret, each in byte order of base names.
func (r *reader) tests() error {
	root, err := r.settings("data", nil)
	if err != nil {
		return err
	}
	for _, dir := range []string{"data/sample", "data/secret"} {
		if err := r.group(dir, root, 0); err != nil {
			return err
		}
	}
	if len(r.problem.Tests) == 0 {
		return r.folder.Fault("data", 0, "no test cases in this package ("+r.problem.Format+")",
			"put a .in and a .ans for each into data/sample or data/secret, or write generators/generators.yaml")
	}
	r.noteEmpty()
	r.problem.OnlySamples = !slices.ContainsFunc(r.problem.Tests, func(t problems.TestCase) bool { return !t.Sample })
	if !r.is("scoring") && !root.legacy {
		return nil
	}
	if root.legacy {
		return r.legacyScores()
	}
	if err := r.checkGroups(); err != nil {
		return err
	}
	return r.scores()
}

// checkGroups bounds the groups with scores: computing them compares all pairs.
func (r *reader) checkGroups() error {
	if n := len(r.groupNames()); n > mostGroups {
		return r.folder.Fault("data", 0,
			fmt.Sprintf("%d test data groups: expected at most %d", n, mostGroups), "")
	}
	return nil
}

// mostGroups bounds the groups with scores.
const mostGroups = 1000

// mostDepth bounds the nesting of directories of test data.
const mostDepth = 16

// group reads the tests of one directory and of those in it.
func (r *reader) group(dir string, parent *settings, depth int) error {
	if depth > mostDepth {
		return r.folder.Fault(dir, 0, "directories are nested too deeply", "")
	}
	entries, err := r.folder.List(dir)
	if entries = r.withMade(dir, entries); err != nil || len(entries) == 0 {
		return err
	}
	if fault := r.folder.SkippedIn(dir, ".in"); fault != nil {
		return fault // the test would be silently skipped
	}
	if fault := r.folder.BarredIn(dir, ""); fault != nil {
		return fault // the group would be silently skipped
	}
	here, err := r.settings(dir, parent)
	if err != nil {
		return err
	}
	before := len(r.problem.Tests)
	slices.SortStableFunc(entries, func(a, b folder.Entry) int { return strings.Compare(base(a), base(b)) })
	for _, e := range entries {
		name := path.Join(dir, e.Name)
		switch {
		case e.Dir && isFilesDir(e.Name):
			continue // files of the test
		case e.Dir:
			err = r.group(name, here, depth+1)
		case path.Ext(e.Name) == ".in":
			err = r.test(name, here)
		}
		if err != nil {
			return err
		}
	}
	if len(r.problem.Tests) == before && path.Dir(here.file) == dir && strings.HasPrefix(dir, "data/secret/") {
		r.empty = append(r.empty, here.file)
	}
	return nil
}

// noteEmpty notes the secret groups without tests: submissions cannot score their points.
func (r *reader) noteEmpty() {
	for _, file := range r.empty {
		r.remark(r.folder.Fault(file, 0, "a group without test cases", "add its test cases, or remove the group"))
	}
	r.empty = nil
}

// base returns the name by which entries are ordered.
func base(e folder.Entry) string {
	if e.Dir {
		return e.Name
	}
	return strings.TrimSuffix(e.Name, path.Ext(e.Name))
}

// extraFiles returns the absolute path of a test's directory of files; "": no file has a valid name.
func (r *reader) extraFiles(input, dir string) (string, error) {
	if !r.folder.IsDir(dir) {
		return "", nil
	}
	entries, err := r.folder.List(dir)
	if err != nil || len(entries) == 0 {
		return "", err
	}
	return r.folder.Program(input, dir)
}

// test reads one test. Its name is the path under data ("Test data").
func (r *reader) test(input string, s *settings) error {
	stem := strings.TrimSuffix(input, ".in")
	full, answer, recipe, err := r.sources(stem)
	if err != nil {
		return err
	}
	if !s.legacy {
		if s, err = r.caseSettings(stem, s); err != nil {
			return err
		}
	}
	extra, err := r.extraFiles(input, stem+".files")
	if err != nil {
		return err
	}
	t := problems.TestCase{
		Name: strings.TrimPrefix(stem, "data/"), Groups: []string{strings.TrimPrefix(s.group, "data/")}, Input: full,
		Answer: answer, Recipe: recipe, Sample: strings.HasPrefix(stem, "data/sample/"),
		ExtraFiles: extra, RunArgs: s.Args, ValidatorArgs: append(slices.Clone(s.input), s.Args...),
		ValidatorArgsOf: s.inputOf, AnswerArgs: s.answer,
	}
	if full != "" && answer != "" {
		t.Listed = problems.Pair{Input: input, Answer: stem + ".ans"}
	}
	switch external := r.problem.Checker.External != nil || r.problem.Interactor != nil; {
	case external && s.output != nil:
		t.Args = append(slices.Clone(r.flags), s.output...)
	case len(s.output) > 0:
		checker, err := r.comparison(s.file, append(slices.Clone(r.flags), s.output...))
		if err != nil {
			return err
		}
		t.Checker = &checker
	}
	r.problem.Tests = append(r.problem.Tests, t)
	// "For non interactive and non multi-pass problems the .out files must pass the output validator."
	out := stem + ".out"
	if !s.legacy && answer != "" && r.folder.IsFile(out) && !r.is("interactive") && !r.is("multi-pass") {
		sample := problems.Sample{Name: t.Name + ".out", Input: full, Answer: answer, Good: true}
		if err := r.judgedWith(&sample, s); err != nil {
			return err
		}
		if sample.Output, err = r.folder.File(out, out); err != nil {
			return err
		}
		r.problem.Samples = append(r.problem.Samples, sample)
	}
	return nil
}
