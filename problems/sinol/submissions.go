package sinol

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"

	"judge/problems"
)

// expected is an entry of sinol_expected_scores.
type expected struct {
	Points   float64          `yaml:"points"`
	Expected map[string]group `yaml:"expected"` // by group
}

// group is what is expected of one group of tests.
type group struct {
	Points float64 `yaml:"points"`
	Status string  `yaml:"status"`
}

// submissions reads the solutions in prog/: NAME.* is the model solution, NAMEs.* are slow and NAMEb.* are wrong.
func (r *reader) submissions() error {
	solution := regexp.MustCompile(`^` + regexp.QuoteMeta(r.id) + `([bs]?)[0-9]*(_.*)?\.(c|cpp|cc|py|rs|java|pas)$`)
	for _, name := range r.progs {
		if !solution.MatchString(name) {
			continue
		}
		listed := path.Join("prog", name)
		full, err := r.folder.Program("prog", listed)
		if err != nil {
			return err
		}
		s := problems.Submission{Path: full, Listed: listed, Pace: problems.NoPace}
		_, known := r.expects[name]
		wrong := []problems.Verdict{problems.WA, problems.TLE, problems.MLE, problems.RTE, problems.OLE}
		switch kind := solution.FindStringSubmatch(name)[1]; {
		case stem(name) == r.id && r.problem.Solution() == nil:
			s.Model, s.Expect, s.Pace = true, []problems.Verdict{problems.AC}, problems.PaceAsExpected
		case known: // see expect
		case kind == "s":
			s.Demands = []problems.Demand{{Required: []problems.Verdict{problems.TLE}}}
		case kind == "b":
			s.Demands = []problems.Demand{{Required: wrong}}
		default:
			s.Expect, s.Pace = []problems.Verdict{problems.AC}, problems.PaceAsExpected
		}
		r.problem.Submissions = append(r.problem.Submissions, s)
	}
	for _, name := range slices.Sorted(maps.Keys(r.expects)) {
		if !slices.Contains(r.progs, name) {
			r.problem.Remarks = append(r.problem.Remarks,
				r.yaml.Fault("sinol_expected_scores", fmt.Sprintf("no solution %q in prog/", name), ""))
		}
	}
	return nil
}

// expect sets what sinol_expected_scores expects of each group, as far as its tests are known.
func (r *reader) expect(points map[string]float64) {
	tests := map[string][]string{}
	for _, t := range r.problem.Tests {
		tests[t.Groups[0]] = append(tests[t.Groups[0]], t.Name)
	}
	for i := range r.problem.Submissions {
		s := &r.problem.Submissions[i]
		given, known := r.expects[path.Base(s.Listed)]
		if !known || s.Model {
			continue
		}
		s.Demands = nil
		for _, name := range slices.SortedFunc(maps.Keys(given.Expected), problems.NaturalOrder) {
			if len(tests[name]) == 0 {
				continue
			}
			if d, ok := r.demand(given.Expected[name], points[name]); ok {
				d.Group = name
				d.Tests = tests[name]
				s.Demands = append(s.Demands, d)
			}
		}
	}
}

// demand returns the demand for the status and the points of a group.
func (r *reader) demand(given group, most float64) (d problems.Demand, ok bool) {
	switch given.Status {
	case "OK":
		switch {
		case given.Points >= most:
			d.Permitted = []problems.Verdict{problems.AC}
		case r.kind == "oi": // the points depend on the time
			return d, false
		default:
			d.Score = &problems.Range{Least: max(0, given.Points-1), Most: given.Points} // points are rounded up
		}
	case "WA":
		d.Required = []problems.Verdict{problems.WA}
	case "TL":
		d.Required = []problems.Verdict{problems.TLE}
	case "ML":
		d.Required = []problems.Verdict{problems.MLE, problems.RTE}
	case "RE":
		d.Required = []problems.Verdict{problems.RTE, problems.MLE}
	default:
		return d, false
	}
	return d, true
}
