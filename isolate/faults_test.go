package isolate

import (
	"context"
	"errors"
	"fmt"
	"judge/isolate/cgroup"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestKilledJailerFailsAtMostOneRun: killing a jailer makes at most one run return an error.
func TestKilledJailerFailsAtMostOneRun(t *testing.T) {
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
	var failed []error // the kernel takes a moment to kill the jails of a dead jailer: any of the next runs may fail
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

func TestTooFewDescriptorsAreAnError(t *testing.T) {
	pool := openPool(t)
	if err := pool.Try(); err != nil { // so that no descriptor is still being opened
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

// TestHostLimitsAreErrorsOfTheJail puts the judge into control groups with less than the jails may
// have.
func TestHostLimitsAreErrorsOfTheJail(t *testing.T) {
	const fills = `exec /usr/bin/perl -e '$x .= "x" x (1 << 20) while 1'`
	const forks = `exec /usr/bin/perl -e 'for (1 .. 60) { exit 1 unless defined($p = fork); last if !$p } sleep 100'`
	rows := []struct {
		what, controller, v1, v2 string // files of the limit
		limit                    int64
		script                   string
	}{
		{"memory", "memory", "memory.limit_in_bytes", "memory.max", 48 << 20, fills},
		{"processes", "pids", "pids.max", "pids.max", 60, forks},
	}
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			out := ""
			if group, ok := divisibleGroup(t); ok {
				out = crowded(t, group, row.v2, row.limit, row.script)
			} else {
				out = crowded(t, ownGroup(t, row.controller), row.v1, row.limit, row.script)
			}
			if !strings.Contains(out, "below its own limit") {
				t.Errorf("%s", out)
			}
		})
	}
}

// ownGroup returns this process's group in the hierarchy of a v1 controller.
func ownGroup(t *testing.T, controller string) string {
	t.Helper()
	mounts, own, err := cgroup.Mounts()
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range mounts {
		if h.Has(controller) {
			return h.Directory(own[controller])
		}
	}
	t.Fatalf("no hierarchy has the controller %s", controller)
	return ""
}

// divisibleGroup returns the nearest v2 group, from this process's own upwards, that can enable
// controllers for its children; false with v1.
func divisibleGroup(t *testing.T) (string, bool) {
	t.Helper()
	if openPool(t).Cgroup() != "v2" {
		return "", false
	}
	mounts, own, err := cgroup.Mounts()
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range mounts {
		if h.Controllers != nil {
			continue
		}
		for dir := h.Directory(own[""]); strings.HasPrefix(dir, h.Mount); dir = filepath.Dir(dir) {
			if err = os.WriteFile(filepath.Join(dir, "cgroup.subtree_control"), []byte("+memory +pids"), 0); err == nil {
				return dir, true
			}
		}
	}
	t.Fatalf("no control group hands its controllers down: %v", err)
	return "", false
}

// crowded runs a script in a jail of a judge whose control group is limited, and returns the
// judge's output. The judge has its own group within that one: with v2 the jails would not be below
// it otherwise.
func crowded(t *testing.T, parent, file string, limit int64, script string) string {
	t.Helper()
	dir := filepath.Join(parent, fmt.Sprintf("crowded-%d", os.Getpid()))
	inner := filepath.Join(dir, "judge")
	if err := os.MkdirAll(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, dir := range []string{inner, dir} {
			removeEmptied(t, dir)
		}
	})
	if err := os.WriteFile(filepath.Join(dir, file), []byte(strconv.FormatInt(limit, 10)), 0); err != nil {
		t.Fatal(err)
	}
	// The shell moves itself and becomes the judge.
	judge := exec.Command("/bin/sh", "-c", `echo $$ >"$0"/cgroup.procs && exec /proc/$PPID/exe`, inner)
	judge.Env = append(os.Environ(), onceEnv+"="+script)
	out, err := judge.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

// removeEmptied removes a control group. The group may count as empty only a moment after its last
// process is dead.
func removeEmptied(t *testing.T, dir string) {
	t.Helper()
	var err error
	for range 1000 {
		if err = os.Remove(dir); !errors.Is(err, unix.EBUSY) {
			break
		}
		time.Sleep(2 * time.Millisecond)
	}
	if err != nil {
		t.Error(err)
	}
}
