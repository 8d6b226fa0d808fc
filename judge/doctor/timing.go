package doctor

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

const cpuDir = "sys/devices/system/cpu"

func cores(h host) Check {
	const name = "cores"
	usable := h.usable()
	if usable == nil {
		return hidden(name, "each test needs its own core")
	}
	online, _ := h.word(cpuDir + "/online")
	all := max(len(cpus(online)), len(usable))
	c := Check{Name: name, State: OK, Value: plural(len(usable), "CPU")}
	if physical, ok := physical(h, usable); ok {
		c.Value += ", " + plural(physical, "core")
		c.Means = plural(physical, "test") + " at once, each on its own core"
	} else {
		c.Means = plural(len(usable), "test") + " at once, each on its own CPU"
	}
	if all > len(usable) {
		c.Value += fmt.Sprintf(", of the host's %d CPUs", all)
	}
	if len(usable) == 1 {
		c.State, c.Means = Note, "tests share the only CPU with the judge, so elapsed times grow"
	}
	return c
}

// physical counts the cores behind CPUs: those of one core name the same siblings (kernel documentation, cputopology).
func physical(h host, usable []int) (int, bool) {
	different := map[string]bool{}
	for _, cpu := range usable {
		siblings, ok := h.word(fmt.Sprintf("%s/cpu%d/topology/thread_siblings_list", cpuDir, cpu))
		if !ok {
			return 0, false
		}
		different[siblings] = true
	}
	return len(different), true
}

func threads(h host) Check {
	active, ok := h.word(cpuDir + "/smt/active")
	switch {
	case !ok:
		return hidden("SMT", "two programs on one core slow each other down")
	case active == "0":
		return Check{Name: "SMT", Value: "off", State: OK, Means: "a core runs one program at a time"}
	}
	return Check{Name: "SMT", Value: "on", State: Warn,
		Means: "the judge keeps siblings idle; other programs on them slow a test",
		Fix:   "echo off > /" + cpuDir + "/smt/control"}
}

// kinds checks for processors with cores of two speeds; the kernel names them on x86 only.
func kinds(h host) Check {
	fast, hybrid := h.word("sys/devices/cpu_core/cpus")
	slow, both := h.word("sys/devices/cpu_atom/cpus")
	switch {
	case !h.has(cpuDir):
		return hidden("core types", "tests are slower on slower cores")
	case !hybrid || !both:
		return Check{Name: "core types", Value: "uniform", State: OK, Means: "times do not depend on the core"}
	}
	return Check{Name: "core types", Value: "fast " + fast + ", slow " + slow, State: Warn,
		Means: "times depend on the core of a test", Fix: h.commands.Cores + " " + fast}
}

func nodes(h host) Check {
	online, ok := h.word("sys/devices/system/node/online")
	n := len(cpus(online))
	switch {
	case !ok:
		return hidden("NUMA nodes", "another node's memory is slower")
	case n <= 1:
		return Check{Name: "NUMA nodes", Value: "1", State: OK, Means: "all memory is equally fast"}
	}
	c := Check{Name: "NUMA nodes", Value: strconv.Itoa(n), State: Note}
	c.Means = "another node's memory is slower: keep tests on one node"
	for _, node := range cpus(online) {
		if list, ok := h.word(fmt.Sprintf("sys/devices/system/node/node%d/cpulist", node)); ok {
			c.Fix = h.commands.Cores + " " + list
			break
		}
	}
	return c
}

func governor(h host) Check {
	const name = "governor"
	var found []string
	for _, cpu := range h.usable() {
		word, ok := h.word(fmt.Sprintf("%s/cpu%d/cpufreq/scaling_governor", cpuDir, cpu))
		if ok && !slices.Contains(found, word) {
			found = append(found, word)
		}
	}
	if found == nil {
		return hidden(name, "a clock that follows the load slows the first tests")
	}
	slices.Sort(found)
	c := Check{Name: name, Value: strings.Join(found, ", "), State: OK, Means: "the clock does not follow the load"}
	if c.Value != "performance" {
		c.State, c.Means = Warn, "the clock follows the load: the first tests are slower"
		c.Fix = "cpupower frequency-set -g performance"
	}
	return c
}

// turbo is shown by one of two files: no_turbo of intel_pstate, or boost of the other drivers.
func turbo(h host) Check {
	noTurbo, intel := h.word(cpuDir + "/intel_pstate/no_turbo")
	boost, other := h.word(cpuDir + "/cpufreq/boost")
	if !intel && !other {
		return hidden("turbo", "a clock that drops under load slows concurrent tests")
	}
	c := Check{Name: "turbo", Value: "off", State: OK, Means: "the clock does not depend on the load of other cores"}
	if on := intel && noTurbo == "0" || !intel && boost == "1"; on {
		c.Value, c.State, c.Means = "on", Warn, "the clock drops when more cores work, and when they are hot"
		c.Fix = "echo 0 > /" + cpuDir + "/cpufreq/boost"
		if intel {
			c.Fix = "echo 1 > /" + cpuDir + "/intel_pstate/no_turbo"
		}
	}
	return c
}

