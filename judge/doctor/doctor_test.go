package doctor

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"judge/isolate"
)

func TestQuietServerIsFitWithoutFixes(t *testing.T) {
	e := Examine(sources(quiet()))
	if !e.Fit() || e.Level != "full" {
		t.Errorf("fit %v, level %q", e.Fit(), e.Level)
	}
	for _, c := range e.Checks {
		if c.State != OK || c.Fix != "" || c.Value == "" || c.Means == "" {
			t.Errorf("%+v", c)
		}
	}
}

// A rule is what a host with these files, or this trial, is told in one check.
type rule struct {
	rule  string
	files changes
	s     func(*Sources)
	check string
	value string // a part of it
	state State
	fix   string // the beginning of it; "": none
}

func TestHostFactsDecideTheCheck(t *testing.T) {
	for _, rules := range [][]rule{hostRules(), isolationRules(), cgroupRules(), timingRules(), languageRules()} {
		for _, r := range rules {
			t.Run(r.rule, func(t *testing.T) {
				s := sources(quiet().with(r.files))
				if r.s != nil {
					r.s(&s)
				}
				r.verify(t, Examine(s))
			})
		}
	}
}

func (r rule) verify(t *testing.T, e Examination) {
	i := slices.IndexFunc(e.Checks, func(c Check) bool { return c.Name == r.check })
	if i < 0 {
		t.Fatalf("no check %q", r.check)
	}
	c := e.Checks[i]
	if !strings.Contains(c.Value, r.value) || c.State != r.state || !strings.HasPrefix(c.Fix, r.fix) || (r.fix == "") != (c.Fix == "") {
		t.Errorf("it is told %q (%s, fix %q), want %q (%s, fix %q)", c.Value, c.State, c.Fix, r.value, r.state, r.fix)
	}
	for _, c := range e.Checks {
		if c.State == Unknown || c.Value == "" || c.Means == "" || c.Fix == "" && c.State >= Warn {
			t.Errorf("a check says too little: %+v", c)
		}
	}
}

func hostRules() []rule {
	old := changes{"proc/sys/kernel/osrelease": "5.4.0-150-generic\n"}
	return []rule{
		{"an old kernel on which jails fail", old, lacking, "kernel", "5.4.0", Warn, "use Linux 5.12"},
		{"an old kernel on which jails work all the same", old, nil, "kernel", "5.4.0", OK, ""},
		{"a kernel of unreadable version", changes{"proc/sys/kernel/osrelease": "mine\n"}, lacking, "kernel", "mine", Note, ""},
		{"real hardware", nil, nil, "machine", "real hardware", OK, ""},
		{"WSL", noGroups, lacking, "machine", "WSL", Note, ""},
		{"a virtual machine by the processor's flag", changes{"proc/cpuinfo": "flags : fpu hypervisor svm\n", "sys/class/dmi/id/sys_vendor": "QEMU\n"},
			nil, "machine", "virtual machine (QEMU)", Note, ""},
		{"a container", inContainer, lacking, "machine", "in a container (docker)", Note, ""},
		{"a processor that is not named", changes{"proc/cpuinfo": "processor : 0\n"}, nil, "processor", "not shown", Note, ""},
		{"a container's root", inContainer, lacking, "user", "root without CAP_SYS_ADMIN", Warn, "in a container, run it privileged"},
		{"an ordinary user", ordinary, lacking, "user", "user 1000", Note, ""},
		{"an ordinary user in a namespace", changes{"proc/self/uid_map": "0 1000 1\n1 100000 65536\n"}, nil, "user", "user 1000, in a user namespace", OK, ""},
		{"memory for two tests of four", changes{"proc/meminfo": "MemTotal: 1000000 kB\nMemAvailable: 524288 kB\n"}, nil, "memory", "0.5 of 1.0 GiB", Warn,
			"end other programs, or run fewer tests at once: judge run -j 2"},
		{"a cache that cannot be written", nil, func(s *Sources) { s.Cache.Err = errDenied }, "cache", "/root/.cache/judge", Warn, "set XDG_CACHE_HOME"},
	}
}

