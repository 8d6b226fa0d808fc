package judge

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"judge/judge/report"
	"judge/problems"
)

// expect compares a submission's result with what its author states, if anything. said is nil for those of which
// nothing is known. A result that an interruption has left unfinished neither meets an expectation nor fails it.
func expect(s *report.Submission, said *problems.Submission) {
	if said == nil || s.Unfinished || len(said.Expect) == 0 && len(said.Demands) == 0 {
		return
	}
	s.Unmet = unmet(*s, *said)
	as := s.Unmet == nil
	s.AsExpected = &as
}

// unmet says what of an author's expectations is not so: a pure function of the report. nil: all is.
func unmet(s report.Submission, said problems.Submission) []string {
	var all []string
	if len(said.Expect) > 0 && !slices.Contains(said.Expect, s.Verdict) {
		fault := fmt.Sprintf("it is %s and not %s", s.Verdict, oneOf(said.Expect))
		if s.Verdict == problems.CE && s.Reason != "" {
			fault += ": " + s.Reason
		}
		all = append(all, fault)
	}
	if s.Verdict == problems.CE && len(said.Demands) > 0 && len(said.Expect) == 0 {
		if s.Reason != "" {
			return []string{"it does not compile: " + s.Reason}
		}
		return []string{"it does not compile"}
	}
	if s.Verdict == problems.CE {
		return all
	}
	for _, d := range said.Demands {
		if fault := unmetDemand(s, d); fault != "" {
			all = append(all, fault)
		}
	}
	return all
}

// unmetDemand says what a demand finds missing; "": nothing. A test that was skipped shows nothing.
func unmetDemand(s report.Submission, d problems.Demand) string {
	required, message, skipped := len(d.Required) == 0, d.Message == "", false
	for _, t := range s.Tests {
		if d.Tests != nil && !slices.Contains(d.Tests, t.Name) {
			continue
		}
		if t.Verdict == problems.SKIP {
			skipped = true
			continue
		}
		if t.Verdict == problems.JE || d.Permitted != nil && !slices.Contains(d.Permitted, t.Verdict) {
			return fmt.Sprintf("test %s is %s, where %s is permitted", t.Name, t.Verdict, oneOf(d.Permitted))
		}
		required = required || slices.Contains(d.Required, t.Verdict)
		message = message || strings.Contains(t.Message, d.Message)
	}
	where := ""
	if d.Group != "" {
		where = " of " + d.Group
	}
	switch {
	case !required && !skipped:
		return fmt.Sprintf("no test%s is %s, as one has to be", where, oneOf(d.Required))
	case !message && !skipped:
		return fmt.Sprintf("no test%s has a message with %q", where, d.Message)
	case d.Score != nil:
		return unmetScore(s, d)
	}
	return ""
}

// scoreTolerance is by how much scores may differ, absolute or relative: sums of fractions do.
const scoreTolerance = 1e-6

func unmetScore(s report.Submission, d problems.Demand) string {
	score, of := s.Score, "the score"
	if d.Group != "" {
		score = nil
		for _, g := range s.Groups {
			if g.Name == d.Group {
				score, of = &g.Score, "the score of "+d.Group
			}
		}
	}
	if score == nil {
		return of + " is not known, as " + map[bool]string{true: "there is no such group", false: "the problem has no points"}[d.Group != ""]
	}
	slack := scoreTolerance * max(1, math.Abs(*score))
	if *score >= d.Score.Least-slack && *score <= d.Score.Most+slack {
		return ""
	}
	if d.Score.Least == d.Score.Most {
		return fmt.Sprintf("%s is %g and not %g", of, *score, d.Score.Least)
	}
	return fmt.Sprintf("%s is %g and not from %g to %g", of, *score, d.Score.Least, d.Score.Most)
}

func oneOf(verdicts []problems.Verdict) string {
	var codes []string
	for _, v := range verdicts {
		codes = append(codes, v.String())
	}
	return strings.Join(codes, " or ")
}
