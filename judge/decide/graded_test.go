package decide

import (
	"testing"

	"judge/judge/report"
	"judge/problems"
)

func TestScoreWarnings(t *testing.T) {
	ac := []problems.Verdict{problems.AC}
	graded := func(best float64, g problems.GroupGrader) *problems.Scoring {
		return &problems.Scoring{Points: best, Grader: &g}
	}
	certain := func(best float64) *problems.Scoring { return graded(best, problems.GroupGrader{Certain: true}) }
	for _, row := range []struct {
		what    string
		scoring *problems.Scoring
		said    problems.Submission
		verdict problems.Verdict
		score   float64
		sample  problems.Verdict
		want    string
	}{
		{"less than the best", certain(100), problems.Submission{Expect: ac}, problems.AC, 50, problems.AC, "50 of 100 points: move it to partially_accepted"},
		{"the best", certain(100), problems.Submission{Expect: ac}, problems.AC, 100, problems.AC, ""},
		{"the best, but for rounding", certain(100), problems.Submission{Expect: ac}, problems.AC, 99.99999999, problems.AC, ""},
		{"not accepted", certain(100), problems.Submission{Expect: ac}, problems.WA, 0, problems.AC, ""},
		{"expected to get less", certain(100), problems.Submission{Expect: ac, Demands: []problems.Demand{{Score: &problems.Range{Most: 60}}}}, problems.AC, 50, problems.AC, ""},
		{"expected to fail", certain(100), problems.Submission{Expect: []problems.Verdict{problems.WA}}, problems.AC, 50, problems.AC, ""},
		{"an unknown best", graded(100, problems.GroupGrader{}), problems.Submission{Expect: ac}, problems.AC, 50, problems.AC, ""},
		{"the least is the best", graded(3, problems.GroupGrader{Certain: true, Minimize: true}), problems.Submission{Expect: ac}, problems.AC, 7, problems.AC, "7 points, the best is 3: move it to partially_accepted"},
		{"the least", graded(3, problems.GroupGrader{Certain: true, Minimize: true}), problems.Submission{Expect: ac}, problems.AC, 3, problems.AC, ""},
		{"a sample that fails", certain(100), problems.Submission{Expect: ac}, problems.AC, 100, problems.TLE, "got TLE on sample/1, but the score does not show it"},
		{"no graders", nil, problems.Submission{Expect: ac}, problems.AC, 50, problems.AC, ""},
	} {
		s := report.Submission{Verdict: row.verdict, Score: &row.score, Tests: []report.Test{
			{Name: "sample/1", Verdict: row.sample}, {Name: "secret/1", Verdict: problems.AC},
		}}
		if got := ScoreWarning(&problems.Problem{Scoring: row.scoring}, row.said, s); got != row.want {
			t.Errorf("%s: got %q, expected %q", row.what, got, row.want)
		}
	}
}

func TestScoreFaults(t *testing.T) {
	to10 := &problems.Range{Least: 0, Most: 10}
	graded := func(name string, of *problems.Range, inner ...problems.Item) *problems.Scoring {
		return &problems.Scoring{Name: name, Grader: &problems.GroupGrader{Range: of}, Items: inner}
	}
	for _, row := range []struct {
		what    string
		all, of *problems.Range
		verdict problems.Verdict
		score   float64 // of the submission, and of its group
		want    string
	}{
		{"within", to10, to10, problems.AC, 10, ""},
		{"no range", nil, nil, problems.AC, 1000, ""},
		{"above that of all", to10, nil, problems.AC, 11, "the score is 11, outside the range from 0 to 10"},
		{"below that of all", to10, nil, problems.AC, -1, "the score is -1, outside the range from 0 to 10"},
		{"above that of a group", nil, to10, problems.AC, 11, "the score of secret/a is 11, outside the range from 0 to 10"},
		{"not accepted", to10, to10, problems.WA, 11, ""},
	} {
		secret := graded("secret", nil, problems.Item{Inner: graded("secret/a", row.of)})
		root := graded("", row.all, problems.Item{Inner: secret})
		s := report.Submission{Verdict: row.verdict, Score: &row.score, Groups: []report.Group{
			{Name: "secret/a", Verdict: row.verdict, Score: row.score},
		}}
		if got := ScoreFault(&problems.Problem{Scoring: root}, s); got != row.want {
			t.Errorf("%s: got %q, expected %q", row.what, got, row.want)
		}
	}
}

func TestGradersMakeTheVerdict(t *testing.T) {
	tests := []report.Test{
		{Name: "secret/a/1", Group: "secret/a", Verdict: problems.WA, Reason: "first"},
		{Name: "secret/b/1", Group: "secret/b", Verdict: problems.TLE, Reason: "cpu"},
		{Name: "secret/b/2", Group: "secret/b", Verdict: problems.WA, Reason: "later"},
	}
	for _, row := range []struct {
		before, by, want problems.Verdict
		reason           report.Reason
	}{
		{problems.WA, problems.AC, problems.AC, ""},
		{problems.WA, problems.TLE, problems.TLE, "cpu"},
		{problems.WA, problems.WA, problems.WA, "first"},
		{problems.AC, problems.RTE, problems.RTE, report.ByGrader},
		{problems.JE, problems.AC, problems.JE, "before"},
		{problems.SKIP, problems.AC, problems.SKIP, "before"},
		{problems.WA, problems.SKIP, problems.WA, "before"},
	} {
		s := report.Submission{Verdict: row.before, Reason: "before", Tests: tests}
		TakeGraded(&s, problems.Graded{Verdict: row.by})
		if s.Verdict != row.want || s.Reason != row.reason {
			t.Errorf("%v by %v: got %v %s, expected %v %s", row.before, row.by, s.Verdict, s.Reason, row.want, row.reason)
		}
	}
	g := gradedGroup(report.Group{Name: "secret/b", MissingGroup: "secret/a"}, problems.Graded{Verdict: problems.WA, Score: 2}, tests)
	if g.Verdict != problems.WA || g.Reason != "later" || g.Test != "secret/b/2" || g.Score != 2 || g.MissingGroup != "" {
		t.Errorf("got %+v", g)
	}
}
