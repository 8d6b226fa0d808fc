package doctor

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"judge/isolate"
)

// The oldest kernel with all that a jail needs: mount_setattr(2) came with Linux 5.12.
const (
	oldestMajor = 5
	oldestMinor = 12
)

func kernel(h host, works bool) Check {
	release, ok := h.word("proc/sys/kernel/osrelease")
	if !ok {
		return hidden("kernel", "jails need Linux 5.12, with cgroup v2 5.19")
	}
	c := Check{Name: "kernel", Value: release, State: OK, Means: "has everything that a jail needs"}
	var major, minor int
	_, err := fmt.Sscanf(release, "%d.%d", &major, &minor)
	switch {
	case works:
	case err != nil:
		c.State, c.Means = Note, "jails need Linux 5.12, with cgroup v2 5.19"
	case major < oldestMajor || major == oldestMajor && minor < oldestMinor:
		c.State, c.Means, c.Fix = Warn, "too old for jails", "use Linux 5.12 or newer, with cgroup v2 5.19"
	default:
		c.Means = "new enough: jails need 5.12, with cgroup v2 5.19"
	}
	return c
}

// machine checks whether this is real hardware, a virtual machine or a container.
func machine(h host) Check {
	c := Check{Name: "machine", State: OK, Means: "the hardware is not shared"}
	release, _ := h.word("proc/sys/kernel/osrelease")
	flags, shown := h.field("proc/cpuinfo", "flags")
	switch hypervisor, xen := h.word("sys/hypervisor/type"); {
	case strings.Contains(strings.ToLower(release), "microsoft"):
		c.Value = "virtual machine (WSL)"
	case xen:
		c.Value = "virtual machine (" + hypervisor + ")"
	case strings.Contains(" "+flags+" ", " hypervisor "): // the processor's flag that cpuid(4) leaves to hypervisors
		c.Value = "virtual machine" + product(h)
	case shown:
		c.Value = "real hardware"
	default:
		c = hidden("machine", "in a virtual machine other guests may take time from its cores")
	}
	if strings.HasPrefix(c.Value, "virtual") {
		c.State, c.Means = Note, "other guests on the hardware may affect timing"
	}
	if container := container(h); container != "" {
		c.Value += ", in a container (" + container + ")"
		c.State, c.Means = Note, c.Means+"; the container's permissions are set outside"
	}
	return c
}

// product is the name that a hypervisor's firmware gives.
func product(h host) string {
	name, ok := h.word("sys/class/dmi/id/sys_vendor")
	if !ok {
		return ""
	}
	return " (" + name + ")"
}

// container names the kind of a container by the marks that they leave; "" for none.
func container(h host) string {
	name, _ := h.word("run/systemd/container")
	switch {
	case name != "":
		return name
	case h.has("run/.containerenv"):
		return "podman"
	case h.has(".dockerenv"):
		return "docker"
	}
	return ""
}

func processor(h host) Check {
	name, ok := h.field("proc/cpuinfo", "model name")
	if !ok {
		return hidden("processor", "times hold for this processor only")
	}
	value := strings.Join(strings.Fields(name), " ")
	return Check{Name: "processor", Value: value, State: OK, Means: "times hold for this processor only"}
}

// capSysAdmin is CAP_SYS_ADMIN of capabilities(7) in the mask of /proc/self/status.
const capSysAdmin = 1 << 21

func user(h host) Check {
	uids, ok := h.field("proc/self/status", "Uid")
	ids := strings.Fields(uids) // real, effective, saved, file system
	if !ok || len(ids) < 2 {
		return hidden("user", "jails need root or a user namespace")
	}
	mask, _ := h.field("proc/self/status", "CapEff")
	caps, _ := strconv.ParseUint(mask, 16, 64)
	outer, entered := h.outside(ids[1])
	switch {
	case entered && caps&capSysAdmin != 0:
		return Check{Name: "user", Value: "user " + outer + ", in a user namespace", State: OK,
			Means: "jails are created in it"}
	case ids[1] != "0":
		return Check{Name: "user", Value: "user " + ids[1], State: Note,
			Means: "jails need a user namespace and a delegated control group"}
	case caps&capSysAdmin == 0:
		return Check{Name: "user", Value: "root without CAP_SYS_ADMIN", State: Warn,
			Means: "namespaces and mounts are not permitted",
			Fix:   "in a container, run it privileged: docker run --privileged"}
	default:
		return Check{Name: "user", Value: "root", State: OK,
			Means: "namespaces, mounts and control groups are permitted"}
	}
}

// outside returns a user's id outside of this user namespace, and whether that is a namespace of its own: the map of
// the host's own is the identity, user_namespaces(7).
func (h host) outside(uid string) (string, bool) {
	text, _ := h.read("proc/self/uid_map")
	inner, err := strconv.ParseUint(uid, 10, 32)
	for line := range strings.Lines(text) {
		var first, to, count uint64
		_, scan := fmt.Sscan(line, &first, &to, &count)
		if scan == nil && err == nil && inner >= first && inner-first < count {
			return strconv.FormatUint(to+inner-first, 10), first != 0 || to != 0 || count != 1<<32-1
		}
	}
	return uid, false
}

func memory(h host) Check {
	total, ok1 := kibibytes(h, "MemTotal")
	available, ok2 := kibibytes(h, "MemAvailable")
	if !ok1 || !ok2 {
		return hidden("memory", "concurrent tests need theirs at the same time")
	}
	const gibibyte = 1 << 30
	free := fmt.Sprintf("%.1f of %.1f GiB free", float64(available)/gibibyte, float64(total)/gibibyte)
	c := Check{Name: "memory", Value: free, State: OK}
	jobs := max(len(h.usable()), 1)
	each := int64(isolate.DefaultMemory)
	c.Means = fmt.Sprintf("room for %s of %d MiB at once", plural(int(available/each), "test"), each>>20)
	if available < int64(jobs)*each {
		c.State = Warn
		c.Fix = fmt.Sprintf("end other programs, or run fewer tests at once: %s %d",
			h.commands.Jobs, max(available/each, 1))
	}
	return c
}

// kibibytes reads a line of /proc/meminfo, in bytes.
func kibibytes(h host, key string) (int64, bool) {
	value, ok := h.field("proc/meminfo", key)
	n, err := strconv.ParseInt(strings.TrimSuffix(value, " kB"), 10, 64)
	return n << 10, ok && err == nil
}

func cache(found Cache, commands Commands) Check {
	c := Check{Name: "cache", Value: cmp.Or(found.Dir, "no directory"), State: OK}
	c.Means = "compiled programs and results are cached there"
	if found.Err != nil {
		c.State, c.Means = Warn, found.Err.Error()
		c.Fix = "set XDG_CACHE_HOME to a writable directory, or use " + commands.Uncached
	}
	return c
}
