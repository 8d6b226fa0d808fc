package cms

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"judge/problems"
)

// checkMark begins an expectation of task-maker in the source of a solution: "@check-accepted: SUBTASK...". The names
// of subtasks may be patterns with * and ?.
const checkMark = "@check-"

// checks reads the expectations on subtasks that a solution's source states.
func (r *reader) checks(s *problems.Submission, name string) error {
	if !r.folder.IsFile(name) {
		return nil
	}
	source, err := r.folder.Read(name)
	if fault, ok := errors.AsType[*problems.Error](err); ok {
		r.problem.Remarks = append(r.problem.Remarks, fault) // it may still be a submission
		return nil
	}
	accepted := map[string]bool{}
	for number, line := range strings.Split(string(source), "\n") {
		_, check, found := strings.Cut(line, checkMark)
		kind, patterns, also := strings.Cut(strings.TrimSuffix(strings.TrimSpace(check), "*/"), ":")
		if !found {
			continue
		}
		verdicts, known := checkVerdicts(kind)
		if !also || !known {
			what := fmt.Sprintf("unknown check %.60q", checkMark+kind)
			fault := r.folder.Fault(name, number+1, what, "write a check such as @check-accepted: SUBTASK...")
			r.problem.Remarks = append(r.problem.Remarks, fault)
			continue
		}
		groups, err := r.matching(strings.Fields(patterns), name, number+1)
		if err != nil {
			return err
		}
		for _, g := range groups {
			r.check(s, g, verdicts)
			accepted[g.Name] = slices.Equal(verdicts, []problems.Verdict{problems.AC})
		}
		if kind == "time-limit-exceeded" && len(groups) > 0 {
			s.Pace = problems.SlowEnough
		}
	}
	wrong := func(g *problems.Scoring) bool { return !accepted[g.Name] }
	if !s.Model && len(accepted) > 0 && !slices.ContainsFunc(r.groups, wrong) {
		s.Pace = problems.FastEnough
		s.Expect, s.Demands = r.expectation("correct", []problems.Verdict{problems.AC})
	}
	return nil
}

// checkVerdicts returns the verdicts for a kind of check; nil means a part of the points.
func checkVerdicts(kind string) (verdicts []problems.Verdict, known bool) {
	switch kind {
	case "accepted":
		return []problems.Verdict{problems.AC}, true
	case "partial-score":
		return nil, true
	case "wrong-answer":
		return []problems.Verdict{problems.WA}, true
	case "time-limit-exceeded", "wall-time-limit-exceeded":
		return []problems.Verdict{problems.TLE}, true
	case "memory-limit-exceeded":
		return []problems.Verdict{problems.MLE, problems.RTE}, true
	case "runtime-error":
		return []problems.Verdict{problems.RTE}, true
	case "zero":
		return []problems.Verdict{problems.WA, problems.TLE, problems.MLE, problems.RTE, problems.OLE}, true
	}
	return nil, false
}

// check adds the demand of one check on one subtask.
func (r *reader) check(s *problems.Submission, g *problems.Scoring, verdicts []problems.Verdict) {
	if verdicts == nil {
		const least = 1e-5 // of a point
		if g.Points > 2*least {
			d := problems.Demand{Group: g.Name, Score: &problems.Range{Least: least, Most: g.Points - least}}
			s.Demands = append(s.Demands, d)
		}
		return
	}
	if d, ok := DemandOf(verdicts, TestsOf(&r.problem, g.Name)); ok {
		d.Group = g.Name
		s.Demands = append(s.Demands, d)
	}
}

// matching returns the subtasks that patterns match. A pattern that matches none is noted.
func (r *reader) matching(patterns []string, name string, line int) ([]*problems.Scoring, error) {
	var all []*problems.Scoring
	for _, pattern := range patterns {
		if err := r.folder.Steps(name, (1+len(pattern)/16)*len(r.groups)); err != nil {
			return nil, err
		}
		quoted := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
		match, err := regexp.Compile("^(?s:" + quoted + ")$")
		if err != nil {
			return nil, r.folder.Fault(name, line, fmt.Sprintf("invalid pattern %.60q", pattern), "")
		}
		before := len(all)
		for _, g := range r.groups {
			if match.MatchString(g.Name) {
				all = append(all, g)
			}
		}
		if len(all) == before {
			what := fmt.Sprintf("no subtask matches %.60q", pattern)
			fault := r.folder.Fault(name, line, what, "name subtasks by #STNAME: in gen/GEN")
			r.problem.Remarks = append(r.problem.Remarks, fault)
		}
	}
	return all, nil
}
