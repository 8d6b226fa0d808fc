package sinol

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"judge/problems"
)

// tests reads in/*.in with the answers in out/, which the model solution makes where they are missing.
func (r *reader) tests() error {
	files, err := r.folder.Files("in")
	if err != nil {
		return err
	}
	for _, file := range files {
		if path.Ext(file) != ".in" {
			continue
		}
		if !r.named.MatchString(file) {
			return r.folder.Fault(path.Join("in", file), 0, "not the name of a test: expected "+r.id+"GROUP...in",
				"name it like "+r.id+"1a.in")
		}
		t := r.newTest(file)
		t.Listed.Input = path.Join("in", file)
		if t.Input, err = r.folder.File("in", t.Listed.Input); err != nil {
			return err
		}
		answer := path.Join("out", stem(file)+".out")
		if r.folder.IsFile(answer) {
			t.Listed.Answer = answer
			if t.Answer, err = r.folder.File("out", answer); err != nil {
				return err
			}
		} else {
			t.Recipe = &problems.Recipe{
				Input: problems.Source{Origin: problems.FromPath, Name: t.Input}, Command: t.Listed.Input,
				File: r.folder.Fault(t.Listed.Input, 0, "", "").File,
			}
			t.Input, t.Listed = "", problems.Pair{}
		}
		r.problem.Tests = append(r.problem.Tests, t)
	}
	if fault := r.folder.SkippedIn("in", ".in"); fault != nil {
		return fault // the test would be silently skipped
	}
	return nil
}

// newTest returns the test of an input's file name. The validator's argument is that name.
func (r *reader) newTest(file string) problems.TestCase {
	group := r.group(file)
	return problems.TestCase{
		Name: stem(file), Groups: []string{group}, Sample: group == "0", ValidatorArgs: []string{file},
	}
}

// group returns the number of a test's group. Tests whose names end in ocen are shown to contestants, as those of
// group 0 are.
func (r *reader) group(file string) string {
	match := r.named.FindStringSubmatch(file)
	number := strings.TrimLeft(match[1], "0")
	if strings.HasSuffix(stem(file), "ocen") || number == "" {
		return "0"
	}
	return number
}

// ingen reads the generator, which leaves the files of all tests that it makes in its working directory.
func (r *reader) ingen() error {
	program, err := r.prog("ingen", sources()...)
	if err != nil {
		return err
	}
	script, tested := slices.Contains(r.progs, r.id+"ingen.sh"), len(r.problem.Tests) > 0
	switch {
	case script && tested:
		r.problem.Remarks = append(r.problem.Remarks, r.folder.Fault(path.Join("prog", r.id+"ingen.sh"), 0,
			"generators that are shell scripts are not run: the tests are those in in/", ""))
		return nil
	case program == "" && tested:
		return nil
	case script:
		return r.folder.Fault(path.Join("prog", r.id+"ingen.sh"), 0,
			"generators that are shell scripts are not supported", "generate the tests with: sinol-make gen")
	case program == "":
		return r.folder.Fault("in", 0, "no tests, and no generator prog/"+r.id+"ingen.*", "add one of them")
	}
	name := path.Join("prog", path.Base(program))
	batch := problems.Batch{Recipe: problems.Recipe{
		Program: &problems.External{Path: program, Flags: []string{"-D_INGEN"}}, Command: name,
		File: r.folder.Fault(name, 0, "", "").File,
	}}
	batch.Complete = func(files []string) error { return r.complete(&batch.Recipe, files) }
	r.problem.Batches = []problems.Batch{batch}
	return nil
}

// complete adds the tests that the generator has made. A test that is a file of the package stays one.
func (r *reader) complete(run *problems.Recipe, files []string) error {
	at := map[string]int{}
	for i, t := range r.problem.Tests {
		at[t.Name] = i
	}
	for _, file := range files {
		if !r.named.MatchString(file) {
			continue
		}
		recipe := *run
		recipe.Input = problems.Source{Origin: problems.FromRunFile, Name: file}
		if i, known := at[stem(file)]; known {
			if t := &r.problem.Tests[i]; t.Input != "" {
				t.Recipe = &recipe
			}
			continue
		}
		if len(r.problem.Tests) == mostTests {
			return run.Error(fmt.Sprintf("more than %d tests", mostTests), "")
		}
		t := r.newTest(file)
		t.Recipe = &recipe
		r.problem.Tests = append(r.problem.Tests, t)
	}
	if len(r.problem.Tests) == 0 {
		return run.Error("the generator made no test", "let it write files like "+r.id+"1a.in")
	}
	r.finish()
	return nil
}

// finish orders the tests by their groups, and derives the scores and the expectations that depend on all tests.
func (r *reader) finish() {
	number := func(t problems.TestCase) int {
		n, _ := strconv.Atoi(t.Groups[0]) //nolint:errcheck // it is a number
		return n
	}
	slices.SortStableFunc(r.problem.Tests, func(a, b problems.TestCase) int {
		return cmp.Or(cmp.Compare(number(a), number(b)), problems.NaturalOrder(a.Name, b.Name))
	})
	var names []string
	for _, t := range r.problem.Tests {
		if n := len(names); n == 0 || names[n-1] != t.Groups[0] {
			names = append(names, t.Groups[0])
		}
	}
	points := r.points(names)
	var groups []*problems.Scoring
	for _, name := range names {
		groups = append(groups, &problems.Scoring{Name: name, Points: points[name]})
	}
	r.problem.Scoring = problems.GroupsOfTests(groups, r.problem.Tests)
	r.expect(points)
}

// points returns the points of groups: those that are given, or else 100 points in equal parts, of which the last group
// has the rest.
func (r *reader) points(groups []string) map[string]float64 {
	if r.scores != nil {
		return r.scores
	}
	scored := slices.DeleteFunc(slices.Clone(groups), func(name string) bool { return name == "0" })
	points := map[string]float64{}
	for i, name := range scored {
		each := 100 / len(scored)
		points[name] = float64(each)
		if i == len(scored)-1 {
			points[name] = float64(100 - i*each)
		}
	}
	return points
}