// hugePages is here because people look for it: jails never use them, transparent or reserved.
func hugePages(h host) Check {
	const name, means = "huge pages", "programs in jails never get them"
	const file = "sys/kernel/mm/transparent_hugepage/enabled"
	text, ok := h.word(file)
	word := chosen(text)
	if !ok || word == "" {
		return hidden(name, means)
	}
	c := Check{Name: name, Value: word, State: OK, Means: means}
	if size := reservedPages(h); size > 0 {
		c.State, c.Value = Note, fmt.Sprintf("%s, %d MiB reserved", word, size>>20)
		c.Means = "programs in jails never get them, and cannot use the reserved memory"
		c.Fix = "sysctl -w vm.nr_hugepages=0, unless another program needs them"
	}
	return c
}

// reservedPages are the bytes in pools of huge pages of all sizes.
func reservedPages(h host) int64 {
	const dir = "sys/kernel/mm/hugepages"
	pools, _ := fs.ReadDir(h.files, dir)
	var bytes int64
	for _, pool := range pools {
		var kibibytes int64
		fmt.Sscanf(pool.Name(), "hugepages-%dkB", &kibibytes) // 0 for what is no pool
		word, _ := h.word(path.Join(dir, pool.Name(), "nr_hugepages"))
		count, _ := strconv.ParseInt(word, 10, 64)
		bytes += count * kibibytes << 10
	}
	return bytes
}

func load(h host) Check {
	text, _ := h.word("proc/loadavg")
	word, _, _ := strings.Cut(text, " ")
	running, err := strconv.ParseFloat(word, 64)
	if err != nil {
		return hidden("load", "other programs take caches, memory bandwidth and cores")
	}
	c := Check{Name: "load", Value: word + " in the last minute", State: OK, Means: "few other programs run"}
	n := float64(max(len(h.usable()), 1))
	switch {
	case running >= n:
		c.State, c.Means = Warn, "other programs keep the cores busy"
		c.Fix = "end them: top lists them first"
	case running >= n/2:
		c.State, c.Means = Note, "other programs use some of the cores"
	}
	return c
}

// maxStolen is the share of stolen time above which it is a warning, in per cent.
const maxStolen = 1.0

// steal is the share of the time since boot in which the hypervisor ran other guests: proc(5), /proc/stat.
func steal(h host) Check {
	const name, column = "stolen time", 8 // counted from "cpu"; columns 9 and 10 are parts of 1 and 2
	text, _ := h.read("proc/stat")
	first, _, _ := strings.Cut(text, "\n")
	fields := strings.Fields(first)
	if len(fields) <= column || fields[0] != "cpu" {
		return hidden(name, "a hypervisor that runs other guests on these cores makes times grow")
	}
	var all, stolen float64
	for i, field := range fields[1 : column+1] {
		ticks, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return hidden(name, "a hypervisor that runs other guests on these cores makes times grow")
		}
		if all += ticks; i+1 == column {
			stolen = ticks
		}
	}
	share := 100 * stolen / max(all, 1)
	value := fmt.Sprintf("%.2f %% since boot", share)
	c := Check{Name: name, Value: value, State: OK, Means: "the cores are not shared"}
	if stolen > 0 {
		c.Means = "the hypervisor hardly ever ran other guests on these cores"
	}
	if share >= maxStolen {
		c.State, c.Means = Warn, "the hypervisor runs other guests on these cores: times grow and vary"
		c.Fix = "use a machine whose cores are not shared"
	}
	return c
}

// power checks whether a laptop runs on its battery; other machines have no such check.
func power(h host) []Check {
	const dir = "sys/class/power_supply"
	supplies, _ := fs.ReadDir(h.files, dir)
	for _, s := range supplies {
		kind, _ := h.word(path.Join(dir, s.Name(), "type"))
		online, _ := h.word(path.Join(dir, s.Name(), "online"))
		if kind != "Mains" {
			continue
		}
		if online == "1" {
			return []Check{{Name: "power", Value: "mains", State: OK,
				Means: "the clock is not reduced to save the battery"}}
		}
		return []Check{{Name: "power", Value: "battery", State: Warn,
			Means: "the clock is reduced to save the battery",
			Fix:   "plug it in"}}
	}
	return nil
}
