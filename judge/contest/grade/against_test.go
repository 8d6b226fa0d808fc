package grade

import (
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

func TestComparisonMapsVerdictsAndMatchesByMoment(t *testing.T) {
	score := func(x float64) *float64 { return &x }
	own := &contest.Results{Judgements: map[string]*contest.Judgement{}}
	add := func(id string, at time.Duration, v problems.Verdict, points *float64) {
		own.Contest.Submissions = append(own.Contest.Submissions,
			contest.Submission{ID: id, Team: "t", Problem: "A", Time: at})
		if v != problems.Unjudged {
			own.Judgements[id] = &contest.Judgement{Submission: id, Verdict: v, Score: points}
		}
	}
	add("1", 1*time.Second, problems.MLE, nil)
	add("2", 2*time.Second, problems.OLE, nil)
	add("3", 3*time.Second, problems.WA, nil)
	add("4", 4*time.Second, problems.AC, nil)
	add("5", 5*time.Second, problems.JE, nil)
	add("6", 6*time.Second, problems.AC, score(50))
	add("7", 7*time.Second, problems.AC, score(100))
	add("8", 8*time.Second, problems.WA, nil)
	other := &contest.Contest{
		Submissions: []contest.Submission{
			{ID: "1"}, {ID: "2"}, {ID: "x", Team: "t", Problem: "A", Time: 3 * time.Second}, {ID: "4"}, {ID: "5"}, {ID: "6"},
			{ID: "7"},
		},
		Given: []contest.Given{
			{Submission: "1", Type: "RTE"}, {Submission: "2", Type: "WA"}, {Submission: "x", Type: "AC", Start: 2},
			{Submission: "x", Type: "RE", Start: 3}, {Submission: "4", Type: "WTL"}, {Submission: "5", Type: "AC"},
			{Submission: "6", Type: "AC", Score: score(50.0000001)}, {Submission: "7", Type: "AC", Score: score(60)},
		},
	}
	a := Compare(own, ForeignOfPackage(other))
	var differ []string
	for _, d := range a.Differ {
		differ = append(differ, d.Submission.ID)
	}
	if a.Compared != 6 || len(differ) != 2 || differ[0] != "4" || differ[1] != "7" || a.Pending != 1 ||
		len(a.Missing) != 1 {
		t.Errorf("got %d compared, %v differ, %d pending, %d missing", a.Compared, differ, a.Pending, len(a.Missing))
	}
}
