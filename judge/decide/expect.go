package decide

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"judge/judge/report"
	"judge/problems"
)

// Expect compares a submission's result with the author's expectations. said is nil without them. A result
// that an interruption has left unfinished neither meets nor fails an expectation. If only some of the problem's
// tests were judged, they can refute an expectation but not meet it.
func Expect(p *problems.Problem, s *report.Submission, said *problems.Submission) {
	if said == nil || s.Unfinished || len(said.Expect) == 0 && len(said.Demands) == 0 {
		return
	}
	if p.Part {
		said = refutable(*said, p.Scoring.Graded())
	}
	s.Unmet = unmet(*s, *said)
	if as := s.Unmet == nil; !as || !p.Part {
		s.AsExpected = &as
	}
}

// refutable returns the part of an expectation that a selection of tests can refute: that a submission is
// accepted, unless graders decide that, and that no test has a verdict that is not permitted.
func refutable(said problems.Submission, graded bool) *problems.Submission {
	if graded || !slices.Equal(said.Expect, []problems.Verdict{problems.AC}) {
		said.Expect = nil
	}
	var demands []problems.Demand
	for _, d := range said.Demands {
		if d.Permitted != nil {
			demands = append(demands, problems.Demand{Tests: d.Tests, Permitted: d.Permitted, Group: d.Group})
		}
	}
	said.Demands = demands
	return &said
}

