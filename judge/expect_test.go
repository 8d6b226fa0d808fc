package judge

import (
	"strings"
	"testing"

	"judge/judge/report"
	"judge/problems"
)

func TestWhatIsExpectedIsHeldAgainstWhatIs(t *testing.T) {
	ac, wa, tle, ce := problems.AC, problems.WA, problems.TLE, problems.CE
	fifty := 50.0
	result := func(verdict problems.Verdict, tests string) report.Submission {
		s := report.Submission{Verdict: verdict, Score: &fifty, Groups: []report.Group{{Name: "g", Score: 20}}}
		for i, code := range strings.Fields(tests) {
			v, err := problems.ParseVerdict(code)
			if err != nil {
				t.Fatal(err)
			}
			s.Tests = append(s.Tests, report.Test{Name: string(rune('1' + i)), Verdict: v, Message: map[bool]string{true: "off by one"}[v == wa]})
		}
		return s
	}
	verdicts := func(all ...problems.Verdict) []problems.Verdict { return all }
	demand := func(d problems.Demand) problems.Submission { return problems.Submission{Demands: []problems.Demand{d}} }
	for _, row := range []struct {
		rule   string
		result report.Submission
		said   problems.Submission
		want   string // "": all is as expected
	}{
		{"a final verdict", result(ac, "AC AC"), problems.Submission{Expect: verdicts(ac)}, ""},
		{"another final verdict", result(wa, "AC WA"), problems.Submission{Expect: verdicts(ac, tle)}, "it is WA and not AC or TLE"},
		{"permitted on every test", result(wa, "AC WA"), demand(problems.Demand{Permitted: verdicts(ac, wa), Required: verdicts(wa)}), ""},
		{"not permitted on one", result(wa, "WA TLE"), demand(problems.Demand{Permitted: verdicts(ac, wa)}), "test 2 is TLE, where AC or WA is permitted"},
		{"required on none", result(ac, "AC AC"), demand(problems.Demand{Required: verdicts(wa, tle)}), "no test is WA or TLE, as one has to be"},
		{"what was skipped may have been it", result(wa, "WA SKIP"), demand(problems.Demand{Required: verdicts(tle)}), ""},
		{"a judge error is never permitted", result(problems.JE, "JE"), demand(problems.Demand{Required: verdicts(wa)}), "test 1 is JE"},
		{"only some tests", result(wa, "WA AC"), demand(problems.Demand{Tests: []string{"2"}, Permitted: verdicts(ac)}), ""},
		{"a message", result(wa, "AC WA"), demand(problems.Demand{Message: "by one"}), ""},
		{"another message", result(wa, "AC WA"), demand(problems.Demand{Message: "By"}), `no test has a message with "By"`},
		{"a score", result(wa, "WA"), demand(problems.Demand{Score: &problems.Range{Least: 50.0000001, Most: 60}}), ""},
		{"another score", result(wa, "WA"), demand(problems.Demand{Score: &problems.Range{Least: 40, Most: 40}}), "the score is 50 and not 40"},
		{"a group's score", result(wa, "WA"), demand(problems.Demand{Group: "g", Score: &problems.Range{Least: 21, Most: 30}}), "the score of g is 20 and not from 21 to 30"},
		{"the score of no group", result(wa, "WA"), demand(problems.Demand{Group: "x", Score: &problems.Range{}}), "not known"},
		{"a compile error is expected", result(ce, ""), problems.Submission{Expect: verdicts(ce)}, ""},
		{"a compile error is not", result(ce, ""), demand(problems.Demand{Required: verdicts(wa)}), "it does not compile"},
	} {
		got := strings.Join(unmet(row.result, row.said), "; ")
		if (row.want == "") != (got == "") || !strings.Contains(got, row.want) {
			t.Errorf("%s: %q, want %q", row.rule, got, row.want)
		}
	}
	s := result(ac, "AC")
	expect(&s, nil)
	expect(&s, &problems.Submission{})
	if s.AsExpected != nil {
		t.Error("nothing is stated, and it is held against something")
	}
}
