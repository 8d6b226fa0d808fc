package isolate

import (
	"context"
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
