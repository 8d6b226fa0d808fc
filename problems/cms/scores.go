package cms

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"

	"judge/problems"
	"judge/problems/folder"
)

// scoreTypes are the names of the system's score types, with the rules that they are. See "Score types" of its documentation.
func scoreTypes() map[string]problems.Rule {
	return map[string]problems.Rule{"Sum": problems.Sum, "GroupMin": problems.Min, "GroupMul": problems.Mul, "GroupThreshold": problems.Threshold}
}

// statedScores reads score_type and score_type_parameters, which stand above what gen/GEN says if both are there (italy_yaml.py).
func (r *reader) statedScores(yaml *folder.Document) (stated bool, err error) {
	const kindKey, paramsKey = "score_type", "score_type_parameters"
	if !yaml.Has(kindKey) || !yaml.Has(paramsKey) {
		return false, nil
	}
	kind := ""
	if err := yaml.Get(kindKey, &kind); err != nil {
		return false, err
	}
	rule, ok := scoreTypes()[kind]
	if !ok {
		return false, yaml.Fault(kindKey, fmt.Sprintf("the score type %.40q is not supported", kind), "Sum, GroupMin, GroupMul and GroupThreshold are")
	}
	if rule == problems.Sum {
		each := 0.0
		if err := yaml.Get(paramsKey, &each); err != nil {
			return false, err
		}
		r.sum(each * float64(len(r.problem.Tests)))
		return true, r.pointsInRange(yaml, paramsKey)
	}
	var given [][]any
	if err := yaml.Get(paramsKey, &given); err != nil {
		return false, err
	}
	next := 0
	for i, params := range given {
		g := problems.Group{Name: strconv.Itoa(i), Rule: rule}
		members, fault := r.statedGroup(&g, params, &next)
		if fault != "" {
			return false, yaml.Fault(paramsKey, fmt.Sprintf("subtask %d: %s", i, fault), "write [points, tests], and behind them the threshold of a GroupThreshold")
		}
		for _, m := range members {
			r.problem.Tests[m].Groups = append(r.problem.Tests[m].Groups, g.Name)
		}
		if len(members) > 0 {
			r.problem.Groups = append(r.problem.Groups, g)
		}
	}
	return true, r.pointsInRange(yaml, paramsKey)
}

// statedGroup reads [points, tests, threshold]: so many tests behind the last one's, or those whose name begins as an expression says
// (ScoreTypeGroup).
func (r *reader) statedGroup(g *problems.Group, params []any, next *int) (members []int, fault string) {
	if len(params) < 2 || g.Rule == problems.Threshold && len(params) < 3 {
		return nil, "something is missing"
	}
	var ok bool
	if g.Points, ok = asNumber(params[0]); !ok {
		return nil, "its points are no number"
	}
	switch tests := params[1].(type) {
	case int:
		if tests < 0 || *next+tests > len(r.problem.Tests) {
			return nil, "there are not so many tests"
		}
		for ; tests > 0; tests-- {
			members = append(members, *next)
			*next++
		}
	case string:
		names, err := regexp.Compile("^(?:" + tests + ")")
		if err != nil {
			return nil, "its tests are no regular expression that is understood here"
		}
		for i, t := range r.problem.Tests {
			if names.MatchString(t.Name) {
				members = append(members, i)
			}
		}
		if members == nil {
			return nil, "it has no tests"
		}
	default:
		return nil, "its tests are neither a number nor a regular expression"
	}
	if g.Rule == problems.Threshold {
		if g.Threshold, ok = asNumber(params[2]); !ok || !(g.Threshold > 0 && g.Threshold <= 1) {
			return nil, "a threshold that is not above 0 and at most 1 is not supported"
		}
	}
	return members, ""
}

// sum is one group of all tests, each of which earns as much.
func (r *reader) sum(points float64) {
	r.problem.Groups = []problems.Group{{Name: "tests", Points: points, Rule: problems.Sum}}
	for i := range r.problem.Tests {
		r.problem.Tests[i].Groups = []string{"tests"}
	}
}

func (r *reader) pointsInRange(yaml *folder.Document, key string) error {
	wrong := func(g problems.Group) bool { return !(g.Points >= 0) || math.IsInf(g.Points, 0) }
	if len(r.problem.Groups) == 0 || slices.ContainsFunc(r.problem.Groups, wrong) {
		return yaml.Fault(key, "there are no points, or they are out of range", "")
	}
	return nil
}

func asNumber(value any) (float64, bool) {
	switch x := value.(type) {
	case int:
		return float64(x), true
	case float64:
		return x, true
	default:
		return 0, false
	}
}
