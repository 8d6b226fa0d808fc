package judge

import (
	"testing"

	"judge/problems"
)

func TestAScoreAgainstTheRulesIsJE(t *testing.T) {
	for want, script := range map[problems.Verdict]string{
		problems.AC: `echo 1 >$3/score_multiplier.txt; exit 42`,
		problems.WA: `exit 43`,
		problems.JE: `echo 1 >$3/score.txt; exit 43`,
	} {
		problem := checkedBy(t, problems.ICPC, script)
		problem.Tests[0].Groups = []string{"secret"}
		problem.Scoring = problems.GroupsOfTests([]*problems.Scoring{{Name: "secret", Points: 100, Rule: problems.Min}}, problem.Tests)
		problem.Scoring.Strict = true
		if test := oneLine(t, problem, "echo x"); test.Verdict != want {
			t.Errorf("%s: %v %s", script, test.Verdict, test.Reason)
		}
	}
}
