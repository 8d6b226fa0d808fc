package score

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// sample is a contest of two hours that a test fills.
type sample struct {
	contest.Results
}

func newSample(kind contest.Type, teams ...string) *sample {
	s := &sample{contest.Results{Judgements: map[string]*contest.Judgement{}}}
	s.Contest = contest.Contest{
		ID: "c", Name: "C", Timed: true, Duration: 2 * time.Hour, Freeze: time.Hour / 2,
		Scoring:  contest.Scoring{Type: kind, Penalty: 20 * time.Minute},
		Problems: []contest.Problem{{ID: "A", Label: "A"}, {ID: "B", Label: "B"}},
	}
	for _, id := range teams {
		s.Contest.Teams = append(s.Contest.Teams, contest.Team{ID: id, Name: id})
	}
	return s
}

// submit adds a submission; verdict Unjudged: it is not judged.
func (s *sample) submit(team, problem string, at time.Duration, v problems.Verdict) *contest.Judgement {
	id := fmt.Sprintf("s%03d", len(s.Contest.Submissions)+1)
	s.Contest.Submissions = append(s.Contest.Submissions,
		contest.Submission{ID: id, Team: team, Problem: problem, Time: at})
	if v == problems.Unjudged {
		return nil
	}
	j := &contest.Judgement{Submission: id, Round: 1, Verdict: v}
	s.Judgements[id] = j
	return j
}

// score adds a submission with a score, which is the sum of those of its groups.
func (s *sample) score(team, problem string, at time.Duration, groups ...float64) {
	j, all := s.submit(team, problem, at, problems.WA), 0.0
	for i, g := range groups {
		j.Groups = append(j.Groups, contest.GroupScore{Name: fmt.Sprint(i), Points: 100, Score: g})
		all += g
	}
	j.Score = &all
}

func (s *sample) board() Board  { return Compute(&s.Results, Options{}) }
func (s *sample) frozen() Board { return Compute(&s.Results, Options{Frozen: true}) }

// ranks writes a board as "1 a, 2 b".
func ranks(b Board) (text string) {
	for i, r := range b.Rows {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprint(r.Rank, " ", r.Team.ID)
	}
	return text
}

// random makes a contest with few teams, problems and minutes, so that ties are frequent.
func random(r *rand.Rand) *sample {
	s := newSample(contest.Type(r.IntN(2)))
	c := &s.Contest
	c.Scoring.Best, c.Scoring.Ties = contest.Best(r.IntN(3)), contest.Ties(r.IntN(2))
	c.Timed = r.IntN(8) > 0
	c.Duration, c.Freeze = 10*time.Minute, time.Duration(r.IntN(6))*time.Minute
	if r.IntN(6) == 0 {
		c.Duration = 0
	}
	c.Groups = []contest.Group{{ID: "g", Name: "G"}, {ID: "h", Name: "H", Hidden: true}}
	c.Problems = append(c.Problems,
		contest.Problem{ID: "C", Label: "C", Facts: &contest.Facts{MaxScore: 30, Points: true}})
	for i := range 1 + r.IntN(6) {
		team := contest.Team{ID: fmt.Sprint("t", i), Name: fmt.Sprint("T", 9-i), Hidden: r.IntN(6) == 0}
		if r.IntN(3) == 0 {
			team.Groups = []string{[]string{"g", "h"}[r.IntN(2)]}
		}
		c.Teams = append(c.Teams, team)
	}
	verdicts := []problems.Verdict{problems.Unjudged, problems.AC, problems.AC, problems.WA, problems.TLE, problems.CE,
		problems.JE, problems.RTE}
	for range r.IntN(60) {
		team, problem := fmt.Sprint("t", r.IntN(7)), string(rune('A'+r.IntN(4)))
		at := time.Duration(r.IntN(26)-1) * 29 * time.Second
		if !c.Timed {
			at = 0
		}
		verdict := verdicts[r.IntN(len(verdicts))]
		j := s.submit(team, problem, at, verdict)
		if j != nil && problem == "C" && verdict != problems.CE && verdict != problems.JE {
			a, b := float64(r.IntN(3))*10/3, float64(r.IntN(2))*20
			all := a + b
			j.Score = &all
			j.Groups = []contest.GroupScore{{Name: "a", Points: 10, Score: a}, {Name: "b", Points: 20, Score: b}}
		}
	}
	return s
}

func inf(sign int) float64 { return math.Inf(sign) }

// submitScore adds a submission and returns its score, to be set.
func (s *sample) submitScore(team, problem string, at time.Duration) *float64 {
	s.score(team, problem, at, 0)
	return s.Judgements[s.Contest.Submissions[len(s.Contest.Submissions)-1].ID].Score
}
