package score

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

const minute = time.Minute

func TestPassFailRules(t *testing.T) {
	for _, one := range []struct {
		name string
		fill func(s *sample)
		want string // rows by rank: team solved penalty
	}{
		{"more problems first", func(s *sample) {
			s.submit("a", "A", 5*minute, problems.AC)
			s.submit("b", "A", 100*minute, problems.AC)
			s.submit("b", "B", 110*minute, problems.AC)
		}, "1 b 2 210, 2 a 1 5, 3 c 0 0"},
		{"seconds are cut off", func(s *sample) {
			s.submit("a", "A", 5*minute+59*time.Second, problems.AC)
			s.submit("b", "A", 5*minute, problems.AC)
		}, "1 a 1 5, 1 b 1 5, 3 c 0 0"},
		{"rejected submissions cost only with a solved problem", func(s *sample) {
			s.submit("a", "A", 1*minute, problems.WA)
			s.submit("a", "A", 2*minute, problems.TLE)
			s.submit("a", "A", 9*minute, problems.AC)
			s.submit("a", "A", 10*minute, problems.WA)
			s.submit("b", "A", 49*minute, problems.AC)
			s.submit("b", "B", 50*minute, problems.WA)
		}, "1 a 1 49, 2 b 1 49, 3 c 0 0"}, // b solved its last problem later
		{"CE, JE and unjudged cost nothing", func(s *sample) {
			s.submit("a", "A", 1*minute, problems.CE)
			s.submit("a", "A", 2*minute, problems.JE)
			s.submit("a", "A", 3*minute, problems.Unjudged)
			s.submit("a", "A", 4*minute, problems.AC)
		}, "1 a 1 4, 2 b 0 0, 2 c 0 0"},
		{"the last problem breaks a tie", func(s *sample) {
			s.submit("a", "A", 10*minute, problems.AC)
			s.submit("a", "B", 30*minute, problems.AC)
			s.submit("b", "A", 20*minute, problems.AC)
			s.submit("b", "B", 20*minute, problems.AC)
		}, "1 b 2 40, 2 a 2 40, 3 c 0 0"},
		{"late and early submissions do not count", func(s *sample) {
			s.submit("a", "A", -1, problems.AC)
			s.submit("a", "B", 120*minute, problems.AC)
			s.submit("b", "B", 120*minute-1, problems.AC)
			s.submit("c", "B", 0, problems.AC)
		}, "1 c 1 0, 2 b 1 119, 3 a 0 0"},
	} {
		t.Run(one.name, func(t *testing.T) {
			s := newSample(contest.PassFail, "a", "b", "c")
			one.fill(s)
			got := ""
			for i, r := range s.board().Rows {
				if i > 0 {
					got += ", "
				}
				got += fmt.Sprint(r.Rank, " ", r.Team.ID, " ", r.Solved, " ", r.Penalty)
			}
			if got != one.want {
				t.Errorf("expected %s\ngot      %s", one.want, got)
			}
		})
	}
}

func TestFrozenBoardShowsLaterSubmissionsAsPending(t *testing.T) {
	s := newSample(contest.PassFail, "a", "b")
	s.submit("a", "A", 90*minute-1, problems.AC)
	s.submit("a", "A", 95*minute, problems.WA) // solved before: shows nothing
	s.submit("b", "A", 90*minute, problems.AC)
	s.submit("b", "A", 91*minute, problems.CE)
	s.submit("b", "B", 120*minute, problems.AC) // late: not even pending
	b := s.frozen()
	if ranks(b) != "1 a, 2 b" || !b.Frozen || b.Pending != 2 {
		t.Errorf("expected a before b and 2 pending, got %s and %d", ranks(b), b.Pending)
	}
	if c := b.Row("b").Cells[0]; c.Solved || c.Judged != 0 || c.Pending != 2 {
		t.Errorf("expected 2 pending submissions, got %+v", c)
	}
	if c := b.Row("a").Cells[0]; !c.First || c.Pending != 0 {
		t.Errorf("expected first to solve and nothing pending, got %+v", c)
	}
	if b = s.board(); b.Frozen || b.Pending != 0 || b.Row("b").Solved != 1 {
		t.Errorf("expected the freeze to be without effect, got %+v", b)
	}
}

