package icpc

import (
	"fmt"
	"math"
	"strconv"

	"judge/problems"
)

// scoreOf reads a max_score: a whole number in 2025-09, any number in the versions before it.
func (r *reader) scoreOf(s *settings) (float64, error) {
	points, err := strconv.ParseFloat(s.maxScore, 64)
	whole := err == nil && points == math.Trunc(points) && !math.IsInf(points, 0)
	if err != nil || !(points >= 0) || r.latest && !whole {
		return 0, r.folder.Fault(s.file, 0, fmt.Sprintf("max_score: %q is no score", s.maxScore),
			"write a whole number, or unbounded")
	}
	return points, nil
}

// onlyGroup refuses a file of settings where 2025-09 has no group: "there must not be any `test_group.yaml` further
// down", and of the keys of scores in a sample: "not permitted".
func (r *reader) onlyGroup(s *settings, depth int) error {
	switch {
	case !r.latest || s.legacy:
		return nil
	case depth > 2:
		return r.folder.Fault(s.file, 0, "a group of tests lies within another one", "move it to data/secret")
	case s.group == "data/sample" && (s.maxScore != "" || s.aggregation != "" || len(s.requires) > 0):
		return r.folder.Fault(s.file, 0, "max_score, score_aggregation and require_pass are not for the sample",
			"remove them")
	}
	return nil
}

// checkWorth compares what groups are worth with what secret is: it is a judge error if a submission earns more.
func (r *reader) checkWorth(secret *settings, groups []problems.Group) error {
	if !r.latest || secret.maxScore == "unbounded" || len(groups) == 0 {
		return nil
	}
	most, err := r.scoreOf(secret)
	if err != nil {
		return err
	}
	sum, least := 0.0, math.Inf(1)
	for _, g := range groups {
		if g.Unbounded {
			return r.folder.Fault("data/"+g.Name, 0,
				fmt.Sprintf("its scores are unbounded, those of secret end at %g", most),
				"give it a max_score, or write max_score: unbounded in data/secret/test_group.yaml")
		}
		sum, least = sum+g.Points, min(least, g.Points)
	}
	worth := map[bool]float64{true: least, false: sum}[secret.aggregation == "min"]
	if worth > most {
		return r.folder.Fault(secret.file, 0,
			fmt.Sprintf("the groups are worth %g, secret no more than %g", worth, most),
			fmt.Sprintf("write max_score: %g in data/secret/test_group.yaml", worth))
	}
	return nil
}
