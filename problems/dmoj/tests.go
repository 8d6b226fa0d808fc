package dmoj

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// testCase is an entry of test_cases: a case, or a batch of them.
type testCase struct {
	In           string     `yaml:"in"`
	Out          string     `yaml:"out"`
	Points       *float64   `yaml:"points"`
	Time         *float64   `yaml:"time_limit"`
	Memory       *float64   `yaml:"memory_limit"`
	Batched      []testCase `yaml:"batched"`
	Dependencies []int      `yaml:"dependencies"` // numbers of batches, from 1
	Requirements []int      `yaml:"requirements"` // the same by an earlier name
}

// tests reads test_cases: a list, or patterns of names.
func (r *reader) tests() error {
	var whole float64 = 1
	if err := r.yaml.Get("points", &whole); err != nil {
		return err
	}
	var top testCase // what cases have that say nothing else
	if err := errors.Join(r.yaml.Get("in", &top.In), r.yaml.Get("out", &top.Out)); err != nil {
		return err
	}
	var cases []testCase
	var node yaml.Node
	err := r.yaml.Get("test_cases", &node)
	if err != nil {
		return err
	}
	if node.Kind == yaml.SequenceNode {
		err = r.yaml.Get("test_cases", &cases)
	} else {
		cases, err = r.matching()
	}
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		return r.yaml.Fault("test_cases", "there are no test cases", "")
	}
	return r.group(cases, top, whole)
}

// Names of groups that are no batches.
const (
	pretests = "pretests" // cases without points, which must pass
	single   = "cases"
)

// group makes groups of cases: a batch earns by its least case, a case by itself.
func (r *reader) group(cases []testCase, top testCase, whole float64) error {
	sum, batches := map[string]float64{}, 0
	requires := map[string][]string{}
	var names []string
	for _, c := range cases {
		points, group := whole, single
		if c.Points != nil {
			points = *c.Points
		}
		if !(points >= 0) || points > 1e9 {
			return r.yaml.Fault("test_cases", fmt.Sprintf("%v is not a number of points", points), "")
		}
		inner := c.Batched
		if inner == nil {
			inner = []testCase{c}
			if points == 0 {
				group = pretests
			}
		} else {
			batches++
			group = "batch " + strconv.Itoa(batches)
		}
		if _, known := sum[group]; !known {
			names = append(names, group)
		}
		sum[group] += points
		for _, number := range slices.Concat(c.Dependencies, c.Requirements) {
			if number < 1 || number >= batches {
				return r.yaml.Fault("test_cases", fmt.Sprintf("batch %d depends on batch %d, which does not come before it", batches, number), "")
			}
			requires[group] = append(requires[group], "batch "+strconv.Itoa(number))
		}
		for _, test := range inner {
			test.In, test.Out = cmp.Or(test.In, c.In, top.In), cmp.Or(test.Out, c.Out, top.Out)
			if err := r.add(group, test, points); err != nil {
				return err
			}
			if test.Time != nil || test.Memory != nil || c.Time != nil || c.Memory != nil {
				r.remark("test_cases", "limits of single cases are not used")
			}
		}
	}
	for _, name := range names {
		g := problems.Group{Name: name, Points: sum[name], Requires: requires[name]}
		switch {
		case name == single:
			g.Rule = problems.Sum
		case name == pretests:
			g.Rule = problems.PassFail
		}
		if name != pretests && slices.Contains(names, pretests) {
			g.Requires = append([]string{pretests}, g.Requires...)
		}
		r.problem.Groups = append(r.problem.Groups, g)
	}
	// What is required stands above what requires it.
	slices.SortStableFunc(r.problem.Groups, func(a, b problems.Group) int {
		return cmp.Compare(boolOf(a.Name != pretests), boolOf(b.Name != pretests))
	})
	return nil
}

func boolOf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// numbers is the format's default pattern of names without its first part, "contains .in or begins with in": this
// kind of regular expression cannot look ahead.
const numbers = `^.*?(?:(?:^|\W)(?P<batch>\d+)[^\d\s]+)?(?P<case>\d+)[^\d\s]*$`

// matching finds the cases whose names match the patterns ("Specifying cases with regexes").
func (r *reader) matching() ([]testCase, error) {
	var given struct {
		Input  string    `yaml:"input_format"`
		Output string    `yaml:"output_format"`
		Points []float64 `yaml:"case_points"`
	}
	if err := r.yaml.Get("test_cases", &given); err != nil {
		return nil, err
	}
	files, err := r.data.Files(".")
	if err != nil {
		return nil, err
	}
	inputs, err := r.numbered(files, given.Input, "in")
	if err != nil {
		return nil, err
	}
	outputs, err := r.numbered(files, given.Output, "out")
	if err != nil {
		return nil, err
	}
	type numbers struct{ batch, number int }
	output := map[numbers]string{}
	for _, o := range slices.Backward(outputs) { // of several, the first counts
		output[numbers{o.batch, o.number}] = o.name
	}
	byBatch := map[int][]testCase{}
	var order []int
	batched := map[int]bool{}
	for _, in := range inputs {
		out, ok := output[numbers{in.batch, in.number}]
		if !ok {
			return nil, r.yaml.Fault("test_cases", fmt.Sprintf("there is no output for %q", in.name), "")
		}
		if byBatch[in.batch] == nil {
			order = append(order, in.batch)
		}
		byBatch[in.batch] = append(byBatch[in.batch], testCase{In: in.name, Out: out})
		batched[in.batch] = batched[in.batch] || in.batched
	}
	slices.Sort(order)
	var cases []testCase
	for i, batch := range order {
		c := byBatch[batch][0]
		if batched[batch] {
			c = testCase{Batched: byBatch[batch]}
		}
		if i < len(given.Points) {
			c.Points = &given.Points[i]
		}
		cases = append(cases, c)
	}
	return cases, nil
}

// numberedFile is a file with the numbers in its name.
type numberedFile struct {
	name          string
	batch, number int
	batched       bool
}

func (r *reader) numbered(files []string, pattern, kind string) ([]numberedFile, error) {
	own := pattern != ""
	if !own {
		pattern = numbers
	}
	expression, err := regexp.Compile(pattern)
	if err != nil {
		return nil, r.yaml.Fault("test_cases", fmt.Sprintf("the pattern %q is not supported: %.200q", pattern, err.Error()), "")
	}
	var found []numberedFile
	for _, name := range files {
		if !own && !strings.Contains(name, "."+kind) && !strings.HasPrefix(name, kind) {
			continue
		}
		m := expression.FindStringSubmatch(name)
		if m == nil {
			continue
		}
		group := func(name string) (int, bool) {
			i := expression.SubexpIndex(name)
			if i < 0 || m[i] == "" {
				return 0, false
			}
			n, err := strconv.Atoi(m[i])
			return n, err == nil
		}
		number, ok := group("case")
		if !ok {
			continue
		}
		batch, batched := group("batch")
		if !batched {
			batch = number // "non-batched cases treat their case number as their batch number"
		}
		found = append(found, numberedFile{name, batch, number, batched})
	}
	slices.SortStableFunc(found, func(a, b numberedFile) int {
		return cmp.Or(cmp.Compare(a.batch, b.batch), cmp.Compare(a.number, b.number))
	})
	return found, nil
}
