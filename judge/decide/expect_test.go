package decide

import (
	"strings"
	"testing"

	"judge/judge/report"
	"judge/problems"
)

func TestExpectationsAreComparedWithResults(t *testing.T) {
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
	worth := func(score, best float64) report.Submission {
		s := result(ac, "AC")
		s.Score, s.Worth = &score, best
		return s
	}
	verdicts := func(all ...problems.Verdict) []problems.Verdict { return all }
	demand := func(d problems.Demand) problems.Submission { return problems.Submission{Demands: []problems.Demand{d}} }
	accepted := problems.Submission{Expect: verdicts(ac), Demands: []problems.Demand{{Permitted: verdicts(ac)}}}
	for _, row := range []struct {
		rule   string
		result report.Submission
		said   problems.Submission
		want   string // "": all is as expected
	}{
		{"a final verdict", result(ac, "AC AC"), problems.Submission{Expect: verdicts(ac)}, ""},
		{"another final verdict", result(wa, "AC WA"), problems.Submission{Expect: verdicts(ac, tle)}, "expected AC or TLE, got WA on 2"},
		{"permitted on every test", result(wa, "AC WA"), demand(problems.Demand{Permitted: verdicts(ac, wa), Required: verdicts(wa)}), ""},
		{"not permitted on one", result(wa, "WA TLE"), demand(problems.Demand{Permitted: verdicts(ac, wa)}), "expected AC or WA, got TLE on 2"},
		{"required on none", result(ac, "AC AC"), demand(problems.Demand{Required: verdicts(wa, tle)}), "expected WA or TLE on at least one test, got none"},
		{"what was skipped may have been it", result(wa, "WA SKIP"), demand(problems.Demand{Required: verdicts(tle)}), ""},
		{"a judge error is never permitted", result(problems.JE, "JE"), demand(problems.Demand{Required: verdicts(wa)}), "got JE on 1"},
		{"only some tests", result(wa, "WA AC"), demand(problems.Demand{Tests: []string{"2"}, Permitted: verdicts(ac)}), ""},
		{"a message", result(wa, "AC WA"), demand(problems.Demand{Message: "by one"}), ""},
		{"another message", result(wa, "AC WA"), demand(problems.Demand{Message: "By"}), `expected a message with "By" on at least one test, got none`},
		{"a score", result(wa, "WA"), demand(problems.Demand{Score: &problems.Range{Least: 50.0000001, Most: 60}}), ""},
		{"another score", result(wa, "WA"), demand(problems.Demand{Score: &problems.Range{Least: 40, Most: 40}}), "expected a score of 40, got 50"},
		{"a group's score", result(wa, "WA"), demand(problems.Demand{Group: "g", Score: &problems.Range{Least: 21, Most: 30}}), "expected a score from 21 to 30 for g, got 20"},
		{"the score of no group", result(wa, "WA"), demand(problems.Demand{Group: "x", Score: &problems.Range{}}), "no such group"},
		{"all of the points where a part is expected", worth(100, 100), demand(problems.Demand{Score: &problems.Range{Most: 99.999}}), "expected a part of the points (less than 100), got 100"},
		{"none of the points where a part is expected", worth(0, 100), demand(problems.Demand{Score: &problems.Range{Least: 1e-5, Most: 99.99999}}), "expected a part of the points (more than 0, less than 100), got 0"},
		{"a part of the points", worth(99, 100), demand(problems.Demand{Score: &problems.Range{Most: 99.999}}), ""},
		{"the best where less is better", worth(3, 3), demand(problems.Demand{Score: &problems.Range{Least: 3.00003, Most: 1e300}}), "expected a score worse than the best (more than 3), got 3"},
		{"one cause, once", result(wa, "AC WA WA"), accepted, "expected AC, got WA on 2 (and 1 more of 3 tests)"},
		{"of several verdicts the final one", result(wa, "WA TLE AC"), accepted, "expected AC, got WA on 1 (and 1 more of 3 tests)"},
		{"it is right everywhere", result(ac, "AC AC"), problems.Submission{Expect: verdicts(wa), Demands: []problems.Demand{{Permitted: verdicts(ac, wa), Required: verdicts(wa)}}}, "expected WA, got AC on all 2 tests"},
		{"a grader makes the verdict", result(ac, "AC WA"), problems.Submission{Expect: verdicts(wa)}, "expected WA, got AC with 50 points"},
		{"another cause", result(wa, "WA TLE"), problems.Submission{Expect: verdicts(ac, tle), Demands: []problems.Demand{{Permitted: verdicts(ac)}}}, "expected AC or TLE, got WA on 1; expected AC, got TLE on 2 (and 1 more of 2 tests)"},
		{"some tests of a group", result(wa, "AC WA TLE"), demand(problems.Demand{Group: "g", Tests: []string{"1", "2"}, Permitted: verdicts(ac)}), "expected AC, got WA on 2"},
		{"a compile error is expected", result(ce, ""), problems.Submission{Expect: verdicts(ce)}, ""},
		{"a compile error is not", result(ce, ""), demand(problems.Demand{Required: verdicts(wa)}), "does not compile"},
	} {
		var texts []string
		for _, u := range unmet(row.result, row.said) {
			texts = append(texts, u.Text)
			if u.Test != "" && !strings.Contains(u.Text, " on "+u.Test) {
				t.Errorf("%s: %q is not about the test %q", row.rule, u.Text, u.Test)
			}
		}
		got := strings.Join(texts, "; ")
		if (row.want == "") != (got == "") || !strings.HasSuffix(got, row.want) || strings.HasPrefix(row.want, "expected") && got != row.want {
			t.Errorf("%s: %q, want %q", row.rule, got, row.want)
		}
	}
	s := result(ac, "AC")
	Expect(&problems.Problem{}, &s, nil)
	Expect(&problems.Problem{}, &s, &problems.Submission{})
	if s.AsExpected != nil {
		t.Error("nothing is stated, and it is held against something")
	}
}

