package store

import (
	"cmp"
	"fmt"
	"slices"

	"judge/judge/contest"
	"judge/problems"
)

// united are the states of several files as one.
type united struct {
	results *contest.Results
	from    map[string]source // where the runs of a judgement are, by submission
}

// source is a judgement in one of the files.
type source struct {
	file int
	counted
}

// unite reads the files and merges them. A submission that several files have counts once.
func unite(all []*query, round int) (*united, error) {
	var u *united
	for i, q := range all {
		s, err := q.state(round)
		if err != nil {
			return nil, err
		}
		if u == nil {
			u = &united{s.results(), make(map[string]source, len(s.judgements))}
		} else if err := u.add(s, all[0].path, q.path); err != nil {
			return nil, err
		}
		u.addJudgements(s, i)
	}
	if len(all) > 1 {
		u.order()
	}
	return u, nil
}

// add merges the contest of another file.
func (u *united) add(s *state, path, other string) error {
	c := &u.results.Contest
	if c.ID != s.contest.ID {
		return &MismatchError{other, fmt.Sprintf("is of the contest %q, and %s is of %q", s.contest.ID, path, c.ID)}
	}
	if why := differentProblems(c.Problems, s.contest.Problems, path); why != "" {
		return &MismatchError{other, why}
	}
	teams := map[string]bool{}
	for _, one := range c.Teams {
		teams[one.ID] = true
	}
	for _, one := range s.contest.Teams {
		if !teams[one.ID] {
			c.Teams = append(c.Teams, one)
		}
	}
	known := make(map[string]contest.Submission, len(c.Submissions))
	for _, one := range c.Submissions {
		known[one.ID] = one
	}
	for _, one := range s.contest.Submissions {
		old, ok := known[one.ID]
		switch {
		case !ok:
			c.Submissions = append(c.Submissions, one)
		case old.Team != one.Team || old.Problem != one.Problem || old.Time != one.Time:
			why := fmt.Sprintf("submission %s is of team %s, problem %s, at %v; in %s of team %s, problem %s, at %v",
				one.ID, one.Team, one.Problem, one.Time, path, old.Team, old.Problem, old.Time)
			return &MismatchError{other, why}
		}
	}
	for _, one := range s.rounds {
		if !slices.ContainsFunc(u.results.Rounds, func(r contest.Round) bool { return r.ID == one.ID }) {
			u.results.Rounds = append(u.results.Rounds, one.Round)
		}
	}
	u.results.Differ = append(u.results.Differ, s.differ...)
	u.addMachines(s.machines)
	return nil
}

// differentProblems returns the first difference between the problems of two files; "": no difference.
func differentProblems(a, b []contest.Problem, path string) string {
	of := map[string]contest.Problem{}
	for _, one := range a {
		of[one.ID] = one
	}
	for _, one := range b {
		old, ok := of[one.ID]
		delete(of, one.ID)
		switch {
		case !ok:
			return fmt.Sprintf("problem %s is not in %s", one.ID, path)
		case old.TimeLimit != one.TimeLimit:
			return fmt.Sprintf("problem %s has the time limit %v, and %v in %s", one.ID, one.TimeLimit, old.TimeLimit,
				path)
		case old.Facts != nil && one.Facts != nil && old.Facts.Digest != one.Facts.Digest:
			return fmt.Sprintf("problem %s is of the package %.12s, and of %.12s in %s", one.ID, one.Facts.Digest,
				old.Facts.Digest, path)
		}
	}
	for _, one := range a {
		if _, left := of[one.ID]; left {
			return fmt.Sprintf("problem %s is missing, and it is in %s", one.ID, path)
		}
	}
	return ""
}

// addMachines adds machines of another file, with numbers of their own.
func (u *united) addMachines(all []contest.Machine) {
	last := 0
	for _, one := range u.results.Machines {
		last = max(last, one.ID)
	}
	for _, one := range all {
		same := slices.ContainsFunc(u.results.Machines, func(m contest.Machine) bool {
			a, b := m.Class, one.Class
			a.ID, b.ID, a.Speed, b.Speed = 0, 0, 0, 0
			return m.Name == one.Name && a == b
		})
		if !same {
			last++
			one.ID = last
			u.results.Machines = append(u.results.Machines, one)
		}
	}
}

// addJudgements adds the judgements of a file. Of two the first counts, but for a JE: it is no judgement of the
// submission. A difference is a disagreement.
func (u *united) addJudgements(s *state, file int) {
	for _, one := range s.contest.Submissions {
		second, ok := s.judgements[one.ID]
		if !ok {
			continue
		}
		first, both := u.from[one.ID]
		switch {
		case !both || first.Verdict == problems.JE:
			u.from[one.ID] = source{file, second}
			u.results.Judgements[one.ID] = second.Judgement
		case second.Verdict != problems.JE &&
			(first.Verdict != second.Verdict || !sameScore(first.Score, second.Score)):
			u.results.Differ = append(u.results.Differ, contest.Disagreement{
				Submission: one.ID, Machine: second.Machine, First: first.Verdict.String(),
				Second: second.Verdict.String(), At: second.Ended,
			})
		}
	}
}

// sameScore reports whether two scores are equal; nil: no score.
func sameScore(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// order sorts what was appended.
func (u *united) order() {
	slices.SortStableFunc(u.results.Contest.Submissions, func(a, b contest.Submission) int {
		return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.ID, b.ID))
	})
	slices.SortStableFunc(u.results.Contest.Teams, func(a, b contest.Team) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(u.results.Rounds, func(a, b contest.Round) int { return cmp.Compare(a.ID, b.ID) })
}
