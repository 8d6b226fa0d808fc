package icpc

import (
	"math"
	"path"
	"slices"
	"strings"

	"judge/problems"
)

// legacyScores reads how a problem of the legacy version is graded ("Graders").
func (r *reader) legacyScores() error {
	t, err := r.nesting()
	if err != nil {
		return err
	}
	if !r.is("scoring") && !t.hasFlags() {
		return nil // as with the default grader, the first verdict that is not AC counts
	}
	if err := r.checkGroups(); err != nil {
		return err
	}
	if r.is("scoring") && r.statesScores() && t.forDOMjudge() {
		r.domjudgeScores = true
		if t, err = r.nesting(); err != nil {
			return err
		}
	}
	return r.grading(t)
}

// nesting returns the tree of groups with their settings.
func (r *reader) nesting() (nesting, error) {
	by, err := r.legacySettings()
	return nesting{reader: r, by: by, names: r.groupNames()}, err
}

// legacySettings returns the settings of every directory that has tests in it or beneath it.
func (r *reader) legacySettings() (map[string]*settings, error) {
	root, err := r.settings("data", nil)
	if err != nil {
		return nil, err
	}
	by := map[string]*settings{"data": root}
	for _, name := range r.groupNames() {
		dir := "data"
		for _, part := range strings.Split(name, "/") {
			parent := by[dir]
			dir = path.Join(dir, part)
			if by[dir] != nil {
				continue
			}
			if by[dir], err = r.settings(dir, parent); err != nil {
				return nil, err
			}
		}
	}
	return by, nil
}

// nesting is how groups lie in each other.
type nesting struct {
	*reader
	by    map[string]*settings // by directory
	names []string             // groups with tests directly in them
}

// ignores reports whether a group does not count: the sample with ignore_sample, or for DOMjudge a group without a
// settings file.
func (t nesting) ignores(name string) bool {
	if t.domjudgeScores && !t.by[path.Join("data", name)].own {
		return true
	}
	first, _, _ := strings.Cut(name, "/")
	return first == "sample" && slices.Contains(t.by["data"].graderFlags, "ignore_sample")
}

// hasFlags reports whether any group differs from the default grading.
func (t nesting) hasFlags() bool {
	for _, s := range t.by {
		if len(s.graderFlags) > 0 || s.grading == "custom" || s.onReject == "continue" {
			return true
		}
	}
	return false
}

// forDOMjudge reports whether a package may be written for DOMjudge's scores: the top has a settings file, there is
// no custom grader, and no group has a range in addition to its accept_score.
func (t nesting) forDOMjudge() bool {
	for _, s := range t.by {
		if s.hasRange && s.accepts || s.grading == "custom" {
			return false
		}
	}
	return t.by["data"].own
}

// beneath returns the counting directories directly beneath a group, in order.
func (t nesting) beneath(name string) []string {
	var dirs []string
	for _, other := range t.names {
		rest, inside := strings.CutPrefix(path.Join("data", other), path.Join("data", name)+"/")
		if !inside || t.ignores(other) {
			continue
		}
		first, _, _ := strings.Cut(rest, "/")
		if dir := path.Join(name, first); !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// before returns the groups that must be accepted before a group is judged. With on_reject: break, a rejected group
// skips those after it in the same directory. A group that may be accepted despite rejected tests skips none.
func (t nesting) before(name string) []string {
	var groups []string
	for _, other := range t.names {
		if other == name {
			return groups
		}
		common := "data"
		mine, its := strings.Split(name, "/"), strings.Split(other, "/")
		for i := 0; i < min(len(mine), len(its)) && mine[i] == its[i]; i++ {
			common = path.Join(common, mine[i])
		}
		own := t.by[path.Join("data", other)]
		if t.by[common].onReject == "break" && !t.ignores(other) && !t.ignores(name) && !own.partial() {
			groups = append(groups, other)
		}
	}
	return groups
}

// partial reports whether a group may be accepted although a test is rejected.
func (s *settings) partial() bool {
	return slices.Contains(s.graderFlags, "always_accept") || slices.Contains(s.graderFlags, "accept_if_any_accepted")
}

// group describes a group of tests for display and for other formats: the best score, the rule that is nearest to its
// grader, and the groups whose failure skips it.
func (t nesting) group(g *problems.Scoring) {
	if t.ignores(g.Name) {
		g.Rule = problems.PassFail
		return
	}
	g.Requires = t.before(g.Name)
	s, inner := t.by[path.Join("data", g.Name)], t.beneath(g.Name) != nil
	if t.domjudgeScores && !inner {
		t.groupWorth(g, s)
		return
	}
	switch mode := g.Grader.Mode(); {
	case mode == "max":
		g.Rule, g.Points = problems.Max, s.accept
	case mode == "min":
		g.Rule, g.Points = problems.Min, s.accept
	case mode == "avg" && !inner:
		g.Rule, g.Points = problems.Sum, s.accept
	default:
		g.Rule, g.Points = problems.Sum, s.accept*float64(len(g.Tests()))
	}
	scored := t.givesScores(s)
	if g.Rule == problems.Sum && !s.partial() && !scored {
		g.Rule = problems.PassFail
	}
	switch given := scored || s.grading == "custom"; {
	case given && s.hasRange && !math.IsInf(s.rangeHigh, 0):
		g.Points = s.rangeHigh // the validator or a grader gives the scores
	case given:
		g.Unbounded = true
	}
}

// givesScores reports whether the output validator gives the scores of a group's tests: if validation says so, or if
// no accept_score applies.
func (r *reader) givesScores(s *settings) bool {
	return (r.problem.Checker.External != nil || r.problem.Interactor != nil) && (r.validatorScores || !s.accepts)
}

// groupWorth sets a group's points by DOMjudge's rules: accept_score is that of the whole group, and without one the
// output validator gives the scores of the tests.
func (r *reader) groupWorth(g *problems.Scoring, s *settings) {
	switch {
	case s.accepts:
		g.Rule, g.Points = problems.PassFail, s.accept
	case r.problem.Checker.External == nil && r.problem.Interactor == nil:
		g.Rule = problems.PassFail
	default:
		g.Rule, g.Points, g.Unbounded = problems.Sum, s.rangeHigh, !s.hasRange
		switch g.Grader.Mode() {
		case "min":
			g.Rule = problems.Min
		case "max":
			g.Rule = problems.Max
		}
	}
}
