package cms

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/problems"
)

// italian is a task of three subtasks: examples with one test, small and large with two tests each.
func italian(over map[string]string) map[string]string {
	files := map[string]string{
		"task.yaml": "name: cup\n", "gen/GEN": "#ST: 0\n#STNAME: examples\n1\n#ST: 40\n#STNAME: small # few\n2\n3\n#ST: 60\n#STNAME:large\n4\n5\n",
	}
	for i := range 5 {
		files[fmt.Sprintf("input/input%d.txt", i)], files[fmt.Sprintf("output/output%d.txt", i)] = "", ""
	}
	for name, content := range over {
		files[name] = content
	}
	return files
}

func TestChecksOfSolutions(t *testing.T) {
	for _, row := range []struct{ source, want string }{
		{"// @check-accepted: examples small\n", "[] examples[000][AC][] small[001 002][AC][]"},
		{"# @check-accepted: *\r\n", "[AC]"},
		{"// @check-accepted: examples *l* large\n", "[AC]"},
		{"/* @check-zero: l?rge\n   @check-time-limit-exceeded: small */", "[] large[003 004][][WA TLE MLE RTE OLE] small[001 002][][TLE]"},
		{"# @check-wrong-answer: small large", "[] small[001 002][][WA] large[003 004][][WA]"},
		{"# @check-memory-limit-exceeded: small", "[] small[001 002][][MLE RTE]"},
		{"# @check-runtime-error: small", "[] small[001 002][][RTE]"},
		{"# @check-wall-time-limit-exceeded: small", "[] small[001 002][][TLE]"},
		{"# @check-partial-score: examples small", "[] small from 1e-05 to 39.99999"},
		{"# @check-accepted:", "[]"},
		{"# nothing", "[]"},
		{"# @check-accepted: tiny", "[] remark no subtask matches \"tiny\""},
		{"# @check-acepted: small", "[] remark unknown check \"@check-acepted\""},
	} {
		p, err := ReadItalian(tree(t, italian(map[string]string{"sol/x.py": row.source})))
		if err != nil {
			t.Fatal(err)
		}
		s := p.Submissions[0]
		got := fmt.Sprint(s.Expect)
		for _, d := range s.Demands {
			if d.Score != nil {
				got += fmt.Sprintf(" %s from %g to %.7g", d.Group, d.Score.Least, d.Score.Most)
				continue
			}
			got += fmt.Sprintf(" %s%v%v%v", d.Group, d.Tests, d.Permitted, d.Required)
		}
		for _, remark := range p.Remarks {
			got += " remark " + remark.Msg
		}
		if got != row.want {
			t.Errorf("%q: %s, want %s", row.source, got, row.want)
		}
	}
}

func TestSubtasksOfTaskYAML(t *testing.T) {
	const head = "name: cup\nn_input: 5\nscore_type: GroupMin\nscore_type_parameters:\n"
	names := map[string]string{"task.yaml": head + "- {max_score: 0, testcases: ['000'], always_show_testcases: true}\n" +
		"- {max_score: 40, testcases: ['000', '002']}\n- [60, ['003', '004']]\n"}
	p, err := ReadItalian(tree(t, italian(names)))
	if err != nil {
		t.Fatal(err)
	}
	if g := p.Scoring.Groups(); len(g) != 3 || g[0].Name != "examples" || g[1].Name != "small" || g[2].Points != 60 ||
		!slices.Equal(p.Tests[0].Groups, []string{"examples", "small"}) || !slices.Equal(p.Tests[4].Groups, []string{"large"}) {
		t.Errorf("%+v, %+v", p.Scoring.Groups(), p.Tests)
	}
	for params, want := range map[string]string{
		"- {max_score: 40, testcases: ['007']}\n":                `no test "007"`,
		"- {max_score: 40}\n":                                    "is missing",
		"- {max_score: 40, testcases: '0', depends_on: [0]}\n":   "depends_on is not supported",
		"- {max_score: 40, testcases: '0', depends_on: ['a']}\n": "depends_on is not supported",
	} {
		dir := tree(t, italian(map[string]string{"task.yaml": head + params}))
		if _, err := ReadItalian(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s%v, want %s", params, err, want)
		}
	}
	same := strings.Replace(italian(nil)["gen/GEN"], "STNAME:large", "STNAME:small", 1)
	if p, err := ReadItalian(tree(t, italian(map[string]string{"gen/GEN": same}))); err != nil || p.Scoring.Groups()[2].Name != "2" {
		t.Errorf("names that are the same: %+v, %v", p, err)
	}
	if p, err := ReadItalian(tree(t, italian(map[string]string{"sol/solution.py": "# @check-accepted: *"}))); err != nil ||
		!p.Submissions[0].Model || p.Submissions[0].Expect[0] != problems.AC || filepath.Base(p.Submissions[0].Path) != "solution.py" {
		t.Errorf("%+v, %v", p, err)
	}
}
