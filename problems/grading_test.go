package problems

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// gradingOf makes a group of words such as "AC", "WA" and "AC+3", the results of tests.
func gradingOf(t *testing.T, flags, words string) (g *Scoring, test func(i int) TestResult) {
	t.Helper()
	g = &Scoring{Grader: &GroupGrader{Flags: strings.Fields(flags), Accept: 1}}
	var results []TestResult
	for i, word := range strings.Fields(words) {
		code, given, scored := strings.Cut(word, "+")
		v, err := ParseVerdict(code)
		if err != nil {
			t.Fatal(err)
		}
		var score *float64
		if scored {
			score = new(float64)
			fmt.Sscan(given, score)
		}
		results = append(results, TestResult{Verdict: v, Points: score})
		g.Items = append(g.Items, Item{Test: i})
	}
	return g, func(i int) TestResult { return results[i] }
}

func noProgram(*Scoring, []Graded) (Graded, error) { return Graded{}, errors.New("there is none") }

// TestDefaultGrader: "Default Grader Specification" of the legacy ICPC problem package format.
func TestDefaultGrader(t *testing.T) {
	for _, row := range []struct {
		flags, items string
		want         Graded
	}{
		{"", "AC AC AC", Graded{AC, 3}},
		{"sum", "AC+2 AC+5", Graded{AC, 7}},
		{"avg", "AC+2 AC+5", Graded{AC, 3.5}},
		{"min", "AC+2 AC+5", Graded{AC, 2}},
		{"max", "AC+2 AC+5", Graded{AC, 5}},
		{"min max avg", "AC+2 AC+5", Graded{AC, 3.5}}, // "the last one is used"
		{"", "AC WA AC", Graded{WA, 2}},
		{"", "WA TLE RTE", Graded{RTE, 0}},
		{"worst_error", "WA OLE TLE", Graded{TLE, 0}},
		{"worst_error", "WA OLE TLE MLE", Graded{MLE, 0}},
		{"worst_error", "RTE JE", Graded{JE, 0}},
		{"first_error", "AC WA TLE RTE", Graded{WA, 1}},
		{"always_accept", "WA TLE AC", Graded{AC, 1}},
		{"always_accept avg", "WA+4 AC+8", Graded{AC, 6}},
		{"accept_if_any_accepted", "WA AC", Graded{AC, 1}},
		{"accept_if_any_accepted", "WA TLE", Graded{TLE, 0}},
		{"accept_if_any_accepted first_error", "WA TLE", Graded{WA, 0}},
		{"ignore_sample", "WA AC+9", Graded{AC, 9}},
		{"ignore_sample", "AC WA", Graded{WA, 0}},
		{"min", "", Graded{AC, 0}},
		{"always_accept", "AC JE", Graded{JE, 1}},
		{"accept_if_any_accepted", "AC JE", Graded{JE, 1}},
	} {
		g, test := gradingOf(t, row.flags, row.items)
		got, err := Evaluation{Test: test, Program: noProgram}.Of(g)
		if err != nil || got != row.want {
			t.Errorf("%s of %s: %+v, %v; want %+v", row.flags, row.items, got, err, row.want)
		}
	}
}

func TestGroupsAreGradedByWhatTheyHold(t *testing.T) {
	results := []Verdict{AC, AC, WA, AC, AC, AC}
	test := func(i int) TestResult { return TestResult{Verdict: results[i]} }
	inner := func(name, flags string, accept, reject float64, tests ...int) Item {
		g := &Scoring{Name: name, Grader: &GroupGrader{Flags: strings.Fields(flags), Accept: accept, Reject: reject}}
		for _, i := range tests {
			g.Items = append(g.Items, Item{Test: i})
		}
		return Item{Inner: g}
	}
	for _, row := range []struct {
		what  string
		flags string
		stops bool
		items []Item
		want  Graded
	}{
		{"the average of groups", "avg", false, []Item{inner("a", "min", 30, 0, 0, 1), inner("b", "", 10, 0, 3)}, Graded{AC, 20}},
		{"the score of a group that is not accepted counts", "always_accept", false, []Item{inner("a", "", 30, 0, 0, 1, 2), inner("b", "", 10, 0, 3)}, Graded{AC, 70}},
		{"any of the groups", "accept_if_any_accepted", false, []Item{inner("a", "min", 50, 0, 0, 1), inner("b", "min", 50, 0, 2, 3)}, Graded{AC, 50}},
		{"a score for what is rejected", "always_accept", false, []Item{inner("a", "always_accept", 30, 5, 0, 2)}, Graded{AC, 35}},
		{"what follows a group that is not accepted is not judged", "accept_if_any_accepted", true, []Item{inner("a", "", 1, 0, 0), inner("b", "", 1, 0, 2), inner("c", "", 50, 0, 3)}, Graded{AC, 1}},
		{"a test beside a group", "", false, []Item{{Test: 4}, inner("a", "", 3, 0, 0)}, Graded{AC, 10}},
	} {
		g := &Scoring{Break: row.stops, Items: row.items, Grader: &GroupGrader{Flags: strings.Fields(row.flags), Accept: 7}}
		got, err := Evaluation{Test: test, Program: noProgram}.Of(g)
		if err != nil || got != row.want {
			t.Errorf("%s: %+v, %v; want %+v", row.what, got, err, row.want)
		}
	}
}

