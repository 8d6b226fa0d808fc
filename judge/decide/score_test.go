package decide

import (
	"fmt"
	"strings"
	"testing"

	"judge/judge/report"
	"judge/problems"
)

// resultsOf makes tests and their results of words such as "a:AC", "a,b:WA=0.5" (a part of the score) and "a:AC+3" (points).
func resultsOf(t *testing.T, words string) ([]problems.TestCase, []report.Test) {
	t.Helper()
	var tests []problems.TestCase
	var results []report.Test
	for i, word := range strings.Fields(words) {
		groups, rest, _ := strings.Cut(word, ":")
		r := report.Test{Name: fmt.Sprint(i + 1)}
		var given float64
		if code, text, ok := strings.Cut(rest, "="); ok {
			rest, r.Score = code, &given
			fmt.Sscan(text, &given)
		} else if code, text, ok := strings.Cut(rest, "+"); ok {
			rest, r.Points = code, &given
			fmt.Sscan(text, &given)
		}
		var err error
		if r.Verdict, err = problems.ParseVerdict(rest); err != nil {
			t.Fatal(err)
		}
		c := problems.TestCase{Name: r.Name}
		if groups != "" {
			c.Groups = strings.Split(groups, ",")
		}
		tests, results = append(tests, c), append(results, r)
	}
	return tests, results
}

// grouped returns a tree of groups whose scores are added.
func grouped(tests []problems.TestCase, groups ...problems.Scoring) *problems.Scoring {
	var nodes []*problems.Scoring
	for _, g := range groups {
		nodes = append(nodes, &g)
	}
	return problems.GroupsOfTests(nodes, tests)
}

// combined combines the scores of some groups of a tree by a rule.
func combined(root *problems.Scoring, rule problems.Rule, over []string) *problems.Scoring {
	if over != nil {
		root.Combine(rule, over)
	}
	return root
}

func TestScores(t *testing.T) {
	group := func(name string, points float64, rule problems.Rule, requires ...string) problems.Scoring {
		return problems.Scoring{Name: name, Points: points, Rule: rule, Requires: requires}
	}
	const sum = problems.Sum
	rows := []struct {
		rule   string
		groups []problems.Scoring
		tests  string
		want   string        // points of each group, and of all
		total  problems.Rule // of the groups in over
		over   []string
	}{
		{"min: all or nothing where scores are", []problems.Scoring{group("a", 30, problems.Min), group("b", 70, problems.Min)}, "a:AC a:AC b:AC b:WA", "30 0 = 30", sum, nil},
		{"min: the least part", []problems.Scoring{group("a", 40, problems.Min)}, "a:AC a:WA=0.5 a:WA=0.75", "20 = 20", sum, nil},
		{"min: points as they are", []problems.Scoring{group("a", 40, problems.Min)}, "a:AC+12 a:AC+30", "12 = 12", sum, nil},
		{"no more than it is worth", []problems.Scoring{group("a", 40, problems.Min)}, "a:AC+90 a:AC=7", "40 = 40", sum, nil},
		{"and no less than nothing", []problems.Scoring{group("a", 40, problems.Sum)}, "a:AC+-5 a:AC=-1", "0 = 0", sum, nil},
		{"sum: equal shares", []problems.Scoring{group("a", 90, problems.Sum)}, "a:AC a:RTE a:WA=0.5", "45 = 45", sum, nil},
		{"sum: points as they are", []problems.Scoring{group("a", 90, problems.Sum)}, "a:AC+7 a:AC+2 a:AC", "39 = 39", sum, nil},
		{"mul: the product", []problems.Scoring{group("a", 80, problems.Mul)}, "a:WA=0.5 a:WA=0.5 a:AC", "20 = 20", sum, nil},
		{"pass-fail: parts count nothing", []problems.Scoring{group("a", 80, problems.PassFail)}, "a:WA=0.99 a:AC", "0 = 0", sum, nil},
		{"pass-fail: all", []problems.Scoring{group("a", 80, problems.PassFail)}, "a:AC a:AC", "80 = 80", sum, nil},
		{"a test of several groups counts in each", []problems.Scoring{group("a", 10, problems.Min), group("b", 20, problems.Min)}, "a,b:WA b:AC", "0 0 = 0", sum, nil},
		{"a test of none counts nowhere", []problems.Scoring{group("a", 10, problems.Min)}, ":WA a:AC", "10 = 10", sum, nil},
		{"what is required must pass", []problems.Scoring{group("a", 10, problems.Sum), group("b", 20, problems.Min, "a")}, "a:AC a:WA b:AC", "5 0 = 5", sum, nil},
		{"and what that requires", []problems.Scoring{group("a", 0, problems.Min), group("b", 20, problems.Min, "a"), group("c", 30, problems.Min, "b")}, "a:WA b:AC c:AC", "0 0 0 = 0", sum, nil},
		{"threshold: all within it", []problems.Scoring{{Name: "a", Points: 9, Rule: problems.Threshold, Threshold: 0.5}}, "a:WA=0.5 a:WA=0.1", "9 = 9", sum, nil},
		{"threshold: nothing is not within it", []problems.Scoring{{Name: "a", Points: 9, Rule: problems.Threshold, Threshold: 0.5}}, "a:WA=0.5 a:WA", "0 = 0", sum, nil},
		{"threshold: nor is more", []problems.Scoring{{Name: "a", Points: 9, Rule: problems.Threshold, Threshold: 0.5}}, "a:WA=0.6", "0 = 0", sum, nil},
		{"unbounded: what the checker gives", []problems.Scoring{{Name: "a", Rule: problems.Sum, Unbounded: true}}, "a:AC+1000 a:AC+2 a:WA", "1002 = 1002", sum, nil},
		{"unbounded: who gives nothing", []problems.Scoring{{Name: "a", Rule: problems.Min, Unbounded: true}}, "a:AC+1000 a:AC", "0 = 0", sum, nil},
		{"break: nothing after the first that is not accepted", []problems.Scoring{{Name: "a", Points: 8, Rule: problems.Sum, Break: true}}, "a:AC a:AC a:WA a:AC", "4 = 4", sum, nil},
		{"max: the best part", []problems.Scoring{group("a", 40, problems.Max)}, "a:WA=0.5 a:WA=0.75 a:WA", "30 = 30", sum, nil},
		{"the least of some groups", []problems.Scoring{group("a", 5, problems.Sum), group("b", 30, problems.Sum), group("c", 40, problems.Sum)}, "a:AC b:AC c:WA=0.5", "5 30 20 = 25",
			problems.Min, []string{"b", "c"}},
		{"the best of some groups", []problems.Scoring{group("a", 5, problems.Sum), group("b", 30, problems.Sum), group("c", 40, problems.Sum)}, "a:AC b:AC c:WA=0.5", "5 30 20 = 35",
			problems.Max, []string{"b", "c"}},
		{"what was skipped earns nothing", []problems.Scoring{group("a", 10, problems.Sum)}, "a:AC a:SKIP", "5 = 5", sum, nil},
	}
	for _, row := range rows {
		tests, results := resultsOf(t, row.tests)
		total, earned := Scores(&problems.Problem{Scoring: combined(grouped(tests, row.groups...), row.total, row.over), Tests: tests}, results)
		got := ""
		for _, g := range earned {
			got += fmt.Sprint(g.Score, " ")
		}
		if got += fmt.Sprint("= ", *total); got != row.want {
			t.Errorf("%s: %s, want %s", row.rule, got, row.want)
		}
	}
}

