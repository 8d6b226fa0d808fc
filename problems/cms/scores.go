package cms

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/folder"
)

// scored is one subtask in score_type_parameters: its points, its tests (their number, a pattern of names or a list
// of names) and for GroupThreshold the threshold.
type scored struct {
	Points    float64
	Tests     string
	Named     []string // a list instead of Tests
	Threshold float64
}

// tests reads the tests of a subtask.
func (s *scored) tests(node *yaml.Node) error {
	if node.Kind == yaml.SequenceNode {
		s.Named = []string{}
		return node.Decode(&s.Named)
	}
	return node.Decode(&s.Tests)
}

// UnmarshalYAML reads a list, or the mapping of newer versions.
func (s *scored) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.MappingNode {
		var given struct {
			Points    float64   `yaml:"max_score"`
			Tests     yaml.Node `yaml:"testcases"`
			Threshold float64   `yaml:"threshold"`
			Depends   yaml.Node `yaml:"depends_on"`
		}
		if err := node.Decode(&given); err != nil {
			return err
		}
		if len(given.Depends.Content) > 0 {
			return fmt.Errorf("line %d: depends_on is not supported: expected all tests in testcases",
				given.Depends.Line)
		}
		if given.Tests.IsZero() {
			return fmt.Errorf("line %d: the key \"testcases\" is missing", node.Line)
		}
		s.Points, s.Threshold = given.Points, given.Threshold
		return s.tests(&given.Tests)
	}
	var list []yaml.Node
	if err := node.Decode(&list); err != nil {
		return err
	}
	if len(list) < 2 || len(list) > 3 {
		return fmt.Errorf("line %d: expected [points, tests] or [points, tests, threshold]", node.Line)
	}
	if len(list) == 3 {
		if err := list[2].Decode(&s.Threshold); err != nil {
			return err
		}
	}
	if err := list[0].Decode(&s.Points); err != nil {
		return err
	}
	return s.tests(&list[1])
}

// scoreType reads a score type and its parameters: Sum, GroupMin, GroupMul and GroupThreshold, as in
// cms/grading/scoretypes. names are the names of the subtasks, used if their number fits.
func (r *reader) scoreType(given *folder.Document, names []string) error {
	const parameters = "score_type_parameters"
	kind := ""
	if err := given.Get("score_type", &kind); err != nil {
		return err
	}
	rule, grouped := map[string]problems.Rule{
		"GroupMin": problems.Min, "GroupMul": problems.Mul, "GroupThreshold": problems.Threshold,
	}[kind]
	switch {
	case kind == "Sum":
		each := 0.0
		if err := given.Get(parameters, &each); err != nil {
			return err
		}
		if !(each >= 0) || each > 1e9 {
			return given.Fault(parameters, fmt.Sprintf("%v points for each test: out of range", each), "")
		}
		r.sum(each * float64(len(r.problem.Tests)))
		return nil
	case !grouped:
		return given.Fault("score_type", fmt.Sprintf("score type %q is not supported", kind),
			"use Sum, GroupMin, GroupMul or GroupThreshold")
	}
	var subtasks []scored
	if err := given.Get(parameters, &subtasks); err != nil {
		return err
	}
	if n := len(subtasks); n > mostSubtasks {
		return given.Fault(parameters, fmt.Sprintf("%d subtasks: expected at most %d", n, mostSubtasks), "")
	}
	next := 0
	for i, s := range subtasks {
		if !(s.Points >= 0) || s.Points > 1e9 || rule == problems.Threshold && !(s.Threshold > 0) {
			return given.Fault(parameters,
				fmt.Sprintf("subtask %d: points or threshold out of range", i), "")
		}
		g := &problems.Scoring{Name: strconv.Itoa(i), Points: s.Points, Rule: rule, Threshold: s.Threshold}
		if len(names) == len(subtasks) {
			g.Name = names[i]
		}
		members, err := r.members(s, &next)
		if err != nil {
			return given.Fault(parameters, fmt.Sprintf("subtask %d: %v", i, err), "")
		}
		for _, k := range members {
			if t := &r.problem.Tests[k]; !slices.Contains(t.Groups, g.Name) {
				t.Groups = append(t.Groups, g.Name)
			}
		}
		if len(members) > 0 {
			r.groups = append(r.groups, g)
		}
	}
	return nil
}

// mostSubtasks bounds the subtasks of a task: each is compared with each test.
const mostSubtasks = 1000

// members returns the tests of a subtask: the given number from next on, those whose names match the pattern at their
// beginning, or those in the list.
func (r *reader) members(s scored, next *int) ([]int, error) {
	if s.Named != nil {
		return r.listed(s.Named)
	}
	var all []int
	tests := s.Tests
	if n, err := strconv.Atoi(strings.TrimSpace(tests)); err == nil {
		if n < 0 || n > len(r.problem.Tests)-*next {
			return nil, fmt.Errorf("fewer than %d tests are left", n)
		}
		for range n {
			all = append(all, *next)
			*next++
		}
		return all, nil
	}
	pattern, err := regexp.Compile("^(?:" + tests + ")")
	if err != nil {
		return nil, fmt.Errorf("pattern %q is not supported", tests)
	}
	if err := r.folder.Steps(ItalianFile, (1+len(tests)/64)*len(r.problem.Tests)); err != nil {
		return nil, err
	}
	for i, t := range r.problem.Tests {
		if pattern.MatchString(t.Name) {
			all = append(all, i)
		}
	}
	if all == nil {
		return nil, fmt.Errorf("no test matches %q", tests)
	}
	return all, nil
}

// listed returns the tests with some names.
func (r *reader) listed(names []string) ([]int, error) {
	byName := map[string]int{}
	for i, t := range r.problem.Tests {
		byName[t.Name] = i
	}
	var all []int
	for _, name := range names {
		i, ok := byName[name]
		if !ok {
			return nil, fmt.Errorf("no test %q", name)
		}
		all = append(all, i)
	}
	return all, nil
}

// sum creates one group of all tests, which share its points equally.
func (r *reader) sum(points float64) {
	r.groups = []*problems.Scoring{{Name: "tests", Points: points, Rule: problems.Sum}}
	for i := range r.problem.Tests {
		r.problem.Tests[i].Groups = []string{"tests"}
	}
}
