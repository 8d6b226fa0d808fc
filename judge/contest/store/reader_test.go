package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// readable returns a result file in a directory that every user can enter.
func readable(t *testing.T, n int) (s *Store, path string) {
	t.Helper()
	s, path = created(t, n)
	dir := filepath.Dir(path)
	for _, one := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(one, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return s, path
}

// readBy returns what another user reads of a file.
func readBy(t *testing.T, uid uint32, path string) string {
	t.Helper()
	cmd := another(t, "read", path)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: uid}}
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("user %d cannot read: %v", uid, err)
	}
	return strings.TrimSpace(string(out))
}

// needRoot skips a test that mounts or changes its user, unless it must run.
func needRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() == 0 {
		return
	}
	if os.Getenv("JUDGE_NEED_JAIL") != "" {
		t.Fatal("this test needs root")
	}
	t.Skip("this test needs root")
}

func TestAnotherUserReadsWhileAGraderWrites(t *testing.T) {
	needRoot(t)
	s, path := readable(t, 100)
	const nobody = 65534
	for i := range 5 {
		if got, want := readBy(t, nobody, path), fmt.Sprint(i); got != want {
			t.Errorf("expected %s judgements, got %q", want, got)
		}
		before := names(t, filepath.Dir(path))
		put(t, s, aJudgement(fmt.Sprintf("s%d", i), problems.AC, 3))
		if after := names(t, filepath.Dir(path)); !reflect.DeepEqual(after, before) {
			t.Errorf("the reader changed the directory from %v to %v", before, after)
		}
	}
	closed(t, s)
	if got := readBy(t, nobody, path); got != "5" {
		t.Errorf("after the end: expected 5 judgements, got %q", got)
	}
	if found := names(t, filepath.Dir(path)); len(found) != 1 {
		t.Errorf("expected results.judge alone, got %v", found)
	}
}

// TestOpenReaderFollowsTheGrader: a reader that was opened before a grader sees what the grader writes, and what is
// left after its end.
func TestOpenReaderFollowsTheGrader(t *testing.T) {
	s, path := created(t, 10)
	put(t, s, aJudgement("s0", problems.AC, 3))
	closed(t, s)
	r, err := OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	expect := func(n int) {
		t.Helper()
		if got := results(t, r); len(got.Judgements) != n {
			t.Errorf("expected %d judgements, got %d", n, len(got.Judgements))
		}
		if got := allRuns(t, r, Which{}); len(got) != n {
			t.Errorf("expected the runs of %d judgements, got %d", n, len(got))
		}
	}
	expect(1)
	s = opened(t, path, 10)
	expect(1)
	put(t, s, aJudgement("s1", problems.AC, 3))
	expect(2)
	closed(t, s)
	expect(2)
	if found := names(t, filepath.Dir(path)); len(found) != 1 {
		t.Errorf("expected results.judge alone, got %v", found)
	}
}

// TestCopiesAreRead: with and without the log, with and without its index, also where nothing can be written.
func TestCopiesAreRead(t *testing.T) {
	needRoot(t)
	t.Setenv("TMPDIR", t.TempDir())
	s, path := created(t, 10)
	put(t, s, aJudgement("s0", problems.AC, 3))
	closed(t, s)
	s = opened(t, path, 10)
	put(t, s, aJudgement("s1", problems.AC, 3))
	for _, test := range []struct {
		name     string
		suffixes []string
		want     int
	}{
		{"all", []string{"", "-wal", "-shm"}, 2},
		{"without the index", []string{"", "-wal"}, 2},
		{"the file alone", []string{""}, 1},
	} {
		for _, readOnly := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/%v", test.name, readOnly), func(t *testing.T) {
				dir := t.TempDir()
				for _, suffix := range test.suffixes {
					copyFile(t, path+suffix, filepath.Join(dir, "copy.judge"+suffix))
				}
				if readOnly {
					mountReadOnly(t, dir)
				}
				before := names(t, dir)
				r, err := OpenReader(filepath.Join(dir, "copy.judge"))
				if err != nil {
					t.Fatal(err)
				}
				if got := results(t, r); len(got.Judgements) != test.want {
					t.Errorf("expected %d judgements, got %d", test.want, len(got.Judgements))
				}
				if got := allRuns(t, r, Which{}); len(got) != test.want || len(got[0].Runs) != 3 {
					t.Errorf("expected the runs of %d judgements, got %+v", test.want, got)
				}
				if err := r.Close(); err != nil {
					t.Error(err)
				}
				if after := names(t, dir); !reflect.DeepEqual(after, before) {
					t.Errorf("the reader changed the directory from %v to %v", before, after)
				}
			})
		}
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "judge-results-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("copies are left: %v, %v", left, err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// mountReadOnly makes a directory read-only, for root as well.
func mountReadOnly(t *testing.T, dir string) {
	t.Helper()
	if err := syscall.Mount(dir, dir, "", syscall.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) }) //nolint:errcheck // the directory is removed then
	if err := syscall.Mount("", dir, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
}

