package dmoj

import (
	"fmt"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// tests reads test_cases: a list, or patterns of names. The cases of pretest_test_cases come first and have no
// points.
func (r *reader) tests() error {
	top, err := r.top()
	if err != nil {
		return err
	}
	key := r.key("test_cases")
	var node yaml.Node
	if err := r.yaml.Get(key, &node); err != nil {
		return err
	}
	var cases []*config
	if list := resolved(&node); list.Kind == yaml.SequenceNode {
		cases, err = r.cases(key, top)
	} else {
		cases, err = r.matching(top)
	}
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		return r.yaml.Fault(key, "no test cases", "")
	}
	before, err := r.cases(r.key("pretest_test_cases"), top)
	if err != nil {
		return err
	}
	none := 0.0
	for _, c := range before {
		if c.batched != nil {
			return r.yaml.Fault(r.key("pretest_test_cases"), "batches among pretests are not supported",
				"list their cases as cases, or in test_cases with points: 0")
		}
		c.points = &none
	}
	r.before = len(before)
	return r.group(append(before, cases...))
}

// resolved returns the target of an alias, or the node itself.
func resolved(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode {
		return node.Alias
	}
	return node
}

// worth returns the points of a case.
func (r *reader) worth(c *config) (float64, error) {
	points := 1.0
	for at := c; at != nil; at = at.outer {
		if at.points != nil {
			return *at.points, nil
		}
		if _, own := at.values["points"]; own {
			break
		}
	}
	if err := c.get("points", &points); err != nil || !(points >= 0) || points > 1e9 {
		return 0, r.folder.Fault(FileName, c.line, "points: expected a number from 0 to 1e9", "")
	}
	return points, nil
}

// add adds a test to a group. A missing input or answer is empty.
func (r *reader) add(group string, c *config, points float64) error {
	files, binary := c.files, false
	if files == nil {
		files = &pair{}
		for key, to := range map[string]any{"in": &files.in, "out": &files.out} {
			if err := c.get(key, to); err != nil {
				return r.folder.Fault(FileName, c.line, key+": expected the name of a file", "")
			}
		}
	}
	if err := c.get("binary_data", &binary); err != nil {
		return r.folder.Fault(FileName, c.line, "binary_data: expected true or false", "")
	}
	recipe, err := r.recipe(c, *files)
	if err != nil {
		return err
	}
	name := strings.TrimSuffix(files.in, path.Ext(files.in))
	if name == "" {
		name = fmt.Sprintf("case %d", len(r.problem.Tests)+1)
	}
	t := problems.TestCase{Name: name, Groups: []string{group}, Points: points, Recipe: recipe}
	for n := max(2, r.called[name]); r.called[t.Name] > 0; n++ {
		t.Name = fmt.Sprintf("%s (%d)", name, n)
		r.called[name] = n + 1
	}
	r.called[t.Name] = max(1, r.called[t.Name])
	if r.data == r.folder && recipe == nil {
		t.Listed = problems.Pair{Input: files.in, Answer: files.out}
	}
	if err := r.filesOf(&t, *files, binary, c.line); err != nil {
		return err
	}
	if t.Checker, err = r.ownChecker(c); err != nil {
		return err
	}
	r.problem.Tests = append(r.problem.Tests, t)
	r.configs = append(r.configs, c)
	r.binary = append(r.binary, binary)
	return nil
}

// filesOf sets the input and the answer of a test that are not made.
func (r *reader) filesOf(t *problems.TestCase, files pair, binary bool, line int) (err error) {
	if t.Recipe == nil || files.in != "" {
		if t.Input, err = r.file(files.in, binary, line); err != nil {
			return err
		}
	}
	if t.Recipe == nil || files.out != "" {
		if t.Answer, err = r.file(files.out, binary, line); err != nil {
			return err
		}
	}
	if t.Recipe == nil {
		return nil
	}
	for _, one := range []struct {
		path string
		to   *problems.Source
	}{{t.Input, &t.Recipe.Input}, {t.Answer, &t.Recipe.Answer}} {
		if one.path != "" {
			*one.to = problems.Source{Origin: problems.FromPath, Name: one.path}
		}
	}
	return nil
}

// file returns the path of a test's file. Without a name the file is empty.
func (r *reader) file(name string, binary bool, line int) (string, error) {
	if name == "" {
		return r.empty()
	}
	from := r.data
	if r.data != r.folder && r.folder.IsFile(name) { // it overrides one in the archive
		from = r.folder
	}
	full, err := from.File(FileName, name)
	if barred := from.Barred(name); barred != nil {
		return "", barred
	}
	if err != nil {
		return "", r.folder.Fault(FileName, line, fmt.Sprintf("test_cases: no file %q", name), "")
	}
	if !binary {
		r.texts = append(r.texts, full)
	}
	return full, nil
}
