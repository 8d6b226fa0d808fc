package isolate

import (
	"fmt"
	"judge/isolate/cgroup"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// levelEnv names the weakest isolation that the tests accept; unset: full.
const levelEnv = "ISOLATE_TEST_LEVEL"

func testConfig() Config {
	level, err := ParseLevel(os.Getenv(levelEnv))
	if err != nil {
		level = Full
	}
	config := Config{Level: level}
	if core, err := strconv.Atoi(os.Getenv(exclusiveEnv)); err == nil {
		config.Cores, config.Exclusive = []int{core}, []int{core}
	}
	return config
}

// openPool opens a pool. At the end of the test it closes the pool and checks that nothing of it is
// left on the host.
func openPool(t *testing.T) *Pool {
	t.Helper()
	pool, err := Open(testConfig())
	if err != nil {
		t.Fatalf("these tests need a host that can make jails: %v", err)
	}
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Errorf("close the pool: %v", err)
		}
		checkNothingLeft(t, os.Getpid())
	})
	return pool
}

// checkNothingLeft looks for cgroups and processes of the judge with this process id.
func checkNothingLeft(t *testing.T, judge int) {
	t.Helper()
	for _, dir := range leftGroups(t, judge) {
		t.Errorf("a control group is left: %s", dir)
	}
	for _, pid := range leftProcesses(t, judge) {
		t.Errorf("process %d of a jail is left", pid)
	}
}

func leftGroups(t *testing.T, judge int) []string {
	t.Helper()
	mounts, own, err := cgroup.Mounts()
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, h := range mounts {
		controller := ""
		if h.Controllers != nil {
			controller = h.Controllers[0]
		}
		found, err := filepath.Glob(filepath.Join(h.Directory(own[controller]), fmt.Sprintf("%s%d-*", cgroup.TreePrefix, judge)))
		if err != nil {
			t.Fatal(err)
		}
		left = append(left, found...)
	}
	return left
}

// leftProcesses lists the processes in control groups of the judge with this process id.
func leftProcesses(t *testing.T, judge int) []int {
	t.Helper()
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	var left []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		groups, err := os.ReadFile("/proc/" + entry.Name() + "/cgroup")
		if err == nil && strings.Contains(string(groups), fmt.Sprintf("/%s%d-", cgroup.TreePrefix, judge)) {
			left = append(left, pid)
		}
	}
	return left
}
