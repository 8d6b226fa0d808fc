package judge

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/problems"
)

// guessing is an interactor in Bash: the submission has to find the number in the input by questions.
const guessing = `read secret <$1
while read guess; do
	[[ $guess =~ ^[0-9]+$ ]] || { echo "not a number" >$3/judgemessage.txt; exit 43; }
	if ((guess == secret)); then echo right; exit 42; fi
	if ((guess < secret)); then echo more; else echo less; fi
done
echo "gave up" >$3/judgemessage.txt
exit 43
`

func talkative(t *testing.T, script string, protocol problems.Protocol) *problems.Problem {
	t.Helper()
	problem := problemOf(t, "37\n", "\n")
	problem.Limits.ValidationTime, problem.Limits.ValidationMemory, problem.Limits.ValidationOutput = 2*time.Second, 64*problems.MiB, problems.MiB
	problem.Limits.Wall = 20 * time.Second // an interactor that spins is stopped before that, also on a busy host
	path := writeFile(t, filepath.Join(problem.Dir, "interactor", "i.sh"), script)
	problem.Interactor = &problems.External{Path: path, Protocol: protocol}
	return problem
}

func TestAnInteractorDecides(t *testing.T) {
	const search = "low=0 high=100; while :; do mid=$(((low + high) / 2)); echo $mid; read answer; case $answer in right) exit 0;; more) low=$((mid + 1));; *) high=$mid;; esac; done"
	rows := []struct {
		what, interactor, submission string
		protocol                     problems.Protocol
		want                         problems.Verdict
		reason                       string
	}{
		{"right", guessing, search, problems.ICPC, problems.AC, ""},
		{"wrong words", guessing, "echo x; read answer; exit 0", problems.ICPC, problems.WA, ""},
		{"wrong words, and a crash after them", guessing, "echo x; sleep() { read -t $1 <> <(:); }; while :; do :; done", problems.ICPC, problems.WA, ""},
		{"ends too early", guessing, "echo 1; exit 0", problems.ICPC, problems.WA, ""},
		{"crashes first", guessing, "echo 1; read answer; kill -SEGV $$", problems.ICPC, problems.RTE, "signal SIGSEGV"},
		{"exits with a code first", guessing, "exit 3", problems.ICPC, problems.RTE, "exit 3"},
		{"both wait", guessing, "read answer; echo 37; read answer", problems.ICPC, problems.TLE, "idle"},
		{"sleeps while the interactor listens", guessing, "read -t 0.7 answer; echo 37; read answer", problems.ICPC, problems.AC, ""},
		{"listens while the interactor sleeps", "read -t 0.7 x; echo 1; read x; exit 42", "read n; echo $n", problems.ICPC, problems.AC, ""},
		{"computes for ever", guessing, "while :; do :; done", problems.ICPC, problems.TLE, "cpu"},
		{"floods an interactor that never ends", "while :; do :; done",
			"while :; do echo 12345678901234567890123456789012345678901234567890; done", problems.ICPC, problems.JE,
			"interactor time: used more than the 2 s of validation_time"},
		{"floods the interactor and never listens", "while read x; do printf '%8192s\\n' more; done; exit 43", "printf -v x %4095s; while :; do echo \"$x\"; done", problems.ICPC, problems.TLE, "idle"},
		{"floods the interactor, which dies of it", "read x; read x; read x; exit 9", "echo 1; echo 2; echo 3; while :; do :; done", problems.ICPC, problems.JE, "interactor exit 9: a validator exits with 42 or 43"},
		{"crashes, and the interactor dies of what it said", "while read x; do :; done; kill -SEGV $$", "echo 1; echo 2; kill -SEGV $$", problems.ICPC, problems.RTE, "signal SIGSEGV"},
		{"closes its pipes", guessing, "exec <&- >&-; exit 0", problems.ICPC, problems.WA, ""},
		{"answers before it is asked", guessing, "echo 37", problems.ICPC, problems.AC, ""},
		{"right, but fails at the end", guessing, "echo 37; read answer; exit 9", problems.ICPC, problems.RTE, "exit 9"},
		{"an interactor that dies", "kill -SEGV $$", "echo 1; read answer; echo 2", problems.ICPC, problems.JE, "interactor signal SIGSEGV"},
		{"an interactor of unknown code", "exit 7", "while read answer; do :; done", problems.ICPC, problems.JE, "interactor exit 7: a validator exits with 42 or 43"},
		{"testlib accepts", "echo 5; read x; ((x == 25)) && exit 0; exit 1", "read n; echo $((n * n))", problems.Testlib, problems.AC, ""},
		{"testlib rejects", "echo 5; read x; ((x == 25)) && exit 0; exit 1", "read n; echo $n", problems.Testlib, problems.WA, ""},
	}
	j := jailed(t)
	for _, row := range rows {
		path := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), row.submission)
		r := judgeAll(t, j, Request{Problem: talkative(t, row.interactor, row.protocol), Submissions: []string{path}})
		if test := r.Submissions[0].Tests[0]; test.Verdict != row.want || string(test.Reason) != row.reason {
			t.Errorf("%s: %v %s, want %v %s\n%s", row.what, test.Verdict, test.Reason, row.want, row.reason, test.Interaction)
		}
	}
}

