package judge

import (
	"strings"
	"testing"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/decide"
	"judge/problems"
)

func TestADifferenceIsReportedCleaned(t *testing.T) {
	check, err := checkers.Tokens{}.Check(strings.NewReader("1 2\n3 4\n"), strings.NewReader("1 2\n3 \x1b[2Jfive\n"))
	if err != nil {
		t.Fatal(err)
	}
	facts := decide.Facts{Run: &isolate.Outcome{Cause: isolate.Exited}, Check: &check}
	r := record(problems.TestCase{}, facts, decide.Decide(problems.DefaultLimits(), facts))
	d := r.Difference
	if d == nil || d.Line != 2 || d.Column != 3 || d.Token != 4 || d.Expected != "4" || d.Got != `\x1b[2Jfive` {
		t.Errorf("%v: %+v", r.Verdict, d)
	}
}