func lacking(s *Sources) {
	s.Try = refused(isolate.Lack{What: "namespaces", Why: "not permitted", Fix: "run as root"})
}

func failing(err error) func(*Sources) {
	return func(s *Sources) { s.Try = func() Trial { return Trial{Err: err} } }
}

func isolationRules() []rule {
	const restricted, clone = "proc/sys/kernel/apparmor_restrict_unprivileged_userns", "kernel.unprivileged_userns_clone"
	return []rule{
		{"a jail works", nil, nil, "a jail", "works: full, cgroup v2, 1.2 ms a run", OK, ""},
		{"a weaker jail works", nil, func(s *Sources) { s.Try = func() Trial { return Trial{Level: "one-user", Cgroup: "v2"} } },
			"a jail", "works: one-user", Note, ""},
		{"other programs of the same user", nil, failing(&isolate.SharedUserError{Err: errors.New("full")}), "a jail", "cannot be created", Unfit, "end this user's other programs"},
		{"a host that lacks something", nil, lacking, "a jail", "cannot be created: namespaces", Unfit, "run as root"},
		{"a host where nothing more is known", nil, failing(&isolate.LackError{Lacks: []isolate.Lack{{What: "a jail", Why: "no", Fix: "free memory"}}}), "a jail", "cannot be created", Unfit, "free memory"},
		{"a jail that fails for want of rights", nil, failing(&fs.PathError{Op: "mkdir", Path: "/x", Err: fs.ErrPermission}), "a jail", "cannot be created", Unfit, "run as root"},
		{"a jail that fails for no known reason", nil, failing(errors.New("odd")), "a jail", "cannot be created", Unfit, "none is known"},
		{"no cgroup namespaces", changes{"proc/self/ns/cgroup": ""}, lacking, "namespaces", "uts user time", Warn, "use a kernel"},
		{"no time namespaces", changes{"proc/self/ns/time": ""}, nil, "namespaces", "cgroup user", OK, ""},
		{"no pid namespace may be made", changes{"proc/sys/user/max_pid_namespaces": "0\n"}, lacking, "namespaces", "mount net", Warn,
			"sysctl -w user.max_pid_namespaces=15000"},
		{"Ubuntu 24.04 refuses an ordinary user", ubuntu, lacking, "user namespaces", "kernel.apparmor_restrict_unprivileged_userns=1", Warn,
			"sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"},
		{"Ubuntu 24.04 refuses root nothing", ubuntu, nil, "user namespaces", "kernel.apparmor_restrict", Note, "sysctl -w"},
		{"Debian 10 refuses them", changes{"proc/sys/kernel/unprivileged_userns_clone": "0\n"}, lacking, "user namespaces", clone + "=0", Warn, "sysctl -w " + clone + "=1"},
		{"none may be made", changes{"proc/sys/user/max_user_namespaces": "0\n"}, lacking, "user namespaces", "user.max_user_namespaces=0", Warn,
			"sysctl -w user.max_user_namespaces=15000"},
		{"two settings refuse them", changes{"proc/sys/user/max_user_namespaces": "0\n", restricted: "1\n"}, lacking, "user namespaces", "=0, kernel.apparmor", Warn,
			"sysctl -w user.max_user_namespaces=15000 && sysctl -w kernel.apparmor"},
		{"a kernel without them", changes{"proc/self/ns/user": ""}, lacking, "user namespaces", "none", Warn, "run as root"},
		{"no filters", changes{"proc/sys/kernel/seccomp/actions_avail": "kill_thread trap\n"}, lacking, "seccomp", "without kill_process", Warn, "use Linux"},
		{"a filter of the container's", inContainer, lacking, "seccomp", "libseccomp 2.5.4, within another filter", Note, ""},
		{"apport", laptop, nil, "core pattern", "|/usr/share/apport/apport", Warn,
			"sysctl -w kernel.core_pattern=core && systemctl disable --now apport"},
		{"another core handler", changes{"proc/sys/kernel/core_pattern": "|/usr/lib/systemd/systemd-coredump %P\n"}, nil, "core pattern", "systemd-coredump", Warn,
			"sysctl -w kernel.core_pattern=core"},
		{"a core handler's socket", changes{"proc/sys/kernel/core_pattern": "@/run/core.socket\n"}, nil, "core pattern", "@", Warn, "sysctl -w kernel.core_pattern=core"},
		{"no ASLR", changes{"proc/sys/kernel/randomize_va_space": "0\n"}, nil, "ASLR", "off", Note, "sysctl -w kernel.randomize_va_space=2"},
		{"some ASLR", changes{"proc/sys/kernel/randomize_va_space": "1\n"}, nil, "ASLR", "partly", OK, ""},
	}
}

