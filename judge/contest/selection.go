package contest

import (
	"slices"
	"time"

	"judge/problems"
)

// Selection chooses submissions. Every field that is not empty must match one of its values.
type Selection struct {
	Problems    []string           `json:"problems,omitempty"` // ids or labels
	Teams       []string           `json:"teams,omitempty"`    // ids
	Languages   []string           `json:"languages,omitempty"`
	Submissions []string           `json:"submissions,omitempty"`
	Verdicts    []problems.Verdict `json:"verdicts,omitempty"` // of the judgement that counts
	Machines    []string           `json:"machines,omitempty"` // of the judgement that counts
	From        *time.Duration     `json:"from,omitempty"`     // contest time, inclusive
	To          *time.Duration     `json:"to,omitempty"`       // contest time, exclusive
}

// Matches reports whether a submission is chosen. problem is its problem, counts the judgement that counts; nil:
// not judged.
func (s Selection) Matches(one Submission, problem Problem, counts *Judgement) bool {
	language, verdict, machine := one.Language, problems.Verdict(0), ""
	if counts != nil {
		verdict, machine = counts.Verdict, counts.Machine
		if counts.Language != "" {
			language = counts.Language
		}
	}
	judged := counts != nil
	return (among(s.Problems, problem.ID) || among(s.Problems, problem.Label)) &&
		among(s.Teams, one.Team) &&
		(among(s.Languages, language) || among(s.Languages, one.Language)) &&
		among(s.Submissions, one.ID) &&
		(len(s.Verdicts) == 0 || judged && slices.Contains(s.Verdicts, verdict)) &&
		(len(s.Machines) == 0 || judged && slices.Contains(s.Machines, machine)) &&
		(s.From == nil || one.Time >= *s.From) && (s.To == nil || one.Time < *s.To)
}

// Empty reports whether every submission is chosen.
func (s Selection) Empty() bool {
	return len(s.Problems)+len(s.Teams)+len(s.Languages)+len(s.Submissions)+len(s.Verdicts)+len(s.Machines) == 0 &&
		s.From == nil && s.To == nil
}

func among(all []string, one string) bool { return len(all) == 0 || slices.Contains(all, one) }
