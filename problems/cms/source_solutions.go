package cms

import (
	"fmt"
	"maps"
	"path"
	"slices"

	"judge/problems"
)

// stated is what solutions.json says of a solution.
type stated struct {
	Verdict string            `json:"verdict"`
	Except  map[string]string `json:"except"` // by subtask
}

// sourceSolutions reads solution/FILE with what solutions.json says of each.
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
			return r.folder.Fault(solutionsFile, 0, fmt.Sprintf("there is no solution %q", name),
				"solutions are in solution/")
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

// state sets what is expected of a solution: the verdict on at least one test outside the excepted subtasks, and each
// exception on at least one test of its subtask. What is correct is so on all of them.
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
		group := slices.IndexFunc(r.problem.Groups, func(g problems.Group) bool { return g.Name == subtask })
		if group < 0 {
			r.problem.Remarks = append(r.problem.Remarks,
				r.folder.Fault(solutionsFile, 0, fmt.Sprintf("%s: there is no subtask %q", file, subtask), ""))
			continue
		}
		verdict := s.Except[subtask]
		expect, _, _, ok := r.statedVerdict(file, verdict)
		if !ok {
			continue
		}
		if verdict == "partially_correct" {
			const least = 1e-5 // of a point
			most := r.problem.Groups[group].Points
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

// statedVerdict is verdicts, with a remark on a name that is not known.
func (r *reader) statedVerdict(file, name string) ([]problems.Verdict, problems.Pace, bool, bool) {
	expect, pace, model, ok := verdicts(name)
	if !ok {
		r.problem.Remarks = append(r.problem.Remarks,
			r.folder.Fault(solutionsFile, 0, fmt.Sprintf("%s: the verdict %q is not known", file, name), ""))
	}
	return expect, pace, model, ok
}

// demandOf asks for verdicts on one of some tests at least, and for AC on all; false: there is nothing to ask.
func demandOf(expect []problems.Verdict, tests []string) (problems.Demand, bool) {
	d := problems.Demand{Tests: tests, Required: expect}
	if slices.Equal(expect, []problems.Verdict{problems.AC}) {
		d.Permitted, d.Required = expect, nil
	}
	return d, expect != nil && tests != nil
}

func (r *reader) testsOf(subtask string) (names []string) {
	for _, t := range r.problem.Tests {
		if slices.Contains(t.Groups, subtask) {
			names = append(names, t.Name)
		}
	}
	return names
}

func (r *reader) testsOutside(subtasks []string) (names []string) {
	for _, t := range r.problem.Tests {
		if !slices.ContainsFunc(t.Groups, func(g string) bool { return slices.Contains(subtasks, g) }) {
			names = append(names, t.Name)
		}
	}
	return names
}
