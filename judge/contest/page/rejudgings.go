package page

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/problems"
)

// rejudging is a round after the first as the template writes it.
type rejudging struct {
	ID        int
	Kind      string
	State     string
	Selection string
	Judged    int
	Differ    int
	Verdicts  []string
	Matrix    []matrixRow
	Lists     []changeList
	Ranks     []rankChange
	MoreRanks int
	Medals    bool
}

type matrixRow struct {
	Verdict string
	Cells   []matrixCell
}

type matrixCell struct {
	Count int
	Same  bool
}

type changeList struct {
	Title   string
	Changes []changeView
	More    int
}

type changeView struct{ ID, Team, Problem, Before, After string }

// rankChange is a team whose rank or medal changes.
type rankChange struct {
	Team                    string
	Before, After           int
	MedalBefore, MedalAfter string
}

// rejudgingsOf returns the rounds after the first, the newest first.
func rejudgingsOf(s *shown, round func(int) (map[string]*contest.Judgement, error)) ([]rejudging, error) {
	var made []rejudging
	if round == nil {
		return nil, nil
	}
	for _, r := range slices.Backward(s.Rounds) {
		if r.Kind == contest.FirstRound {
			continue
		}
		before, after, err := s.around(r, round)
		if err != nil {
			return nil, fmt.Errorf("read round %d: %w", r.ID, err)
		}
		made = append(made, newRejudging(s, r, score.Compare(&s.Contest, before, after)))
	}
	return made, nil
}

// around returns the judgements of a round, and those that counted before them.
func (s *shown) around(
	r contest.Round, round func(int) (map[string]*contest.Judgement, error),
) (before, after map[string]*contest.Judgement, err error) {
	if after, err = round(r.ID); err != nil {
		return nil, nil, err
	}
	after = s.only(after)
	if r.Kind != contest.Rejudge || r.Applied.IsZero() {
		return s.Judgements, after, nil
	}
	before = map[string]*contest.Judgement{}
	for _, earlier := range s.applied() {
		if earlier.ID == r.ID {
			break
		}
		all, err := round(earlier.ID)
		if err != nil {
			return nil, nil, err
		}
		maps.Copy(before, s.only(all))
	}
	return before, after, nil
}

func newRejudging(s *shown, r contest.Round, d score.Difference) rejudging {
	made := rejudging{
		ID: r.ID, Kind: kindOf(r.Kind), State: stateOf(s, r), Selection: s.selection(r.Selection),
		Judged: d.Judged, Differ: d.Differ, Medals: !s.scored(),
	}
	for _, v := range d.Verdicts {
		made.Verdicts = append(made.Verdicts, verdictOr(v))
	}
	for i, cells := range d.Matrix {
		row := matrixRow{Verdict: verdictOr(d.Verdicts[i])}
		for k, n := range cells {
			row.Cells = append(row.Cells, matrixCell{n, i == k})
		}
		made.Matrix = append(made.Matrix, row)
	}
	for _, list := range []struct {
		title   string
		changes []score.Change
	}{{"Better than before", d.Gain}, {"Worse than before", d.Lose}, {"Other differences", d.Other}} {
		if len(list.changes) > 0 {
			made.Lists = append(made.Lists, s.changes(list.title, list.changes))
		}
	}
	if r.Kind != contest.Rejudge {
		return made
	}
	for i, t := range d.Teams {
		if i == maxListed {
			made.MoreRanks = len(d.Teams) - maxListed
			break
		}
		made.Ranks = append(made.Ranks, rankChange{
			s.team(t.After.Team.ID), t.Before.Rank, t.After.Rank, t.MedalBefore.String(), t.MedalAfter.String(),
		})
	}
	return made
}

func (s *shown) changes(title string, all []score.Change) changeList {
	made := changeList{Title: title}
	for i, c := range all {
		if i == maxListed {
			made.More = len(all) - maxListed
			break
		}
		made.Changes = append(made.Changes, changeView{
			name(c.Submission.ID), s.team(c.Submission.Team), s.label(c.Submission.Problem),
			result(c.Before), result(c.After),
		})
	}
	return made
}

// result writes a judgement as its verdict, with the score if there is one.
func result(j *contest.Judgement) string {
	if j == nil {
		return statePending
	}
	if j.Score != nil {
		return verdictOr(j.Verdict) + " " + points(*j.Score)
	}
	return verdictOr(j.Verdict)
}

func verdictOr(v problems.Verdict) string {
	if v == problems.Unjudged {
		return statePending
	}
	return v.String()
}

func kindOf(k contest.RoundKind) string {
	switch k {
	case contest.Rejudge:
		return "Rejudging"
	case contest.Audit:
		return "Audit"
	case contest.Shadow:
		return "Comparison"
	default:
		return "Round"
	}
}

func stateOf(s *shown, r contest.Round) string {
	switch {
	case r.Kind != contest.Rejudge:
		return "compared only: its judgements do not count"
	case !r.Cancelled.IsZero():
		return "cancelled at " + moment(s, r.Cancelled)
	case !r.Applied.IsZero():
		return "applied at " + moment(s, r.Applied)
	default:
		return "open: its judgements do not count until it is applied"
	}
}

// selection describes which submissions a round selected, without those that are not on the page. Single submissions
// are named only if they are open: a round that selects a verdict would reveal that of a frozen submission.
func (s *shown) selection(all contest.Selection) string {
	if all.Empty() {
		return "all submissions"
	}
	var parts []string
	add := func(noun string, values []string) {
		if more := len(values) - 10; more > 0 {
			values = append(slices.Clone(values[:10]), fmt.Sprintf("%d more", more))
		}
		if len(values) > 0 {
			parts = append(parts, noun+" "+strings.Join(values, ", "))
		}
	}
	named := func(values []string) (made []string) {
		for _, v := range values {
			made = append(made, name(v))
		}
		return made
	}
	var teams, submissions []string
	for _, id := range all.Teams {
		if _, ok := s.teams[id]; ok {
			teams = append(teams, s.team(id))
		}
	}
	for _, id := range all.Submissions {
		if s.open(id) {
			submissions = append(submissions, name(id))
		}
	}
	var verdicts []string
	for _, v := range all.Verdicts {
		verdicts = append(verdicts, v.String())
	}
	add("problem", named(all.Problems))
	add("team", teams)
	add("language", named(all.Languages))
	add("submission", submissions)
	add("verdict", verdicts)
	add("machine", named(all.Machines))
	if all.From != nil {
		parts = append(parts, "from "+clock(*all.From))
	}
	if all.To != nil {
		parts = append(parts, "before "+clock(*all.To))
	}
	if len(parts) == 0 {
		return "submissions that are not on this page"
	}
	return strings.Join(parts, " · ")
}
