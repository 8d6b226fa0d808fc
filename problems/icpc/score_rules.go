package icpc

import (
	"fmt"
	"math"
	"strconv"

	"judge/problems"
)

// scoreOf reads a max_score: an integer in 2025-09, any number in earlier versions.
func (r *reader) scoreOf(s *settings) (float64, error) {
	points, err := strconv.ParseFloat(s.maxScore, 64)
	whole := err == nil && points == math.Trunc(points) && !math.IsInf(points, 0)
	if err != nil || !(points >= 0) || r.latest && !whole {
		return 0, r.folder.Fault(s.file, 0, fmt.Sprintf("max_score: %q is not a score", s.maxScore),
			"write an integer, or unbounded")
	}
	return points, nil
}

// onlyGroup rejects settings that 2025-09 forbids: in nested groups ("there must not be any `test_group.yaml` further
// down"), and scores in the sample ("not permitted").
func (r *reader) onlyGroup(s *settings, depth int) error {
	switch {
	case !r.latest || s.legacy:
		return nil
	case depth > 2:
		return r.folder.Fault(s.file, 0, "a test group within a test group", "move it to data/secret")
	case s.group == "data/sample" && (s.maxScore != "" || s.aggregation != "" || len(s.requires) > 0):
		return r.folder.Fault(s.file, 0, "max_score, score_aggregation and require_pass do not apply to the sample",
			"remove them")
	}
	return nil
}

// checkWorth compares the scores of the groups with that of secret. A submission that scores more would be a judge
// error.
func (r *reader) checkWorth(secret *settings, groups []*problems.Scoring) error {
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
				fmt.Sprintf("its scores are unbounded, but secret is worth at most %g", most),
				"give it a max_score, or write max_score: unbounded in data/secret/test_group.yaml")
		}
		sum, least = sum+g.Points, min(least, g.Points)
	}
	worth := map[bool]float64{true: least, false: sum}[secret.aggregation == "min"]
	if worth > most {
		return r.folder.Fault(secret.file, 0,
			fmt.Sprintf("the groups are worth %g, but secret at most %g", worth, most),
			fmt.Sprintf("write max_score: %g in data/secret/test_group.yaml", worth))
	}
	return nil
}
