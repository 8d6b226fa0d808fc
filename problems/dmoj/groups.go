package dmoj

import (
	"fmt"
	"slices"
	"strconv"

	"judge/problems"
)

// Names of groups of cases outside batches. Later groups of the same kind have a number, too.
const (
	pretests = "pretests" // cases without points
	single   = "cases"
)

// grouping builds groups of cases in order. A batch scores by its worst case, other cases score separately. A
// submission that fails a case without points scores nothing on later cases, as in dmoj/judge.py, so later groups
// require the group of that case.
type grouping struct {
	groups  []*problems.Scoring
	names   map[string]int // number of groups by name
	batches int
	gate    string // the last group that must pass; "": none
	zero    bool   // the last case had no points and was in no batch
}

// group makes the problem's groups and tests.
func (r *reader) group(cases []*config) error {
	g := &grouping{names: map[string]int{}}
	for _, c := range cases {
		var err error
		if c.batched != nil {
			err = r.batch(g, c)
		} else {
			err = r.single(g, c)
		}
		if err != nil {
			return err
		}
	}
	r.problem.Scoring = problems.GroupsOfTests(g.groups, r.problem.Tests)
	return nil
}

// single adds a case that is in no batch.
func (r *reader) single(g *grouping, c *config) error {
	points, err := r.worth(c)
	if err != nil {
		return err
	}
	zero := points == 0
	at := -1
	switch {
	case zero && g.zero: // pretests that follow each other
		at = len(g.groups) - 1
	case !zero: // the cases behind the same gate
		at = slices.IndexFunc(g.groups, func(o *problems.Scoring) bool {
			return o.Rule == problems.Sum && slices.Equal(o.Requires, g.required())
		})
	}
	if at < 0 {
		name, rule := single, problems.Sum
		if zero {
			name, rule = pretests, problems.PassFail
		}
		if g.names[name]++; g.names[name] > 1 {
			name = fmt.Sprintf("%s %d", name, g.names[name])
		}
		at = len(g.groups)
		g.groups = append(g.groups, &problems.Scoring{Name: name, Rule: rule, Requires: g.required()})
	}
	g.groups[at].Points += points
	if zero {
		g.gate = g.groups[at].Name
	}
	g.zero = zero
	return r.add(g.groups[at].Name, c, points)
}

// required returns the groups that must pass first.
func (g *grouping) required() []string {
	if g.gate == "" {
		return nil
	}
	return []string{g.gate}
}

// batch adds a batch.
func (r *reader) batch(g *grouping, c *config) error {
	g.batches, g.zero = g.batches+1, false
	group := &problems.Scoring{Name: "batch " + strconv.Itoa(g.batches), Requires: g.required()}
	var numbers, earlier []int
	for key, to := range map[string]*[]int{"dependencies": &numbers, "requirements": &earlier} {
		if err := c.get(key, to); err != nil {
			return r.folder.Fault(FileName, c.line, key+": expected a list of the numbers of batches", "")
		}
	}
	for _, number := range slices.Concat(numbers, earlier) {
		if number < 1 || number >= g.batches {
			return r.folder.Fault(FileName, c.line,
				fmt.Sprintf("batch %d depends on batch %d, which does not come before it", g.batches, number), "")
		}
		if name := "batch " + strconv.Itoa(number); !slices.Contains(group.Requires, name) {
			group.Requires = append(group.Requires, name)
		}
	}
	points, err := r.batched(group, c)
	if err != nil {
		return err
	}
	zero := slices.Contains(points, 0)
	if zero && len(numbers)+len(earlier) > 0 {
		r.remark("test_cases", fmt.Sprintf("batch %d has a case without points and depends on batches: if it is "+
			"skipped, later cases score nothing here, but the DMOJ judges them", g.batches))
	}
	g.groups = append(g.groups, group)
	if !zero {
		return nil
	}
	g.gate = group.Name
	if slices.Max(points) > 0 {
		r.gateWithin(g, group, points)
	}
	return nil
}

// batched adds the cases of a batch and returns their points.
func (r *reader) batched(group *problems.Scoring, c *config) (all []float64, err error) {
	for _, inner := range c.batched {
		points, err := r.worth(inner)
		if err != nil {
			return nil, err
		}
		all = append(all, points)
		if err := r.add(group.Name, inner, points); err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		return nil, r.folder.Fault(FileName, c.line, group.Name+" has no cases", "")
	}
	if group.Points = slices.Min(all); group.Points != slices.Max(all) {
		r.remark("test_cases", fmt.Sprintf("the cases of %s have from %g to %g points: the batch scores the lowest",
			group.Name, group.Points, slices.Max(all)))
	}
	return all, nil
}

// gateWithin creates a group of the cases without points in a batch. The groups after the batch require only these
// cases.
func (r *reader) gateWithin(g *grouping, batch *problems.Scoring, points []float64) {
	gate := &problems.Scoring{Name: "pretests of " + batch.Name, Rule: problems.PassFail, Requires: batch.Requires}
	first := len(r.problem.Tests) - len(points)
	for i, p := range points {
		if p == 0 {
			t := &r.problem.Tests[first+i]
			t.Groups = append(t.Groups, gate.Name)
		}
	}
	g.groups = append(g.groups, gate)
	g.gate = gate.Name
}