func TestMissingFileIsNotCreatedForReading(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.judge")
	if _, err := OpenReader(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("expected that the file does not exist, got %v", err)
	}
	if found := names(t, filepath.Dir(path)); len(found) != 0 {
		t.Errorf("unexpected %v", found)
	}
}

// next returns a newer schema, with another table.
func next() schema {
	s := current()
	const more = "CREATE TABLE hall(name TEXT) STRICT;\n"
	s.migrations = map[int]string{s.version: more}
	s.version++
	s.tables += more
	return s
}

func TestOlderFilesAreMigrated(t *testing.T) {
	s, path := created(t, 2)
	put(t, s, aJudgement("s0", problems.AC, 3))
	closed(t, s)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := openFile(path, next())
	if err != nil {
		t.Fatal(err)
	}
	r := &Reader{[]*file{f}}
	if got := results(t, r); len(got.Judgements) != 1 {
		t.Errorf("expected 1 judgement of an older file, got %d", len(got.Judgements))
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the reader has changed the file, or %v", err)
	}
	newer, err := open(path, Options{}, next())
	if err != nil {
		t.Fatal(err)
	}
	if got := results(t, newer); len(got.Judgements) != 1 {
		t.Errorf("expected 1 judgement after the migration, got %d", len(got.Judgements))
	}
	closed(t, newer)
	var of *VersionError
	if _, err := Open(path, Options{}); !errors.As(err, &of) || of.Found != 2 || of.Highest != 1 {
		t.Errorf("expected a VersionError, got %v", err)
	}
	if _, err := OpenReader(path); !errors.As(err, &of) || !strings.Contains(err.Error(), "newer judge") {
		t.Errorf("expected a VersionError, got %v", err)
	}
}

func TestMergedShardsAreOneContest(t *testing.T) {
	dir := t.TempDir()
	shard := func(name string, change func(*contest.Contest), all ...contest.Judgement) string {
		path := filepath.Join(dir, name)
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		c := aContest(6)
		if change != nil {
			change(&c)
		}
		if err := s.SetContest(c); err != nil {
			t.Fatal(err)
		}
		put(t, s, all...)
		closed(t, s)
		return path
	}
	one := shard("1", nil, aJudgement("s4", problems.AC, 1), aJudgement("s0", problems.AC, 1),
		aJudgement("s2", problems.JE, 1))
	two := aJudgement("s0", problems.WA, 2)
	two.Machine = "hall-2"
	other := shard("2", nil, two, aJudgement("s1", problems.WA, 2), aJudgement("s2", problems.TLE, 2),
		aJudgement("s4", problems.JE, 2))
	r, err := Merge(one, other)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got := results(t, r)
	for id, want := range map[string]problems.Verdict{
		"s0": problems.AC, "s1": problems.WA, "s2": problems.TLE, "s4": problems.AC,
	} {
		if j := got.Judgements[id]; j == nil || j.Verdict != want {
			t.Errorf("%s: expected %v, got %+v", id, want, j)
		}
	}
	if len(got.Judgements) != 4 || len(got.Contest.Submissions) != 6 || len(got.Machines) != 2 {
		t.Errorf("unexpected results %+v", got)
	}
	if len(got.Differ) != 1 || got.Differ[0].Submission != "s0" || got.Differ[0].Second != "WA" ||
		got.Differ[0].Machine != "hall-2" {
		t.Errorf("expected one disagreement about s0, got %+v", got.Differ)
	}
	lengths := ""
	for _, of := range allRuns(t, r, Which{}) {
		lengths += fmt.Sprintf("%s:%d ", of.Submission, len(of.Runs))
	}
	if lengths != "s0:1 s1:2 s2:2 s4:1 " {
		t.Errorf("unexpected runs %s", lengths)
	}
	for want, change := range map[string]func(*contest.Contest){
		"autumn27":  func(c *contest.Contest) { c.ID = "autumn27" },
		"problem A": func(c *contest.Contest) { c.Problems[0].Facts.Digest = strings.Repeat("b2", 32) },
		"problem B": func(c *contest.Contest) { c.Problems, c.Submissions = c.Problems[:1], nil },
		"problem C": func(c *contest.Contest) { c.Problems = append(c.Problems, contest.Problem{ID: "C"}) },
		"s1":        func(c *contest.Contest) { c.Submissions[1].Time += time.Second },
	} {
		_, err := Merge(one, shard("different"+want[len(want)-1:], change))
		var of *MismatchError
		if !errors.As(err, &of) || !strings.Contains(err.Error(), want) {
			t.Errorf("expected a MismatchError that names %s, got %v", want, err)
		}
	}
}
