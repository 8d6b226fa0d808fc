package isolate

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestAKilledJailerCostsAtMostOneRun: whoever kills a jailer gets one failed run, as an error, and no more.
func TestAKilledJailerCostsAtMostOneRun(t *testing.T) {
	pool := openPool(t)
	command := Command{Root: hostRoot(), Args: []string{"/bin/true"}, Core: OnCore(pool.cores[0])}
	for range 3 {
		if outcome, err := pool.Run(context.Background(), command); err != nil || describe(outcome) != "Exited 0" {
			t.Fatalf("%v, %s", err, describe(outcome))
		}
	}
	pool.mu.Lock()
	jailer := pool.idle[0].jailer
	pool.mu.Unlock()
	if err := unix.Kill(jailer.PID(), unix.SIGKILL); err != nil {
		t.Fatal(err)
	}
	var failed []error // the kernel takes a moment to kill the jails of a dead jailer: any one of the next runs may be hit
	for range 5 {
		outcome, err := pool.Run(context.Background(), command)
		if err != nil {
			failed = append(failed, err)
		} else if describe(outcome) != "Exited 0" {
			t.Errorf("a run without its jailer: %s", describe(outcome))
		}
	}
	if len(failed) > 1 {
		t.Errorf("%d runs failed: %v", len(failed), failed)
	}
}

func TestTooFewDescriptorsAreAnErrorAndNotAVerdict(t *testing.T) {
	pool := openPool(t)
	if err := pool.Try(); err != nil { // so that nothing is still being opened
		t.Fatal(err)
	}
	command := Command{Root: hostRoot(), Args: []string{"/bin/true"}}
	var before, now unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &before); err != nil {
		t.Fatal(err)
	}
	now = before
	now.Cur = uint64(openDescriptors(t)) + 4
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &now); err != nil {
		t.Fatal(err)
	}
	outcome, err := pool.Run(context.Background(), command)
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &before); err != nil {
		t.Fatal(err)
	}
	if err == nil {
		t.Errorf("without descriptors: %s", describe(outcome))
	}
	if outcome, err := pool.Run(context.Background(), command); err != nil || describe(outcome) != "Exited 0" {
		t.Errorf("with descriptors again: %v, %s", err, describe(outcome))
	}
}

// TestAHostWithoutRoomIsNotTheProgramsFault: the judge is put into control groups with less than the jails may have.
func TestAHostWithoutRoomIsNotTheProgramsFault(t *testing.T) {
	rows := []struct {
		what, controller, file string
		limit                  int64
		script                 string
	}{
		{"memory", "memory", "memory.limit_in_bytes", 48 << 20, "x=x; while :; do x=$x$x; done"},
		{"processes", "pids", "pids.max", 60, "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 3 & sleep 3 & sleep 3 & done; wait"},
	}
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			out := crowded(t, row.controller, row.file, row.limit, row.script)
			if !strings.Contains(out, "not for its own limit") {
				t.Errorf("%s", out)
			}
		})
	}
}

// crowded runs a script in a jail of a judge that is in a control group with a limit, and returns what the judge says.
func crowded(t *testing.T, controller, file string, limit int64, script string) string {
	t.Helper()
	mounts, own, err := cgroupMounts()
	if err != nil {
		t.Fatal(err)
	}
	dir := ""
	for _, h := range mounts {
		if h.has(controller) {
			dir = filepath.Join(h.directory(own[controller]), fmt.Sprintf("crowded-%d", os.Getpid()))
		}
	}
	if dir == "" {
		t.Skip("under cgroup v2 the jails of root are not in the group that the judge is in")
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := removeGroup(dir); err != nil {
			t.Error(err)
		}
	})
	if err := write(filepath.Join(dir, file), strconv.FormatInt(limit, 10)); err != nil {
		t.Fatal(err)
	}
	// The shell moves itself and becomes the judge.
	judge := exec.Command("/bin/sh", "-c", `echo $$ >"$0"/cgroup.procs && exec /proc/$PPID/exe`, dir)
	judge.Env = append(os.Environ(), onceEnv+"="+script)
	out, err := judge.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}
