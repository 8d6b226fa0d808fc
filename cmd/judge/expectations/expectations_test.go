package expectations

import (
	"reflect"
	"testing"

	"judge/judge/report"
	"judge/problems"
	"judge/problems/specedit"
)

func TestOnlyWhatDiffersIsRecorded(t *testing.T) {
	score := func(x float64) *float64 { return &x }
	fifty := []problems.Demand{{Score: &problems.Range{Least: 50, Most: 60}}}
	for _, row := range []struct {
		what  string
		said  problems.Submission
		found report.Submission
		want  []string // keys and texts
	}{
		{"nothing declared", problems.Submission{}, report.Submission{Verdict: problems.WA}, []string{"expect", "WA"}},
		{"as declared", problems.Submission{Expect: []problems.Verdict{problems.TLE, problems.WA}},
			report.Submission{Verdict: problems.WA}, nil},
		{"another verdict", problems.Submission{Expect: []problems.Verdict{problems.AC}},
			report.Submission{Verdict: problems.WA}, []string{"expect", "WA"}},
		{"a new score", problems.Submission{Expect: []problems.Verdict{problems.WA}},
			report.Submission{Verdict: problems.WA, Score: score(100.0 / 3)}, []string{"score", "33.333333"}},
		{"a score in the range", problems.Submission{Demands: fifty}, report.Submission{Verdict: problems.WA, Score: score(55)}, nil},
		{"another score", problems.Submission{Demands: fifty}, report.Submission{Verdict: problems.WA, Score: score(40)},
			[]string{"score", "40"}},
		{"a judge error", problems.Submission{}, report.Submission{Verdict: problems.JE}, nil},
		{"a judge error on a test", problems.Submission{},
			report.Submission{Verdict: problems.WA, Tests: []report.Test{{Verdict: problems.JE}}}, nil},
		{"interrupted", problems.Submission{}, report.Submission{Verdict: problems.WA, Unfinished: true}, nil},
	} {
		row.said.Listed, row.found.Path = "a.cpp", "a.cpp"
		var want []specedit.Expectation
		if row.want != nil {
			want = []specedit.Expectation{{Path: "a.cpp", Keys: row.want[:1], Texts: row.want[1:]}}
		}
		got := Found(&problems.Problem{Submissions: []problems.Submission{row.said}},
			&report.Report{Submissions: []report.Submission{row.found}})
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", row.what, got, want)
		}
	}
}
