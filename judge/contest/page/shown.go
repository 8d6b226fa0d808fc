package page

import (
	"cmp"
	"slices"

	"judge/judge/contest"
	"judge/judge/contest/score"
)

// shown is the part of the results that a page may show. Everything else on the page is made from it, so that nothing
// else can be in its data.
type shown struct {
	contest.Results // without hidden teams, submissions that do not count, and frozen judgements

	teams    map[string]contest.Team
	problems map[string]contest.Problem
	listed   map[string]contest.Submission // by id
	frozen   map[string]bool               // submissions of which the judgement is left out
	judged   int                           // submissions with a judgement, also if it is left out
}

// visible returns what may be shown. frozen leaves out the judgements of submissions that were made in the freeze; late
// keeps submissions outside the contest's time.
func visible(r *contest.Results, frozen, late bool) *shown {
	s := &shown{
		Results:  *r,
		teams:    map[string]contest.Team{},
		problems: map[string]contest.Problem{},
		listed:   map[string]contest.Submission{},
		frozen:   map[string]bool{},
	}
	c := &s.Contest
	hidden := score.Hidden(&r.Contest)
	c.Teams = slices.DeleteFunc(slices.Clone(c.Teams), func(t contest.Team) bool { return hidden[t.ID] })
	c.Submissions = slices.DeleteFunc(slices.Clone(c.Submissions), func(one contest.Submission) bool {
		return hidden[one.Team] || !late && !score.Counts(&r.Contest, one)
	})
	c.Given, c.Carried = nil, nil
	for _, t := range c.Teams {
		s.teams[t.ID] = t
	}
	for _, p := range c.Problems {
		s.problems[p.ID] = p
	}
	for _, one := range c.Submissions {
		s.listed[one.ID] = one
		s.frozen[one.ID] = frozen && score.InFreeze(c, one)
		if r.Judgements[one.ID] != nil {
			s.judged++
		}
	}
	s.Judgements = s.only(r.Judgements)
	s.Differ = slices.DeleteFunc(slices.Clone(r.Differ), func(d contest.Disagreement) bool {
		return !s.open(d.Submission)
	})
	return s
}

// open reports whether the judgement of a submission may be shown.
func (s *shown) open(submission string) bool {
	_, listed := s.listed[submission]
	return listed && !s.frozen[submission]
}

// only returns the judgements that may be shown.
func (s *shown) only(all map[string]*contest.Judgement) map[string]*contest.Judgement {
	kept := make(map[string]*contest.Judgement, len(all))
	for id, one := range all {
		if one != nil && s.open(id) {
			kept[id] = one
		}
	}
	return kept
}

// scored reports whether submissions have scores.
func (s *shown) scored() bool { return s.Contest.Scoring.Type == contest.Score }

// applied returns the rounds whose judgements count, in the order in which they were applied.
func (s *shown) applied() []contest.Round {
	var all []contest.Round
	for _, r := range s.Rounds {
		if r.Kind == contest.FirstRound || r.Kind == contest.Rejudge && !r.Applied.IsZero() && r.Cancelled.IsZero() {
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b contest.Round) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), a.Applied.Compare(b.Applied), cmp.Compare(a.ID, b.ID))
	})
	return all
}
