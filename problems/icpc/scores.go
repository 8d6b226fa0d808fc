package icpc

import (
	"fmt"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"judge/problems"
)

// groupNames are the groups of the tests, in their order.
func (r *reader) groupNames() []string {
	var names []string
	for _, t := range r.problem.Tests {
		if !slices.Contains(names, t.Groups[0]) {
			names = append(names, t.Groups[0])
		}
	}
	return names
}

// scores reads how a scoring problem of the version 2025-09 is scored ("Scoring problems").
func (r *reader) scores() error {
	r.problem.ScoreRules = true
	secret, err := r.settings("data/secret", nil)
	if err != nil {
		return err
	}
	if secret.maxScore == "" {
		secret.maxScore = "100"
	}
	names := slices.DeleteFunc(r.groupNames(), func(n string) bool { return n == "sample" })
	if slices.Contains(r.groupNames(), "sample") {
		r.problem.Groups = append(r.problem.Groups, problems.Group{Name: "sample", Rule: problems.PassFail})
	}
	if slices.Contains(names, "secret") {
		if len(names) > 1 {
			return r.folder.Fault("data/secret", 0, "there are test cases beside test data groups", "it holds one or the other")
		}
		if secret.aggregation == "" {
			secret.aggregation = "sum"
		}
		return r.addGroup("secret", secret)
	}
	switch secret.aggregation {
	case "", "sum":
	case "min":
		r.problem.Total = problems.Total{Rule: problems.Min, Over: names}
	case "pass-fail": // all of secret is one group then
		for i := range r.problem.Tests {
			if t := &r.problem.Tests[i]; t.Groups[0] != "sample" {
				t.Groups = append(t.Groups, "secret")
			}
		}
		for _, name := range names {
			r.problem.Groups = append(r.problem.Groups, problems.Group{Name: name, Rule: problems.PassFail})
		}
		return r.addGroup("secret", secret)
	}
	for _, name := range names {
		s, err := r.settings("data/"+name, nil)
		if err != nil {
			return err
		}
		if s.maxScore == "" {
			s.maxScore = "unbounded"
		}
		if s.aggregation == "" {
			s.aggregation = "pass-fail"
		}
		if err := r.addGroup(name, s); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) addGroup(name string, s *settings) error {
	g := problems.Group{Name: name, Requires: s.requires}
	rules := map[string]problems.Rule{"pass-fail": problems.PassFail, "sum": problems.Sum, "min": problems.Min}
	g.Rule = rules[s.aggregation]
	if s.maxScore == "unbounded" {
		g.Unbounded = true
		if g.Rule == problems.PassFail {
			return r.folder.Fault(s.file, 0, fmt.Sprintf("%s: a group with the aggregation pass-fail needs a max_score", name), "")
		}
	} else {
		var err error
		if g.Points, err = strconv.ParseFloat(s.maxScore, 64); err != nil || !(g.Points >= 0) {
			return r.folder.Fault(s.file, 0, fmt.Sprintf("max_score: %q is no score", s.maxScore), "write a whole number, or unbounded")
		}
	}
	above := func(required string) bool {
		return slices.ContainsFunc(r.problem.Groups, func(o problems.Group) bool { return o.Name == required })
	}
	for i, required := range g.Requires {
		if !above(required) && above("secret/"+required) {
			g.Requires[i] = "secret/" + required
		} else if !above(required) {
			return r.folder.Fault(s.file, 0, fmt.Sprintf("require_pass: no group before %s is called %q", name, required), "")
		}
	}
	r.problem.Groups = append(r.problem.Groups, g)
	return nil
}

// legacyScores reads how a scoring problem of the legacy version is scored ("Graders"). The groups and the total say as much of it as they can,
// for people and for other formats; what counts is the grading.
func (r *reader) legacyScores() error {
	root, err := r.settings("data", nil)
	if err != nil {
		return err
	}
	secret, err := r.settings("data/secret", root)
	if err != nil {
		return err
	}
	r.legacyTotal(secret)
	var before []string
	for _, name := range r.groupNames() {
		s, err := r.settingsOf("data/" + name)
		if err != nil {
			return err
		}
		sample := name == "sample" || strings.HasPrefix(name, "sample/")
		if sample && slices.Contains(root.graderFlags, "ignore_sample") {
			s = &settings{file: s.file, onReject: "continue"}
		}
		g := r.legacyGroup(name, s)
		if !sample && secret.onReject == "break" {
			g.Requires = slices.Clone(before) // what follows a group that is not accepted is not judged
			before = append(before, name)
		}
		r.problem.Groups = append(r.problem.Groups, g)
	}
	return r.grading()
}

// settingsOf are those of a directory, with what it inherits.
func (r *reader) settingsOf(dir string) (*settings, error) {
	var parent *settings
	if dir != "data" {
		var err error
		if parent, err = r.settingsOf(path.Dir(dir)); err != nil {
			return nil, err
		}
	}
	return r.settings(dir, parent)
}

// legacyTotal reads how the scores of groups in data/secret are put together.
func (r *reader) legacyTotal(secret *settings) {
	var over []string
	for _, name := range r.groupNames() {
		if strings.HasPrefix(name, "secret/") {
			over = append(over, name)
		}
	}
	switch mode := secret.mode(); {
	case len(over) < 2:
	case mode == "min":
		r.problem.Total = problems.Total{Rule: problems.Min, Over: over}
	case mode == "max":
		r.problem.Total = problems.Total{Rule: problems.Max, Over: over}
	}
}

// mode is how a legacy group adds up its scores: the last that is given counts.
func (s *settings) mode() string {
	mode := "sum"
	for _, flag := range s.graderFlags {
		switch flag {
		case "sum", "avg", "min", "max":
			mode = flag
		}
	}
	return mode
}

func (r *reader) legacyGroup(name string, s *settings) problems.Group {
	g := problems.Group{Name: name}
	n := 0
	for _, t := range r.problem.Tests {
		if t.Groups[0] == name {
			n++
		}
	}
	partial := slices.Contains(s.graderFlags, "always_accept") || slices.Contains(s.graderFlags, "accept_if_any_accepted")
	switch mode := s.mode(); {
	case mode == "max":
		g.Rule, g.Points = problems.Max, s.accept
	case mode == "min":
		g.Rule, g.Points = problems.Min, s.accept
	case mode == "avg":
		g.Rule, g.Points = problems.Sum, s.accept
	default:
		g.Rule, g.Points = problems.Sum, s.accept*float64(n)
	}
	scored := r.problem.Checker.External != nil || r.problem.Interactor != nil
	switch {
	case g.Rule == problems.Sum && !partial && !scored:
		g.Rule = problems.PassFail
	case g.Rule == problems.Sum:
		g.Break = s.onReject == "break"
	}
	switch {
	case (scored || s.grading == "custom") && s.hasRange && !math.IsInf(s.rangeHigh, 0):
		g.Points = s.rangeHigh // the validator gives the scores, or a grader
	case scored || s.grading == "custom":
		g.Unbounded = true
	}
	return g
}
