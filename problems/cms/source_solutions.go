package cms

import (
	"fmt"
	"maps"
	"path"
	"slices"

	"judge/problems"
)

// stated is a solution's entry in solutions.json.
type stated struct {
	Verdict string            `json:"verdict"`
	Except  map[string]string `json:"except"` // by subtask
}

// sourceSolutions reads solution/FILE and its expectations in solutions.json.
func (r *reader) sourceSolutions(source) error {
	files, err := r.folder.Files("solution")
	if err != nil {
		return err
	}
	given := map[string]stated{}
	if r.folder.IsFile(solutionsFile) {
		if err := r.json(solutionsFile, &given); err != nil {
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
		if !known && languages()[path.Ext(file)] == "" {
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
	expect, pace, model, ok := r.statedVerdict(file, s.Verdict)
	if !ok {
		return
	}
	to.Pace, to.Model = pace, model
	if len(s.Except) == 0 {
		to.Expect, to.Demands = r.expectation(s.Verdict, expect)
		return
	}
	if model {
		to.Model, to.Pace = false, problems.NoPace
	}
	except := slices.Sorted(maps.Keys(s.Except))
	if d, ok := demandOf(expect, r.testsOutside(except)); ok {
		to.Demands = append(to.Demands, d)
	}
	for _, subtask := range except {
		group := slices.IndexFunc(r.groups, func(g *problems.Scoring) bool { return g.Name == subtask })
		if group < 0 {
			r.problem.Remarks = append(r.problem.Remarks,
				r.folder.Fault(solutionsFile, 0, fmt.Sprintf("%s: no subtask %q", file, subtask), ""))
			continue
		}
		verdict := s.Except[subtask]
		expect, _, _, ok := r.statedVerdict(file, verdict)
		if !ok {
			continue
		}
		if verdict == "partially_correct" {
			const least = 1e-5 // of a point
			most := r.groups[group].Points
			d := problems.Demand{Group: subtask, Score: &problems.Range{Least: least, Most: most - least}}
			to.Demands = append(to.Demands, d)
			continue
		}
		if d, ok := demandOf(expect, r.testsOf(subtask)); ok {
			d.Group = subtask
			to.Demands = append(to.Demands, d)
		}
	}
}

// statedVerdict is like verdicts, and notes an unknown name.
func (r *reader) statedVerdict(file, name string) ([]problems.Verdict, problems.Pace, bool, bool) {
	expect, pace, model, ok := verdicts(name)
	if !ok {
		r.problem.Remarks = append(r.problem.Remarks,
			r.folder.Fault(solutionsFile, 0, fmt.Sprintf("%s: unknown verdict %q", file, name), ""))
	}
	return expect, pace, model, ok
}

// demandOf returns the demand for at least one of the verdicts on some tests, or for AC on all of them. false means
// no demand.
func demandOf(expect []problems.Verdict, tests []string) (problems.Demand, bool) {
	d := problems.Demand{Tests: tests, Required: expect}
	if slices.Equal(expect, []problems.Verdict{problems.AC}) {
		d.Permitted, d.Required = expect, nil
	}
	return d, expect != nil && tests != nil
}

// testsOf returns the tests of a subtask.
func (r *reader) testsOf(subtask string) (names []string) {
	for _, t := range r.problem.Tests {
		if slices.Contains(t.Groups, subtask) {
			names = append(names, t.Name)
		}
	}
	return names
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