// unmet returns the author's expectations that the result does not meet; nil: all are met. Each cause is listed
// once: a verdict of a test that breaks several expectations is reported for one of them. It is a pure function of
// the report.
func unmet(s report.Submission, said problems.Submission) []report.Unmet {
	if s.Verdict == problems.CE {
		return notCompiled(s, said)
	}
	var all []report.Unmet
	told := map[string]bool{} // tests that an entry for all tests is about
	wrong := len(said.Expect) > 0 && !slices.Contains(said.Expect, s.Verdict)
	if wrong {
		all = append(all, unexpected(s, said.Expect, told))
	}
	for _, d := range said.Demands {
		if one, ok := unmetDemand(s, d, wrong, told); ok && !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all
}

// notCompiled returns the unmet expectation of a submission that does not compile: no test ran.
func notCompiled(s report.Submission, said problems.Submission) []report.Unmet {
	reason := ""
	if s.Reason != "" {
		reason = ": " + string(s.Reason)
	}
	switch {
	case slices.Contains(said.Expect, problems.CE):
		return nil
	case len(said.Expect) > 0:
		return []report.Unmet{{Text: fmt.Sprintf("expected %s, got CE%s", oneOf(said.Expect), reason)}}
	case len(said.Demands) > 0:
		return []report.Unmet{{Text: "does not compile" + reason}}
	default:
		return nil
	}
}

// unexpected returns an unmet final verdict, with the tests that cause it.
func unexpected(s report.Submission, wanted []problems.Verdict, told map[string]bool) report.Unmet {
	var off []report.Test
	for _, t := range s.Tests {
		missed := !slices.Contains(wanted, t.Verdict) && (t.Verdict != problems.AC || s.Verdict == problems.AC)
		if t.Verdict != problems.SKIP && missed {
			told[t.Name] = true
			off = append(off, t)
		}
	}
	first := slices.IndexFunc(off, func(t report.Test) bool { return t.Verdict == s.Verdict })
	if first < 0 || s.Verdict == problems.AC && len(off) < len(s.Tests) {
		return report.Unmet{Text: expected(wanted) + "got " + s.Verdict.String() + withPoints(s)}
	}
	return onTests(off, first, len(s.Tests), wanted)
}

// withPoints returns the score of a submission that a grader accepts although tests fail.
func withPoints(s report.Submission) string {
	if s.Verdict != problems.AC || s.Score == nil {
		return ""
	}
	return fmt.Sprintf(" with %g points", *s.Score)
}

// unmetDemand returns the part of a demand that is not met. A skipped test proves nothing. Tests in told have been
// reported already; wrong reports whether the final verdict has.
func unmetDemand(s report.Submission, d problems.Demand, wrong bool, told map[string]bool) (report.Unmet, bool) {
	required, message, skipped := len(d.Required) == 0 || wrong && d.Tests == nil, d.Message == "", false
	var off []report.Test
	fresh, of := -1, 0
	for _, t := range s.Tests {
		if d.Tests != nil && !slices.Contains(d.Tests, t.Name) {
			continue
		}
		of++
		if t.Verdict == problems.SKIP {
			skipped = true
			continue
		}
		if t.Verdict == problems.JE || d.Permitted != nil && !slices.Contains(d.Permitted, t.Verdict) {
			if fresh < 0 && !told[t.Name] {
				fresh = len(off)
			}
			off = append(off, t)
		}
		required = required || slices.Contains(d.Required, t.Verdict)
		message = message || strings.Contains(t.Message, d.Message)
	}
	for _, t := range off {
		told[t.Name] = true
	}
	where := ""
	if d.Group != "" {
		where = " of " + d.Group
	}
	switch {
	case fresh >= 0:
		return onTests(off, fresh, of, d.Permitted), true
	case len(off) > 0:
		return report.Unmet{}, false // told already
	case !required && !skipped:
		text := fmt.Sprintf("expected %s on at least one test%s, got none", oneOf(d.Required), where)
		return report.Unmet{Text: text}, true
	case !message && !skipped:
		text := fmt.Sprintf("expected a message with %q on at least one test%s, got none", d.Message, where)
		return report.Unmet{Text: text}, true
	case d.Score != nil:
		return unmetScore(s, d)
	}
	return report.Unmet{}, false
}

// onTests names one of the failing tests and counts the others. of is the number of tests.
func onTests(off []report.Test, named, of int, wanted []problems.Verdict) report.Unmet {
	t := off[named]
	text := expected(wanted) + "got " + strings.TrimSpace(t.Verdict.String()+" "+string(t.Reason))
	alike := !slices.ContainsFunc(off, func(other report.Test) bool { return other.Verdict != t.Verdict })
	switch more := len(off) - 1; {
	case t.Verdict == problems.AC && alike && more > 0 && len(off) == of:
		return report.Unmet{Text: fmt.Sprintf("%s on all %d tests", text, of)}
	case more > 0:
		text = fmt.Sprintf("%s on %s (and %d more of %d tests)", text, t.Name, more, of)
		return report.Unmet{Test: t.Name, Text: text}
	default:
		return report.Unmet{Test: t.Name, Text: text + " on " + t.Name}
	}
}

func expected(wanted []problems.Verdict) string {
	if len(wanted) == 0 {
		return ""
	}
	return "expected " + oneOf(wanted) + ", "
}

// scoreTolerance is the permitted difference of scores, absolute or relative: sums of fractions are not exact.
const scoreTolerance = 1e-6

// shortOfBest is the distance between the end of a range of scores and the best score, where readers exclude the
// latter.
const shortOfBest = 2e-5

func unmetScore(s report.Submission, d problems.Demand) (report.Unmet, bool) {
	score, best, of, unknown := s.Score, s.Worth, "", "the problem has no points"
	if d.Group != "" {
		score, of, unknown = nil, " for "+d.Group, "no such group"
		for _, g := range s.Groups {
			if g.Name == d.Group {
				score, best = &g.Score, g.Points
			}
		}
	}
	wanted := "expected " + scoresIn(*d.Score, best) + of
	if score == nil {
		return report.Unmet{Text: wanted + ", but " + unknown}, true
	}
	slack := scoreTolerance * max(1, math.Abs(*score))
	if *score >= d.Score.Least-slack && *score <= d.Score.Most+slack {
		return report.Unmet{}, false
	}
	return report.Unmet{Text: fmt.Sprintf("%s, got %g", wanted, *score)}, true
}

// scoresIn describes a range of scores. A range that ends just before the best score means some of the points.
func scoresIn(r problems.Range, best float64) string {
	slack := shortOfBest * max(1, math.Abs(best))
	switch {
	case r.Least == r.Most:
		return fmt.Sprintf("a score of %g", r.Least)
	case r.Most < best && best-r.Most <= slack && r.Least > 0 && r.Least <= slack:
		return fmt.Sprintf("a part of the points (more than 0, less than %g)", best)
	case r.Most < best && best-r.Most <= slack:
		return fmt.Sprintf("a part of the points (less than %g)", best)
	case r.Least > best && r.Least-best <= slack:
		return fmt.Sprintf("a score worse than the best (more than %g)", best)
	default:
		return fmt.Sprintf("a score from %g to %g", r.Least, r.Most)
	}
}

func oneOf(verdicts []problems.Verdict) string {
	var codes []string
	for _, v := range verdicts {
		codes = append(codes, v.String())
	}
	return strings.Join(codes, " or ")
}