// TestAFailedSubmissionEndsItsTest: the interactor would go on for minutes, on what the pipe still holds or on nothing, and is stopped.
func TestAFailedSubmissionEndsItsTest(t *testing.T) {
	for _, row := range []struct{ what, interactor, submission, reason string }{
		{"a slow reader", "while read -r x; do sleep 0.05; echo 0; done; exit 43", "while :; do echo 'READ 0'; done", "wall"},
		{"one that computes", "while :; do :; done", "exit 3", "exit 3"},
		{"one that computes at the end of its input", "while read x; do :; done; while :; do :; done", "exit 3", "exit 3"},
	} {
		problem := talkative(t, row.interactor, problems.ICPC)
		problem.Limits.ValidationTime, problem.Limits.Wall = time.Hour, 3*time.Second
		path := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), row.submission)
		test := judgeAll(t, jailed(t), Request{Problem: problem, Submissions: []string{path}}).Submissions[0].Tests[0]
		if test.Verdict == problems.AC || test.Verdict == problems.JE || string(test.Reason) != row.reason && test.Verdict != problems.TLE {
			t.Errorf("%s: %v %s %s", row.what, test.Verdict, test.Reason, test.Message)
		}
	}
}

// TestAnEndAtTheSameMomentIsOneVerdict: both end as soon as the last word is said, in whatever order; a thousand times.
func TestAnEndAtTheSameMomentIsOneVerdict(t *testing.T) {
	for _, row := range []struct {
		what, interactor, submission string
		times                        int
		want                         problems.Verdict
	}{
		{"both are content", "read x; exit 42", "echo 1", 600, problems.AC},
		{"the words are wrong, and then it fails", "read x; exit 43", "echo 1; exit 3", 360, problems.WA},
		{"it fails, and the interactor wants more", "read x; read y; exit 43", "echo 1; exit 3", 40, problems.RTE},
	} {
		problem := talkative(t, row.interactor, problems.ICPC)
		if testing.Short() {
			row.times /= 10
		}
		repeated(t, problem, row.times)
		path := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), row.submission)
		r := judgeAll(t, jailed(t), Request{Problem: problem, Submissions: []string{path}})
		for _, test := range r.Submissions[0].Tests {
			if test.Verdict != row.want {
				t.Errorf("%s: %v %s, want %v", row.what, test.Verdict, test.Reason, row.want)
			}
		}
	}
}

func TestInteractionIsRecorded(t *testing.T) {
	path := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), "echo 50; read answer; echo $answer")
	r := judgeAll(t, jailed(t), Request{Problem: talkative(t, guessing, problems.ICPC), Submissions: []string{path}})
	test := r.Submissions[0].Tests[0]
	var words []string
	for line := range strings.Lines(test.Interaction) {
		if fields := strings.Fields(line); len(fields) == 3 {
			words = append(words, fields[0]+fields[2])
		}
	}
	if got := strings.Join(words, " "); got != ">50 <less >less" || test.Message != "not a number" {
		t.Errorf("%q, %q", got, test.Message)
	}
}
