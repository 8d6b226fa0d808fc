package isolate

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// victimEnv makes this test binary a judge that runs this shell script in jails again and again
// until it is killed.
const victimEnv = "ISOLATE_TEST_VICTIM"

func TestMain(m *testing.M) {
	if err := EnterUserNamespace(testConfig().Level); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	switch {
	case os.Getenv(victimEnv) != "":
		runForever(os.Getenv(victimEnv))
	case os.Getenv(onceEnv) != "":
		runOnce(os.Getenv(onceEnv))
	default:
		os.Exit(m.Run())
	}
}

// onceEnv makes this test binary a judge that runs this shell script in one jail and prints the
// outcome.
const onceEnv = "ISOLATE_TEST_ONCE"

// wallEnv is the wall limit of that jail; unset: that of shell.
const wallEnv = "ISOLATE_TEST_WALL"

func runOnce(script string) {
	pool, err := Open(testConfig())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer pool.Close()
	command := shell(script)
	command.Stdout = os.Stdout
	if wall, err := time.ParseDuration(os.Getenv(wallEnv)); err == nil {
		command.Limits.Wall = wall
	}
	outcome, err := pool.Run(context.Background(), command)
	fmt.Println(describe(outcome), err)
}

func shell(script string) Command {
	limits := patient()
	limits.Processes = 100
	return Command{Root: hostRoot(), Args: []string{"/bin/sh", "-c", script}, Env: []string{"PATH=/bin"}, Limits: limits}
}

// patient is the limits of programs that end by themselves, on a host that is emulated and busy.
func patient() Limits { return Limits{CPU: 4 * time.Minute, Wall: 8 * time.Minute} }

func runForever(script string) {
	pool, err := Open(testConfig())
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	command := shell(script)
	command.Stdout, command.Limits = os.Stdout, Limits{CPU: time.Hour, Wall: time.Hour}
	for range 3 {
		go func() {
			for {
				pool.Run(context.Background(), command)
			}
		}()
	}
	select {}
}

// startVictim starts such a judge.
func startVictim(t *testing.T, script string) (*exec.Cmd, *said) {
	t.Helper()
	victim := exec.Command("/proc/self/exe")
	victim.Env = append(os.Environ(), victimEnv+"="+script)
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	return victim, &said{from: out}
}

// said is the output of a victim's programs.
type said struct {
	from interface{ Read([]byte) (int, error) }
	text []byte
}

// wait reads until a word has come n times.
func (s *said) wait(t *testing.T, word string, n int) {
	t.Helper()
	for buffer := make([]byte, 64); strings.Count(string(s.text), word) < n; {
		got, err := s.from.Read(buffer)
		if err != nil {
			t.Fatalf("the judge did not start its jails: %v, %q", err, s.text)
		}
		s.text = append(s.text, buffer[:got]...)
	}
}

// checkKilled kills the judge and waits until no process of it runs.
func checkKilled(t *testing.T, victim *exec.Cmd) {
	t.Helper()
	victim.Process.Kill()
	victim.Wait()
	left := func() []int { return append(leftProcesses(t, victim.Process.Pid), orphanedJailers(t)...) }
	for deadline := time.Now().Add(time.Minute); len(left()) > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("processes outlive their judge: %v", left())
		}
	}
}

// orphanedJailers lists jailers and inits of jails whose parent is gone.
func orphanedJailers(t *testing.T) []int {
	t.Helper()
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	var orphans []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		stat, err := os.ReadFile("/proc/" + entry.Name() + "/stat")
		// pid (name) state ppid, proc(5)
		if err == nil && bytes.Contains(stat, []byte(" (judge-jailer) ")) {
			fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
			if string(fields[1]) == "1" && string(fields[0]) != "Z" {
				orphans = append(orphans, pid)
			}
		}
	}
	return orphans
}

func TestKilledJudgeTakesItsJailsAlong(t *testing.T) {
	victim, out := startVictim(t, "sleep 1000 & echo ready; exec sleep 1000")
	out.wait(t, "ready", 3)
	if jailed := leftProcesses(t, victim.Process.Pid); len(jailed) < 6 {
		t.Fatalf("the jails are not there: processes %v", jailed)
	}
	checkKilled(t, victim)
	openPool(t) // the next judge sweeps
	checkSwept(t, victim.Process.Pid)
}

// TestJudgeKilledAtAnyMomentLeavesNothing kills judges while they open, prepare, start, collect and
// remove, on busy cores and next to a judge that stays alive.
func TestJudgeKilledAtAnyMomentLeavesNothing(t *testing.T) {
	const latest = 120 * time.Millisecond
	kills := 100
	if testing.Short() {
		kills = 40
	}
	load(t)
	stop := liveBeside(t)
	defer stop()
	for range kills {
		victim, _ := startVictim(t, "sleep 1000 & exit 0")
		time.Sleep(rand.N(latest)) // only the moment is random, nothing waits for it
		checkKilled(t, victim)
		pool, err := Open(testConfig())
		if err != nil {
			t.Fatal(err)
		}
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
		checkSwept(t, victim.Process.Pid)
	}
}

// checkSwept waits until the groups of a dead judge are gone. Other judges on this host sweep as
// well, and one may be doing so. A sweep leaves to the next one what the kernel on a busy host has
// not finished.
func checkSwept(t *testing.T, judge int) {
	t.Helper()
	const another = time.Second
	swept := time.Now()
	for deadline := time.Now().Add(time.Minute); len(leftGroups(t, judge)) > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("control groups are left: %v", leftGroups(t, judge))
		}
		if time.Since(swept) > another {
			pool, err := Open(testConfig())
			if err != nil {
				t.Fatal(err)
			}
			if err := pool.Close(); err != nil {
				t.Error(err)
			}
			swept = time.Now()
		}
	}
}

// load keeps every core busy until the end of the test.
func load(t *testing.T) {
	t.Helper()
	for range runtime.NumCPU() {
		spinner := exec.Command("/bin/sh", "-c", "while :; do :; done")
		if err := spinner.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			spinner.Process.Kill()
			spinner.Wait()
		})
	}
}

// liveBeside runs programs until it is stopped: the death of other judges must not affect a living
// one.
func liveBeside(t *testing.T) (stop func()) {
	t.Helper()
	pool := openPool(t)
	ctx, cancel := context.WithCancel(context.Background())
	var living sync.WaitGroup
	living.Go(func() {
		for ctx.Err() == nil {
			outcome, err := pool.Run(context.Background(), Command{Root: hostRoot(), Args: []string{"/bin/true"}})
			if err != nil || describe(outcome) != "Exited 0" {
				t.Errorf("the neighbour: %v, %s", err, describe(outcome))
				return
			}
		}
	})
	return func() {
		cancel()
		living.Wait()
	}
}
