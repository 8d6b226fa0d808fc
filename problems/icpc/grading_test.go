package icpc

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
)

// gradedAs formats a grading: flags, scores and items.
func gradedAs(s *problems.Scoring) string {
	g := s.Grader
	words := []string{s.Name, fmt.Sprintf("%g/%g", g.Accept, g.Reject)}
	words = append(words, g.Flags...)
	if s.Break {
		words = append(words, "break")
	}
	if g.Program != nil {
		words = append(words, filepath.Base(g.Program.Path))
	}
	for _, item := range s.Items {
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
			"(1/0 ignore_sample (secret 1/0 avg (secret/a 30/0 min 0 1) (secret/b 50/5 min 2 3)))", 40},
		{"the sample is ignored at the top alone", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "grader_flags: min ignore_sample\n"},
			"(1/0 min ignore_sample break (secret 1/0 min break (secret/a 1/0 min break 0 1) (secret/b 1/0 min break 2 3)))", 1},
		{"a grader of the problem's own", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/secret/testdata.yaml": "grading: custom\ngrader_flags: any words\n", "graders/g.py": ""},
			"(1/0 break (secret 1/0 any words break g.py (secret/a 1/0 any words break g.py 0 1) (secret/b 1/0 any words break g.py 2 3)))", 4},
		{"accept_score is the whole group's", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "on_reject: continue\n", "submissions/partially_accepted/x.py": "# @EXPECTED_SCORE@: 30\n",
			"data/secret/a/testdata.yaml": "accept_score: 30\n", "data/secret/b/testdata.yaml": "accept_score: 50\n"},
			"(0/0 (secret 0/0 (secret/a 30/0 break 0 1) (secret/b 50/0 break 2 3)))", 80},
		{"2023-07 with files of the legacy version", map[string]string{"problem.yaml": "problem_format_version: 2023-07-draft\nname: x\ntype: scoring\n",
			"data/secret/a/testdata.yaml": "accept_score: 30\ngrader_flags: min\n", "data/secret/b/testdata.yaml": "input_validator_flags: n=1\n"},
			"(1/0 break (secret 1/0 break (secret/a 30/0 min break 0 1) (secret/b 1/0 break 2 3)))", 32},
		{"what the range says", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "range: -inf 70\n"}, "(1/0 break (secret 1/0 break (secret/a 1/0 break 0 1) (secret/b 1/0 break 2 3)))", 70},
		{"without a range", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "range: 0 +inf\n"}, "(1/0 break (secret 1/0 break (secret/a 1/0 break 0 1) (secret/b 1/0 break 2 3)))", 4},
	} {
		p, err := Read(tree(t, groups(row.files)))
		if err != nil {
			t.Errorf("%s: %v", row.what, err)
			continue
		}
		if got := gradedAs(p.Scoring); got != row.want || p.Scoring.Points != row.best {
			t.Errorf("%s: %s, at the most %g", row.what, got, p.Scoring.Points)
		}
	}
	_, err := Read(tree(t, groups(map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/secret/testdata.yaml": "grading: custom\n", "graders/g.py": "", "graders/h.py": ""})))
	if err == nil || !strings.Contains(err.Error(), "graders holds 2 programs") {
		t.Errorf("%v", err)
	}
}

// TestGroupsWithoutTests are noted if they have settings. Directories of other files are not.
func TestGroupsWithoutTests(t *testing.T) {
	p := read(t, map[string]string{
		"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "grader_flags: ignore_sample\n",
		"data/secret/testdata.yaml": "", "data/secret/g1/testdata.yaml": "accept_score: 5\n", "data/secret/g1/1.in": "",
		"data/secret/g1/1.ans": "", "data/secret/g2/testdata.yaml": "accept_score: 5\n", "data/secret/gen/gen.py": "",
		"data/sample/testdata.yaml": "",
	})
	if len(p.Remarks) != 1 || !strings.HasSuffix(p.Remarks[0].File, "data/secret/g2/testdata.yaml") || p.OnlySamples {
		t.Errorf("got %v, only samples: %v", p.Remarks, p.OnlySamples)
	}
	dir := tree(t, hello(nil))
	if err := os.RemoveAll(filepath.Join(dir, "data/secret")); err != nil {
		t.Fatal(err)
	}
	if p, err := Read(dir); err != nil || !p.OnlySamples {
		t.Errorf("without data/secret: got %v, %v", p, err)
	}
}