func cgroupRules() []rule {
	unwritable := func(s *Sources) { lacking(s); s.Writable = denied }
	return []rule{
		{"cgroup v2", nil, nil, "cgroup", "v2 at /sys/fs/cgroup", OK, ""},
		{"hybrid", hybrid, nil, "cgroup", "v1, next to an empty v2", OK, ""},
		{"no control groups", noGroups, lacking, "cgroup", "none at /sys/fs/cgroup", Warn, "mount -t cgroup2 cgroup2 /sys/fs/cgroup"},
		{"controllers of v1 in a chroot's mounts, too", quiet().with(hybrid).with(changes{"proc/self/mountinfo": hybrid["proc/self/mountinfo"] +
			"51 25 0:27 / /srv/my\\040root/sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"}), unwritable, "delegation", "/sys/fs/cgroup/memory/job", Warn, "run as root"},
		{"controllers of v1", hybrid, nil, "controllers", "memory pids cpuacct cpuset", OK, ""},
		{"a controller of v1 is missing", quiet().with(hybrid).with(changes{"proc/self/mountinfo": "32 25 0:28 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n" +
			"33 25 0:29 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n34 25 0:30 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"}),
			lacking, "controllers", "pids cpuacct cpuset", Warn,
			"mkdir -p /sys/fs/cgroup/memory && mount -t cgroup -o memory cgroup /sys/fs/cgroup/memory"},
		{"controllers of the nearest group that has them", ordinary, nil, "controllers", "memory pids", Note, ""},
		{"no memory controller", changes{"sys/fs/cgroup/cgroup.controllers": "cpu pids\n", "sys/fs/cgroup/system.slice/cgroup.controllers": "cpu pids\n",
			"sys/fs/cgroup/system.slice/judge.service/cgroup.controllers": "pids\n"}, lacking, "controllers", "pids cpu", Warn, "boot without cgroup_disable=memory; "},
		{"a group that may be divided", nil, nil, "delegation", "/system.slice/judge.service", OK, ""},
		{"a group that may not", ordinary, unwritable, "delegation", "session-2.scope", Warn, "systemd-run --user --scope -p Delegate=yes"},
		{"a group that may not, beneath one that may", ordinary, func(s *Sources) { s.Writable = denied }, "delegation", "session-2.scope", Note, ""},
		{"an ordinary user with v1", hybrid, unwritable, "delegation", "/sys/fs/cgroup/memory/job", Warn, "run as root"},
		{"swap on", laptop, nil, "swap", "limited per group", Note, "swapoff -a"},
		{"swap on, seen from the topmost group", quiet().with(inContainer).with(changes{"proc/swaps": laptop["proc/swaps"]}), nil, "swap", "limited per group", Note, "swapoff -a"},
		{"swap on without a limit", quiet().with(hybrid).with(changes{"proc/swaps": laptop["proc/swaps"]}), nil, "swap", "not limited", Warn, "swapoff -a, or boot with swapaccount=1"},
		{"swap on with the limit of v1", quiet().with(hybrid).with(changes{"proc/swaps": laptop["proc/swaps"],
			"sys/fs/cgroup/memory/job/memory.memsw.limit_in_bytes": "9223372036854771712\n"}), nil, "swap", "limited per group", Note, "swapoff -a"},
		{"a quota of v2", inContainer, nil, "CPU quota", "150000 100000 of /sys/fs/cgroup", Warn, "start the container"},
		{"a quota of v2 from above", changes{"sys/fs/cgroup/system.slice/cpu.max": "50000 100000\n"}, nil, "CPU quota", "of /sys/fs/cgroup/system.slice", Warn, "start the container"},
		{"no quota of v1", hybrid, nil, "CPU quota", "none", OK, ""},
		{"a quota of v1", quiet().with(hybrid).with(changes{"sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us": "50000\n"}), nil, "CPU quota", "50000 of", Warn, "start the container"},
	}
}

