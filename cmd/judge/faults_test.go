package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"judge/judge/report"
	"judge/problems"
)

// judgement is a judge under way, in a process of its own: this test binary under the name judge.
type judgement struct {
	*exec.Cmd
	report string // file
	said   bytes.Buffer
}

// faultCase makes a problem with so many tests, and two submissions: one that is right, and one that is wrong.
func faultCase(t *testing.T, tests int) (dir string) {
	t.Helper()
	if !canJail(t) {
		t.Skip("this host cannot make jails")
	}
	dir = t.TempDir()
	files := map[string]string{
		"problem.yaml": "name: P\ntests: t/*.in\n",
		"right.sh":     "#!/bin/bash\nsleep 0.01\nread a\necho $a\n",
		"wrong.sh":     "#!/bin/bash\nsleep 0.01\nread a\necho ${a}1\n",
	}
	for i := range tests {
		files[fmt.Sprintf("t/%d.in", i)] = fmt.Sprintln(i)
		files[fmt.Sprintf("t/%d.ans", i)] = fmt.Sprintln(i)
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// judgeUnder judges both submissions in a shell that has prepared itself; the arguments are $1 and so on in it.
func judgeUnder(t *testing.T, dir, prepare string, args ...string) *judgement {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	j := &judgement{report: filepath.Join(t.TempDir(), "report.json")}
	script := prepare + ` && exec -a judge "$0" run --json "$REPORT" . right.sh wrong.sh`
	j.Cmd = exec.Command("bash", append([]string{"-c", script, self}, args...)...)
	j.Dir, j.Env = dir, append(os.Environ(), "REPORT="+j.report, "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
	j.Stdout, j.Stderr = &j.said, &j.said
	if err := j.Start(); err != nil {
		t.Fatal(err)
	}
	return j
}

// check waits for the end and checks that no verdict is wrong, and that the exit code is that of the report: 3 if anything
// is a judge error, and 1 for the wrong submission. Without a report it must be a judge error or an unfit host. It returns
// how many tests got their right verdict.
func (j *judgement) check(t *testing.T) (right int) {
	t.Helper()
	j.Wait()
	code := j.ProcessState.ExitCode()
	if strings.Contains(j.said.String(), "goroutine ") {
		t.Fatalf("the judge has crashed:\n%s", &j.said)
	}
	data, err := os.ReadFile(j.report)
	if err != nil {
		if code != exitJudge && code != exitHost {
			t.Errorf("no report, and exit code %d:\n%s", code, &j.said)
		}
		return 0
	}
	r, err := report.ReadJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	want := exitNot
	for i, verdict := range []problems.Verdict{problems.AC, problems.WA} {
		s := r.Submissions[i]
		if s.Verdict == problems.JE {
			want = exitJudge
		}
		for _, test := range s.Tests {
			switch {
			case test.Verdict == verdict:
				right++
			case test.Verdict == problems.JE:
				want = exitJudge
			case test.Verdict != problems.SKIP || s.Verdict != problems.JE:
				t.Errorf("%s, test %s: %v (%s)", s.Path, test.Name, test.Verdict, test.Reason)
			}
		}
	}
	if code != want {
		t.Errorf("exit code %d, want %d:\n%s", code, want, &j.said)
	}
	j.checkNothingLeft(t)
	return right
}

// checkNothingLeft looks for control groups of the judge.
func (j *judgement) checkNothingLeft(t *testing.T) {
	t.Helper()
	prefix := fmt.Sprintf("judge-%d-", j.Process.Pid)
	filepath.WalkDir("/sys/fs/cgroup", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(entry.Name(), prefix) {
			t.Errorf("left behind: %s", path)
		}
		return nil // others come and go
	})
}

// children lists the processes that a process has started: of a judge, its jailers; of a jailer, the inits of jails.
func children(pid int) (pids []int) {
	lists, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		return nil
	}
	for _, list := range lists {
		text, _ := os.ReadFile(list) // the thread may have ended
		for _, field := range strings.Fields(string(text)) {
			if child, err := strconv.Atoi(field); err == nil {
				pids = append(pids, child)
			}
		}
	}
	return pids
}

// jailers leaves out what else a judge starts, such as a compiler that is asked for its version. The inits of jails have their
// jailer's name.
func jailers(pids []int) []int {
	return slices.DeleteFunc(pids, func(pid int) bool {
		name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
		return err != nil || strings.TrimSpace(string(name)) != "judge-jailer"
	})
}

func TestKilledJailersCostTheTestsThatTheyHeldAndNoMore(t *testing.T) {
	const tests = 200
	dir := faultCase(t, tests)
	judgeUnder(t, dir, "true").check(t) // so that both are compiled: to compile is one run as well, and all tests hang on it
	j := judgeUnder(t, dir, "true")
	over := make(chan int, 1) // one value: how many were killed
	ended := make(chan struct{})
	go func() {
		killed := 0
		for {
			select {
			case <-ended:
				over <- killed
				return
			case <-time.After(rand.N(100 * time.Millisecond)):
			}
			victims := jailers(children(j.Process.Pid))
			for _, jailer := range slices.Clone(victims) {
				victims = append(victims, jailers(children(jailer))...)
			}
			if len(victims) > 0 && unix.Kill(victims[rand.N(len(victims))], unix.SIGKILL) == nil {
				killed++
			}
		}
	}()
	right := j.check(t)
	close(ended)
	killed := <-over
	if killed < 5 || right < 2*tests-3*killed || right == 0 {
		t.Errorf("%d killed, and %d of %d tests judged:\n%s", killed, right, 2*tests, &j.said)
	}
}

func TestTooFewDescriptorsMakeNoVerdict(t *testing.T) {
	dir := faultCase(t, 8)
	for n := 8; n <= 128; n += 6 {
		judgeUnder(t, dir, "ulimit -n $1", strconv.Itoa(n)).check(t)
	}
	if right := judgeUnder(t, dir, "ulimit -n 1024").check(t); right != 2*8 {
		t.Errorf("with 1024 descriptors, %d of %d tests are judged", right, 2*8)
	}
}

// TestTooFewProcessesMakeNoVerdict: the runtime of Go cannot live without threads, so the judge looks before it begins.
func TestTooFewProcessesMakeNoVerdict(t *testing.T) {
	dir := faultCase(t, 8)
	parent := "/sys/fs/cgroup/pids"
	if _, err := os.Stat(parent); err != nil {
		parent = "/sys/fs/cgroup"
	}
	group := filepath.Join(parent, fmt.Sprintf("faults-%d", os.Getpid()))
	if err := os.Mkdir(group, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		err := os.Remove(group) // which also says that nothing is left in it
		for end := time.Now().Add(10 * time.Second); err != nil && time.Now().Before(end); err = os.Remove(group) {
			time.Sleep(time.Millisecond)
		}
		if err != nil {
			t.Error(err)
		}
	})
	for _, n := range []int{12, 20, 28, 36, 40, 42, 44, 46, 48, 52, 56} {
		if err := os.WriteFile(filepath.Join(group, "pids.max"), []byte(strconv.Itoa(n)), 0); err != nil {
			t.Fatal(err)
		}
		judgeUnder(t, dir, `echo $$ >"$1"/cgroup.procs`, group).check(t)
	}
}
