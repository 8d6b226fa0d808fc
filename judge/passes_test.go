package judge

import (
	"os"
	"strings"
	"testing"

	"judge/problems"
)

// counts asks for passes until the submission has answered "3", with the number of the pass as the next input.
const counts = `
n=$(cat $3/count 2>/dev/null || echo 0); n=$((n + 1)); echo $n >$3/count
read said
[ "$(cat $1)" = "$([ $n = 1 ] && echo the input || echo pass $n)" ] || exit 1
[ "$(cat $2)" = "the answer" ] || exit 1
case $said in
last) exit 42;;
on) echo "pass $((n + 1))" >$3/nextpass.in; exit 42;;
*) echo "bad $said in pass $n" >$3/judgemessage.txt; exit 43;;
esac`

func TestACheckerAsksForPasses(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	rows := []struct {
		what, submission string
		most             int
		want             problems.Verdict
		reason, message  string
	}{
		{"one is enough", "echo last", 3, problems.AC, "", ""},
		{"each has the input of the one before", `read line; case $line in "pass 3") echo last;; *) echo on;; esac`, 3, problems.AC, "", ""},
		{"a later one is wrong", `read line; case $line in "pass 2") echo no;; *) echo on;; esac`, 3, problems.WA, "", "bad no in pass 2"},
		{"a later one fails", `read line; case $line in "pass 3") exit 5;; *) echo on;; esac`, 3, problems.RTE, "exit 5", ""},
		{"nothing is remembered", `[ -e here ] && exit 9; touch here; read line; case $line in "pass 2") echo last;; *) echo on;; esac`, 2, problems.AC, "", ""},
		{"one too many is the checker's fault", "echo on", 2, problems.JE, "checker asked for pass 3 of 2", "checker asked for pass 3 of 2"},
		{"stdin is read-only", `read line; echo x 2>/dev/null >/dev/stdin; case $line in "pass 2") echo last;; *) echo on;; esac`, 2, problems.AC, "", ""},
	}
	for _, row := range rows {
		problem := checkedBy(t, problems.ICPC, counts)
		problem.Passes = row.most
		test := oneLine(t, problem, row.submission)
		if test.Verdict != row.want || test.Reason != row.reason || test.Message != row.message {
			t.Errorf("%s: %v %q, %q", row.what, test.Verdict, test.Reason, test.Message)
		}
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestTheGreatestOfAllPassesCounts(t *testing.T) {
	problem := checkedBy(t, problems.ICPC, counts)
	problem.Passes = 2
	test := oneLine(t, problem, `read line; case $line in "pass 2") echo last;; *) i=0; while [ $i -lt 50000 ]; do i=$((i + 1)); done; echo on;; esac`)
	alone := oneLine(t, problem, "echo last")
	if test.Verdict != problems.AC || test.CPUSeconds < 2*alone.CPUSeconds {
		t.Errorf("%+v; a short pass alone takes %v s", test, alone.CPUSeconds)
	}
}

func TestAFeedbackDirectoryThatCannotBeKeptIsJE(t *testing.T) {
	problem := checkedBy(t, problems.ICPC, `x=aaaaaaaa; for i in {1..18}; do x=$x$x; done; echo $x >$3/nextpass.in; exit 42`)
	problem.Passes = 2
	if test := oneLine(t, problem, "echo on"); test.Verdict != problems.JE || !strings.Contains(test.Reason, "larger than") {
		t.Errorf("%v %q", test.Verdict, test.Reason)
	}
}
