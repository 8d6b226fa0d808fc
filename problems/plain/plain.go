// Package plain reads tests that come without a description: a directory of inputs and answers that belong together by
// their names.
//
//	problem, err := plain.Read("tests")
//
// The pairs are NAME.in with NAME.ans, NAME.out or NAME.a; N with N.a; name.in.N with name.out.N; inputN.txt with
// outputN.txt; and the same names in two directories such as input/ and output/.
package plain

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/folder"
)

// Format is the name of the format.
const Format = "plain"

// mostNamed bounds the names in a note on files that are not used.
const mostNamed = 5

// Detect reports whether a directory holds pairs of inputs and answers. Almost every directory of tests does, so this
// format must be the last that is tried, and only for a directory that the user named.
func Detect(dir string) bool {
	f, err := folder.Open(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	found, err := search(f)
	return err == nil && len(found.pairs) > 0
}

// Read reads the tests in a directory. A note says what is assumed. Errors are *problems.Error.
func Read(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	found, err := search(f)
	if err != nil {
		return nil, err
	}
	if len(found.pairs) == 0 {
		return nil, f.Fault("", 0, "no input with an answer", "name the files like 1.in and 1.ans")
	}
	p := &problems.Problem{
		Name: filepath.Base(f.Dir), Dir: f.Dir, Path: dir, Format: Format, Limits: problems.DefaultLimits(),
		NoSubmissions: true, NoExpectations: true,
	}
	for _, pair := range found.pairs {
		t := problems.TestCase{Name: pair.name, Listed: pair.Pair, Sample: pair.sample()}
		if t.Input, err = f.File(pair.Input, pair.Input); err != nil {
			return nil, err
		}
		if t.Answer, err = f.File(pair.Answer, pair.Answer); err != nil {
			return nil, err
		}
		p.Tests = append(p.Tests, t)
	}
	p.Remarks = append(found.remarks(f, p), f.Notes()...)
	return p, nil
}

// pair is a test.
type pair struct {
	name string
	problems.Pair
}

// sample reports whether the files are in a directory of samples.
func (p pair) sample() bool {
	return slices.Contains([]string{"sample", "samples"}, path.Base(path.Dir(p.Input)))
}

// found is the result of a search.
type found struct {
	pairs []pair
	alone []string // files that belong to no test
	extra []string // files like an answer to a test that has another one
}

// search finds the tests of a directory: its own files, or two directories of inputs and of answers. If it has neither,
// they may be in a directory with a usual name.
func search(f *folder.Folder) (found, error) {
	here, err := searchIn(f, ".")
	if err != nil || len(here.pairs) > 0 {
		return here, err
	}
	for _, dir := range []string{"tests", "test", "testdata", "testcases", "data", "cases"} {
		if !f.IsDir(dir) {
			continue
		}
		below, err := searchIn(f, dir)
		if err != nil {
			return found{}, err
		}
		if len(below.pairs) > 0 {
			return below, nil
		}
	}
	return here, nil
}

// searchIn finds the tests in a directory: its files, or those of two directories for inputs and answers. Those of the
// directories sample and secret count in the problem's own directory alone: elsewhere, such as in data/, they are
// rather an ICPC package whose description is lost.
func searchIn(f *folder.Folder, dir string) (found, error) {
	var all found
	dirs := []string{"."}
	if dir == "." {
		dirs = []string{"sample", "samples", "secret", "."}
	}
	for _, inner := range dirs {
		names, err := f.Files(path.Join(dir, inner))
		if err != nil {
			return found{}, err
		}
		all.match(names, names, path.Join(dir, inner), path.Join(dir, inner), strings.TrimPrefix(inner+"/", "./"))
	}
	for _, both := range pairsOfDirs() {
		inputs, answers := path.Join(dir, both[0]), path.Join(dir, both[1])
		if len(all.pairs) > 0 || !f.IsDir(inputs) || !f.IsDir(answers) {
			continue
		}
		ins, err := f.Files(inputs)
		if err != nil {
			return found{}, err
		}
		outs, err := f.Files(answers)
		if err != nil {
			return found{}, err
		}
		all.match(ins, outs, inputs, answers, "")
	}
	slices.SortStableFunc(all.pairs, func(a, b pair) int {
		switch {
		case a.sample() == b.sample():
			return problems.NaturalOrder(a.name, b.name)
		case a.sample():
			return -1
		default:
			return 1
		}
	})
	return all, nil
}

// pairsOfDirs returns the names of directories with inputs, and of those with their answers.
func pairsOfDirs() [][2]string {
	return [][2]string{
		{"input", "output"}, {"inputs", "outputs"}, {"in", "out"}, {"in", "ans"}, {"input", "answer"},
		{"inputs", "answers"},
	}
}

// match adds the tests whose inputs and answers are in two lists, which may be the same, of two directories.
func (a *found) match(inputs, answers []string, in, out, prefix string) {
	used, taken, there := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, name := range answers {
		there[name] = true
	}
	for _, name := range inputs {
		stem, candidates := Answers(name)
		if in != out {
			candidates = append(candidates, name)
			if len(candidates) == 1 {
				stem = strings.TrimSuffix(name, path.Ext(name))
			}
		}
		candidates = slices.DeleteFunc(candidates, func(c string) bool { return !there[c] })
		if len(candidates) == 0 {
			continue
		}
		if taken[stem] {
			stem = name // 1.in and 1.inp
		}
		taken[stem] = true
		a.pairs = append(a.pairs, pair{prefix + stem, problems.Pair{
			Input: path.Join(in, name), Answer: path.Join(out, candidates[0]),
		}})
		used[path.Join(in, name)] = true
		for _, c := range candidates {
			used[path.Join(out, c)] = true
		}
		if in == out || len(candidates) > 1 && candidates[1] != name {
			for _, c := range candidates[1:] {
				a.extra = append(a.extra, path.Join(out, c))
			}
		}
	}
	for _, name := range inputs {
		if !used[path.Join(in, name)] {
			a.alone = append(a.alone, path.Join(in, name))
		}
	}
	for _, name := range answers {
		if in != out && !used[path.Join(out, name)] {
			a.alone = append(a.alone, path.Join(out, name))
		}
	}
}

// Answers returns the name of the test whose input has a file name, and the names that its answer may have, the
// likeliest first. It returns nothing for a name that no input has.
func Answers(input string) (test string, answers []string) {
	ext := path.Ext(input)
	stem := strings.TrimSuffix(input, ext)
	switch {
	case slices.Contains([]string{".in", ".inp", ".input"}, ext):
		test = stem
		for _, ext := range []string{".ans", ".out", ".a", ".sol", ".oup", ".output"} {
			answers = append(answers, stem+ext)
		}
	case strings.Contains(input, ".in."):
		test = strings.Replace(input, ".in.", ".", 1)
		answers = []string{
			strings.Replace(input, ".in.", ".ans.", 1), strings.Replace(input, ".in.", ".out.", 1),
		}
	case strings.Contains(input, "input"):
		test = strings.TrimLeft(strings.Replace(stem, "input", "", 1), "._-")
		if test == "" {
			test = stem
		}
		answers = []string{
			strings.Replace(input, "input", "output", 1), strings.Replace(input, "input", "answer", 1),
		}
	case ext == "" && strings.Trim(input, "0123456789") == "" && input != "":
		test, answers = input, []string{input + ".a"}
	}
	return test, answers
}

// HasPair reports whether names of files include an input with its answer.
func HasPair(names map[string]bool) bool {
	for name := range names {
		if _, answers := Answers(name); slices.ContainsFunc(answers, func(a string) bool { return names[a] }) {
			return true
		}
	}
	return false
}

// remarks returns the notes on what is assumed, and on the files that are not used.
func (a *found) remarks(f *folder.Folder, p *problems.Problem) []*problems.Error {
	first := a.pairs[0]
	l := p.Limits
	notes := []*problems.Error{f.Fault("", 0, fmt.Sprintf(
		"no file describes this problem: assumed a time limit of %v, %d MiB of memory and a comparison of tokens, "+
			"ignoring case; found %d tests, such as %s with %s",
		l.Time, l.Memory/problems.MiB, len(a.pairs), first.Input, first.Answer),
		"write a problem.yaml to state limits and a checker")}
	if len(a.alone) > 0 {
		notes = append(notes, f.Fault("", 0, "files that are not part of a pair are not used: "+some(a.alone), ""))
	}
	if len(a.extra) > 0 {
		notes = append(notes, f.Fault("", 0, "second answers to a test are not used: "+some(a.extra), ""))
	}
	return notes
}

// some lists the first of some names, and the number of the others.
func some(names []string) string {
	slices.SortFunc(names, problems.NaturalOrder)
	n := min(len(names), mostNamed)
	list := strings.Join(names[:n], ", ")
	if n < len(names) {
		list += fmt.Sprintf(" and %d more", len(names)-n)
	}
	return list
}