// TestPartOfTheTestsRefutesAnExpectationAndNeverMeetsIt: what was not run may hold the verdict that is expected.
func TestPartOfTheTestsRefutesAnExpectationAndNeverMeetsIt(t *testing.T) {
	ac, wa, tle := []problems.Verdict{problems.AC}, []problems.Verdict{problems.WA}, problems.TLE
	demand := func(d problems.Demand) problems.Submission { return problems.Submission{Demands: []problems.Demand{d}} }
	for _, row := range []struct {
		rule   string
		got    problems.Verdict
		said   problems.Submission
		graded bool
		want   string
	}{
		{"accepted so far", problems.AC, problems.Submission{Expect: ac}, false, ""},
		{"not accepted", problems.WA, problems.Submission{Expect: ac}, false, "expected AC, got WA on 1"},
		{"graders decide", problems.WA, problems.Submission{Expect: ac}, true, ""},
		{"wrong on another test", problems.AC, problems.Submission{Expect: wa}, false, ""},
		{"an earlier test may be wrong", tle, problems.Submission{Expect: wa}, false, ""},
		{"required on another test", problems.AC, demand(problems.Demand{Required: wa}), false, ""},
		{"not permitted", tle, demand(problems.Demand{Permitted: wa, Required: wa}), false, "expected WA, got TLE on 1"},
		{"points of other tests", problems.AC, demand(problems.Demand{Score: &problems.Range{Least: 5, Most: 5}}), false, ""},
	} {
		s := report.Submission{Verdict: row.got, Tests: []report.Test{{Name: "1", Verdict: row.got}}}
		p := &problems.Problem{Part: true}
		if row.graded {
			p.Scoring = &problems.Scoring{Grader: &problems.GroupGrader{}}
		}
		Expect(p, &s, &row.said)
		var got string
		for _, u := range s.Unmet {
			got += u.Text
		}
		if got != row.want || (s.AsExpected == nil) != (row.want == "") {
			t.Errorf("%s: got %q, as expected: %v; expected %q", row.rule, got, s.AsExpected, row.want)
		}
	}
}
