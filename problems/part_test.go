package problems

import (
	"fmt"
	"testing"
)

// TestKeptTestsAreGradedAlone: graders know tests by their places, which change.
func TestKeptTestsAreGradedAlone(t *testing.T) {
	group := func(name string, tests ...int) GradingItem {
		g := &Grading{Group: name, Accept: 10}
		for _, i := range tests {
			g.Items = append(g.Items, GradingItem{Test: i})
		}
		return GradingItem{Inner: g}
	}
	for _, row := range []struct{ keep, want string }{
		{"abcd", "map[a:20 b:20] 40"}, {"cd", "map[b:20] 20"}, {"bd", "map[a:10 b:10] 20"}, {"a", "map[a:10] 10"},
	} {
		p := &Problem{Grading: &Grading{Group: "all", Items: []GradingItem{group("a", 0, 1), group("b", 2, 3)}}}
		for _, name := range []string{"a", "b", "c", "d"} {
			p.Tests = append(p.Tests, TestCase{Name: name})
		}
		kept := map[string]bool{}
		for _, c := range row.keep {
			kept[string(c)] = true
		}
		p.Keep(func(t TestCase) bool { return kept[t.Name] })
		scores := map[string]float64{}
		test := func(i int) (Verdict, *float64) {
			if i >= len(p.Tests) {
				t.Errorf("%s: asked for test %d of %d", row.keep, i, len(p.Tests))
			}
			return AC, nil
		}
		all, err := p.Grading.Grade(test, noProgram, func(g *Grading, r Graded) {
			if g.Group != "all" {
				scores[g.Group] = r.Score
			}
		})
		if got := fmt.Sprint(scores, all.Score); err != nil || got != row.want {
			t.Errorf("%s: got %s, %v, expected %s", row.keep, got, err, row.want)
		}
	}
}
