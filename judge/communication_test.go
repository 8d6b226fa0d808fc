package judge

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/problems"
)

// managedBy makes a problem with one test whose manager is a Bash script.
func managedBy(t *testing.T, processes int, streams bool, script string) *problems.Problem {
	t.Helper()
	problem := problemOf(t, "the input\n", "unused\n")
	problem.Limits.ValidationTime, problem.Limits.ValidationMemory, problem.Limits.ValidationOutput = 20*time.Second, 64*problems.MiB, problems.MiB
	problem.Limits.Wall = time.Minute // sixty-four jails take a while on a busy host
	path := writeFile(t, filepath.Join(problem.Dir, "manager", "manager.sh"), script)
	problem.Manager = &problems.Manager{External: problems.External{Path: path, Protocol: problems.CMS}, Processes: processes, Streams: streams}
	return problem
}

// adds sends each process its number plus one, and wants twice that back from all.
const adds = `
read line; [ "$line" = "the input" ] || exit 1
i=1
while [ $# -gt 0 ]; do
	echo $i >$2
	read got <$1
	[ "$got" = $((2 * i)) ] || { echo 0; echo "process $i said $got" >&2; exit 0; }
	i=$((i + 1)); shift 2
done
echo 1.0`

func TestProcessesInteractWithAManager(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	rows := []struct {
		what       string
		processes  int
		streams    bool
		submission string
		want       problems.Verdict
		reason     string
		message    string
	}{
		{"one, over pipes", 1, false, `[ $# = 2 ] || exit 9; read n <$1; echo $((2 * n)) >$2`, problems.AC, "", ""},
		{"two, which know their numbers", 2, false, `read n <$1; [ $n = $(($3 + 1)) ] || exit 9; echo $((2 * n)) >$2`, problems.AC, "", ""},
		{"sixty-four", 64, false, `read n <$1; echo $((2 * n)) >$2`, problems.AC, "", ""},
		{"over streams", 2, true, `[ $# = 1 ] || exit 9; read n; echo $((2 * n))`, problems.AC, "", ""},
		{"the second is wrong", 3, false, `read n <$1; [ $3 = 1 ] && n=7; echo $((2 * n)) >$2`, problems.WA, "", "process 2 said 14"},
		{"one fails", 2, false, `[ $3 = 0 ] && exit 5; read n <$1; echo $((2 * n)) >$2`, problems.RTE, "exit 5", ""},
		{"all end at once", 2, false, `exit 0`, problems.WA, "", "process 1 said"},
		{"all end at once, over streams", 2, true, `exit 0`, problems.WA, "", "process 1 said"},
		{"one says nothing", 1, false, `read n <$1; while :; do :; done`, problems.TLE, "cpu", ""},
		{"a process sees its own pipes alone", 2, false, `read n <$1; for f in /fifos/*/*; do case $f in $1|$2) ;; *) exit 9;; esac; done; echo $((2 * n)) >$2`, problems.AC, "", ""},
		{"one waits for ever", 3, false, `[ $3 = 1 ] && read x <$1 && read x <$1; read n <$1; echo $((2 * n)) >$2`, problems.TLE, "idle", ""},
		{"one reads to the end, over streams", 2, true, `read n; read m || echo $((2 * n))`, problems.AC, "", ""},
		{"one sleeps", 2, false, `read n <$1; read -t 0.7 x <$1; echo $((2 * n)) >$2`, problems.AC, "", ""},
		{"one fails before it is asked", 2, false, `[ $3 = 1 ] && exit 5; read n <$1; echo $((2 * n)) >$2`, problems.RTE, "exit 5", ""},
		{"one fails after a wrong word", 2, false, `read n <$1; echo 1 >$2; exit 5`, problems.WA, "", "process 1 said 1"},
		{"nobody reads what it says", 1, false, `read n <$1; echo $((2 * n)) >$2; i=0; while [ $i -lt 9999 ]; do i=$((i + 1)); echo $i; done >$2`, problems.AC, "", ""},
	}
	for _, row := range rows {
		test := oneLine(t, managedBy(t, row.processes, row.streams, adds), row.submission)
		if test.Verdict != row.want || string(test.Reason) != row.reason || !strings.HasPrefix(test.Message, row.message) {
			t.Errorf("%s: %v %q, %q %s", row.what, test.Verdict, test.Reason, test.Message, test.Stderr)
		}
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestClosedCommunicationPipeIsEndOfFile: a party closes its end and lives, and another one reads to the end of file. One that keeps it open
// keeps the other waiting.
func TestClosedCommunicationPipeIsEndOfFile(t *testing.T) {
	const (
		asks    = `read line; exec 4>$2 5<$1; echo 3 >&4; echo 4 >&4; `
		closes  = asks + `exec 4>&-; read got <&5; [ "$got" = 7 ] && echo 1.0 || echo 0.0`
		keeps   = asks + `read got <&5; [ "$got" = 7 ] && echo 1.0 || echo 0.0`
		listens = asks + `n=0; while read got <&5; do n=$((n + got)); done; echo 1 >&4; [ $n = 10 ] && echo 1.0 || echo 0.0`
	)
	for _, row := range []struct {
		what, manager, streams, pipes string
		want                          problems.Verdict
		reason                        string
	}{
		{"the manager closes", closes, `s=0; while read n; do s=$((s + n)); done; echo $s`, `exec 4>$2 5<$1; s=0; while read n <&5; do s=$((s + n)); done; echo $s >&4`, problems.AC, ""},
		{"the manager does not", keeps, `s=0; while read n; do s=$((s + n)); done; echo $s`, `exec 4>$2 5<$1; s=0; while read n <&5; do s=$((s + n)); done; echo $s >&4`, problems.TLE, "idle"},
		{"the process closes", listens, `read n; echo $n; read n; echo $n; echo 3; exec 1>&-; read n; [ $n = 1 ]`, `exec 4>$2 5<$1; echo 3 >&4; echo 4 >&4; echo 3 >&4; exec 4>&-; read n <&5; read n <&5; read n <&5; [ $n = 1 ]`, problems.AC, ""},
	} {
		for _, streams := range []bool{true, false} {
			script := row.pipes
			if streams {
				script = row.streams
			}
			test := oneLine(t, managedBy(t, 1, streams, row.manager), script)
			if test.Verdict != row.want || string(test.Reason) != row.reason {
				t.Errorf("%s, streams %v: %v %q, %q %s", row.what, streams, test.Verdict, test.Reason, test.Message, test.Stderr)
			}
			if row.want == problems.TLE && test.Message != "deadlock: the manager reads from process 0, process 0 reads from the manager" {
				t.Errorf("%s, streams %v: %q", row.what, streams, test.Message)
			}
		}
	}
}

// TestALateReaderLosesNothing: the process fills its pipe and ends, long before the manager reads. So it is, however slow the manager is.
func TestALateReaderLosesNothing(t *testing.T) {
	const manager = `read line; exec 5<$1; sleep 1; n=0; while read x <&5; do n=$((n + 1)); done; [ $n = 9000 ] && echo 1.0 || { echo 0.0; echo "$n lines" >&2; }`
	const fills = `i=0; while [ $i -lt 9000 ]; do echo "line $i"; i=$((i + 1)); done`
	for _, streams := range []bool{true, false} {
		script := fills
		if !streams {
			script = "exec >$2; " + fills
		}
		test := oneLine(t, managedBy(t, 1, streams, manager), script)
		if test.Verdict != problems.AC {
			t.Errorf("streams %v: %v %q, %q %s", streams, test.Verdict, test.Reason, test.Message, test.Stderr)
		}
	}
}

// TestPipesCanBeUsedTheOtherWayRound: there are tasks whose programs agree on that, and the last word must not be lost.
func TestPipesCanBeUsedTheOtherWayRound(t *testing.T) {
	const manager = `read line <input.txt; [ "$line" = "the input" ] || exit 1; echo 4 >$1; sleep 0.05; read got <$2; [ "$got" = 8 ] && echo 1.0 || echo 0.0`
	for range 10 {
		test := oneLine(t, managedBy(t, 1, false, manager), `read n <$2; echo $((2 * n)) >$1`)
		if test.Verdict != problems.AC {
			t.Fatalf("%v %q %q", test.Verdict, test.Reason, test.Message)
		}
	}
}

func TestAManagersFaultsAreNeverTheSubmissions(t *testing.T) {
	for what, script := range map[string]string{
		"it fails":           `exit 3`,
		"it gives no score":  `read line <$1; echo perhaps`,
		"it gives too much":  `echo 2`,
		"it dies":            `kill -9 $$`,
		"it does not end":    `while :; do :; done`,
		"it prints for ever": `while :; do printf '%1000s' 1; done`,
	} {
		problem := managedBy(t, 1, false, script)
		problem.Limits.ValidationTime = time.Second
		if test := oneLine(t, problem, `echo hello >$2; read n <$1`); test.Verdict != problems.JE {
			t.Errorf("%s: %v %q %q", what, test.Verdict, test.Reason, test.Message)
		}
	}
}

func TestTheTimeOfAllProcessesCounts(t *testing.T) {
	const works = `read n <$1; i=0; while [ $i -lt 30000 ]; do i=$((i + 1)); done; echo $((2 * n)) >$2`
	one := oneLine(t, managedBy(t, 1, false, adds), works)
	for range 2 { // what runs beside it can only make it slower
		if again := oneLine(t, managedBy(t, 1, false, adds), works); again.CPUSeconds < one.CPUSeconds {
			one = again
		}
	}
	four := oneLine(t, managedBy(t, 4, false, adds), works)
	if one.Verdict != problems.AC || four.Verdict != problems.AC || four.CPUSeconds < 2.5*one.CPUSeconds {
		t.Errorf("one process %v %v s, four %v %v s", one.Verdict, one.CPUSeconds, four.Verdict, four.CPUSeconds)
	}
	limited := managedBy(t, 8, false, adds)
	limited.Limits.Time = time.Duration(3 * one.CPUSeconds * float64(time.Second))
	if test := oneLine(t, limited, works); test.Verdict != problems.TLE || test.Reason != "cpu" {
		t.Errorf("each within the limit, and not all together: %v %q", test.Verdict, test.Reason)
	}
}

// TestSimultaneousExitsGiveOneVerdict: the last word is on its way while its speaker ends.
func TestSimultaneousExitsGiveOneVerdict(t *testing.T) {
	problem := managedBy(t, 2, false, adds)
	repeated(t, problem, 200)
	path := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), `read n <$1; echo $((2 * n)) >$2`)
	s := judgeAll(t, jailed(t), Request{Problem: problem, Submissions: []string{path}}).Submissions[0]
	for i, result := range s.Tests {
		if result.Verdict != problems.AC {
			t.Fatalf("run %d: %v %q %q", i, result.Verdict, result.Reason, result.Message)
		}
	}
}
