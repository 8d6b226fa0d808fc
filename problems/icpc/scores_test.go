package icpc

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/problems"
)

// groups are two of two tests each, in secret.
func groups(over map[string]string) map[string]string {
	files := map[string]string{}
	for _, name := range []string{"data/secret/a/1", "data/secret/a/2", "data/secret/b/1", "data/secret/b/2"} {
		files[name+".in"], files[name+".ans"] = name, name
	}
	for name, content := range over {
		files[name] = content
	}
	return files
}

func TestScores(t *testing.T) {
	v2025 := "problem_format_version: 2025-09\nname: x\ntype: scoring\n"
	legacy := "name: x\ntype: scoring\n"
	for _, row := range []struct {
		what  string
		files map[string]string
		flat  bool // tests lie in secret itself
		want  []problems.Group
	}{
		{"2025-09: groups pass or fail, and require", map[string]string{"problem.yaml": v2025, "data/secret/a/test_group.yaml": "max_score: 40\n", "data/secret/b/test_group.yaml": "max_score: 60\nrequire_pass: [sample, a]\n"}, false,
			[]problems.Group{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Points: 40, Rule: problems.PassFail}, {Name: "secret/b", Points: 60, Rule: problems.PassFail, Requires: []string{"sample", "secret/a"}}}},
		{"2025-09: sum, min and unbounded", map[string]string{"problem.yaml": v2025, "data/secret/test_group.yaml": "max_score: unbounded\n", "data/secret/a/test_group.yaml": "score_aggregation: min\n", "data/secret/b/test_group.yaml": "max_score: 60\nscore_aggregation: sum\n"}, false,
			[]problems.Group{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Rule: problems.Min, Unbounded: true}, {Name: "secret/b", Points: 60, Rule: problems.Sum}}},
		{"2025-09: all of secret", map[string]string{"problem.yaml": v2025}, true,
			[]problems.Group{{Name: "sample", Rule: problems.PassFail}, {Name: "secret", Points: 100, Rule: problems.Sum}}},
		{"2025-09: secret passes or fails", map[string]string{"problem.yaml": v2025, "data/secret/test_group.yaml": "max_score: 7\nscore_aggregation: pass-fail\n", "data/secret/a/test_group.yaml": "max_score: 1\n"}, false,
			[]problems.Group{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Rule: problems.PassFail}, {Name: "secret/b", Rule: problems.PassFail}, {Name: "secret", Points: 7, Rule: problems.PassFail}}},
		{"2023-07: scoring", map[string]string{"problem.yaml": "problem_format_version: 2023-07\nname: x\ntype: scoring\n", "data/secret/a/testdata.yaml": "scoring: {score: 40, aggregation: min}\n", "data/secret/b/testdata.yaml": "scoring: {score: 60, aggregation: sum}\n"}, false,
			[]problems.Group{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Points: 40, Rule: problems.Min}, {Name: "secret/b", Points: 60, Rule: problems.Sum}}},
		{"legacy: the least of each group", map[string]string{"problem.yaml": legacy, "data/testdata.yaml": "on_reject: continue\ngrader_flags: ignore_sample\n", "data/secret/testdata.yaml": "on_reject: continue\ngrader_flags: accept_if_any_accepted\n",
			"data/secret/a/testdata.yaml": "accept_score: 30\ngrader_flags: min\n", "data/secret/b/testdata.yaml": "accept_score: 70\ngrader_flags: min\n"}, false,
			[]problems.Group{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Points: 30, Rule: problems.Min}, {Name: "secret/b", Points: 70, Rule: problems.Min}}},
		{"legacy: what follows a group that is not accepted is not judged", map[string]string{"problem.yaml": legacy, "data/testdata.yaml": "grader_flags: ignore_sample\n", "data/secret/testdata.yaml": "on_reject: break\ngrader_flags: min\n",
			"data/secret/a/testdata.yaml": "accept_score: 30\ngrader_flags: min\n"}, true,
			[]problems.Group{{Name: "sample", Rule: problems.PassFail}, {Name: "secret", Points: 1, Rule: problems.Min}}},
		{"legacy: each test its score, until the first that is not accepted", map[string]string{"problem.yaml": legacy, "data/secret/testdata.yaml": "accept_score: 5\ngrader_flags: always_accept\n"}, true,
			[]problems.Group{{Name: "sample", Points: 1, Rule: problems.PassFail}, {Name: "secret", Points: 5, Rule: problems.Sum, Break: true}}},
		{"legacy: the score of a group that is not accepted is ignored", map[string]string{"problem.yaml": legacy, "data/secret/testdata.yaml": "accept_score: 5\n"}, true,
			[]problems.Group{{Name: "sample", Points: 1, Rule: problems.PassFail}, {Name: "secret", Points: 5, Rule: problems.PassFail}}},
	} {
		files := hello(row.files)
		if !row.flat {
			delete(files, "data/secret/01.in")
			delete(files, "data/secret/01.ans")
			for name, content := range groups(row.files) {
				files[name] = content
			}
		} else {
			delete(files, "data/secret/a/testdata.yaml")
		}
		p, err := Read(tree(t, files))
		if err != nil {
			t.Errorf("%s: %v", row.what, err)
			continue
		}
		if len(p.Groups) != len(row.want) {
			t.Errorf("%s: %+v", row.what, p.Groups)
			continue
		}
		for i, want := range row.want {
			got := p.Groups[i]
			if got.Name != want.Name || got.Points != want.Points || got.Rule != want.Rule || got.Unbounded != want.Unbounded || got.Break != want.Break || len(got.Requires) != len(want.Requires) {
				t.Errorf("%s: %+v, want %+v", row.what, got, want)
			}
			for k := range want.Requires {
				if got.Requires[k] != want.Requires[k] {
					t.Errorf("%s: %s requires %v", row.what, got.Name, got.Requires)
				}
			}
		}
	}
}

