package cgroup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate/jailer"
	"judge/isolate/lack"
	"judge/isolate/size"
)

// v1 keeps a tree in each of four hierarchies. In cpuset there is a group for each core. The groups
// in the others serve one program after another.
type v1 struct {
	mem, pids, cpuacct, cpuset *tree

	memswap bool // the kernel accounts swap (memory.memsw.*)
	pool    groupPool

	mu    sync.Mutex
	cores map[int]int // descriptors of cgroup.procs of each core's cpuset, created on first use
}

// v1Resting is how many unused sets to keep. At a thousand programs a second each has rested for
// some milliseconds before it is needed again. A busy host may have more for a moment, while the
// jails of many programs wait for removal.
const v1Resting = 16

// v1Controllers are required. The order is that of the trees in openV1.
var v1Controllers = [...]string{"memory", "pids", "cpuacct", "cpuset"}

func openV1(limitedAbove bool) (Controls, error) {
	parents, err := v1Parents()
	if err != nil {
		return nil, err
	}
	warmAttachment(parents[1])
	v := &v1{cores: map[int]int{}, pool: groupPool{max: v1Resting}}
	if limitedAbove { // forkRefused needs fresh groups
		v.pool.max = 0
	}
	for i, t := range []**tree{&v.mem, &v.pids, &v.cpuacct, &v.cpuset} {
		if *t, err = newTree(parents[i]); err != nil {
			v.Close()
			return nil, v1Refused(v1Controllers[i], err)
		}
	}
	if err := v.setUp(parents[3]); err != nil {
		v.Close()
		return nil, err
	}
	return v, nil
}

// v1Refused explains why a group could not be created. v1 delegates nothing to ordinary users, see
// cgroups(7). In a container the hierarchies may be read-only.
func v1Refused(controller string, err error) error {
	fix := ""
	switch {
	case errors.Is(err, unix.EACCES), errors.Is(err, unix.EPERM):
		fix = "run as root, as cgroup v1 allows only root; or boot with systemd.unified_cgroup_hierarchy=1"
	case errors.Is(err, unix.EROFS):
		fix = "mount the control groups writable; in a container, run it privileged"
	default:
		return fmt.Errorf("create a control group for %s: %w", controller, err)
	}
	return lack.New("control groups for "+controller, err.Error(), fix)
}

// v1Parents returns this process's directory in the hierarchy of each controller.
func v1Parents() ([len(v1Controllers)]string, error) {
	var parents [len(v1Controllers)]string
	mounts, own, err := Mounts()
	if err != nil {
		return parents, fmt.Errorf("find the control groups: %w", err)
	}
	var lacks []lack.Lack
	for i, controller := range v1Controllers {
		for _, h := range mounts {
			if h.Has(controller) {
				parents[i] = h.Directory(own[controller])
			}
		}
		if parents[i] == "" {
			lacks = append(lacks, lack.Lack{What: "the cgroup controller " + controller, Why: "it is not mounted",
				Fix: lack.MountV1(controller)})
		}
	}
	for i, parent := range parents[:3] {
		if parent == parents[3] && parent != "" {
			lacks = append(lacks, lack.Lack{What: "a separate cpuset hierarchy",
				Why: "cpuset is mounted together with " + v1Controllers[i],
				Fix: "mount it separately, or use cgroup v2"})
		}
	}
	if lacks != nil {
		return parents, &lack.Error{Lacks: lacks}
	}
	return parents, nil
}

// warmAttachment moves this process from its group to the same group. To attach a process the
// kernel takes cgroup_threadgroup_rwsem for writing. That takes several milliseconds (an RCU grace
// period), unless somebody has taken it just before. Without this the first jail would wait. A
// failure does no harm.
func warmAttachment(group string) {
	procs := filepath.Join(group, "cgroup.procs")
	go func() {
		members, err := os.ReadFile(procs)
		own := strconv.Itoa(os.Getpid())
		if err == nil && slices.Contains(strings.Fields(string(members)), own) { // otherwise it would be a real move
			write(procs, "0") // this process
		}
	}()
}

func (v *v1) setUp(cpusetParent string) error {
	for _, file := range []string{"cpuset.cpus", "cpuset.mems"} {
		if err := inherit(cpusetParent, v.cpuset.path, file); err != nil {
			return fmt.Errorf("set up the cpuset: %w", err)
		}
	}
	v.memswap = anywhere.has(filepath.Join(v.mem.path, "memory.memsw.limit_in_bytes"))
	if !v.memswap && swapIsOn() {
		const why = "swap is on and the kernel does not count it, so memory limits would have no effect"
		return lack.New("a limit on swap", why, lack.LimitSwap)
	}
	return nil
}

// inherit copies a value from the parent. A new cpuset is empty, and no process can be attached to
// an empty one.
func inherit(parent, child, file string) error {
	value, err := os.ReadFile(filepath.Join(parent, file))
	if err != nil {
		return err
	}
	return write(filepath.Join(child, file), string(value))
}

