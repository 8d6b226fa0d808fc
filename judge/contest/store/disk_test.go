package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// TestFullDisk fills a small file system: the error has path and size, what was committed can be read, and grading goes
// on when there is room.
func TestFullDisk(t *testing.T) {
	needRoot(t)
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=3m"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) }) //nolint:errcheck // the directory is removed then
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "results.judge")
	s := opened(t, path, 5000)
	acknowledged := map[string]bool{}
	judgement := func(i int) contest.Judgement {
		j := aJudgement(fmt.Sprintf("s%d", i), problems.AC, 20)
		j.Log = strings.Repeat("log\n", 100)
		return j
	}
	// fill puts judgements until there is an error, and waits for every 50th.
	fill := func(from int) (next int, err error) {
		for next = from; next < 5000; next++ {
			j := judgement(next)
			if err := s.PutThen(j, func(Fate) { acknowledged[j.Submission] = true }); err != nil {
				return next, err
			}
			if next%50 == 0 {
				if err := s.Flush(t.Context()); err != nil {
					return next + 1, err
				}
			}
		}
		return next, nil
	}
	n, err := fill(0)
	var full *FullError
	if !errors.As(err, &full) || full.Path != path || full.Size < 1<<19 {
		t.Fatalf("expected a FullError with path and size, got %v", err)
	}
	t.Logf("%v", err)
	if err := s.Put(judgement(n)); !errors.As(err, &full) {
		t.Errorf("Put after the error: expected a FullError, got %v", err)
	}
	check := func(from *Reader) {
		t.Helper()
		got := results(t, from)
		for id := range acknowledged {
			if got.Judgements[id] == nil {
				t.Errorf("the judgement of %s was acknowledged and is lost", id)
			}
		}
		for _, of := range allRuns(t, from, Which{}) {
			if len(of.Runs) != 20 {
				t.Errorf("the judgement of %s has %d runs, expected 20", of.Submission, len(of.Runs))
			}
		}
		if len(got.Judgements) < len(acknowledged) {
			t.Errorf("expected at least %d judgements, got %d", len(acknowledged), len(got.Judgements))
		}
	}
	check(s.Reader)
	if len(acknowledged) == 0 {
		t.Error("expected some judgements to fit")
	}
	r, err := OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	check(r)
	if err := r.Close(); err != nil {
		t.Error(err)
	}

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := s.Flush(t.Context()); err != nil {
		t.Fatalf("with room again: %v", err)
	}
	if len(acknowledged) != n {
		t.Errorf("expected that all %d judgements are committed, got %d", n, len(acknowledged))
	}
	check(s.Reader)
	if err := s.Put(judgement(n)); err != nil {
		t.Errorf("with room again: %v", err)
	}
	// Full once more, and closed: what was committed is in the next file.
	if _, err = fill(n + 1); !errors.As(err, &full) {
		t.Fatalf("expected a FullError, got %v", err)
	}
	if err := s.Close(); !errors.As(err, &full) {
		t.Errorf("Close on a full disk: expected a FullError, got %v", err)
	}
	if r, err = OpenReader(path); err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	check(r)
}

func TestJudgementsAreCommittedWithoutFlush(t *testing.T) {
	s, path := created(t, 3)
	done := make(chan Fate, 1)
	if err := s.PutThen(aJudgement("s0", problems.AC, 3), func(f Fate) { done <- f }); err != nil {
		t.Fatal(err)
	}
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("nothing was committed in a minute")
	}
	r, err := OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got := results(t, r); len(got.Judgements) != 1 {
		t.Errorf("expected 1 judgement, got %d", len(got.Judgements))
	}
}
