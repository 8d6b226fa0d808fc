package doctor

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	cgroups "judge/isolate/cgroup"
	"judge/isolate/lack"
)

const cgroupTop = "sys/fs/cgroup"

// hierarchies are the control groups as this process sees them.
type hierarchies struct {
	v2    string            // where the group of this process lies, "" where cgroup2 is not at cgroupTop
	own   string            // its name in /proc/self/cgroup
	v1    map[string]string // by controller
	other bool              // cgroup2 is mounted elsewhere, as in the hybrid layout
	shown bool              // the host shows its mounts
}

// readGroups reads /proc/self/mountinfo (proc(5)) and /proc/self/cgroup (cgroups(7)).
func readGroups(h host) hierarchies {
	mounts, shown := h.read("proc/self/mountinfo")
	groups, _ := h.read("proc/self/cgroup")
	own := map[string]string{}
	for line := range strings.Lines(groups) {
		if fields := strings.SplitN(strings.TrimSpace(line), ":", 3); len(fields) == 3 {
			for controller := range strings.SplitSeq(fields[1], ",") {
				own[controller] = fields[2]
			}
		}
	}
	all := hierarchies{own: own[""], v1: map[string]string{}, shown: shown}
	for line := range strings.Lines(mounts) {
		before, after, _ := strings.Cut(line, " - ")
		mount, system := strings.Fields(before), strings.Fields(after)
		if len(mount) < 6 || len(system) < 3 {
			continue
		}
		root, point := cgroups.UnescapeMount(mount[3]), strings.TrimPrefix(cgroups.UnescapeMount(mount[4]), "/")
		switch {
		case system[0] == "cgroup2" && point == cgroupTop:
			all.v2 = directory(root, point, own[""])
		case system[0] == "cgroup2":
			all.other = true
		case system[0] == "cgroup":
			for controller := range strings.SplitSeq(system[2], ",") {
				group, ok := own[controller]
				_, known := all.v1[controller]
				if known && point != cgroupTop && !strings.HasPrefix(point, cgroupTop+"/") {
					continue // mounted again elsewhere, as in a chroot
				}
				if ok {
					all.v1[controller] = directory(root, point, group)
				}
			}
		}
	}
	return all
}

// directory is the path of a group. For one outside of the mounted part, as in a container, it is that part.
func directory(root, point, group string) string {
	root = strings.TrimSuffix(root, "/")
	if beneath, ok := strings.CutPrefix(group, root+"/"); ok && !strings.HasPrefix(beneath, "..") {
		return path.Join(point, beneath)
	}
	return point
}

// upwards lists a directory of cgroup v2 and those above it.
func upwards(dir string) []string {
	all := []string{dir}
	for dir != cgroupTop && strings.HasPrefix(dir, cgroupTop+"/") {
		dir = path.Dir(dir)
		all = append(all, dir)
	}
	return all
}

func cgroup(g hierarchies) Check {
	c := Check{Name: "cgroup", State: OK, Means: "limits and measures each jail as a whole"}
	switch {
	case !g.shown:
		return hidden(c.Name, c.Means)
	case g.v2 != "":
		c.Value = "v2 at /" + cgroupTop
	case g.v1["memory"] != "" && g.other:
		c.Value = "v1, next to an empty v2"
	case len(g.v1) > 0:
		c.Value = "v1"
	default:
		c.Value, c.State, c.Means = "none at /"+cgroupTop, Warn, "limits cannot be enforced"
		c.Fix = lack.MountCgroup2
	}
	return c
}

const limited = "memory and processes are limited, programs stay on their cores"

func controllers(g hierarchies, h host) Check {
	switch {
	case !g.shown:
		return hidden("controllers", limited)
	case g.v2 == "":
		return controllersV1(g)
	}
	var have []string
	for _, dir := range upwards(g.v2) {
		text, _ := h.read(dir + "/cgroup.controllers")
		if have = strings.Fields(text); slices.Contains(have, "memory") && slices.Contains(have, "pids") {
			break // the judge uses the nearest group that has both
		}
	}
	isHere := func(name string) bool { return slices.Contains(have, name) }
	here, missing := divide([]string{"memory", "pids", "cpuset", "cpu"}, isHere)
	c := Check{Name: "controllers", Value: strings.Join(here, " "), State: OK, Means: limited}
	_, needed := divide([]string{"memory", "pids"}, isHere)
	switch {
	case needed != nil: // not even the topmost visible group has it
		c.State, c.Means = Warn, "without "+strings.Join(needed, " ")+": limits cannot be enforced"
		c.Fix = "boot without cgroup_disable=" + strings.Join(needed, ",") +
			"; in a container, start it with this controller"
	case slices.Contains(missing, "cpuset"):
		c.State, c.Means = Note, "without cpuset: programs stay on their cores by affinity alone"
	}
	return c.orNone()
}

