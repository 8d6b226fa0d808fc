package icpc

import (
	"fmt"
	"slices"

	"judge/problems"
)

// groupNames returns the groups of the tests, in order.
func (r *reader) groupNames() []string {
	var names []string
	seen := map[string]bool{}
	for _, t := range r.problem.Tests {
		if !seen[t.Groups[0]] {
			seen[t.Groups[0]] = true
			names = append(names, t.Groups[0])
		}
	}
	return names
}

// scores reads how a scoring problem of the version 2025-09 is scored ("Scoring problems").
func (r *reader) scores() error {
	secret, err := r.settings("data/secret", nil)
	if err != nil {
		return err
	}
	names := slices.DeleteFunc(r.groupNames(), func(n string) bool { return n == "sample" })
	if err := r.readGroups(secret, names); err != nil {
		return err
	}
	r.problem.Scoring = problems.GroupsOfTests(r.groups, r.problem.Tests)
	r.problem.Scoring.Strict = true
	if secret.aggregation == "min" && !slices.Contains(names, "secret") {
		r.problem.Scoring.Combine(problems.Min, names)
	}
	return nil
}

// readGroups reads the groups with their scores. names are those of the secret ones.
func (r *reader) readGroups(secret *settings, names []string) error {
	if secret.maxScore == "" {
		secret.maxScore = "100"
	}
	if slices.Contains(r.groupNames(), "sample") {
		r.groups = append(r.groups, &problems.Scoring{Name: "sample", Rule: problems.PassFail})
	}
	if slices.Contains(names, "secret") {
		if len(names) > 1 {
			return r.folder.Fault("data/secret", 0, "both test cases and test groups in this directory",
				"move the test cases into a group")
		}
		if secret.aggregation == "" {
			secret.aggregation = "sum"
		}
		return r.addGroup("secret", secret)
	}
	if secret.aggregation == "pass-fail" {
		return r.secretPassesOrFails(secret, names)
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
		s.requires = append(slices.Clone(secret.requires), s.requires...)
		if err := r.addGroup(name, s); err != nil {
			return err
		}
	}
	secrets := slices.DeleteFunc(slices.Clone(r.groups), func(g *problems.Scoring) bool { return g.Name == "sample" })
	return r.checkWorth(secret, secrets)
}

// secretPassesOrFails reads a secret with score_aggregation: pass-fail, which is one group.
func (r *reader) secretPassesOrFails(secret *settings, names []string) error {
	for i := range r.problem.Tests {
		if t := &r.problem.Tests[i]; t.Groups[0] != "sample" {
			t.Groups = append(t.Groups, "secret")
		}
	}
	for _, name := range names {
		s, err := r.settings("data/"+name, nil)
		if err != nil {
			return err
		}
		if r.latest && s.aggregation != "" && s.aggregation != "pass-fail" {
			return r.folder.Fault(s.file, 0, "score_aggregation: "+s.aggregation+", but that of secret is pass-fail",
				"write score_aggregation: pass-fail, or another one in data/secret/test_group.yaml")
		}
		r.groups = append(r.groups, &problems.Scoring{Name: name, Rule: problems.PassFail})
	}
	return r.addGroup("secret", secret)
}

// addGroup adds a group with its score and its requirements.
func (r *reader) addGroup(name string, s *settings) error {
	g := &problems.Scoring{Name: name, Requires: s.requires}
	rules := map[string]problems.Rule{"pass-fail": problems.PassFail, "sum": problems.Sum, "min": problems.Min}
	g.Rule = rules[s.aggregation]
	if s.maxScore == "unbounded" {
		g.Unbounded = true
		if g.Rule == problems.PassFail {
			return r.folder.Fault(s.file, 0,
				fmt.Sprintf("%s: pass-fail needs a max_score", name), "")
		}
	} else {
		var err error
		if g.Points, err = r.scoreOf(s); err != nil {
			return err
		}
	}
	above := func(required string) int {
		return slices.IndexFunc(r.groups, func(o *problems.Scoring) bool { return o.Name == required })
	}
	for i, required := range g.Requires {
		at := above(required)
		if at < 0 {
			at = above("secret/" + required)
		}
		if at < 0 {
			return r.folder.Fault(s.file, 0,
				fmt.Sprintf("require_pass: no group %[2]q before %[1]s", name, required), "")
		}
		if r.latest && r.groups[at].Rule != problems.PassFail {
			return r.folder.Fault(s.file, 0,
				fmt.Sprintf("require_pass: %q does not have score_aggregation: pass-fail",
					required), "require groups with score_aggregation: pass-fail")
		}
		g.Requires[i] = r.groups[at].Name
	}
	r.groups = append(r.groups, g)
	return nil
}
