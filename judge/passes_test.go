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
both) echo more >$3/nextpass.in; exit 43;;
*) echo "bad $said in pass $n" >$3/judgemessage.txt; exit 43;;
esac`

func TestCheckerRequestsPasses(t *testing.T) {
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
		{"one too many is the checker's fault", "echo on", 2, problems.JE, "checker requested pass 3 of at most 2", "checker requested pass 3 of at most 2"},
		{"another after a refusal is the checker's fault", "echo both", 2, problems.JE, "checker requested another pass for an output that it rejected", "checker requested another pass for an output that it rejected"},
		{"stdin is read-only", `read line; echo x 2>/dev/null >/dev/stdin; case $line in "pass 2") echo last;; *) echo on;; esac`, 2, problems.AC, "", ""},
	}
	for _, row := range rows {
		problem := checkedBy(t, problems.ICPC, counts)
		problem.Passes = row.most
		test := oneLine(t, problem, row.submission)
		if test.Verdict != row.want || string(test.Reason) != row.reason || test.Message != row.message {
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

func TestUnreadableFeedbackDirectoryIsJE(t *testing.T) {
	problem := checkedBy(t, problems.ICPC, `x=aaaaaaaa; for i in {1..18}; do x=$x$x; done; echo $x >$3/nextpass.in; exit 42`)
	problem.Passes = 2
	if test := oneLine(t, problem, "echo on"); test.Verdict != problems.JE || !strings.Contains(string(test.Reason), "larger than") {
		t.Errorf("%v %q", test.Verdict, test.Reason)
	}
}

// asks is an interactor that talks in passes: in each it says the number of the pass, and the submission has to double it.
const asks = `
n=$(cat $3/count 2>/dev/null || echo 0); n=$((n + 1)); echo $n >$3/count
read line <$1; [ "$line" = "$([ $n = 1 ] && echo the input || echo pass $n)" ] || exit 1
echo $n; read said
[ "$said" = $((2 * n)) ] || exit 43
[ $n = 3 ] || echo "pass $((n + 1))" >$3/nextpass.in
exit 42`

func TestInteractorRequestsPasses(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, row := range []struct {
		what, submission string
		most             int
		want             problems.Verdict
		reason           string
	}{
		{"each pass is a talk of its own", "[ -e here ] && exit 9; touch here; read n; echo $((2 * n))", 3, problems.AC, ""},
		{"a later one is wrong", "read n; case $n in 2) echo 5;; *) echo $((2 * n));; esac", 3, problems.WA, ""},
		{"a later one fails", "read n; case $n in 3) kill -SEGV $$;; esac; echo $((2 * n))", 3, problems.RTE, "signal SIGSEGV"},
		{"one too many", "read n; echo $((2 * n))", 2, problems.JE, "checker requested pass 3 of at most 2"},
	} {
		problem := checkedBy(t, problems.ICPC, asks)
		problem.Interactor, problem.Checker.External, problem.Passes = problem.Checker.External, nil, row.most
		test := oneLine(t, problem, row.submission)
		if test.Verdict != row.want || string(test.Reason) != row.reason {
			t.Errorf("%s: %v %q, %q", row.what, test.Verdict, test.Reason, test.Message)
		}
		if passes := strings.Count(test.Interaction, "\n---\n"); row.want == problems.WA && passes != 1 {
			t.Errorf("%s: what was said is %q", row.what, test.Interaction)
		}
	}
}

func TestCheckerReadsTheInteractorsOutputFile(t *testing.T) {
	for _, row := range []struct {
		what, submission string
		want             problems.Verdict
	}{
		{"right", "echo good", problems.AC},
		{"wrong for the checker alone", "echo bad", problems.WA},
		{"wrong for the interactor", "echo ugly", problems.WA},
	} {
		problem := checkedBy(t, problems.Testlib, `[ "$(cat $2)" = "it said good" ]`)
		path := writeFile(t, problem.Dir+"/interactor/i.sh", `read said; echo "it said $said" >$2; [ $said != ugly ]`)
		problem.Interactor = &problems.External{Path: path, Protocol: problems.Testlib}
		if test := oneLine(t, problem, row.submission); test.Verdict != row.want {
			t.Errorf("%s: %v %q, %q", row.what, test.Verdict, test.Reason, test.Message)
		}
	}
}
