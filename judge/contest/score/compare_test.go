package score

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// rejudge returns judgements of some submissions with new verdicts.
func rejudge(verdicts map[string]problems.Verdict) map[string]*contest.Judgement {
	after := map[string]*contest.Judgement{}
	for id, v := range verdicts {
		after[id] = &contest.Judgement{Submission: id, Round: 2, Verdict: v}
	}
	return after
}

func TestCompare(t *testing.T) {
	s := newSample(contest.PassFail, "a", "b", "c", "d", "e", "f")
	for i, team := range []string{"a", "b", "c", "d", "e"} {
		s.submit(team, "A", time.Duration(10+i)*minute, problems.AC) // s001-s005
	}
	s.submit("f", "A", 9*minute, problems.WA)     // s006
	s.submit("f", "B", 9*minute, problems.TLE)    // s007
	s.submit("b", "B", 200*minute, problems.WA)   // s008, late
	s.submit("a", "B", minute, problems.Unjudged) // s009
	d := Compare(&s.Contest, s.Judgements, rejudge(map[string]problems.Verdict{
		"s001": problems.TLE, "s002": problems.AC, "s006": problems.AC, "s007": problems.WA, "s008": problems.WA,
		"s009": problems.RTE, "gone": problems.AC,
	}))
	if d.Judged != 6 || d.Differ != 4 {
		t.Errorf("expected 6 judged and 4 that differ, got %d and %d", d.Judged, d.Differ)
	}
	if got, want := fmt.Sprint(d.Verdicts), "[unjudged AC WA TLE RTE]"; got != want {
		t.Errorf("expected %s, got %s", want, got)
	}
	if got, want := fmt.Sprint(d.Matrix), "[[0 0 0 0 1] [0 1 0 1 0] [0 1 1 0 0] [0 0 1 0 0] [0 0 0 0 0]]"; got != want {
		t.Errorf("expected %s, got %s", want, got)
	}
	ids := func(all []Change) (ids string) {
		for _, c := range all {
			ids += c.Submission.ID + " "
		}
		return ids
	}
	if got := ids(d.Gain) + "/" + ids(d.Lose) + "/" + ids(d.Other); got != "s006 /s001 /s009 s007 " {
		t.Errorf("got %s", got)
	}
	got := ""
	for _, c := range d.Teams {
		got += fmt.Sprintf("%s %d-%d %v-%v, ", c.After.Team.ID, c.Before.Rank, c.After.Rank, c.MedalBefore, c.MedalAfter)
	}
	want := "f 6-1 none-gold, a 1-6 gold-none, "
	if got != want {
		t.Errorf("expected %s, got %s", want, got)
	}
}

func TestCompareWithEqualJudgementsIsEmpty(t *testing.T) {
	s := newSample(contest.Score, "a", "b")
	s.score("a", "A", minute, 10, 20)
	s.submit("b", "A", minute, problems.JE)
	d := Compare(&s.Contest, s.Judgements, maps.Clone(s.Judgements))
	if d.Judged != 2 || d.Differ != 0 || d.Teams != nil {
		t.Errorf("got %+v", d)
	}
	if d = Compare(&s.Contest, nil, nil); d.Judged != 0 || d.Verdicts != nil {
		t.Errorf("got %+v", d)
	}
}

func TestCompareScores(t *testing.T) {
	s := newSample(contest.Score, "a", "b")
	s.score("a", "A", minute, 10)
	s.score("b", "A", minute, 20)
	after := rejudge(map[string]problems.Verdict{"s001": problems.WA, "s002": problems.WA})
	high, low := 30., 19.5
	after["s001"].Score, after["s002"].Score = &high, &low
	d := Compare(&s.Contest, s.Judgements, after)
	if len(d.Gain) != 1 || len(d.Lose) != 1 || d.Differ != 2 || len(d.Teams) != 2 {
		t.Errorf("expected one gain, one loss and two teams, got %+v", d)
	}
}
