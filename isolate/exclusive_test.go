package isolate

import (
	"bytes"
	"context"
	"errors"
	"judge/isolate/cgroup"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate/lack"
)

// exclusiveEnv makes the victims of these tests reserve that core.
const exclusiveEnv = "ISOLATE_TEST_EXCLUSIVE"

// exclusiveConfig is testConfig with one exclusive core.
func exclusiveConfig(core int) Config {
	config := testConfig()
	config.Cores, config.Exclusive = []int{core}, []int{core}
	return config
}

// lastCore returns the highest CPU number of this process. The host keeps the others.
func lastCore(t *testing.T) int {
	t.Helper()
	cores, err := usableCores(nil)
	if err != nil {
		t.Fatal(err)
	}
	return cores[len(cores)-1]
}

// hostCanBeDivided reports whether this host can reserve cores. It uses other evidence than the
// code under test.
func hostCanBeDivided(t *testing.T) bool {
	t.Helper()
	var group unix.Statfs_t
	if err := unix.Statfs("/sys/fs/cgroup", &group); err != nil {
		t.Fatal(err)
	}
	users, err := os.ReadFile("/proc/self/uid_map")
	if err != nil {
		t.Fatal(err)
	}
	wholeHost := strings.Join(strings.Fields(string(users)), " ") == "0 0 4294967295" // no user namespace
	init, err := os.Readlink("/proc/1/ns/cgroup")
	own, failed := os.Readlink("/proc/self/ns/cgroup")
	const initialCgroupNamespace = "cgroup:[4026531835]" // PROC_CGROUP_INIT_INO
	return group.Type == unix.CGROUP2_SUPER_MAGIC && wholeHost && os.Geteuid() == 0 && err == nil && failed == nil && init == own && own == initialCgroupNamespace
}

// others reports whether a process outside all jails may run on a core.
func others(t *testing.T, core int) bool {
	t.Helper()
	process := exec.Command("/bin/sleep", "60")
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	defer process.Wait()
	defer process.Process.Kill()
	var only, may unix.CPUSet
	only.Set(core)
	if unix.SchedSetaffinity(process.Process.Pid, &only) != nil { // none of these CPUs is for it
		return false
	}
	if err := unix.SchedGetaffinity(process.Process.Pid, &may); err != nil {
		t.Fatal(err)
	}
	return may.IsSet(core)
}

func TestExclusiveCoresRunNoOtherProcess(t *testing.T) {
	core := lastCore(t)
	pool, err := Open(exclusiveConfig(core))
	if !hostCanBeDivided(t) {
		if missing := new(LackError); !errors.As(err, &missing) || missing.Lacks[0].Waiver != lack.OwnCores {
			t.Fatalf("this host cannot give cores away, and says %v", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if others(t, core) {
		t.Errorf("others may use core %d", core)
	}
	var out bytes.Buffer
	command := Command{Root: hostRoot(), Args: []string{"/usr/bin/sed", "-n", "s/^Cpus_allowed_list:\\t//p", "/proc/self/status"}, Stdout: &out}
	outcome, err := pool.Run(context.Background(), command)
	if err != nil || describe(outcome) != "Exited 0" || out.String() != strconv.Itoa(core)+"\n" {
		t.Errorf("a program runs on %q, expected core %d (%v, %s)", &out, core, err, describe(outcome))
	}
	if second, err := Open(exclusiveConfig(core)); err == nil {
		second.Close()
		t.Error("a second judge had the same core to itself")
	}
	if err := pool.Close(); err != nil {
		t.Error(err)
	}
	if !others(t, core) {
		t.Errorf("core %d was not given back", core)
	}
	checkNothingLeft(t, os.Getpid())
}

// TestKilledJudgeReleasesExclusiveCores kills a judge, which cannot release them itself.
func TestKilledJudgeReleasesExclusiveCores(t *testing.T) {
	if !hostCanBeDivided(t) {
		return // nothing can be reserved; TestExclusiveCoresRunNoOtherProcess checks that
	}
	core := lastCore(t)
	t.Setenv(exclusiveEnv, strconv.Itoa(core))
	victim, said := startVictim(t, "echo begun; sleep 100")
	said.wait(t, "begun", 1)
	if others(t, core) {
		t.Fatalf("others may use core %d while the judge lives", core)
	}
	checkKilled(t, victim)
	for deadline := time.Now().Add(time.Minute); !others(t, core); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("core %d was not given back", core)
		}
	}
	t.Setenv(exclusiveEnv, "")
	openPool(t) // sweeps
	checkNothingLeft(t, victim.Process.Pid)
	if left := leftExclusive(t); len(left) > 0 {
		t.Errorf("left beneath the root: %v", left)
	}
}

func leftExclusive(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir("/sys/fs/cgroup")
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), cgroup.TreePrefix) && !strings.Contains(entry.Name(), strconv.Itoa(os.Getpid())) {
			left = append(left, entry.Name())
		}
	}
	return left
}