func timingRules() []rule {
	const cpu, pools = "sys/devices/system/cpu/", "sys/kernel/mm/hugepages/"
	return []rule{
		{"four cores", nil, nil, "cores", "4 CPUs, 4 cores", OK, ""},
		{"two cores with siblings", laptop, nil, "cores", "4 CPUs, 2 cores", OK, ""},
		{"a share of the host", inContainer, lacking, "cores", "2 CPUs, 2 cores, of the host's 4 CPUs", OK, ""},
		{"one core", changes{"proc/self/status": "Cpus_allowed_list:\t2\n"}, nil, "cores", "1 CPU, 1 core", Note, ""},
		{"siblings", laptop, nil, "SMT", "on", Warn, "echo off > /sys/devices/system/cpu/smt/control"},
		{"cores of two speeds", changes{"sys/devices/cpu_core/cpus": "0-1\n", "sys/devices/cpu_atom/cpus": "2-3\n"}, nil, "core types", "fast 0-1, slow 2-3", Warn,
			"judge run --cores 0-1"},
		{"two nodes", inContainer, nil, "NUMA nodes", "2", Note, "judge run --cores 0-1"},
		{"powersave", laptop, nil, "governor", "powersave", Warn, "cpupower frequency-set -g performance"},
		{"governors that differ", changes{cpu + "cpu3/cpufreq/scaling_governor": "schedutil\n"}, nil, "governor", "performance, schedutil", Warn, "cpupower"},
		{"turbo of intel_pstate", laptop, nil, "turbo", "on", Warn, "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo"},
		{"boost of other drivers", changes{cpu + "intel_pstate/no_turbo": "", cpu + "cpufreq/boost": "1\n"}, nil, "turbo", "on", Warn,
			"echo 0 > /sys/devices/system/cpu/cpufreq/boost"},
		{"no boost", changes{cpu + "intel_pstate/no_turbo": "", cpu + "cpufreq/boost": "0\n"}, nil, "turbo", "off", OK, ""},
		{"no turbo is shown", changes{cpu + "intel_pstate/no_turbo": ""}, nil, "turbo", "not shown by this host", Note, ""},
		{"huge pages always", laptop, nil, "huge pages", "always", OK, ""},
		{"huge pages never", changes{thp: "always madvise [never]\n"}, nil, "huge pages", "never", OK, ""},
		{"an empty reserve", changes{pools + "hugepages-2048kB/nr_hugepages": "0\n"}, nil, "huge pages", "madvise", OK, ""},
		{"a reserve of two sizes", changes{
			pools + "hugepages-2048kB/nr_hugepages":    "30\n",
			pools + "hugepages-1048576kB/nr_hugepages": "1\n",
		}, nil, "huge pages", "madvise, 1084 MiB reserved", Note, "sysctl -w vm.nr_hugepages=0"},
		{"a busy host", changes{"proc/loadavg": "4.00 1.00 0.50 9/300 123\n"}, nil, "load", "4.00", Warn, "end them"},
		{"a host at work", changes{"proc/loadavg": "2.00 1.00 0.50 9/300 123\n"}, nil, "load", "2.00", Note, ""},
		{"stolen time", changes{"proc/stat": "cpu  10 0 10 970 0 0 0 10 5 5\n"}, nil, "stolen time", "1.00 %", Warn, "use a machine"},
		{"hardly any stolen time", changes{"proc/stat": "cpu  10 0 10 971 0 0 0 9 5 5\n"}, nil, "stolen time", "0.90 %", OK, ""},
		{"a battery", laptop, nil, "power", "battery", Warn, "plug it in"},
		{"the mains", changes{"sys/class/power_supply/AC/type": "Mains\n", "sys/class/power_supply/AC/online": "1\n"}, nil, "power", "mains", OK, ""},
	}
}