func controllersV1(g hierarchies) Check {
	isHere := func(name string) bool { return g.v1[name] != "" }
	here, missing := divide([]string{"memory", "pids", "cpuacct", "cpuset"}, isHere)
	c := Check{Name: "controllers", Value: strings.Join(here, " "), State: OK, Means: limited}
	if missing != nil {
		c.State, c.Means = Warn, "without "+strings.Join(missing, " ")+": limits cannot be enforced"
		var commands []string
		for _, name := range missing {
			commands = append(commands, lack.MountV1(name))
		}
		c.Fix = strings.Join(commands, " && ")
	}
	return c.orNone()
}

func (c Check) orNone() Check {
	if c.Value == "" {
		c.Value = "none"
	}
	return c
}

// divide splits names into those that are here and those that are missing.
func divide(names []string, isHere func(string) bool) (here, missing []string) {
	for _, name := range names {
		if isHere(name) {
			here = append(here, name)
		} else {
			missing = append(missing, name)
		}
	}
	return here, missing
}

// delegation checks whether this process may create groups below its own.
func delegation(g hierarchies, works bool, writable func(string) error) Check {
	const name = "delegation"
	if g.v2 == "" {
		dir := g.v1["memory"]
		if dir == "" {
			return hidden(name, "jails get control groups below this one")
		}
		c := Check{Name: name, Value: "/" + dir, Fix: "run as root: cgroup v1 cannot be delegated to ordinary users"}
		return divided(c, works, writable("/"+dir))
	}
	c := Check{Name: name, Value: g.own, Fix: lack.Delegate}
	return divided(c, works, writable("/"+g.v2+"/cgroup.subtree_control"))
}

func divided(c Check, works bool, refused error) Check {
	switch {
	case refused == nil:
		c.State, c.Means, c.Fix = OK, "jails get their own control groups below it", ""
	case works:
		c.State, c.Means, c.Fix = Note, "this group is not writable ("+refused.Error()+"); one above it is", ""
	default:
		c.State, c.Means = Warn, "this group is not writable: "+refused.Error()
	}
	return c
}

func swap(g hierarchies, h host) Check {
	table, ok := h.read("proc/swaps")
	if !ok {
		return hidden("swap", "swapped memory escapes limits and slows programs")
	}
	areas := strings.Count(table, "\n") // one heading
	if areas == 0 {
		return Check{Name: "swap", Value: "off", State: OK, Means: "memory limits are exact"}
	}
	c := Check{Name: "swap", Value: "on, limited per group", State: Note, Fix: "swapoff -a",
		Means: "jails do not use it; a host that swaps slows them"}
	if !swapLimited(g, h) {
		c.Value, c.State = "on, not limited per group", Warn
		c.Means = "memory limits may be exceeded, and times vary when memory is short"
		c.Fix = lack.LimitSwap
	}
	return c
}

// swapLimited looks for the file that limits swap. The top group of v2 has none, so it looks into the groups below.
func swapLimited(g hierarchies, h host) bool {
	if g.v2 == "" {
		return g.v1["memory"] != "" && h.has(g.v1["memory"]+"/memory.memsw.limit_in_bytes")
	}
	entries, _ := fs.ReadDir(h.files, g.v2)
	for _, e := range entries {
		if e.IsDir() && h.has(path.Join(g.v2, e.Name(), "memory.swap.max")) {
			return true
		}
	}
	return h.has(g.v2 + "/memory.swap.max")
}

// quota checks whether these groups may use only a part of the CPU time: cpu.max of v2, cpu.cfs_quota_us of v1.
func quota(g hierarchies, h host) Check {
	const name = "CPU quota"
	dir, file := g.v2, "cpu.max"
	if dir == "" {
		dir, file = g.v1["cpu"], "cpu.cfs_quota_us"
	}
	if dir == "" {
		return hidden(name, "a quota pauses programs")
	}
	for _, dir := range upwards(dir) {
		text, _ := h.word(path.Join(dir, file))
		if limit, _, _ := strings.Cut(text, " "); limit != "" && limit != "max" && limit != "-1" {
			return Check{Name: name, Value: text + " of /" + dir, State: Warn,
				Means: "programs pause when it is used up: elapsed times vary",
				Fix:   "start the container or the service without it (docker: no --cpus; systemd: no CPUQuota=)"}
		}
	}
	return Check{Name: name, Value: "none", State: OK, Means: "programs are not paused"}
}