func TestFirstToSolve(t *testing.T) {
	for _, one := range []struct {
		name string
		fill func(s *sample)
		want []string
	}{
		{"by exact time", func(s *sample) {
			s.submit("b", "A", 5*minute+2, problems.AC)
			s.submit("a", "A", 5*minute+1, problems.AC)
		}, []string{"a"}},
		{"equal times share it", func(s *sample) {
			s.submit("b", "A", 5*minute, problems.AC)
			s.submit("a", "A", 5*minute, problems.AC)
		}, []string{"a", "b"}},
		{"an earlier pending submission of another team leaves it open", func(s *sample) {
			s.submit("b", "A", 4*minute, problems.JE)
			s.submit("a", "A", 5*minute, problems.AC)
		}, nil},
		{"a pending submission at the same time does not", func(s *sample) {
			s.submit("b", "A", 5*minute, problems.Unjudged)
			s.submit("a", "A", 5*minute, problems.AC)
		}, []string{"a"}},
		{"one's own earlier pending submission does not", func(s *sample) {
			s.submit("a", "A", 4*minute, problems.Unjudged)
			s.submit("a", "A", 5*minute, problems.AC)
			s.submit("b", "A", 5*minute, problems.AC) // but b's rank depends on it
		}, []string{"a"}},
		{"hidden teams do not matter", func(s *sample) {
			s.Contest.Teams[2].Hidden = true
			s.submit("c", "A", 1*minute, problems.AC)
			s.submit("a", "A", 5*minute, problems.AC)
		}, []string{"a"}},
	} {
		t.Run(one.name, func(t *testing.T) {
			s := newSample(contest.PassFail, "a", "b", "c")
			one.fill(s)
			if got := s.board().Problems[0].First; !slices.Equal(got, one.want) {
				t.Errorf("expected %v, got %v", one.want, got)
			}
		})
	}
}

func TestTeamsOfHiddenGroupsAreHidden(t *testing.T) {
	s := newSample(contest.PassFail, "a", "b", "c")
	s.Contest.Groups = []contest.Group{{ID: "jury", Hidden: true}, {ID: "all"}}
	s.Contest.Teams[1].Groups = []string{"all", "jury"}
	s.Contest.Teams[2].Hidden = true
	if got := ranks(s.board()); got != "1 a" {
		t.Errorf("expected only a, got %s", got)
	}
}

func TestUntimedContestHasNoMinutesAndNoFreeze(t *testing.T) {
	s := newSample(contest.PassFail, "a", "b")
	s.Contest.Timed = false
	s.Contest.Freeze = s.Contest.Duration
	s.submit("b", "A", 0, problems.WA)
	s.submit("b", "A", 0, problems.AC)
	s.submit("a", "A", 0, problems.AC)
	b := s.frozen()
	if ranks(b) != "1 a, 2 b" || b.Row("b").Penalty != 20 || b.Problems[0].First != nil || b.Pending != 0 {
		t.Errorf("got %s, %+v", ranks(b), b)
	}
}

func TestScoreContests(t *testing.T) {
	fill := func(s *sample) {
		s.score("a", "A", 10*minute, 30, 0)
		s.score("a", "A", 20*minute, 0, 60)
		s.score("b", "A", 15*minute, 60, 0)
		s.score("b", "A", 25*minute, 10, 10)
		s.submit("b", "A", 26*minute, problems.JE)
		s.submit("c", "B", 30*minute, problems.AC)
		s.submit("c", "B", 31*minute, problems.CE)
	}
	for _, one := range []struct {
		best contest.Best
		ties contest.Ties
		want string
	}{
		{contest.BestSubmission, contest.ShareRank, "1 c 100 30m0s, 2 a 60 20m0s, 2 b 60 15m0s"},
		{contest.BestSubmission, contest.TimeBreaks, "1 c 100 30m0s, 2 b 60 15m0s, 3 a 60 20m0s"},
		{contest.BestPerGroup, contest.ShareRank, "1 c 100 30m0s, 2 a 90 20m0s, 3 b 70 25m0s"},
		{contest.LastSubmission, contest.ShareRank, "1 a 60 20m0s, 2 b 20 25m0s, 3 c 0 0s"},
	} {
		s := newSample(contest.Score, "a", "b", "c")
		s.Contest.Scoring.Best, s.Contest.Scoring.Ties = one.best, one.ties
		fill(s)
		got := ""
		for i, r := range s.board().Rows {
			if i > 0 {
				got += ", "
			}
			got += fmt.Sprint(r.Rank, " ", r.Team.ID, " ", r.Score, " ", r.Last)
		}
		if got != one.want {
			t.Errorf("%v, %v: expected %s, got %s", one.best, one.ties, one.want, got)
		}
	}
}

