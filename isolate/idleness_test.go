package isolate

import (
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestStallTimeCountsDelayedLooks(t *testing.T) {
	start := time.Now()
	rows := []struct {
		name  string
		looks []time.Duration // after the start
		want  time.Duration
	}{
		{"never", []time.Duration{idleTick, 2 * idleTick}, 0},
		{"a busy host", []time.Duration{idleTick + minStall}, 0},
		{"once", []time.Duration{idleTick, 10 * time.Second, 10*time.Second + idleTick}, 10*time.Second - 2*idleTick},
		{"twice", []time.Duration{5 * time.Second, 10 * time.Second}, 10*time.Second - 2*idleTick},
		{"two looks at once", []time.Duration{5 * time.Second, 5 * time.Second}, 5*time.Second - idleTick},
	}
	for _, row := range rows {
		a := stallTime{last: start}
		for _, at := range row.looks {
			a.look(start.Add(at))
		}
		if a.total != row.want {
			t.Errorf("%s: absent for %v, want %v", row.name, a.total, row.want)
		}
	}
}

// TestStoppedJudgeCountsNoWallTime stops the judge (Ctrl-Z and fg) for longer than the wall limit.
// The program, which waits for its output to be read, ends as it would have. The limit follows the
// time that the program takes here without a stop.
func TestStoppedJudgeCountsNoWallTime(t *testing.T) {
	began := time.Now()
	if last := stoppedJudge(t, time.Minute, 0); last != "Exited 0 <nil>\n" {
		t.Fatalf("without a stop the judge says %q", last)
	}
	wall := max(3*time.Second, 4*time.Since(began))
	if last := stoppedJudge(t, wall, wall+2*time.Second); last != "Exited 0 <nil>\n" {
		t.Errorf("the judge says %q", last)
	}
}

// stoppedJudge runs a program in a judge that is stopped for some time, and returns what the judge
// says of it.
func stoppedJudge(t *testing.T, wall, stopped time.Duration) string {
	t.Helper()
	judge := exec.Command("/proc/self/exe")
	judge.Env = append(os.Environ(),
		onceEnv+"=echo ready; sleep 0.5; head -c 200000 /dev/zero", wallEnv+"="+wall.String())
	out, err := judge.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := judge.Start(); err != nil {
		t.Fatal(err)
	}
	words := &said{from: out}
	words.wait(t, "ready", 1)
	for _, step := range []struct {
		signal syscall.Signal
		then   time.Duration
	}{{syscall.SIGSTOP, stopped}, {syscall.SIGCONT, 0}} {
		if err := judge.Process.Signal(step.signal); err != nil {
			t.Fatal(err)
		}
		time.Sleep(step.then)
	}
	rest, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	if err := judge.Wait(); err != nil {
		t.Fatal(err)
	}
	said := strings.Trim(string(words.text)+string(rest), "\x00")
	return said[strings.LastIndexByte(said, 0)+1:]
}
