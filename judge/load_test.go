package judge

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"judge/judge/report"
	"judge/problems"
)

// soakEnv makes the tests of this file long: make soak.
const soakEnv = "JUDGE_SOAK"

// ofSoak returns a number for a long test or a short one.
func ofSoak(long, short int) int {
	if os.Getenv(soakEnv) != "" {
		return long
	}
	return short
}

// load keeps every core busy with so many processes until the test ends. Each is a session of its own: the kernel may share out a core by
// sessions (sched(7), autogroup).
func load(t *testing.T, perCore int) {
	t.Helper()
	for cpu := range runtime.NumCPU() {
		for range perCore {
			loop := exec.Command("/bin/sh", "-c", "while :; do :; done")
			loop.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
			if err := loop.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				loop.Process.Kill()
				loop.Wait()
			})
			var set unix.CPUSet
			set.Set(cpu)
			if err := unix.SchedSetaffinity(loop.Process.Pid, &set); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestABusyHostMakesNoDeadlock: the manager and sixty-four processes say words to and fro, on cores that they hardly get. Their wall limit is
// much shorter than that takes.
func TestABusyHostMakesNoDeadlock(t *testing.T) {
	const manager = `
read words
i=0
for p in $(seq 0 63); do exec {w[p]}>${@:2*p+2:1} {r[p]}<${@:2*p+1:1}; done
while [ $i -lt $words ]; do
	p=$((i % 64))
	echo $i >&${w[p]}
	read got <&${r[p]}
	[ "$got" = $((i + 1)) ] || { echo 0; echo "process $p said $got" >&2; exit 0; }
	i=$((i + 1))
done
echo 1.0`
	problem := managedBy(t, 64, true, manager)
	problem.Limits.Wall = 2 * time.Second
	if err := os.WriteFile(problem.Tests[0].Input, []byte(strconv.Itoa(ofSoak(300, 64))), 0o644); err != nil {
		t.Fatal(err)
	}
	load(t, ofSoak(16, 4))
	for run := range ofSoak(100, 1) {
		test := oneLine(t, problem, `while read n; do echo $((n + 1)); done`)
		if test.Verdict != problems.AC {
			t.Fatalf("run %d: %v %s after %.2f s, %q", run, test.Verdict, test.Reason, test.WallSeconds, test.Message)
		}
	}
}

// TestABusyHostGivesTheSameTable: programs that compute, sleep, fail and write, with limits far from what they take.
func TestABusyHostGivesTheSameTable(t *testing.T) {
	const burn = `burn() { i=0; while [ $i -lt $1 ]; do i=$((i + 1)); done; }; `
	dir := t.TempDir()
	var paths []string
	for name, script := range map[string]string{
		"fast": `echo 7`, "works": burn + `burn 5000; echo 7`, "loops": `while :; do :; done`, "naps": `sleep 0.3; echo 7`,
		"sleeps": `sleep 100; echo 7`, "fails": `exit 3`, "wrong": `echo 8`, "mixed": `for i in 1 2 3 4 5; do sleep 0.05; done; echo 7`,
	} {
		paths = append(paths, writeFile(t, filepath.Join(dir, name+".sh"), script))
	}
	problem := problemOf(t, "3 4\n", "7\n")
	problem.Limits.Time, problem.Limits.Wall = time.Second, 2*time.Second
	quiet := verdictsOf(judgeAll(t, jailed(t), Request{Problem: problem, Submissions: paths}))
	load(t, ofSoak(20, 4))
	for range ofSoak(20, 1) {
		if busy := verdictsOf(judgeAll(t, jailed(t), Request{Problem: problem, Submissions: paths})); busy != quiet {
			t.Errorf("on a quiet host\n%son a busy one\n%s", quiet, busy)
		}
	}
}

func verdictsOf(r *report.Report) string {
	var table strings.Builder
	for _, s := range r.Submissions {
		for _, test := range s.Tests {
			fmt.Fprintln(&table, filepath.Base(s.Path), test.Name, test.Verdict, test.Reason)
		}
	}
	return table.String()
}