func TestATestsOwnPointsAreItsShare(t *testing.T) {
	tests, results := resultsOf(t, "a:AC a:WA a:WA=0.5")
	tests[0].Points, tests[1].Points, tests[2].Points = 5, 25, 70
	if total, _ := Scores(&problems.Problem{Scoring: grouped(tests, []problems.Scoring{{Name: "a", Points: 100, Rule: problems.Sum}}...), Tests: tests}, results); *total != 40 {
		t.Errorf("%v points, want 40", *total)
	}
}

// TestTestWithoutPointsScoresNothing: a group's tests earn together what it is worth, and no more.
func TestTestWithoutPointsScoresNothing(t *testing.T) {
	tests, results := resultsOf(t, "a:AC a:AC a:AC")
	tests[1].Points, tests[2].Points = 40, 60
	if total, _ := Scores(&problems.Problem{Scoring: grouped(tests, []problems.Scoring{{Name: "a", Points: 100, Rule: problems.Sum}}...), Tests: tests}, results); *total != 100 {
		t.Errorf("%v points, want 100", *total)
	}
}

func TestGroupReportsWhyItFailed(t *testing.T) {
	tests, results := resultsOf(t, "a:AC a:TLE a:WA b:AC")
	results[1].Reason = "cpu"
	_, earned := Scores(&problems.Problem{Scoring: grouped(tests, []problems.Scoring{{Name: "a", Points: 1}, {Name: "b", Points: 1, Requires: []string{"a"}}}...), Tests: tests}, results)
	if a := earned[0]; a.Verdict != problems.TLE || a.Reason != "cpu" || a.Test != "2" || a.MissingGroup != "" {
		t.Errorf("%+v", a)
	}
	if b := earned[1]; b.Verdict != problems.AC || b.Test != "" || b.MissingGroup != "a" || b.Score != 0 {
		t.Errorf("%+v", b)
	}
	if total, none := Scores(&problems.Problem{Tests: tests}, results); total != nil || none != nil {
		t.Errorf("without groups: %v, %v", total, none)
	}
}