func languageRules() []rule {
	over := func(all ...Language) func(*Sources) {
		return func(s *Sources) { s.Languages = func() []Language { return all } }
	}
	kotlin := Language{Name: "Kotlin", Missing: []string{"kotlinc", "java"}, Package: "kotlin"}
	c, own := Language{Name: "C17", Version: "12.2.0"}, Language{Name: "Mine", Missing: []string{"minec"}}
	return []rule{
		{"what works", nil, over(c, kotlin), "working", "1 of 2", OK, ""},
		{"what is missing", nil, over(c, kotlin), "missing", "1 of 2", Note, "apt-get install kotlin"},
		{"a package that is missing twice", nil, over(c, kotlin, kotlin, own), "missing", "3 of 4", Note, "apt-get install kotlin"},
		{"a language of one's own is missing", nil, over(c, own), "missing", "1 of 2", Note, "install a compiler: judge languages lists them"},
		{"a broken one", nil, over(c, Language{Name: "PHP", Fault: "no output", Package: "php-cli"}), "PHP", "broken", Warn, "apt-get install --reinstall php-cli"},
		{"nothing works", nil, over(kotlin), "working", "0 of 1", Unfit, "apt-get install kotlin"},
		{"missing, in another distribution", changes{"usr/bin/apt-get": ""}, over(c, kotlin), "missing", "1 of 2", Note,
			"install the equivalents of Debian's packages kotlin"},
		{"broken, in another distribution", changes{"usr/bin/apt-get": ""},
			over(c, Language{Name: "PHP", Fault: "no output", Package: "php-cli"}), "PHP", "broken", Warn,
			"reinstall the equivalent of Debian's package php-cli"},
	}
}

// TestHiddenFactsAreNotGuessed examines a host that shows nothing: no check of a fact may say that it is well.
func TestHiddenFactsAreNotGuessed(t *testing.T) {
	s := sources(nil)
	s.Files = fstest.MapFS{}
	for _, c := range Examine(s).Checks {
		known := c.Name == "a jail" || c.Name == "cache" || c.Name == "delegation" || c.Group == Languages // not from files
		if !known && (c.State != Note || !strings.HasPrefix(c.Value, "not shown by this host")) {
			t.Errorf("%+v", c)
		}
	}
}

func TestOnlyTheTrialAndTheLanguagesMakeAHostUnfit(t *testing.T) {
	for _, files := range []changes{laptop, ordinary, ubuntu, hybrid, noGroups, inContainer} {
		if e := Examine(sources(quiet().with(files))); !e.Fit() {
			t.Errorf("a jail works on this host, but it is called unfit: %+v", e.Checks)
		}
		s := sources(quiet().with(files))
		lacking(&s)
		if e := Examine(s); e.Fit() || e.Level != "" {
			t.Errorf("no jail can be made on this host, but it is called fit for %q", e.Level)
		}
	}
}

func TestEveryLackIsACheckOfItsOwn(t *testing.T) {
	s := sources(quiet())
	s.Try = refused(isolate.Lack{What: "a", Why: "b", Fix: "c"}, isolate.Lack{What: "d", Why: "e", Fix: "f"})
	var got []Check
	for _, c := range Examine(s).Checks {
		if c.State == Unfit {
			got = append(got, c)
		}
	}
	want := []Check{
		{Name: "a jail", Group: Isolation, Value: "cannot be created: a", State: Unfit, Means: "b", Fix: "c"},
		{Name: "a jail", Group: Isolation, Value: "cannot be created: d", State: Unfit, Means: "e", Fix: "f"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestEmptyExaminationIsNotFit(t *testing.T) {
	if (Examination{Checks: []Check{{Name: "x"}}}).Fit() || (Examination{}).Fit() {
		t.Error("what nobody decided counts as fit")
	}
}
