package problems

import (
	"fmt"
	"testing"
)

// TestKeptTestsAreGradedAlone: graders know tests by their places, which change.
func TestKeptTestsAreGradedAlone(t *testing.T) {
	group := func(name string, tests ...int) Item {
		g := &Scoring{Name: name, Grader: &GroupGrader{Accept: 10}}
		for _, i := range tests {
			g.Items = append(g.Items, Item{Test: i})
		}
		return Item{Inner: g}
	}
	for _, row := range []struct{ keep, want string }{
		{"abcd", "map[a:20 b:20] 40"}, {"cd", "map[b:20] 20"}, {"bd", "map[a:10 b:10] 20"}, {"a", "map[a:10] 10"},
	} {
		p := &Problem{Scoring: &Scoring{Name: "all", Grader: &GroupGrader{}, Items: []Item{group("a", 0, 1), group("b", 2, 3)}}}
		for _, name := range []string{"a", "b", "c", "d"} {
			p.Tests = append(p.Tests, TestCase{Name: name})
		}
		kept := map[string]bool{}
		for _, c := range row.keep {
			kept[string(c)] = true
		}
		p.Keep(func(t TestCase) bool { return kept[t.Name] })
		scores := map[string]float64{}
		all, err := Evaluation{
			Test: func(i int) TestResult {
				if i >= len(p.Tests) {
					t.Errorf("%s: asked for test %d of %d", row.keep, i, len(p.Tests))
				}
				return TestResult{Verdict: AC}
			},
			Note: func(s *Scoring, r Graded) {
				if s.Name != "all" {
					scores[s.Name] = r.Score
				}
			},
		}.Of(p.Scoring)
		if got := fmt.Sprint(scores, all.Score); err != nil || got != row.want {
			t.Errorf("%s: got %s, %v, expected %s", row.keep, got, err, row.want)
		}
	}
}

// TestGroupsStayWithoutTheirTests: reports list all groups of a problem, whatever tests are selected.
func TestGroupsStayWithoutTheirTests(t *testing.T) {
	p := &Problem{Tests: []TestCase{{Name: "1", Groups: []string{"a"}}, {Name: "2", Groups: []string{"b"}}}}
	p.Scoring = GroupsOfTests([]*Scoring{{Name: "a"}, {Name: "b"}}, p.Tests)
	before := p.Scoring
	p.Keep(func(t TestCase) bool { return t.Name == "2" })
	groups := p.Scoring.Groups()
	if len(groups) != 2 || len(groups[0].Tests()) != 0 || len(groups[1].Tests()) != 1 || groups[1].Tests()[0] != 0 {
		t.Errorf("expected a without tests, and b with the first test, got %v", groups)
	}
	if old := before.Groups(); len(old[0].Tests()) != 1 || old[1].Tests()[0] != 1 {
		t.Error("the tree of all tests was changed")
	}
}
