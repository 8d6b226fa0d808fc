package grade

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"judge/problems"
)

// EmptyError reports that there is nothing to grade.
type EmptyError struct{ Msg string }

// Error returns what is missing.
func (e *EmptyError) Error() string { return e.Msg }

// SelectionError reports a value of a selection that the contest does not have.
type SelectionError struct {
	What  string   // problem, team, language, submission
	Value string   // as the user wrote it
	Known []string // values that the contest has
}

// Error names the value.
func (e *SelectionError) Error() string {
	return fmt.Sprintf("the contest has no %s %q", e.What, e.Value)
}

// Shard is a part of the submissions: Index of Of, from 1. The zero value is all of them.
type Shard struct{ Index, Of int }

// ResultFile returns the default path of a contest's result file: results.judge in its directory, NAME.judge next to
// an archive. That of a shard has its number in the name.
func ResultFile(path string, s Shard) string {
	dir, name := path, "results"
	switch {
	case !IsContestFile(path):
	case strings.EqualFold(filepath.Ext(path), ".zip"):
		dir, name = filepath.Dir(path), strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	default:
		dir = filepath.Dir(path)
	}
	if s.Of > 0 {
		name += fmt.Sprintf("-%d-of-%d", s.Index, s.Of)
	}
	return filepath.Join(dir, name+".judge")
}

// IsContestFile reports whether a path has the name of a file that describes a contest: an archive, a contest.yaml or
// the event feed of a CLICS package. A directory is not one, whatever its name.
func IsContestFile(path string) bool {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return false
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".zip", ".yaml", ".yml", ".ndjson":
		return true
	case ".json":
		return filepath.Base(path) == "contest.json"
	default:
		return false
	}
}

// plan works out what is to do.
func (g *Grading) plan(ctx context.Context) error {
	if err := g.resolve(); err != nil {
		return err
	}
	all, err := g.items()
	if err != nil {
		return err
	}
	for _, one := range all {
		s := one.Submission
		counts := g.before.Judgements[s.ID]
		chosen := g.options.Selection.Matches(s, one.problem.Problem, counts)
		if chosen && (counts != nil || !g.options.Rejudge) {
			g.Planned = append(g.Planned, one)
		}
	}
	if len(g.Planned) == 0 {
		return &EmptyError{g.nothing()}
	}
	if g.options.Rejudge {
		return g.planRejudging(ctx)
	}
	g.Round = 1
	for _, one := range g.Planned {
		counts := g.before.Judgements[one.Submission.ID]
		if counts != nil && counts.Verdict != problems.JE {
			continue
		}
		one.round = 1
		if counts != nil {
			one.round = counts.Round // a judge error is replaced in its own round
		}
		g.Todo = append(g.Todo, one)
	}
	sortByBound(g.Todo)
	return nil
}

func (g *Grading) nothing() string {
	switch {
	case g.options.Rejudge && g.options.Selection.Empty():
		return "nothing to judge again: no submission is judged"
	case g.options.Rejudge:
		return "nothing to judge again: no judged submission is selected"
	case g.options.Shard.Of > 0:
		return "nothing to grade: this shard has no submission that is selected"
	default:
		return "nothing to grade: no submission is selected"
	}
}

// items are the submissions of this shard.
func (g *Grading) items() ([]Item, error) {
	var all []Item
	for _, s := range g.Contest.Submissions {
		p := g.problems[s.Problem]
		if p == nil {
			msg := fmt.Sprintf("submission %s is for an unknown problem %q", s.ID, s.Problem)
			return nil, &problems.Error{File: g.options.Contest, Msg: msg}
		}
		bound := time.Duration(len(p.Facts.Tests)) * p.Facts.TimeLimit
		all = append(all, Item{Submission: s, Bound: bound, problem: p})
	}
	return g.options.Shard.of(all), nil
}

// of returns the items of a shard. Each item goes to the shard that has the least to do, the largest items first. The
// result depends on the contest alone, and not on what is judged.
func (s Shard) of(all []Item) []Item {
	if s.Of == 0 {
		return all
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all[b].Bound, all[a].Bound) })
	loads, chosen := make([]time.Duration, s.Of), map[int]bool{}
	for _, i := range order {
		least := 0
		for n := range loads {
			if loads[n] < loads[least] {
				least = n
			}
		}
		loads[least] += max(1, all[i].Bound)
		chosen[i] = least == s.Index-1
	}
	var own []Item
	for i, one := range all {
		if chosen[i] {
			own = append(own, one)
		}
	}
	return own
}

// sortByBound sorts the largest first: the last ones to end are then short. Equal ones stay in the contest's order.
func sortByBound(all []Item) {
	slices.SortStableFunc(all, func(a, b Item) int { return cmp.Compare(b.Bound, a.Bound) })
}

// resolve checks the values of the selection, and replaces the names of teams by their ids.
func (g *Grading) resolve() error {
	s, c := &g.options.Selection, g.Contest
	var ids, labels, teams, submissions, spoken []string
	byName := map[string]string{}
	for _, p := range c.Problems {
		ids, labels = append(ids, p.ID), append(labels, p.Label)
	}
	for _, t := range c.Teams {
		teams = append(teams, t.ID)
		byName[t.Name] = t.ID
	}
	for _, one := range c.Submissions {
		submissions = append(submissions, one.ID)
		spoken = append(spoken, one.Language)
	}
	for _, l := range g.options.Languages.All() {
		spoken = append(spoken, l.ID)
	}
	for i, name := range s.Teams {
		if id, ok := byName[name]; ok && !slices.Contains(teams, name) {
			s.Teams[i] = id
		}
	}
	for _, check := range []struct {
		what          string
		values, known []string
	}{
		{"problem", s.Problems, slices.Concat(labels, ids)}, {"team", s.Teams, teams},
		{"submission", s.Submissions, submissions}, {"language", s.Languages, spoken},
	} {
		for _, value := range check.values {
			if !slices.Contains(check.known, value) {
				return &SelectionError{check.what, value, check.known}
			}
		}
	}
	return nil
}
