package icpc

import (
	"math"
	"path"
	"slices"
	"strings"

	"judge/problems"
)

// legacyScores reads how a problem of the legacy version is graded ("Graders"). The problem's Grading decides; its
// Groups and Total approximate it, for display and for other formats.
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
	if !r.is("scoring") {
		return r.grading(t)
	}
	if r.statesScores() && t.forDOMjudge() {
		r.domjudgeScores = true
		if t, err = r.nesting(); err != nil {
			return err
		}
	}
	for _, name := range t.names {
		if t.ignores(name) {
			r.problem.Groups = append(r.problem.Groups, problems.Group{Name: name, Rule: problems.PassFail})
			continue
		}
		g := r.legacyGroup(name, t.by[path.Join("data", name)], t.beneath(name) != nil)
		g.Requires = t.before(name)
		r.problem.Groups = append(r.problem.Groups, g)
	}
	r.problem.Total, _ = t.total("data")
	return r.grading(t)
}

// nesting is the tree of groups with their settings.
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

// total combines the scores of a directory: of its own tests and of the directories in it, each by its mode. plain
// reports that all of them are simply added.
func (t nesting) total(dir string) (all problems.Total, plain bool) {
	name := strings.TrimPrefix(strings.TrimPrefix(dir, "data"), "/")
	n := 0
	if slices.Contains(t.names, name) {
		all.Over = append(all.Over, name)
		n += t.tests(name)
	}
	plain = true
	for _, child := range t.beneath(name) {
		n++
		if t.beneath(child) == nil {
			all.Over = append(all.Over, child)
			continue
		}
		part, added := t.total(path.Join("data", child))
		all.Parts = append(all.Parts, part)
		plain = plain && added
	}
	switch mode := t.by[dir].mode(); {
	case t.beneath(name) == nil: // the group's own rule applies
	case mode == "min" && len(all.Over)+len(all.Parts) > 1:
		all.Rule = problems.Min
		return all, false
	case mode == "max" && len(all.Over)+len(all.Parts) > 1:
		all.Rule = problems.Max
		return all, false
	case mode == "avg" && n > 1:
		all.Rule, all.Times = problems.Sum, 1/float64(n)
		return all, false
	}
	all.Rule = problems.Sum
	switch {
	case plain && dir == "data":
		return problems.Total{}, true
	case len(all.Parts) == 1 && (all.Over == nil || dir == "data"):
		return all.Parts[0], plain // groups that it does not cover are added anyway
	}
	return all, plain
}

// tests counts the tests directly in a group.
func (t nesting) tests(name string) (n int) {
	for _, test := range t.problem.Tests {
		if test.Groups[0] == name {
			n++
		}
	}
	return n
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

// mode returns how a legacy group combines scores: the last such flag counts.
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

// partial reports whether a group may be accepted although a test is rejected.
func (s *settings) partial() bool {
	return slices.Contains(s.graderFlags, "always_accept") || slices.Contains(s.graderFlags, "accept_if_any_accepted")
}

// legacyGroup returns the group of the tests of one directory. inner reports whether it contains groups, whose scores
// its mode combines with those of its tests.
func (r *reader) legacyGroup(name string, s *settings, inner bool) problems.Group {
	g := problems.Group{Name: name}
	if r.domjudgeScores && !inner {
		return r.groupWorth(g, s)
	}
	n := 0
	for _, t := range r.problem.Tests {
		if t.Groups[0] == name {
			n++
		}
	}
	switch mode := s.mode(); {
	case mode == "max":
		g.Rule, g.Points = problems.Max, s.accept
	case mode == "min":
		g.Rule, g.Points = problems.Min, s.accept
	case mode == "avg" && !inner:
		g.Rule, g.Points = problems.Sum, s.accept
	default:
		g.Rule, g.Points = problems.Sum, s.accept*float64(n)
	}
	scored := r.givesScores(s)
	switch {
	case g.Rule == problems.Sum && !s.partial() && !scored:
		g.Rule = problems.PassFail
	case g.Rule == problems.Sum:
		g.Break = s.onReject == "break"
	}
	switch given := scored || s.grading == "custom"; {
	case given && s.hasRange && !math.IsInf(s.rangeHigh, 0):
		g.Points = s.rangeHigh // the validator or a grader gives the scores
	case given:
		g.Unbounded = true
	}
	return g
}

// givesScores reports whether the output validator gives the scores of a group's tests: if validation says so, or if
// no accept_score applies.
func (r *reader) givesScores(s *settings) bool {
	return (r.problem.Checker.External != nil || r.problem.Interactor != nil) && (r.validatorScores || !s.accepts)
}

// groupWorth sets a group's points by DOMjudge's rules: accept_score is that of the whole group, and without one the
// output validator gives the scores of the tests.
func (r *reader) groupWorth(g problems.Group, s *settings) problems.Group {
	switch {
	case s.accepts:
		g.Rule, g.Points = problems.PassFail, s.accept
	case r.problem.Checker.External == nil && r.problem.Interactor == nil:
		g.Rule = problems.PassFail
	default:
		g.Rule, g.Points, g.Unbounded = problems.Sum, s.rangeHigh, !s.hasRange
		switch s.mode() {
		case "min":
			g.Rule = problems.Min
		case "max":
			g.Rule = problems.Max
		}
	}
	return g
}