// swapIsOn reads /proc/swaps: a heading, then a line for each area.
func swapIsOn() bool {
	data, err := os.ReadFile("/proc/swaps")
	lines := 0
	for _, c := range data {
		if c == '\n' {
			lines++
		}
	}
	return err != nil || lines > 1
}

// Version implements Controls.
func (v *v1) Version() string { return "v1" }

// core returns the descriptor of cgroup.procs of a core's cpuset.
func (v *v1) core(cpu int) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if procs, ok := v.cores[cpu]; ok {
		return procs, nil
	}
	path := filepath.Join(v.cpuset.path, "core-"+strconv.Itoa(cpu))
	if err := os.Mkdir(path, 0o755); err != nil {
		return -1, err
	}
	if err := write(filepath.Join(path, "cpuset.cpus"), strconv.Itoa(cpu)); err != nil {
		return -1, err
	}
	if err := inherit(v.cpuset.path, path, "cpuset.mems"); err != nil {
		return -1, err
	}
	useNearMemory(path, cpu)
	procs, err := anywhere.open(filepath.Join(path, "cgroup.procs"), unix.O_WRONLY)
	if err != nil {
		return -1, err
	}
	v.cores[cpu] = procs
	return procs, nil
}

// Jail implements Controls.
func (v *v1) Jail(cpu int, number uint32) (Group, error) {
	core, err := v.core(cpu)
	if err != nil {
		return nil, err
	}
	s, err := v.pool.take()
	if err == nil && s == nil {
		s, err = v.newSet(strconv.FormatUint(uint64(number), 10))
	}
	if err != nil {
		return nil, err
	}
	return &v1Group{setGroup{s, &v.pool}, core}, nil
}

func (v *v1) newSet(name string) (*set, error) {
	groups, err := makeGroups(name, v.mem, v.pids, v.cpuacct)
	if err != nil {
		return nil, err
	}
	memory, pids, cpuacct := groups[0], groups[1], groups[2]
	s := &set{
		groups: groups, pids: pids, enter: make([]controlFile, len(groups)), swap: noFile(),
		spoils: []string{"oom_kill"},
	}
	files := []setFile{
		{&s.enter[0], memory, "cgroup.procs", unix.O_WRONLY},
		{&s.enter[1], pids, "cgroup.procs", unix.O_WRONLY},
		{&s.enter[2], cpuacct, "cgroup.procs", unix.O_WRONLY},
		{&s.processes, pids, "pids.max", unix.O_WRONLY},
		{&s.current, pids, "pids.current", unix.O_RDONLY},
		{&s.usage, cpuacct, "cpuacct.usage", unix.O_RDONLY},
		{&s.memory, memory, "memory.limit_in_bytes", unix.O_WRONLY},
		{&s.held, memory, "memory.usage_in_bytes", unix.O_RDONLY},
		{&s.peak, memory, "memory.max_usage_in_bytes", unix.O_RDWR},
		{&s.stat, memory, "memory.stat", unix.O_RDONLY},
		{&s.events, memory, "memory.oom_control", unix.O_RDONLY},
	}
	if v.memswap {
		files = append(files, setFile{&s.swap, memory, "memory.memsw.limit_in_bytes", unix.O_WRONLY})
	}
	if err := s.open(files); err != nil {
		return nil, err
	}
	return s, nil
}

// Close implements Controls.
func (v *v1) Close() error {
	var errs []error
	for _, procs := range v.cores {
		errs = append(errs, unix.Close(procs))
	}
	v.pool.close()
	for _, t := range []*tree{v.mem, v.pids, v.cpuacct, v.cpuset} {
		if t != nil {
			errs = append(errs, t.close())
		}
	}
	return errors.Join(errs...)
}

// v1Group is a program's group on cgroup v1.
type v1Group struct {
	setGroup
	core int // descriptor of cgroup.procs of the core's cpuset
}

// Enter implements Group.
func (g *v1Group) Enter() jailer.Cgroups {
	procs := []int{g.core}
	for _, file := range g.set.enter {
		procs = append(procs, file.fd)
	}
	return jailer.Attached(procs...)
}

// CPU implements Group.
func (g *v1Group) CPU() (time.Duration, error) {
	nanoseconds, err := g.set.usage.number()
	return time.Duration(nanoseconds), err
}

// Threads implements Group.
func (g *v1Group) Threads() ([]string, error) {
	text, err := g.set.pids.read("tasks")
	return strings.Fields(text), err
}

// OverMemory looks at the peak, because memory.failcnt counts nothing on some kernels. Less than
// slack below the limit, the next request did not fit.
func (g *v1Group) OverMemory() (bool, error) {
	const slack = size.MiB
	peak, err := g.set.peak.number()
	return size.Bytes(peak) > g.set.limit-slack, err
}
