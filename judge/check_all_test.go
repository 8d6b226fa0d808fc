package judge

import (
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
)

func TestAllCheckersMustAccept(t *testing.T) {
	const yes, no, fails = `[ "$(cat)" = "the output" ] || exit 1; echo fine >$3/judgemessage.txt; exit 42`, `echo bad >$3/judgemessage.txt; exit 43`, `exit 5`
	for _, row := range []struct {
		scripts []string
		want    problems.Verdict
		words   string
	}{
		{[]string{yes, yes}, problems.AC, "fine"},
		{[]string{yes, yes, yes}, problems.AC, "fine"},
		{[]string{yes, no}, problems.WA, "bad"},
		{[]string{no, yes}, problems.WA, "bad"},
		{[]string{no, fails}, problems.WA, "bad"},
		{[]string{yes, fails}, problems.JE, "checker exit 5"},
		{[]string{fails, yes}, problems.JE, "checker exit 5"},
	} {
		problem := checkedBy(t, problems.ICPC, row.scripts[0])
		last := problem.Checker.External
		for i, script := range row.scripts[1:] {
			path := writeFile(t, filepath.Join(problem.Dir, "more", string(rune('a'+i)), "check.sh"), script)
			last.Also = &problems.External{Path: path, Protocol: problems.ICPC}
			last = last.Also
		}
		if test := oneLine(t, problem, "echo the output"); test.Verdict != row.want || !strings.HasPrefix(test.Message, row.words) {
			t.Errorf("%q: %v %q", row.scripts, test.Verdict, test.Message)
		}
		if test := oneLine(t, problem, "exit 3"); test.Verdict != problems.RTE {
			t.Errorf("%q, of a run that failed: %v %q", row.scripts, test.Verdict, test.Message)
		}
	}
}