func TestTheLeastOrTheBestOfGroups(t *testing.T) {
	secret := []string{"secret/a", "secret/b"}
	for _, row := range []struct {
		what  string
		files map[string]string
		want  problems.Rule
		rule  problems.Rule // of a
	}{
		{"2025-09", map[string]string{"problem.yaml": "problem_format_version: 2025-09\nname: x\ntype: scoring\n", "data/secret/test_group.yaml": "score_aggregation: min\n",
			"data/secret/a/test_group.yaml": "max_score: 100\nscore_aggregation: sum\n", "data/secret/b/test_group.yaml": "max_score: 50\n"}, problems.Min, problems.Sum},
		{"legacy min", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "grader_flags: ignore_sample\n", "data/secret/testdata.yaml": "on_reject: continue\ngrader_flags: min\n",
			"data/secret/a/testdata.yaml": "accept_score: 100\ngrader_flags: max\n", "data/secret/b/testdata.yaml": "accept_score: 50\n"}, problems.Min, problems.Max},
		{"legacy max", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "grader_flags: ignore_sample\n", "data/secret/testdata.yaml": "on_reject: continue\ngrader_flags: max\n",
			"data/secret/a/testdata.yaml": "accept_score: 100\ngrader_flags: min\n", "data/secret/b/testdata.yaml": "accept_score: 50\n"}, problems.Max, problems.Min},
	} {
		p, err := Read(tree(t, groups(row.files)))
		if err != nil {
			t.Errorf("%s: %v", row.what, err)
			continue
		}
		if !slices.Equal(p.Total.Over, secret) || p.Total.Rule != row.want {
			t.Errorf("%s: %+v", row.what, p.Total)
		}
		if a := p.Groups[slices.IndexFunc(p.Groups, func(g problems.Group) bool { return g.Name == "secret/a" })]; a.Rule != row.rule || a.Points != 100 {
			t.Errorf("%s: %+v", row.what, a)
		}
	}
}

// TestBreakBetweenLegacyGroups is the other half of on_reject.
func TestBreakBetweenLegacyGroups(t *testing.T) {
	files := groups(map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/secret/a/testdata.yaml": "accept_score: 1\ngrader_flags: min\n", "data/secret/b/testdata.yaml": "accept_score: 1\ngrader_flags: min\n"})
	p, err := Read(tree(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Groups) != 2 || p.Groups[0].Requires != nil || len(p.Groups[1].Requires) != 1 || p.Groups[1].Requires[0] != "secret/a" {
		t.Errorf("%+v", p.Groups)
	}
}

// gradedAs writes a grading down: flags, scores and what is inside.
func gradedAs(g *problems.Grading) string {
	words := []string{g.Group, fmt.Sprintf("%g/%g", g.Accept, g.Reject)}
	words = append(words, g.Flags...)
	if g.Break {
		words = append(words, "break")
	}
	if g.Program != nil {
		words = append(words, filepath.Base(g.Program.Path))
	}
	for _, item := range g.Items {
		if item.Inner != nil {
			words = append(words, gradedAs(item.Inner))
		} else {
			words = append(words, fmt.Sprint(item.Test))
		}
	}
	return "(" + strings.TrimSpace(strings.Join(words, " ")) + ")"
}

func TestLegacyGraders(t *testing.T) {
	for _, row := range []struct {
		what  string
		files map[string]string
		want  string
		best  float64
	}{
		{"the average over groups", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "on_reject: continue\ngrader_flags: ignore_sample\n",
			"data/secret/testdata.yaml": "on_reject: continue\ngrader_flags: avg\n", "data/secret/a/testdata.yaml": "accept_score: 30\ngrader_flags: min\n", "data/secret/b/testdata.yaml": "accept_score: 50\nreject_score: 5\ngrader_flags: min\n"},
			"(1/0 ignore_sample (secret 1/0 avg (secret/a 30/0 min break 0 1) (secret/b 50/5 min break 2 3)))", 40},
		{"a grader of the problem's own", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/secret/testdata.yaml": "grading: custom\ngrader_flags: any words\n", "graders/g.py": ""},
			"(1/0 break (secret 1/0 any words break g.py (secret/a 1/0 any words break g.py 0 1) (secret/b 1/0 any words break g.py 2 3)))", 4},
		{"what the range says", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "range: -inf 70\n"}, "(1/0 break (secret 1/0 break (secret/a 1/0 break 0 1) (secret/b 1/0 break 2 3)))", 70},
		{"without a range", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "range: 0 +inf\n"}, "(1/0 break (secret 1/0 break (secret/a 1/0 break 0 1) (secret/b 1/0 break 2 3)))", 4},
	} {
		p, err := Read(tree(t, groups(row.files)))
		if err != nil {
			t.Errorf("%s: %v", row.what, err)
			continue
		}
		if got := gradedAs(p.Grading); got != row.want || p.Grading.Best != row.best {
			t.Errorf("%s: %s, at the most %g", row.what, got, p.Grading.Best)
		}
	}
	_, err := Read(tree(t, groups(map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/secret/testdata.yaml": "grading: custom\n", "graders/g.py": "", "graders/h.py": ""})))
	if err == nil || !strings.Contains(err.Error(), "graders holds 2 programs") {
		t.Errorf("%v", err)
	}
}
