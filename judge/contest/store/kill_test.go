package store

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"judge/problems"
)

// roleEnv makes this test binary another process; see TestMain.
const roleEnv = "JUDGE_STORE_ROLE"

func TestMain(m *testing.M) {
	role, path, _ := strings.Cut(os.Getenv(roleEnv), " ")
	var err error
	switch role {
	case "grade":
		err = gradeAll(path, os.Stdout)
	case "hold":
		err = hold(path)
	case "read":
		err = readOnce(path, os.Stdout)
	default:
		os.Exit(m.Run())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// another returns the command for another process of this binary.
func another(t testing.TB, role, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), roleEnv+"="+role+" "+path)
	cmd.Stderr = os.Stderr
	return cmd
}

const killed, killedRuns = 10_000, 24

// gradeAll stores a judgement for every submission that has none, and prints each after its commit.
func gradeAll(path string, out io.Writer) error {
	s, err := Open(path, Options{Interval: time.Millisecond})
	if err != nil {
		return err
	}
	if err := s.SetContest(aContest(killed)); err != nil {
		return err
	}
	fmt.Fprintln(out, "ready")
	for i := range killed {
		j := aJudgement(fmt.Sprintf("s%d", i), problems.AC, killedRuns)
		j.Log = "" // more of them fit
		if err := s.PutThen(j, func(f Fate) { fmt.Fprintln(out, j.Submission) }); err != nil {
			return err
		}
	}
	return s.Close()
}

// TestKilledGraderLosesNothing kills a grader at random, and continues with the same file. What it acknowledged is
// kept, and each judgement has all of its runs. With JUDGE_SOAK it does so a hundred times.
func TestKilledGraderLosesNothing(t *testing.T) {
	times := 5
	if os.Getenv("JUDGE_SOAK") != "" {
		times = 100
	}
	path := filepath.Join(t.TempDir(), "results.judge")
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	acknowledged := 0
	for round := range times {
		if round%3 == 0 { // a new file, also killed while it is created
			path = filepath.Join(t.TempDir(), "results.judge")
		}
		seen := killOne(t, path, random)
		acknowledged += len(seen)
		checkKilled(t, path, seen)
	}
	t.Logf("%d judgements were acknowledged", acknowledged)
	if acknowledged == 0 {
		t.Error("expected some judgements to be acknowledged before the kills")
	}
}

// killOne runs a grader, kills it at a random moment and returns what it acknowledged.
func killOne(t *testing.T, path string, random *rand.Rand) (seen []string) {
	t.Helper()
	cmd := another(t, "grade", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	// Some are killed while the file is created, the others after some acknowledgements.
	if random.IntN(5) == 0 {
		time.Sleep(time.Duration(random.IntN(300)) * time.Millisecond)
		cmd.Process.Signal(syscall.SIGKILL) //nolint:errcheck // it may have ended
	}
	until := 1 + random.IntN(3000)
	for lines.Scan() {
		if line := lines.Text(); line != "ready" {
			seen = append(seen, line)
		}
		if len(seen) == until {
			time.Sleep(time.Duration(random.IntN(20)) * time.Millisecond)
			cmd.Process.Signal(syscall.SIGKILL) //nolint:errcheck // it may have ended
		}
	}
	cmd.Wait() //nolint:errcheck // it was killed
	return seen
}

func checkKilled(t *testing.T, path string, seen []string) {
	t.Helper()
	if _, err := os.Stat(path); err != nil && len(seen) == 0 {
		return // killed before the file was there
	}
	before := names(t, filepath.Dir(path))
	r, err := OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got := results(t, r)
	for _, id := range seen {
		if got.Judgements[id] == nil {
			t.Fatalf("the judgement of %s was acknowledged and is lost", id)
		}
	}
	n := 0
	for _, one := range allRuns(t, r, Which{}) {
		if n++; len(one.Runs) != killedRuns {
			t.Fatalf("the judgement of %s has %d runs, expected %d", one.Submission, len(one.Runs), killedRuns)
		}
	}
	if n != len(got.Judgements) {
		t.Errorf("expected runs of %d judgements, got %d", len(got.Judgements), n)
	}
	var found string
	if err := r.files[0].db.QueryRow("PRAGMA integrity_check").Scan(&found); err != nil || found != "ok" {
		t.Errorf("integrity: %s, %v", found, err)
	}
	if after := names(t, filepath.Dir(path)); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("the reader changed the directory from %v to %v", before, after)
	}
}

// hold opens a result file for grading and keeps it until its input ends.
func hold(path string) error {
	s, err := Open(path, Options{})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	io.Copy(io.Discard, os.Stdin) //nolint:errcheck // the end is what counts
	return s.Close()
}

// readOnce prints what it can read of a result file.
func readOnce(path string, out io.Writer) error {
	r, err := OpenReader(path)
	if err != nil {
		return err
	}
	defer r.Close()
	results, err := r.Results(context.Background())
	if err != nil {
		return err
	}
	fmt.Fprintln(out, len(results.Judgements))
	return nil
}
