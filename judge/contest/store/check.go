package store

import (
	"fmt"
	"math"
	"regexp"

	"judge/judge/contest"
	"judge/problems"
)

// endpoint is the name of a carried endpoint: exports make a file name of it.
var endpoint = regexp.MustCompile(`^[a-z][a-z-]{0,63}$`)

// check returns what is wrong with a contest that a file may have: ids that are no ids (exports make file names of
// them), the same id twice, references to nothing, and values that no contest has.
func check(c contest.Contest) error {
	if c.ID != "" && !contest.ValidID(c.ID) {
		return fmt.Errorf("the contest's id %.50q is not valid", c.ID)
	}
	s := c.Scoring
	if s.Type > contest.Score || s.Best > contest.LastSubmission || s.Ties > contest.TimeBreaks {
		return fmt.Errorf("the scoring is unknown")
	}
	if c.Duration < 0 || c.Freeze < 0 || s.Penalty < 0 {
		return fmt.Errorf("a duration is negative")
	}
	for name := range c.Carried {
		if !endpoint.MatchString(name) {
			return fmt.Errorf("the endpoint %.50q is not valid", name)
		}
	}
	teams, problems := ids{}, ids{}
	for _, one := range c.Teams {
		if err := teams.add("team", one.ID); err != nil {
			return err
		}
	}
	for _, one := range c.Problems {
		if err := problems.add("problem", one.ID); err != nil {
			return err
		}
		if err := checkFacts(one); err != nil {
			return err
		}
	}
	if err := checkGroups(c); err != nil {
		return err
	}
	return checkSubmissions(c.Submissions, teams, problems)
}

// ids are ids that have been seen.
type ids map[string]bool

func (i ids) add(what, id string) error {
	switch {
	case !contest.ValidID(id):
		return fmt.Errorf("the id %.50q of a %s is not valid", id, what)
	case i[id]:
		return fmt.Errorf("the %s %q appears twice", what, id)
	}
	i[id] = true
	return nil
}

func checkFacts(one contest.Problem) error {
	f := one.Facts
	if f == nil {
		return nil
	}
	if one.TimeLimit < 0 || f.TimeLimit < 0 || f.MemoryLimit < 0 || f.OutputLimit < 0 || f.CodeLimit < 0 ||
		f.MaxScore < 0 {
		return fmt.Errorf("a limit of problem %q is negative", one.ID)
	}
	return nil
}

// checkGroups checks the ids of groups, organizations and languages.
func checkGroups(c contest.Contest) error {
	groups, organizations, languages := ids{}, ids{}, ids{}
	for _, one := range c.Groups {
		if err := groups.add("group", one.ID); err != nil {
			return err
		}
	}
	for _, one := range c.Organizations {
		if err := organizations.add("organization", one.ID); err != nil {
			return err
		}
	}
	for _, one := range c.Languages {
		if err := languages.add("language", one.ID); err != nil {
			return err
		}
	}
	return nil
}

func checkSubmissions(all []contest.Submission, teams, tasks ids) error {
	seen := make(ids, len(all))
	for _, one := range all {
		if err := seen.add("submission", one.ID); err != nil {
			return err
		}
		switch {
		case !teams[one.Team]:
			return fmt.Errorf("submission %q is of an unknown team, %.50q", one.ID, one.Team)
		case !tasks[one.Problem]:
			return fmt.Errorf("submission %q is of an unknown problem, %.50q", one.ID, one.Problem)
		case one.Fault != nil && one.Fault.Verdict != problems.CE && one.Fault.Verdict != problems.JE:
			return fmt.Errorf("the fault of submission %q is neither CE nor JE", one.ID)
		}
	}
	return nil
}

// checkJudgement returns what is wrong with a judgement.
func checkJudgement(j *contest.Judgement) error {
	if j.Verdict < problems.AC || j.Verdict > problems.JE {
		return fmt.Errorf("the judgement of submission %q has the verdict %v", j.Submission, j.Verdict)
	}
	if j.Score != nil && (math.IsNaN(*j.Score) || math.IsInf(*j.Score, 0)) {
		return fmt.Errorf("the judgement of submission %q has the score %v", j.Submission, *j.Score)
	}
	last := 0
	for _, one := range j.Runs {
		if one.Test <= last || one.Verdict < problems.AC || one.Verdict > problems.SKIP {
			return fmt.Errorf("the judgement of submission %q has a run of test %d with the verdict %v after test %d",
				j.Submission, one.Test, one.Verdict, last)
		}
		last = one.Test
	}
	return nil
}
