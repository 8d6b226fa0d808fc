package tps

import (
	"fmt"
	"maps"
	"path"
	"slices"

	"judge/problems"
	"judge/problems/cms"
)

// stated is a solution's entry in solutions.json.
type stated struct {
	Verdict string            `json:"verdict"`
	Except  map[string]string `json:"except"` // by subtask
}

// solutions reads solution/FILE and its expectations in solutions.json.
func (r *reader) solutions() error {
	files, err := r.folder.Files("solution")
	if err != nil {
		return err
	}
	given := map[string]stated{}
	if r.folder.IsFile(solutionsFile) {
		if err := r.task.JSON(solutionsFile, &given); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains(files, name) {
			return r.folder.Fault(solutionsFile, 0, fmt.Sprintf("no solution %q", name),
				"put it into solution/, or remove its entry")
		}
	}
	for _, file := range files {
		s, known := given[file]
		if !known && !cms.IsSource(path.Ext(file)) {
			continue // a header, a script
		}
		full, err := r.folder.Program("solution", path.Join("solution", file))
		if err != nil {
			return err
		}
		submission := problems.Submission{Path: full, Listed: path.Join("solution", file), Pace: problems.NoPace}
		if known {
			r.state(&submission, file, s)
		}
		r.problem.Submissions = append(r.problem.Submissions, submission)
	}
	return nil
}

// state sets the expectations of a solution: the verdict on at least one test outside the excepted subtasks, and each
// exception on at least one test of its subtask. AC is expected on all of them.
func (r *reader) state(to *problems.Submission, file string, s stated) {
	v, ok := r.verdict(file, s.Verdict)
	if !ok {
		return
	}
	to.Pace, to.Model = v.Pace, v.Model
	if len(s.Except) == 0 {
		switch {
		case s.Verdict == "partially_correct":
			to.Demands = []problems.Demand{{Score: part(r.points(""))}}
		case v.Accepted():
			to.Expect = v.Expect
		case v.Expect != nil:
			to.Demands = []problems.Demand{{Required: v.Expect}}
		}
		return
	}
	if v.Model {
		to.Model, to.Pace = false, problems.NoPace
	}
	except := slices.Sorted(maps.Keys(s.Except))
	if d, ok := cms.DemandOf(v.Expect, r.testsOutside(except)); ok {
		to.Demands = append(to.Demands, d)
	}
	for _, subtask := range except {
		if !slices.ContainsFunc(r.groups, func(g *problems.Scoring) bool { return g.Name == subtask }) {
			r.problem.Remarks = append(r.problem.Remarks,
				r.folder.Fault(solutionsFile, 0, fmt.Sprintf("%s: no subtask %q", file, subtask), ""))
			continue
		}
		verdict := s.Except[subtask]
		v, ok := r.verdict(file, verdict)
		if !ok {
			continue
		}
		if verdict == "partially_correct" {
			to.Demands = append(to.Demands, problems.Demand{Group: subtask, Score: part(r.points(subtask))})
			continue
		}
		if d, ok := cms.DemandOf(v.Expect, cms.TestsOf(r.problem, subtask)); ok {
			d.Group = subtask
			to.Demands = append(to.Demands, d)
		}
	}
}

// points returns the points of a subtask, or of all of them together if it is "".
func (r *reader) points(subtask string) (sum float64) {
	for _, g := range r.groups {
		if subtask == "" || g.Name == subtask {
			sum += g.Points
		}
	}
	return sum
}

// part is the range of scores that are neither zero nor all points.
func part(most float64) *problems.Range {
	const least = 1e-5 // of a point
	return &problems.Range{Least: least, Most: most - least}
}

// verdict returns the meaning of a verdict, and notes an unknown name.
func (r *reader) verdict(file, name string) (cms.Verdict, bool) {
	v, ok := cms.Verdicts(name)
	if !ok {
		r.problem.Remarks = append(r.problem.Remarks,
			r.folder.Fault(solutionsFile, 0, fmt.Sprintf("%s: unknown verdict %q", file, name), ""))
	}
	return v, ok
}

// testsOutside returns the tests that are in none of some subtasks.
func (r *reader) testsOutside(subtasks []string) (names []string) {
	for _, t := range r.problem.Tests {
		if !slices.ContainsFunc(t.Groups, func(g string) bool { return slices.Contains(subtasks, g) }) {
			names = append(names, t.Name)
		}
	}
	return names
}
