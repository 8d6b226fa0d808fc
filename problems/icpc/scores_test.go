package icpc

import (
	"slices"
	"testing"

	"judge/problems"
)

// groups are two secret groups of two tests each.
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
		want  []problems.Scoring
	}{
		{"2025-09: groups pass or fail, and require", map[string]string{"problem.yaml": v2025, "data/secret/a/test_group.yaml": "max_score: 40\n", "data/secret/b/test_group.yaml": "max_score: 60\nrequire_pass: [sample, a]\n"}, false,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Points: 40, Rule: problems.PassFail}, {Name: "secret/b", Points: 60, Rule: problems.PassFail, Requires: []string{"sample", "secret/a"}}}},
		{"2025-09: sum, min and unbounded", map[string]string{"problem.yaml": v2025, "data/secret/test_group.yaml": "max_score: unbounded\n", "data/secret/a/test_group.yaml": "score_aggregation: min\n", "data/secret/b/test_group.yaml": "max_score: 60\nscore_aggregation: sum\n"}, false,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Rule: problems.Min, Unbounded: true}, {Name: "secret/b", Points: 60, Rule: problems.Sum}}},
		{"2025-09: what secret requires", map[string]string{"problem.yaml": v2025, "data/secret/test_group.yaml": "require_pass: sample\n", "data/secret/a/test_group.yaml": "max_score: 40\n", "data/secret/b/test_group.yaml": "max_score: 60\nrequire_pass: a\n"}, false,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Points: 40, Rule: problems.PassFail, Requires: []string{"sample"}}, {Name: "secret/b", Points: 60, Rule: problems.PassFail, Requires: []string{"sample", "secret/a"}}}},
		{"2025-09: all of secret", map[string]string{"problem.yaml": v2025}, true,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret", Points: 100, Rule: problems.Sum}}},
		{"2025-09: secret passes or fails", map[string]string{"problem.yaml": v2025, "data/secret/test_group.yaml": "max_score: 7\nscore_aggregation: pass-fail\n", "data/secret/a/test_group.yaml": "max_score: 1\n"}, false,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Rule: problems.PassFail}, {Name: "secret/b", Rule: problems.PassFail}, {Name: "secret", Points: 7, Rule: problems.PassFail}}},
		{"2023-07: scoring", map[string]string{"problem.yaml": "problem_format_version: 2023-07\nname: x\ntype: scoring\n", "data/secret/a/testdata.yaml": "scoring: {score: 40, aggregation: min}\n", "data/secret/b/testdata.yaml": "scoring: {score: 60, aggregation: sum}\n"}, false,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Points: 40, Rule: problems.Min}, {Name: "secret/b", Points: 60, Rule: problems.Sum}}},
		{"legacy: the least of each group", map[string]string{"problem.yaml": legacy, "data/testdata.yaml": "on_reject: continue\ngrader_flags: ignore_sample\n", "data/secret/testdata.yaml": "on_reject: continue\ngrader_flags: accept_if_any_accepted\n",
			"data/secret/a/testdata.yaml": "accept_score: 30\ngrader_flags: min\n", "data/secret/b/testdata.yaml": "accept_score: 70\ngrader_flags: min\n"}, false,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Points: 30, Rule: problems.Min}, {Name: "secret/b", Points: 70, Rule: problems.Min}}},
		{"legacy: what follows a group that is not accepted is not judged", map[string]string{"problem.yaml": legacy, "data/testdata.yaml": "grader_flags: ignore_sample\n", "data/secret/testdata.yaml": "on_reject: break\ngrader_flags: min\n",
			"data/secret/a/testdata.yaml": "accept_score: 30\ngrader_flags: min\n"}, true,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret", Points: 1, Rule: problems.Min}}},
		{"legacy: each test its score, until the first that is not accepted", map[string]string{"problem.yaml": legacy, "data/secret/testdata.yaml": "accept_score: 5\ngrader_flags: always_accept\n"}, true,
			[]problems.Scoring{{Name: "sample", Points: 1, Rule: problems.PassFail}, {Name: "secret", Points: 5, Rule: problems.Sum, Break: true, Requires: []string{"sample"}}}},
		{"legacy: the score of a group that is not accepted is ignored", map[string]string{"problem.yaml": legacy, "data/secret/testdata.yaml": "accept_score: 5\n"}, true,
			[]problems.Scoring{{Name: "sample", Points: 1, Rule: problems.PassFail}, {Name: "secret", Points: 5, Rule: problems.PassFail, Requires: []string{"sample"}}}},
		{"legacy: commas between flags, and what a file does not say is what the one above says", map[string]string{"problem.yaml": legacy, "data/testdata.yaml": "on_reject: continue\ngrader_flags: sum, ignore_sample\n",
			"data/secret/testdata.yaml": "accept_score: 5\ngrader_flags: always_accept, min\n", "data/secret/a/testdata.yaml": "accept_score: 7\n", "data/secret/b/testdata.yaml": "grader_flags: max\n"}, false,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Points: 7, Rule: problems.Min}, {Name: "secret/b", Points: 5, Rule: problems.Max}}},
		{"legacy: a validator that gives no scores", map[string]string{"problem.yaml": legacy + "validation: custom\n", "output_validators/v.py": "", "data/testdata.yaml": "on_reject: continue\ngrader_flags: ignore_sample\n",
			"data/secret/a/testdata.yaml": "accept_score: 30\ngrader_flags: min\n", "data/secret/b/testdata.yaml": "accept_score: 35\n"}, false,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Points: 30, Rule: problems.Min}, {Name: "secret/b", Points: 70, Rule: problems.PassFail}}},
		{"legacy: a validator that gives scores", map[string]string{"problem.yaml": legacy + "validation: custom score\n", "output_validators/v.py": "", "data/testdata.yaml": "on_reject: continue\ngrader_flags: ignore_sample\n",
			"data/secret/a/testdata.yaml": "range: 0 30\ngrader_flags: min\n", "data/secret/b/testdata.yaml": "accept_score: 35\n"}, false,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Points: 30, Rule: problems.Min}, {Name: "secret/b", Rule: problems.Sum, Points: 70, Unbounded: true}}},
		{"DOMjudge: an accept_score is the whole group's", map[string]string{"problem.yaml": legacy, "submissions/partial/a.py": "# @EXPECTED_SCORE@: 30\n", "data/testdata.yaml": "on_reject: continue\ngrader_flags: sum\n",
			"data/secret/a/testdata.yaml": "accept_score: 30\n", "data/secret/b/testdata.yaml": "accept_score: 70\n"}, false,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Points: 30, Rule: problems.PassFail}, {Name: "secret/b", Points: 70, Rule: problems.PassFail}}},
		{"and each test's where a range says what its tests can earn", map[string]string{"problem.yaml": legacy, "submissions/partial/a.py": "# @EXPECTED_SCORE@: 30\n", "data/testdata.yaml": "on_reject: continue\ngrader_flags: sum ignore_sample\n",
			"data/secret/a/testdata.yaml": "accept_score: 30\nrange: 0 60\n", "data/secret/b/testdata.yaml": "accept_score: 20\nrange: 0 40\n"}, false,
			[]problems.Scoring{{Name: "sample", Rule: problems.PassFail}, {Name: "secret/a", Points: 60, Rule: problems.PassFail}, {Name: "secret/b", Points: 40, Rule: problems.PassFail}}},
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
		read := p.Scoring.Groups()
		if len(read) != len(row.want) {
			t.Errorf("%s: %d groups, expected %d", row.what, len(read), len(row.want))
			continue
		}
		for i, want := range row.want {
			got := read[i]
			if got.Name != want.Name || got.Points != want.Points || got.Rule != want.Rule || got.Unbounded != want.Unbounded || want.Break && !got.Break || len(got.Requires) != len(want.Requires) {
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

func TestMinAndMaxOfGroups(t *testing.T) {
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
		combined := p.Scoring.Combination()
		var names []string
		for _, item := range combined.Items {
			names = append(names, item.Inner.Name)
		}
		if !slices.Equal(names, secret) || combined.Rule != row.want {
			t.Errorf("%s: %v of %v", row.what, combined.Rule, names)
		}
		all := p.Scoring.Groups()
		if a := all[slices.IndexFunc(all, func(g *problems.Scoring) bool { return g.Name == "secret/a" })]; a.Rule != row.rule || a.Points != 100 {
			t.Errorf("%s: %+v", row.what, a)
		}
	}
}

// TestBreakBetweenLegacyGroups: on_reject also skips later groups.
func TestBreakBetweenLegacyGroups(t *testing.T) {
	files := groups(map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/secret/a/testdata.yaml": "accept_score: 1\ngrader_flags: min\n", "data/secret/b/testdata.yaml": "accept_score: 1\ngrader_flags: min\n"})
	p, err := Read(tree(t, files))
	if err != nil {
		t.Fatal(err)
	}
	read := p.Scoring.Groups()
	if len(read) != 2 || read[0].Requires != nil || len(read[1].Requires) != 1 || read[1].Requires[0] != "secret/a" {
		t.Errorf("%+v", read)
	}
}

// TestNestedLegacyGroups: each directory combines its items by its own mode.
func TestNestedLegacyGroups(t *testing.T) {
	of := func(sample, basic, small, large, one, two float64) []float64 {
		return []float64{sample, basic, small, large, one, two}
	}
	names := []string{"sample", "secret/basic", "secret/fast/small", "secret/fast/large", "secret/robust/one", "secret/robust/two"}
	for _, row := range []struct {
		what  string
		modes map[string]string // of data, of data/secret and so on
		has   []float64         // what each of the groups has earned
		want  float64
	}{
		{"sums", nil, of(1, 2, 4, 8, 16, 32), 63},
		{"the average of some", map[string]string{"data/secret/fast": "avg"}, of(1, 2, 4, 8, 16, 32), 1 + 2 + 6 + 16 + 32},
		{"the average of some, the least of others", map[string]string{"data/secret/fast": "avg", "data/secret/robust": "min"}, of(1, 2, 4, 8, 16, 32), 1 + 2 + 6 + 16},
		{"the best of sums", map[string]string{"data/secret": "max", "data/secret/fast": "sum", "data/secret/robust": "sum"}, of(1, 2, 4, 8, 16, 32), 1 + 48},
		{"the average of secret", map[string]string{"data/secret": "avg", "data/secret/fast": "sum", "data/secret/robust": "max"}, of(1, 3, 4, 8, 16, 33), 1 + (3.0+12+33)/3},
		{"the least of sample and secret", map[string]string{"data": "min", "data/secret": "sum"}, of(1, 2, 4, 8, 16, 32), 1},
		{"the sample is ignored", map[string]string{"data": "min ignore_sample", "data/secret": "sum"}, of(0, 2, 4, 8, 16, 32), 62},
	} {
		files := hello(map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "on_reject: continue\n"})
		delete(files, "data/secret/01.in")
		for _, name := range names[1:] {
			files["data/"+name+"/1.in"], files["data/"+name+"/1.ans"] = name, name
		}
		for dir, mode := range row.modes {
			files[dir+"/testdata.yaml"] = "on_reject: continue\ngrader_flags: " + mode + "\n"
		}
		p, err := Read(tree(t, files))
		if err != nil {
			t.Errorf("%s: %v", row.what, err)
			continue
		}
		held := map[string]bool{}
		has := func(g *problems.Scoring) float64 {
			held[g.Name] = true
			return row.has[slices.Index(names, g.Name)]
		}
		got := 0.0
		if combined := p.Scoring.Combination(); combined != nil {
			got = combined.Best(has)
		}
		for _, g := range p.Scoring.Groups() {
			if !held[g.Name] {
				got += has(g)
			}
		}
		if got != row.want {
			t.Errorf("%s: %v, want %v", row.what, got, row.want)
		}
	}
}

func TestScoresThatAreNotNumbers(t *testing.T) {
	p := read(t, map[string]string{"submissions/partial/a.py": "# @EXPECTED_RESULTS@: WRONG-ANSWER\n# @EXPECTED_SCORE@: 1.2.3\n"})
	if s := p.Submissions[0]; s.Demands != nil || !slices.Equal(s.Expect, []problems.Verdict{problems.WA}) || len(p.Remarks) != 1 {
		t.Errorf("%+v, remarks %v", s, p.Remarks)
	}
}
