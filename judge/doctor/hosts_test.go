package doctor

import (
	"errors"
	"fmt"
	"testing/fstest"
	"time"

	"judge/isolate"
)

// changes are files of a host by path; an empty text removes one.
type changes map[string]string

const thp = "sys/kernel/mm/transparent_hugepage/enabled"

// quiet are the files of a server with cgroup v2, four cores and nothing to complain of.
func quiet() changes {
	all := changes{
		"usr/bin/apt-get":           "an executable",
		"proc/sys/kernel/osrelease": "6.1.0-18-amd64\n",
		"proc/cpuinfo":              "processor\t: 0\nmodel name\t: AMD  EPYC 7302P\nflags\t\t: fpu vme svm\n\n",
		"proc/self/status":          "Name:\tjudge\nUid:\t0\t0\t0\t0\nCapEff:\t000001ffffffffff\nSeccomp:\t0\nCpus_allowed_list:\t0-3\n",
		"proc/self/uid_map":         "         0          0 4294967295\n",
		"proc/self/cgroup":          "0::/system.slice/judge.service\n",
		"proc/self/mountinfo":       "30 25 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n",
		"proc/meminfo":              "MemTotal:       16384000 kB\nMemFree:         1000000 kB\nMemAvailable:   12582912 kB\n",
		"proc/swaps":                "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n",
		"proc/loadavg":              "0.05 0.10 0.20 1/123 4567\n",
		"proc/stat":                 "cpu  1000 0 1000 97990 0 0 10 0 0 0\ncpu0 1 2 3\n",

		"proc/sys/kernel/seccomp/actions_avail": "kill_process kill_thread trap errno user_notif trace log allow\n",
		"proc/sys/kernel/core_pattern":          "core\n",
		"proc/sys/kernel/randomize_va_space":    "2\n",
		"proc/sys/user/max_user_namespaces":     "63000\n",
		thp:                                     "always [madvise] never\n",

		"sys/fs/cgroup/cgroup.controllers":                            "cpuset cpu io memory pids\n",
		"sys/fs/cgroup/system.slice/cgroup.controllers":               "memory pids\n",
		"sys/fs/cgroup/system.slice/judge.service/cgroup.controllers": "cpuset cpu memory pids\n",
		"sys/fs/cgroup/system.slice/judge.service/cpu.max":            "max 100000\n",
		"sys/fs/cgroup/system.slice/judge.service/memory.swap.max":    "max\n",

		"sys/devices/system/cpu/online":                "0-3\n",
		"sys/devices/system/cpu/smt/active":            "0\n",
		"sys/devices/system/cpu/intel_pstate/no_turbo": "1\n",
		"sys/devices/system/node/online":               "0\n",
	}
	for _, space := range spaces {
		all["proc/self/ns/"+space.file] = space.file + ":[4026531836]\n"
	}
	for cpu := range 4 {
		dir := fmt.Sprintf("sys/devices/system/cpu/cpu%d/", cpu)
		all[dir+"topology/thread_siblings_list"] = fmt.Sprintf("%d\n", cpu)
		all[dir+"cpufreq/scaling_governor"] = "performance\n"
	}
	return all
}

// with lays changes over a host.
func (c changes) with(over changes) changes {
	for path, text := range over {
		if c[path] = text; text == "" {
			delete(c, path)
		}
	}
	return c
}

