package grade

import (
	"math"

	"judge/judge/contest"
	"judge/problems"
)

// Foreign are judgements to compare with: those of a package's own system, or of another result file.
type Foreign struct {
	Contest  *contest.Contest   // of the other side: its teams, problems and submissions
	Verdicts map[string]Verdict // by submission id
}

// Verdict is a foreign judgement: a CLICS judgement type and the score.
type Verdict struct {
	Type  string   // "": pending
	Score *float64 // nil: no score
}

// ForeignOfPackage returns the judgements that a package came with.
func ForeignOfPackage(c *contest.Contest) Foreign {
	f, last := Foreign{c, map[string]Verdict{}}, map[string]contest.Given{}
	for _, g := range c.Given {
		if before, ok := last[g.Submission]; !ok || g.Start >= before.Start {
			last[g.Submission] = g
			f.Verdicts[g.Submission] = Verdict{typeOfText(g.Type), g.Score}
		}
	}
	return f
}

// ForeignOfResults returns the judgements that count in another result file.
func ForeignOfResults(r *contest.Results) Foreign {
	f := Foreign{&r.Contest, map[string]Verdict{}}
	for id, j := range r.Judgements {
		f.Verdicts[id] = Verdict{typeOf(j), j.Score}
	}
	return f
}

// Differs is a submission on which the two sides differ.
type Differs struct {
	Submission contest.Submission
	Own, Other Verdict
	Judgement  *contest.Judgement // of this side
}

// Against is the result of a comparison.
type Against struct {
	Compared int
	Differ   []Differs            // in the order of the contest
	Missing  []contest.Submission // that the other side does not have
	Pending  int                  // submissions that one of the sides has not judged
}

// Compare compares the judgements that count with those of another system. Submissions are the same if they have the
// same id or, where no id matches, team, problem and time.
func Compare(r *contest.Results, f Foreign) Against {
	var a Against
	match := matching(f.Contest)
	for _, s := range r.Contest.Submissions {
		id, found := match(s)
		if !found {
			a.Missing = append(a.Missing, s)
			continue
		}
		j, other := r.Judgements[s.ID], f.Verdicts[id]
		if j == nil || j.Verdict == problems.JE || other.Type == "" {
			a.Pending++
			continue
		}
		a.Compared++
		own := Verdict{typeOf(j), j.Score}
		if !own.sameType(other) || own.Score != nil && other.Score != nil && unequal(*own.Score, *other.Score) {
			a.Differ = append(a.Differ, Differs{s, own, other, j})
		}
	}
	return a
}

// unequal compares scores, which systems round differently.
func unequal(a, b float64) bool { return math.Abs(a-b) > 1e-6*max(1, math.Abs(a), math.Abs(b)) }

// moment is what identifies a submission without its id.
type moment struct {
	team, problem string
	time          int64 // milliseconds
}

func matching(c *contest.Contest) func(contest.Submission) (string, bool) {
	ids, moments := map[string]bool{}, map[moment][]string{}
	key := func(s contest.Submission) moment { return moment{s.Team, s.Problem, s.Time.Milliseconds()} }
	for _, s := range c.Submissions {
		ids[s.ID] = true
		moments[key(s)] = append(moments[key(s)], s.ID)
	}
	return func(s contest.Submission) (string, bool) {
		if ids[s.ID] {
			return s.ID, true
		}
		if same := moments[key(s)]; len(same) == 1 {
			return same[0], true
		}
		return "", false
	}
}

// typeOf is a judgement's verdict as exports have it: the five of the ICPC. "": a judge error.
func typeOf(j *contest.Judgement) string {
	if j.Verdict == problems.JE || j.Verdict == problems.Unjudged {
		return ""
	}
	return typeOfText(j.Verdict.String())
}

// typeOfText maps a CLICS judgement type to the five of the ICPC. "": pending.
func typeOfText(id string) string {
	switch id {
	case "JE", "CS", "":
		return ""
	case "APE":
		return "AC"
	case "MLE", "ILE", "MCE", "SV", "IF", "RCO", "RWA", "RPE", "REO", "RIO", "RNO":
		return "RTE"
	case "OLE", "PE", "EO", "IO", "NO":
		return "WA"
	case "WTL", "TCO", "TWA", "TPE", "TEO", "TIO", "TNO":
		return "TLE"
	case "CTL":
		return "CE"
	default:
		return id
	}
}

// rejected is the type of a judgement that says no more than that.
const rejected = "RE"

func (v Verdict) sameType(other Verdict) bool {
	if v.Type == rejected || other.Type == rejected {
		return (v.Type == "AC") == (other.Type == "AC")
	}
	return v.Type == other.Type
}
