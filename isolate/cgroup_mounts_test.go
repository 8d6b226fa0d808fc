package isolate

import (
	"strings"
	"testing"
)

func TestHierarchiesAreFoundInMountinfo(t *testing.T) {
	const mountinfo = `25 20 0:22 / /sys rw,nosuid - sysfs sysfs rw
30 25 0:26 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
31 25 0:27 /docker/abc /sys/fs/cgroup/memory rw,nosuid shared:9 master:2 - cgroup cgroup rw,memory
32 25 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
short line
`
	found, err := hierarchies(strings.NewReader(mountinfo))
	if err != nil || len(found) != 3 {
		t.Fatalf("%+v, %v", found, err)
	}
	if !found[0].has("cpuacct") || found[0].has("memory") || !found[1].has("memory") || found[2].controllers != nil {
		t.Errorf("controllers: %+v", found)
	}
	for group, want := range map[string]string{
		"/docker/abc":     "/sys/fs/cgroup/memory",
		"/docker/abc/job": "/sys/fs/cgroup/memory/job",
		"/elsewhere":      "/sys/fs/cgroup/memory", // outside of what is mounted here
	} {
		if got := found[1].directory(group); got != want {
			t.Errorf("%s lies at %s, want %s", group, got, want)
		}
	}
}

func TestOwnGroupsByController(t *testing.T) {
	own, err := ownGroups(strings.NewReader("4:cpu,cpuacct:/a\n3:memory:/b:c\n0::/d\n"))
	if err != nil {
		t.Fatal(err)
	}
	for controller, want := range map[string]string{"cpuacct": "/a", "memory": "/b:c", "": "/d"} {
		if own[controller] != want {
			t.Errorf("%q: %q, want %q", controller, own[controller], want)
		}
	}
	if _, err := ownGroups(strings.NewReader("nonsense\n")); err == nil {
		t.Error("nonsense was taken")
	}
}