func (c changes) files() fstest.MapFS {
	files := fstest.MapFS{}
	for path, text := range c {
		files[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// sources are a host on which jails work and all can be written.
func sources(files changes) Sources {
	return Sources{
		Files:      files.files(),
		Try:        func() Trial { return Trial{Level: "full", Cgroup: "v2", Took: 1234 * time.Microsecond} },
		Writable:   func(string) error { return nil },
		Libseccomp: "2.5.4",
		Cache:      Cache{Dir: "/root/.cache/judge"},
		Commands: Commands{
			Cores: "judge run --cores", Jobs: "judge run -j", Uncached: "judge run --no-cache", Report: "judge doctor --json -",
		},
		Languages: func() []Language {
			return []Language{{Name: "C17", Version: "12.2.0", Package: "gcc"}, {Name: "Python 3", Version: "3.11.2", Package: "python3"}}
		},
	}
}

// refused is a trial on a host that lacks something.
func refused(lacks ...isolate.Lack) func() Trial {
	return func() Trial { return Trial{Err: fmt.Errorf("open a pool: %w", &isolate.LackError{Lacks: lacks})} }
}

var errDenied = errors.New("permission denied")

func denied(string) error { return errDenied }

// The changes that make a quiet server another kind of host.
var (
	laptop = changes{
		"proc/self/status":                                          "Uid:\t0\t0\t0\t0\nCapEff:\t000001ffffffffff\nCpus_allowed_list:\t0-3\n",
		"sys/devices/system/cpu/smt/active":                         "1\n",
		"sys/devices/system/cpu/intel_pstate/no_turbo":              "0\n",
		"sys/devices/system/cpu/cpu0/topology/thread_siblings_list": "0-1\n",
		"sys/devices/system/cpu/cpu1/topology/thread_siblings_list": "0-1\n",
		"sys/devices/system/cpu/cpu2/topology/thread_siblings_list": "2-3\n",
		"sys/devices/system/cpu/cpu3/topology/thread_siblings_list": "2-3\n",
		"sys/devices/system/cpu/cpu0/cpufreq/scaling_governor":      "powersave\n",
		"sys/devices/system/cpu/cpu1/cpufreq/scaling_governor":      "powersave\n",
		"sys/devices/system/cpu/cpu2/cpufreq/scaling_governor":      "powersave\n",
		"sys/devices/system/cpu/cpu3/cpufreq/scaling_governor":      "powersave\n",
		"sys/class/power_supply/AC/type":                            "Mains\n",
		"sys/class/power_supply/AC/online":                          "0\n",
		"sys/class/power_supply/BAT0/type":                          "Battery\n",
		thp:                                                         "[always] madvise never\n",
		"proc/swaps":                                                "Filename\tType\tSize\n/swapfile file 2097148 0 -2\n",
		"proc/sys/kernel/core_pattern":                              "|/usr/share/apport/apport -p%p -s%s\n",
	}
	ordinary = changes{
		"proc/self/status": "Uid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000000000\nCpus_allowed_list:\t0-3\n",
		"proc/self/cgroup": "0::/user.slice/user-1000.slice/session-2.scope\n",
		"sys/fs/cgroup/user.slice/user-1000.slice/cgroup.controllers": "memory pids\n",
	}
	ubuntu = changes{
		"proc/sys/kernel/osrelease":                             "6.8.0-31-generic\n",
		"proc/sys/kernel/unprivileged_userns_clone":             "1\n",
		"proc/sys/kernel/apparmor_restrict_unprivileged_userns": "1\n",
	}
	hybrid = changes{
		"proc/self/cgroup": "6:pids:/job\n4:memory:/job\n3:cpuset:/\n2:cpu,cpuacct:/job\n0::/job\n",
		"proc/self/mountinfo": "31 25 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n" +
			"32 25 0:28 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n" +
			"33 25 0:29 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n" +
			"34 25 0:30 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n" +
			"35 25 0:31 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n",
		"sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us": "-1\n",
	}
	noGroups = changes{ // as WSL without systemd
		"proc/sys/kernel/osrelease": "5.15.153.1-microsoft-standard-WSL2\n",
		"proc/self/mountinfo":       "25 20 0:22 / /sys rw,nosuid - sysfs sysfs rw\n",
		"proc/self/cgroup":          "0::/\n",
	}
	inContainer = changes{
		".dockerenv":                            "-\n",
		"proc/self/cgroup":                      "0::/\n",
		"sys/fs/cgroup/cpu.max":                 "150000 100000\n",
		"proc/self/status":                      "Uid:\t0\t0\t0\t0\nCapEff:\t00000000a80425fb\nSeccomp:\t2\nCpus_allowed_list:\t0-1\n",
		"proc/self/mountinfo":                   "30 25 0:26 /docker/abc /sys/fs/cgroup ro,nosuid - cgroup2 cgroup ro\n",
		"sys/fs/cgroup/job/memory.swap.max":     "max\n",
		"sys/devices/system/node/online":        "0-1\n",
		"sys/devices/system/node/node0/cpulist": "0-1\n",
	}
)
