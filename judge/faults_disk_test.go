package judge

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"judge/judge/cache"
	"judge/problems"
)

// smallDisk mounts a file system of 64 KiB, and returns where.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("small", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil { // which also says that nobody uses it any more
			t.Error(err)
		}
	})
	return dir
}

// large is a submission that such a disk cannot hold.
var large = "ok " + strings.Repeat(".", 100<<10)

func TestFullCacheWarnsOnce(t *testing.T) {
	j, a := acted(t, 1) // in turn: what is half written takes room from the next
	var err error
	if j.Cache, err = cache.Open(filepath.Join(smallDisk(t), "cache")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Cache.Close() }) // it holds the disk
	var warned []error
	j.Warn = func(err error) { warned = append(warned, err) }
	r := judgeAll(t, j, Request{Problem: numbers(t, 1), Submissions: acts(t, large, "ok", large, "wrong "+large)})
	for i, want := range []problems.Verdict{problems.AC, problems.AC, problems.AC, problems.WA} {
		if s := r.Submissions[i]; s.Verdict != want {
			t.Errorf("submission %d is %v (%s), want %v", i, s.Verdict, s.Reason, want)
		}
	}
	if len(warned) != 1 || !errors.Is(warned[0], unix.ENOSPC) {
		t.Errorf("warned of %v", warned)
	}
	if a.compiled != 2*3+1 { // once for the cache, and once more without
		t.Errorf("%d compilations", a.compiled)
	}
	entries, err := os.ReadDir(filepath.Join(j.Cache.Dir, "programs"))
	if err != nil || len(entries) != 1 {
		t.Errorf("the cache keeps %v, %v", entries, err)
	}
}

func TestUnstorableProgramIsAJudgeErrorForItself(t *testing.T) {
	for what, dir := range map[string]string{"full": smallDisk(t), "missing": "/no/such/directory"} {
		t.Run(what, func(t *testing.T) {
			j, _ := acted(t, 1)
			request := Request{Problem: numbers(t, 1), Submissions: acts(t, large, "ok")}
			t.Setenv("TMPDIR", dir)
			r := judgeAll(t, j, request)
			first, second := r.Submissions[0], r.Submissions[1]
			if first.Verdict != problems.JE || !strings.Contains(string(first.Reason), "TMPDIR") {
				t.Errorf("the large one is %v (%s)", first.Verdict, first.Reason)
			}
			if want := map[string]problems.Verdict{"full": problems.AC, "missing": problems.JE}[what]; second.Verdict != want {
				t.Errorf("the small one is %v (%s), want %v", second.Verdict, second.Reason, want)
			}
		})
	}
}
