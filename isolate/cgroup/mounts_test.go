package cgroup

import (
	"strings"
	"testing"
)

func TestHierarchiesFromMountinfo(t *testing.T) {
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
	if !found[0].Has("cpuacct") || found[0].Has("memory") || !found[1].Has("memory") || found[2].Controllers != nil {
		t.Errorf("controllers: %+v", found)
	}
	for group, want := range map[string]string{
		"/docker/abc":     "/sys/fs/cgroup/memory",
		"/docker/abc/job": "/sys/fs/cgroup/memory/job",
		"/elsewhere":      "/sys/fs/cgroup/memory", // outside the mounted part
	} {
		if got := found[1].Directory(group); got != want {
			t.Errorf("%s lies at %s, want %s", group, got, want)
		}
	}
}

func TestHierarchiesPreferTheUsualMount(t *testing.T) {
	const v1 = " rw - cgroup cgroup rw,memory\n"
	for _, row := range []struct{ what, mountinfo, want string }{
		{"a chroot with the host's /sys", "31 25 0:27 / /sys/fs/cgroup/memory" + v1 + "41 25 0:27 / /srv/root/sys/fs/cgroup/memory" + v1, "/sys/fs/cgroup/memory"},
		{"the same the other way round", "41 25 0:27 / /srv/root/sys/fs/cgroup/memory" + v1 + "31 25 0:27 / /sys/fs/cgroup/memory" + v1, "/sys/fs/cgroup/memory"},
		{"none at the usual place", "31 25 0:27 / /a/memory" + v1 + "41 25 0:27 / /b/memory" + v1, "/a/memory"},
		{"twice at the usual place", "31 25 0:27 / /sys/fs/cgroup/memory" + v1 + "41 25 0:27 / /sys/fs/cgroup/again" + v1, "/sys/fs/cgroup/memory"},
		{"a name that begins alike", "31 25 0:27 / /sys/fs/cgroups/memory" + v1 + "41 25 0:27 / /sys/fs/cgroup/memory" + v1, "/sys/fs/cgroup/memory"},
		{"a blank and others", `31 25 0:27 / /my\040root\011\134\012/\#x` + v1, "/my root\t\\\n/\\#x"},
	} {
		found, err := hierarchies(strings.NewReader(row.mountinfo))
		if err != nil || len(found) != 1 || found[0].Mount != row.want {
			t.Errorf("%s: expected %q, got %+v, %v", row.what, row.want, found, err)
		}
	}
	found, err := hierarchies(strings.NewReader(`31 25 0:27 /a\040b /sys/fs/cgroup/memory` + v1))
	if err != nil || len(found) != 1 || found[0].Directory("/a b/c") != "/sys/fs/cgroup/memory/c" {
		t.Errorf("a group with a blank: %+v, %v", found, err)
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
