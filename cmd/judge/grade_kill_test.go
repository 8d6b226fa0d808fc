package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// soaks in the environment makes tests that interrupt take many rounds; make soak sets it.
const soaks = "JUDGE_SOAK"

// gradedContest lays out a contest whose submissions take a moment each. All of them fail, or pass, in ways that depend
// on nothing but the submission.
func gradedContest(t *testing.T, submissions int) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"contest.yaml":       "id: c\nproblems: {S: sum, E: echo}\nsubmissions: \"{team}/{problem}/{file}\"\n",
		"sum/problem.yaml":   "name: Sum\ntests: \"*.in\"\n",
		"echo/problem.yaml":  "name: Echo\ntests: \"*.in\"\n",
		"echo/1.in":          "1\n",
		"echo/1.ans":         "1\n",
		"broken/E/broken.sh": "#!/bin/ba\n",
	}
	for i := range 4 {
		files[fmt.Sprintf("sum/%d.in", i)] = fmt.Sprintf("%d\n", i)
		files[fmt.Sprintf("sum/%d.ans", i)] = fmt.Sprintf("%d\n", i+1)
	}
	for i := range submissions {
		last := 1 + i%5 // the first input that it does not solve
		files[fmt.Sprintf("team%d/S/a%d.sh", i%7, i)] = fmt.Sprintf(
			"#!/bin/bash\nread a\nfor ((i = 0; i < 5000; i++)); do :; done\n((a < %d)) && echo $((a + 1))\n", last)
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

// asJudge returns a command that runs this test binary as judge.
func asJudge(t *testing.T, cache string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, args...)
	c.Args[0] = "judge"
	c.Env = append(os.Environ(), "XDG_CACHE_HOME="+cache)
	return c
}

func outputOf(t *testing.T, c *exec.Cmd) string {
	t.Helper()
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", c.Args, err, &errs)
	}
	return string(out)
}

// judgedBefore returns how many submissions a grader has found judged.
func judgedBefore(t *testing.T, head string) int {
	t.Helper()
	words := strings.Fields(head)
	for i, word := range words {
		if word == "judged" && i+1 < len(words) && words[i+1] == "before" {
			n, err := strconv.Atoi(words[i-1])
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	return 0
}

// TestKilledGradingLosesNothing kills a grader again and again. What it has judged stays judged, and the results are
// those of a grader that nobody has disturbed.
func TestKilledGradingLosesNothing(t *testing.T) {
	if !canJail(t) {
		t.Skip("this host cannot make jails")
	}
	kills, submissions := 8, 30
	if os.Getenv(soaks) != "" {
		kills, submissions = 100, 200
	}
	dir, cache := gradedContest(t, submissions), t.TempDir()
	undisturbed := filepath.Join(t.TempDir(), "undisturbed.judge")
	began := time.Now()
	want := outputOf(t, asJudge(t, cache, "grade", dir, "--results", undisturbed))
	took := time.Since(began)
	wantRows := outputOf(t, asJudge(t, cache, "results", undisturbed, "--csv", "-"))

	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	judged, killed := 0, 0
	for {
		c := asJudge(t, cache, "grade", dir)
		var out, errs bytes.Buffer
		c.Stdout, c.Stderr = &out, &errs
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- c.Wait() }()
		limit := time.Hour
		if killed < kills {
			limit = time.Duration(random.Int64N(int64(took)/4 + 1))
		}
		var err error
		select {
		case err = <-done:
		case <-time.After(limit):
			c.Process.Signal(syscall.SIGKILL)
			err = <-done
			killed++
		}
		n := judgedBefore(t, errs.String())
		if n < judged && strings.Contains(errs.String(), "submissions") {
			t.Fatalf("%d were judged, and later %d:\n%s", judged, n, &errs)
		}
		judged = max(judged, n)
		if c.ProcessState.ExitCode() >= 0 {
			if err != nil || out.String() != want {
				t.Fatalf("after %d kills: %v\n%s%sexpected\n%s", killed, err, &out, &errs, want)
			}
			break
		}
	}
	t.Logf("%d kills", killed)
	if rows := outputOf(t, asJudge(t, cache, "results", dir, "--csv", "-")); rows != wantRows {
		t.Errorf("got\n%sexpected\n%s", rows, wantRows)
	}
	again := asJudge(t, cache, "grade", dir)
	var errs bytes.Buffer
	again.Stderr = &errs
	if err := again.Run(); err != nil || judgedBefore(t, errs.String()) != submissions+1 {
		t.Errorf("%v\n%s", err, &errs)
	}
}
