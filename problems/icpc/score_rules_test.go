package icpc

import (
	"strings"
	"testing"
)

// TestFaultsOfScores are violations of 2025-09 that make scoring impossible.
func TestFaultsOfScores(t *testing.T) {
	const secret, a, b = "data/secret/test_group.yaml", "data/secret/a/test_group.yaml", "data/secret/b/test_group.yaml"
	for _, row := range []struct {
		what  string
		files map[string]string
		want  string // "": none
	}{
		{"a sum below secret's", map[string]string{a: "max_score: 30\n", b: "max_score: 60\n"}, ""},
		{"a sum above secret's", map[string]string{a: "max_score: 30\n", b: "max_score: 80\n"}, "worth 110, but secret at most 100"},
		{"a sum above what secret states", map[string]string{secret: "max_score: 50\n", a: "max_score: 30\n", b: "max_score: 30\n"},
			"data/secret/test_group.yaml: the groups are worth 60, but secret at most 50"},
		{"the least counts", map[string]string{secret: "max_score: 50\nscore_aggregation: min\n", a: "max_score: 50\n", b: "max_score: 80\n"}, ""},
		{"no bound in one that has", map[string]string{a: "score_aggregation: sum\n", b: "max_score: 1\n"}, "data/secret/a: its scores are unbounded"},
		{"a part of a point", map[string]string{a: "max_score: 0.5\n", b: "max_score: 1\n"}, `max_score: "0.5" is not a score`},
		{"a sum that is required", map[string]string{a: "max_score: 1\nscore_aggregation: sum\n", b: "max_score: 1\nrequire_pass: a\n"},
			`require_pass: "a" does not have score_aggregation: pass-fail`},
		{"scores of the sample", map[string]string{"data/sample/test_group.yaml": "max_score: 1\n", a: "max_score: 1\n", b: "max_score: 1\n"},
			"data/sample/test_group.yaml: max_score, score_aggregation and require_pass do not apply to the sample"},
		{"a sum in what passes or fails", map[string]string{secret: "score_aggregation: pass-fail\n", a: "score_aggregation: sum\n"},
			"score_aggregation: sum, but that of secret is pass-fail"},
		{"a group in a group", map[string]string{a: "max_score: 1\n", b: "max_score: 1\n", "data/secret/a/c/test_group.yaml": "max_score: 1\n",
			"data/secret/a/c/1.in": "x", "data/secret/a/c/1.ans": "x"}, "data/secret/a/c/test_group.yaml: a test group within a test group"},
	} {
		files := groups(row.files)
		files["problem.yaml"] = "problem_format_version: 2025-09\nname: x\ntype: scoring\n"
		files["data/sample/1.in"], files["data/sample/1.ans"] = "x", "x"
		_, err := Read(tree(t, files))
		if (err == nil) != (row.want == "") || err != nil && !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v\nwant %s", row.what, err, row.want)
		}
	}
}
