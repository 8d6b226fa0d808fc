package isolate

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestArgumentsEnvironmentAndStreamsArriveUnchanged(t *testing.T) {
	pool := openPool(t)
	var out, errs bytes.Buffer
	stdin, err := os.CreateTemp(t.TempDir(), "in")
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	stdin.WriteString("from stdin")
	stdin.Seek(0, 0)
	outcome, err := pool.Run(context.Background(), Command{
		Root: hostRoot(), Args: []string{"/bin/sh", "-c", `cat; printf "|%s|%s|" "$1" "$A"; pwd; echo e >&2; exit 9`, "sh", "x y\n"},
		Env: []string{"A=ä", "PATH=/bin"}, Stdin: stdin, Stdout: &out, Stderr: &errs,
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := "from stdin|x y\n|ä|/box/work\n"; out.String() != want || errs.String() != "e\n" || outcome.Code != 9 {
		t.Errorf("got %q, %q, exit %d", out.String(), errs.String(), outcome.Code)
	}
	if outcome.Usage.Output != Bytes(out.Len()) || outcome.Usage.Stderr != 2 {
		t.Errorf("counted %d and %d bytes", outcome.Usage.Output, outcome.Usage.Stderr)
	}
}

func TestInputNameStaysOnTheHost(t *testing.T) {
	pool := openPool(t)
	input, err := os.Create(t.TempDir() + "/tell-tale")
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	input.WriteString("skipped, content")
	input.Seek(9, 0)
	var out bytes.Buffer
	_, err = pool.Run(context.Background(), Command{
		Root: hostRoot(), Args: []string{"/bin/sh", "-c", "readlink /proc/self/fd/0; cat; cat /dev/stdin; echo x >&0 || echo closed"}, Env: []string{"PATH=/bin"},
		Stdin: input, Stdout: &out,
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); strings.Contains(got, "tell-tale") || !strings.Contains(got, "content") || !strings.HasSuffix(got, "closed\n") {
		t.Errorf("the program saw %q", got)
	}
}

func TestExecErrnoOfProgramsThatCannotStart(t *testing.T) {
	pool := openPool(t)
	for path, want := range map[string]syscall.Errno{"/no/such": syscall.ENOENT, "/bin": syscall.EACCES, "/usr/lib/os-release": syscall.EACCES} {
		outcome, err := pool.Run(context.Background(), Command{Root: hostRoot(), Args: []string{path}})
		if err != nil || outcome.ExecErrno != want || outcome.Cause != Exited || outcome.Code != 127 {
			t.Errorf("%s: %+v, %v; want %v", path, outcome, err, want)
		}
	}
}

func TestOutputBeyondTheLimitIsDiscarded(t *testing.T) {
	pool := openPool(t)
	var out bytes.Buffer
	outcome, err := pool.Run(context.Background(), Command{
		Root: hostRoot(), Args: []string{"/bin/sh", "-c", "head -c 100001 /dev/zero"}, Env: []string{"PATH=/bin"}, Stdout: &out,
		Limits: Limits{Output: 100000},
	})
	if err != nil || outcome.Cause != OutputLimit || out.Len() != 100000 {
		t.Errorf("%v, %v, %d bytes", err, outcome.Cause, out.Len())
	}
}

func TestRunsLeaveNothingForTheNext(t *testing.T) {
	pool := openPool(t)
	const script = `ls -A /tmp /dev/shm . | grep -v : | grep . && exit 1; echo x | tee /tmp/a /dev/shm/b >c; exit 0`
	for i := range 4 { // the first two runs prepare their jails differently from the later ones
		outcome, err := pool.Run(context.Background(), Command{
			Root: hostRoot(), Args: []string{"/bin/sh", "-c", script}, Env: []string{"PATH=/bin"}, Core: OnCore(pool.cores[0]),
		})
		if err != nil || describe(outcome) != "Exited 0" {
			t.Fatalf("run %d: %v, %s", i, err, describe(outcome))
		}
	}
}

func TestCancelledRunsEndAtOnce(t *testing.T) {
	pool := openPool(t)
	ctx, cancel := context.WithCancel(context.Background())
	var runs sync.WaitGroup
	for range 4 {
		runs.Go(func() {
			_, err := pool.Run(ctx, Command{Root: hostRoot(), Args: []string{"/bin/sleep", "1000"}, Limits: Limits{Wall: time.Hour}})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("a cancelled run returned %v", err)
			}
		})
	}
	time.AfterFunc(50*time.Millisecond, cancel)
	runs.Wait() // hangs, and so fails, if a sleeper is left
}

func TestConcurrentPoolsDoNotDisturbEachOther(t *testing.T) {
	var pools sync.WaitGroup
	for range 3 {
		pools.Go(func() {
			pool, err := Open(testConfig())
			if err != nil {
				t.Error(err)
				return
			}
			for range 20 {
				outcome, err := pool.Run(context.Background(), Command{Root: hostRoot(), Args: []string{"/bin/true"}})
				if err != nil || describe(outcome) != "Exited 0" {
					t.Errorf("%v, %s", err, describe(outcome))
				}
			}
			if err := pool.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	pools.Wait()
	checkNothingLeft(t, os.Getpid())
}

func TestUnknownCoresAreRefused(t *testing.T) {
	if pool, err := Open(Config{Cores: []int{4000}}); err == nil {
		pool.Close()
		t.Error("got no error for core 4000")
	}
}

func TestStdinOfEveryFileType(t *testing.T) {
	pool := openPool(t)
	fd, err := unix.MemfdCreate("input", 0)
	if err != nil {
		t.Fatal(err)
	}
	memory := os.NewFile(uintptr(fd), "input")
	memory.WriteString("hello")
	memory.Seek(0, 0)
	removed, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	removed.WriteString("hello")
	removed.Seek(0, 0)
	os.Remove(removed.Name())
	reading, writing, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	writing.WriteString("hello")
	writing.Close()
	for what, stdin := range map[string]*os.File{"in memory": memory, "removed": removed, "a pipe": reading} {
		var out bytes.Buffer
		_, err := pool.Run(context.Background(), Command{Root: hostRoot(), Args: []string{"/bin/cat"}, Stdin: stdin, Stdout: &out})
		if err != nil || out.String() != "hello" {
			t.Errorf("%s: %q, %v", what, out.String(), err)
		}
		stdin.Close()
	}
}

func TestManyRunsLeakNothing(t *testing.T) {
	pool := openPool(t)
	run := func() {
		outcome, err := pool.Run(context.Background(), Command{Root: hostRoot(), Args: []string{"/bin/true"}, Core: OnCore(pool.cores[0])})
		if err != nil || describe(outcome) != "Exited 0" {
			t.Fatalf("%v, %s", err, describe(outcome))
		}
	}
	for range 3 { // until everything that is created once exists
		run()
	}
	pool.cleaning.Wait()
	descriptors, groups := openDescriptors(t), countGroups(t)
	runs := 600
	if testing.Short() {
		runs = 300 // more than slack
	}
	for range runs {
		run()
	}
	pool.cleaning.Wait()
	// Groups are kept for later programs, each with a dozen open files, and a jail made ahead may
	// be half made.
	const slack = 12*16 + 64
	if now := openDescriptors(t); now > descriptors+slack {
		t.Errorf("%d descriptors before, %d after", descriptors, now)
	}
	if now := countGroups(t); now > groups+slack {
		t.Errorf("%d control groups before, %d after", groups, now)
	}
}

func openDescriptors(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// countGroups counts the directories of this process's pools.
func countGroups(t *testing.T) int {
	t.Helper()
	n := 0
	for _, tree := range leftGroups(t, os.Getpid()) {
		filepath.WalkDir(tree, func(_ string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				n++
			}
			return nil
		})
	}
	return n
}
