package decide

import (
	"strings"
	"testing"

	"judge/checkers"
	"judge/problems"
)

// TestScoresFollowTheFormatsRules: the judge errors of "Scoring test cases", ICPC problem package format 2025-09.
func TestScoresFollowTheFormatsRules(t *testing.T) {
	groups := []problems.Scoring{
		{Name: "sample", Rule: problems.PassFail}, {Name: "pass", Points: 10, Rule: problems.PassFail}, {Name: "sum", Points: 30, Rule: problems.Sum},
		{Name: "min", Points: 30, Rule: problems.Min}, {Name: "open", Rule: problems.Sum, Unbounded: true},
	}
	var tests []problems.TestCase
	for _, g := range []string{"sample", "pass", "sum", "sum", "sum", "min", "min", "open"} {
		tests = append(tests, problems.TestCase{Groups: []string{g}})
	}
	root := grouped(tests, groups...)
	points := func(x float64) checkers.Check { return checkers.Check{Accepted: true, Points: &x} }
	part := func(x float64) checkers.Check { return checkers.Check{Accepted: true, Score: &x} }
	refusing := func(c checkers.Check) checkers.Check { c.Accepted = false; return c }
	for _, row := range []struct {
		rule, group string
		check       checkers.Check
		want        string // in the fault; "": there is none
	}{
		{"nothing written", "sum", checkers.Check{Accepted: true}, ""},
		{"nothing written of what is wrong", "open", checkers.Check{}, ""},
		{"a score", "sum", points(10), ""},
		{"a third of the sum, as computers have it", "sum", points(30.0 / 3), ""},
		{"more than a test is worth in a sum", "sum", points(10.1), "the maximum is 10"},
		{"as much as the group is worth", "min", points(30), ""},
		{"more than the group is worth", "min", points(31), "the maximum is 30"},
		{"a part", "min", part(0.5), ""},
		{"a score of what is wrong", "sum", refusing(points(1)), "that it rejected"},
		{"a part of what is wrong", "sum", refusing(part(0.5)), "that it rejected"},
		{"a score where there is none", "pass", points(1), "the pass-fail group"},
		{"a part where there is none", "pass", part(1), "the pass-fail group"},
		{"without a bound", "open", points(1e9), ""},
		{"without a bound, and none given", "open", checkers.Check{Accepted: true}, "no score.txt"},
		{"a part of what has no bound", "open", part(1), "score_multiplier.txt"},
		{"in the sample", "sample", points(1e9), ""},
		{"in the sample, of what is wrong", "sample", refusing(points(1)), ""},
	} {
		got := scoreFault(root.Groups(), problems.TestCase{Groups: []string{row.group}}, row.check)
		if (got == "") != (row.want == "") || !strings.Contains(got, row.want) {
			t.Errorf("%s: %q, want %q", row.rule, got, row.want)
		}
	}
}

// TestTooManyPointsFailADMOJChecker: "Invalid partial points".
func TestTooManyPointsFailADMOJChecker(t *testing.T) {
	for _, row := range []struct {
		protocol problems.Protocol
		worth    float64
		given    float64
		fails    bool
	}{
		{problems.DMOJTestlib, 10, 10, false}, {problems.DMOJTestlib, 10, 10.5, true}, {problems.DMOJTestlib, 0, 3, false},
		{problems.Testlib, 10, 10.5, false},
	} {
		external := &problems.External{Protocol: row.protocol}
		for _, p := range []*problems.Problem{{Checker: problems.Checker{External: external}}, {Interactor: external}} {
			f := HeldToRules(p, problems.TestCase{Points: row.worth}, Facts{Check: &checkers.Check{Accepted: true, Points: &row.given}})
			if (f.Err != nil) != row.fails || (f.Check == nil) != row.fails {
				t.Errorf("%+v: %+v", row, f)
			}
		}
	}
}