func TestScoreBeyondTheGroupsIsAGroup(t *testing.T) {
	s := newSample(contest.Score, "a")
	s.Contest.Scoring.Best = contest.BestPerGroup
	s.score("a", "A", minute, 30, 0)
	s.score("a", "A", 2*minute, 0, 20)
	*s.Judgements["s001"].Score += 5 // of a test outside of all groups
	s.submit("a", "A", 3*minute, problems.CE)
	if got := s.board().Rows[0].Score; got != 55 {
		t.Errorf("expected 55, got %v", got)
	}
	// A total that is no sum stays within the problem's maximum.
	s.Contest.Problems[0].Facts = &contest.Facts{Points: true, MaxScore: 40}
	if got := s.board().Rows[0].Score; got != 40 {
		t.Errorf("expected 40, got %v", got)
	}
}

// TestCompileErrorDoesNotRaiseAScoreBelowItsGroups: a problem may score less than its groups together.
func TestCompileErrorDoesNotRaiseAScoreBelowItsGroups(t *testing.T) {
	s := newSample(contest.Score, "a")
	s.Contest.Scoring.Best = contest.BestPerGroup
	s.score("a", "A", minute, 30, 20)
	*s.Judgements["s001"].Score = 20
	s.submit("a", "A", 2*minute, problems.CE)
	if got := s.board().Rows[0].Score; got != 20 {
		t.Errorf("expected 20, got %v", got)
	}
}

func TestSumDoesNotDependOnOrder(t *testing.T) {
	for _, one := range []struct {
		scores []float64
		want   float64
	}{
		{nil, 0},
		{[]float64{0.1, 0.2, 0.3}, 0.6},
		{[]float64{0.3, 0.2, 0.1}, 0.6},
		{[]float64{100. / 3, 100. / 3, 100. / 3}, 100},
		{[]float64{1e15, 0.25, -1e15, 0.5}, 0.75},
		{[]float64{math.Copysign(0, -1)}, 0},
		{[]float64{1e300, 1e300, -1e300, -1e300}, 0},
	} {
		if got := Sum(one.scores); got != one.want {
			t.Errorf("%v: expected %v, got %v", one.scores, one.want, got)
		}
	}
}

func TestScoresOfAStrangersFileAreNumbers(t *testing.T) {
	s := newSample(contest.Score, "a", "b")
	for i, bad := range []float64{inf(1), inf(-1), inf(1) - inf(1)} {
		*s.submitScore("a", "A", time.Duration(i)*minute) = bad
	}
	s.score("b", "A", minute, 1)
	if got := ranks(s.board()); got != "1 b, 2 a" {
		t.Errorf("got %s", got)
	}
}

func TestRowsOfARankAreSortedByNameAsPeopleDo(t *testing.T) {
	s := newSample(contest.PassFail)
	for _, name := range []string{"zeta", "Ångström", "Zebra", "Öl", "alpha", "Beta"} {
		s.Contest.Teams = append(s.Contest.Teams, contest.Team{ID: contest.ID(name), Name: name})
	}
	got := ""
	for _, r := range s.board().Rows {
		got += " " + r.Team.Name
	}
	if want := " alpha Ångström Beta Öl Zebra zeta"; got != want {
		t.Errorf("expected%s, got%s", want, got)
	}
}

// BenchmarkCompute must stay below 20 ms: a page that shows a contest live computes its board every two seconds.
func BenchmarkCompute(b *testing.B) {
	for _, kind := range []contest.Type{contest.PassFail, contest.Score} {
		s := newSample(kind)
		s.Contest.Scoring.Best = contest.BestPerGroup
		for i := range 500 {
			s.Contest.Teams = append(s.Contest.Teams, contest.Team{ID: fmt.Sprint("t", i), Name: fmt.Sprint("Team ", 999-i)})
		}
		for i := range 10_000 {
			team, problem := fmt.Sprint("t", i%500), string(rune('A'+i%2))
			if kind == contest.Score {
				s.score(team, problem, time.Duration(i)*700*time.Millisecond, float64(i%7)/3, float64(i%11), 1, 2, 3)
			} else {
				s.submit(team, problem, time.Duration(i)*700*time.Millisecond, problems.Verdict(1+i%8))
			}
		}
		b.Run([]string{"pass-fail", "best-per-group"}[kind], func(b *testing.B) {
			for b.Loop() {
				s.board()
			}
		})
	}
}