// TestOnlyTestsThatCannotChangeTheScoreAreSkipped compares every way in which a few tests of two groups can end with the same tests run to the end.
func TestOnlyTestsThatCannotChangeTheScoreAreSkipped(t *testing.T) {
	words := []string{"AC", "WA", "WA=0.5", "AC+0"}
	members := []string{"a", "b", "a,b", "", "b"}
	for _, rules := range [][2]problems.Rule{{problems.Min, problems.Sum}, {problems.Sum, problems.Min}, {problems.PassFail, problems.Mul}, {problems.Mul, problems.PassFail}, {problems.Max, problems.Sum}} {
		for _, requires := range [][]string{nil, {"a"}} {
			groups := []problems.Scoring{{Name: "a", Points: 30, Rule: rules[0]}, {Name: "b", Points: 70, Rule: rules[1], Requires: requires}}
			for n := range 4 * 4 * 4 * 4 * 4 {
				var line []string
				for i, m := range members {
					line = append(line, m+":"+words[n>>(2*i)&3])
				}
				tests, results := resultsOf(t, strings.Join(line, " "))
				whole, _ := Scores(&problems.Problem{Scoring: grouped(tests, groups...), Tests: tests}, results)
				e := NewEarlyStop(AtFirstFailure, &problems.Problem{Scoring: grouped(tests, groups...), Tests: tests})
				for i := range results {
					if e.Before(i) {
						results[i] = report.Test{Verdict: problems.SKIP}
					}
					e.Note(i, results[i])
				}
				if short, _ := Scores(&problems.Problem{Scoring: grouped(tests, groups...), Tests: tests}, results); *short != *whole {
					t.Fatalf("%v, requires %v: %v earns %v when all run and %v when not", rules, requires, line, *whole, *short)
				}
			}
		}
	}
}

func TestOmissions(t *testing.T) {
	groups := []problems.Scoring{{Name: "a", Points: 30}, {Name: "b", Points: 70, Requires: []string{"a"}}, {Name: "c", Points: 5, Rule: problems.Sum}}
	rows := []struct {
		stop   Stop
		groups []problems.Scoring
		tests  string
		runs   string // a letter a test: R it runs, - it does not
	}{
		{AtEnd, groups, "a:WA a:AC b:AC", "RRR"},
		{AtFirstFailure, nil, "a:AC a:WA b:AC", "RR-"},
		{AtFirstTimeout, nil, "a:WA a:TLE b:AC", "RR-"},
		{AtFirstFailure, groups, "a:WA a:AC b:AC c:AC", "R--R"},
		{AtFirstFailure, groups, "b:WA b:AC a:AC a,b:AC c:WA c:AC", "R-RRRR"},
		{AtFirstFailure, groups, ":WA a:AC", "RR"},
		{AtFirstTimeout, groups, "a:TLE c:AC", "R-"},
	}
	for _, row := range rows {
		tests, results := resultsOf(t, row.tests)
		e := NewEarlyStop(row.stop, &problems.Problem{Scoring: grouped(tests, row.groups...), Tests: tests})
		runs := ""
		for i := range results {
			if e.Before(i) {
				runs += "-"
				continue
			}
			runs += "R"
			e.Note(i, results[i])
		}
		if runs != row.runs {
			t.Errorf("%v of %q: %s, want %s", row.stop, row.tests, runs, row.runs)
		}
	}
}

// TestBreakSkipsTests: after a rejected test of a group whose grader breaks, the tests of that group need not run.
func TestBreakSkipsTests(t *testing.T) {
	graded := func(stops bool, items ...problems.Item) *problems.Scoring {
		return &problems.Scoring{Break: stops, Items: items, Grader: &problems.GroupGrader{}}
	}
	a := graded(true, problems.Item{Test: 0}, problems.Item{Test: 1}, problems.Item{Test: 2})
	b := graded(false, problems.Item{Test: 3}, problems.Item{Test: 4})
	p := &problems.Problem{Tests: make([]problems.TestCase, 5), Scoring: graded(true, problems.Item{Inner: a}, problems.Item{Inner: b})}
	for _, row := range []struct {
		t      int
		failed []int
		want   bool
	}{{0, nil, false}, {1, []int{0}, true}, {2, []int{0}, true}, {2, []int{2}, false}, {3, []int{0}, false}, {4, []int{3}, false}} {
		e := NewEarlyStop(AtFirstFailure, p)
		for _, i := range row.failed {
			e.Note(i, report.Test{Verdict: problems.WA})
		}
		if got := e.Before(row.t); got != row.want {
			t.Errorf("test %d after %v failed: expected %v, got %v", row.t, row.failed, row.want, got)
		}
	}
}
