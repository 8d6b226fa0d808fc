package problems

import (
	"math/rand/v2"
	"testing"
)

// randomResult returns a result as checkers give them: a verdict alone, with points, or with a part.
func randomResult(random *rand.Rand) TestResult {
	values := []float64{-1, 0, 0.25, 0.5, 1, 2, 100}
	given := values[random.IntN(len(values))]
	r := TestResult{Verdict: []Verdict{AC, AC, WA, TLE, SKIP}[random.IntN(5)]}
	switch random.IntN(4) {
	case 0:
		r.Points = &given
	case 1:
		r.Part = &given
	}
	return r
}

// randomGroup returns a group of every rule in turn.
func randomGroup(random *rand.Rand, i int) *Scoring {
	return &Scoring{
		Rule: Rule(i % len(rules())), Points: float64(random.IntN(3)) * 20, Threshold: 0.5,
		Break: random.IntN(2) == 0, Unbounded: random.IntN(4) == 0,
	}
}

// earned returns the score of a group by the results of its tests.
func earned(g *Scoring, tests []TestResult) float64 {
	g.Items = nil
	for i := range tests {
		g.Items = append(g.Items, Item{Test: i})
	}
	result, _ := Evaluation{Test: func(i int) TestResult { return tests[i] }}.Of(g)
	return result.Score
}

// TestSettledGroupsKeepTheirScore: no result after one that settles a group changes what the group earns.
func TestSettledGroupsKeepTheirScore(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	settled := map[Rule]int{}
	for i := range 20_000 {
		g := randomGroup(random, i)
		tests := make([]TestResult, 1+random.IntN(5))
		for k := range tests {
			tests[k] = randomResult(random)
		}
		if random.IntN(3) == 0 {
			for k := range tests {
				tests[k].Worth = float64(random.IntN(10))
			}
		}
		at := random.IntN(len(tests))
		if !g.Settled(tests[at]) {
			continue
		}
		settled[g.Rule]++
		before := earned(g, tests)
		for k := at + 1; k < len(tests); k++ {
			worth := tests[k].Worth
			tests[k] = randomResult(random)
			tests[k].Worth = worth
		}
		if after := earned(g, tests); after != before {
			t.Fatalf("%+v, settled by test %d of %+v: expected %g points, got %g", g, at, tests, before, after)
		}
	}
	for r := range rules() {
		if settled[Rule(r)] == 0 && Rule(r) != Max {
			t.Errorf("%s: no group was settled", Rule(r))
		}
	}
}

func TestEarn(t *testing.T) {
	part := func(of float64) TestResult { return TestResult{Verdict: WA, Part: &of} }
	points := func(n float64) TestResult { return TestResult{Verdict: AC, Points: &n} }
	pass, fail := TestResult{Verdict: AC}, TestResult{Verdict: WA}
	worth := func(n float64, r TestResult) TestResult { r.Worth = n; return r }
	for name, row := range map[string]struct {
		group *Scoring
		tests []TestResult
		want  float64
	}{
		"min: the least part":              {&Scoring{Points: 40}, []TestResult{pass, part(0.5), part(0.75)}, 20},
		"min: points as they are":          {&Scoring{Points: 40}, []TestResult{points(12), points(90)}, 12},
		"min: at least nothing":            {&Scoring{Points: 40}, []TestResult{points(-5), part(-1)}, 0},
		"sum: equal shares":                {&Scoring{Rule: Sum, Points: 90}, []TestResult{pass, fail, part(0.5)}, 45},
		"sum: a test's own points":         {&Scoring{Rule: Sum, Points: 90}, []TestResult{worth(60, pass), worth(30, fail), pass}, 60},
		"sum: nothing after a break":       {&Scoring{Rule: Sum, Points: 80, Break: true}, []TestResult{pass, fail, pass, pass}, 20},
		"sum: unbounded":                   {&Scoring{Rule: Sum, Unbounded: true}, []TestResult{points(1000), points(2), pass}, 1002},
		"mul: the product":                 {&Scoring{Rule: Mul, Points: 80}, []TestResult{part(0.5), part(0.5), pass}, 20},
		"pass-fail: all tests accepted":    {&Scoring{Rule: PassFail, Points: 80}, []TestResult{pass, pass}, 80},
		"pass-fail: parts do not count":    {&Scoring{Rule: PassFail, Points: 80}, []TestResult{part(0.99), pass}, 0},
		"threshold: all within it":         {&Scoring{Rule: Threshold, Points: 9, Threshold: 0.5}, []TestResult{part(0.5), part(0.1)}, 9},
		"threshold: zero is not within it": {&Scoring{Rule: Threshold, Points: 9, Threshold: 0.5}, []TestResult{part(0.5), fail}, 0},
		"threshold: more is not within it": {&Scoring{Rule: Threshold, Points: 9, Threshold: 0.5}, []TestResult{part(0.6)}, 0},
		"max: the best part":               {&Scoring{Rule: Max, Points: 40}, []TestResult{part(0.5), part(0.75), fail}, 30},
	} {
		if got := earned(row.group, row.tests); got != row.want {
			t.Errorf("%s: expected %g points, got %g", name, row.want, got)
		}
	}
}

// TestEveryRuleIsWhole: a rule has a name, and says what a group scores, which verdict it has and when it is settled.
func TestEveryRuleIsWhole(t *testing.T) {
	for i, r := range append(rules(), graderRule(), domjudgeRule()) {
		if r.name == "" || r.value == nil || r.score == nil || r.verdict == nil || r.settled == nil {
			t.Errorf("rule %d lacks a name, value, score, verdict or settled", i)
		}
	}
	if n := len(rules()); n != int(Max)+1 {
		t.Errorf("expected %d rules, got %d", Max+1, n)
	}
}