// TestDOMjudgeGradesAWholeGroup: an accept_score is a whole group's, and scores count whatever the verdict is.
func TestDOMjudgeGradesAWholeGroup(t *testing.T) {
	results := []Verdict{AC, AC, WA, TLE, AC}
	one := 1.0
	inner := func(name, flags string, accept float64, tests ...int) Item {
		g := &Scoring{Name: name, Grader: &GroupGrader{Flags: strings.Fields(flags), Accept: accept, DOMjudge: true}}
		for _, i := range tests {
			g.Items = append(g.Items, Item{Test: i})
		}
		return Item{Inner: g}
	}
	for _, row := range []struct {
		what  string
		flags string
		stops bool
		given bool // the checker gives a score of 1 to each test
		items []Item
		want  Graded
	}{
		{"the accept_score of each", "", false, false, []Item{inner("a", "", 30, 0, 1), inner("b", "", 10, 4)}, Graded{AC, 40}},
		{"a group that fails", "sum", false, false, []Item{inner("a", "", 30, 0, 2), inner("b", "", 10, 4)}, Graded{WA, 10}},
		{"the first verdict that is not AC", "", false, false, []Item{inner("a", "", 30, 0, 3), inner("b", "", 10, 2)}, Graded{TLE, 0}},
		{"the least", "min", false, false, []Item{inner("a", "", 30, 0), inner("b", "", 10, 4)}, Graded{AC, 10}},
		{"the average", "avg", false, false, []Item{inner("a", "", 30, 0), inner("b", "", 10, 2)}, Graded{WA, 15}},
		{"a break", "", true, false, []Item{inner("a", "", 30, 2), inner("b", "", 10, 4)}, Graded{WA, 0}},
		{"the sample is ignored", "ignore_sample", false, false, []Item{inner("sample", "", 5, 2), inner("b", "", 10, 4)}, Graded{AC, 10}},
		{"a sample that is not", "", false, false, []Item{inner("sample", "", 5, 2), inner("b", "", 10, 4)}, Graded{WA, 10}},
		{"scores of the checker, but not of what failed by itself", "", false, true, []Item{inner("a", "", 30, 0, 1, 2, 3)}, Graded{WA, 3}},
		{"flags of other tools", "always_accept", false, false, []Item{inner("a", "", 30, 2)}, Graded{WA, 0}},
		{"no groups", "", false, false, nil, Graded{AC, 0}},
	} {
		g := &Scoring{Break: row.stops, Items: row.items, Grader: &GroupGrader{Flags: strings.Fields(row.flags), DOMjudge: true}}
		test := func(i int) TestResult {
			if row.given {
				return TestResult{Verdict: results[i], Points: &one}
			}
			return TestResult{Verdict: results[i]}
		}
		got, err := Evaluation{Test: test, Program: noProgram}.Of(g)
		if err != nil || got != row.want {
			t.Errorf("%s: got %+v, %v; expected %+v", row.what, got, err, row.want)
		}
	}
}

func TestProgramsGradeTheirGroups(t *testing.T) {
	g, test := gradingOf(t, "half", "AC WA+2")
	g.Name, g.Grader.Program = "a", &External{}
	outer := &Scoring{Items: []Item{{Inner: g}}, Grader: &GroupGrader{}}
	var seen []string
	note := func(s *Scoring, r Graded) { seen = append(seen, fmt.Sprint(s.Name, "=", r.Verdict, r.Score)) }
	got, err := Evaluation{Test: test, Note: note, Program: func(by *Scoring, items []Graded) (Graded, error) {
		if by != g || len(items) != 2 || items[0] != (Graded{AC, 1}) || items[1] != (Graded{WA, 2}) {
			t.Errorf("%+v of %+v", by, items)
		}
		return Graded{AC, 12}, nil
	}}.Of(outer)
	if all := strings.Join(seen, " "); err != nil || got != (Graded{AC, 12}) || all != "a=AC 12 =AC 12" {
		t.Errorf("%+v, %v, %s", got, err, all)
	}
	if _, err := (Evaluation{Test: test, Program: noProgram}).Of(outer); err == nil {
		t.Error("a grader's fault is lost")
	}
	if programs := outer.Programs(); len(programs) != 1 || programs[0] != g.Grader.Program {
		t.Errorf("%v", programs)
	}
}
