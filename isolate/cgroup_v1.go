package isolate

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// v1 keeps a tree in each of four hierarchies. Memory, pids and cpuacct get a fresh group for each program; cpuset
// carries no state from one program to the next, so it has one group for each core.
type v1 struct {
	mem, pids, cpuacct, cpuset *tree

	memswap bool // the kernel accounts swap (memory.memsw.*)

	mu    sync.Mutex
	cores map[int]*os.File // cgroup.procs of a core's cpuset, made when first needed
}

// v1Controllers are needed; the order is that of the trees in openV1.
var v1Controllers = [...]string{"memory", "pids", "cpuacct", "cpuset"}

func openV1() (controls, error) {
	parents, err := v1Parents()
	if err != nil {
		return nil, err
	}
	v := &v1{cores: map[int]*os.File{}}
	for i, t := range []**tree{&v.mem, &v.pids, &v.cpuacct, &v.cpuset} {
		if *t, err = newTree(parents[i]); err != nil {
			v.close()
			return nil, v1Refused(v1Controllers[i], err)
		}
	}
	if err := v.setUp(parents[3]); err != nil {
		v.close()
		return nil, err
	}
	return v, nil
}

// v1Refused: v1 hands nothing to ordinary users, see cgroups(7); in a container the hierarchies may be read-only.
func v1Refused(controller string, err error) error {
	fix := ""
	switch {
	case errors.Is(err, unix.EACCES), errors.Is(err, unix.EPERM):
		fix = "run as root: under cgroup v1 nobody else can have groups; with v2 a user can"
	case errors.Is(err, unix.EROFS):
		fix = "mount the control groups writable; in a container, run it privileged"
	default:
		return fmt.Errorf("make a control group for %s: %w", controller, err)
	}
	return &LackError{[]Lack{{"control groups for " + controller, err.Error(), fix}}}
}

// v1Parents finds this process's directory in the hierarchy of each controller.
func v1Parents() ([len(v1Controllers)]string, error) {
	var parents [len(v1Controllers)]string
	mounts, own, err := cgroupMounts()
	if err != nil {
		return parents, fmt.Errorf("look for control groups: %w", err)
	}
	var lacks []Lack
	for i, controller := range v1Controllers {
		for _, h := range mounts {
			if h.has(controller) {
				parents[i] = h.directory(own[controller])
			}
		}
		if parents[i] == "" {
			dir := "/sys/fs/cgroup/" + controller
			lacks = append(lacks, Lack{"the cgroup controller " + controller, "it is not mounted",
				fmt.Sprintf("mkdir -p %s && mount -t cgroup -o %s cgroup %s", dir, controller, dir)})
		}
	}
	for i, parent := range parents[:3] {
		if parent == parents[3] && parent != "" {
			lacks = append(lacks, Lack{"a cpuset hierarchy of its own", "cpuset is mounted together with " + v1Controllers[i], "mount them apart, or use cgroup v2"})
		}
	}
	if lacks != nil {
		return parents, &LackError{lacks}
	}
	return parents, nil
}

func (v *v1) setUp(cpusetParent string) error {
	for _, file := range []string{"cpuset.cpus", "cpuset.mems"} {
		if err := inherit(cpusetParent, v.cpuset.path, file); err != nil {
			return fmt.Errorf("set up the cpuset: %w", err)
		}
	}
	v.memswap = !absent(filepath.Join(v.mem.path, "memory.memsw.limit_in_bytes"))
	if !v.memswap && swapIsOn() {
		return &LackError{[]Lack{{"a limit on swap", "swap is on and the kernel does not account it, so memory limits would not hold",
			"swapoff -a, or boot with swapaccount=1"}}}
	}
	return nil
}

// inherit copies a value from the parent: a new cpuset is empty, and nothing can be attached to an empty one.
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

func (v *v1) version() string { return "v1" }

// core returns the cgroup.procs file of a core's cpuset.
func (v *v1) core(cpu int) (*os.File, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if procs, ok := v.cores[cpu]; ok {
		return procs, nil
	}
	path := filepath.Join(v.cpuset.path, "core-"+strconv.Itoa(cpu))
	if err := os.Mkdir(path, 0o755); err != nil {
		return nil, err
	}
	if err := write(filepath.Join(path, "cpuset.cpus"), strconv.Itoa(cpu)); err != nil {
		return nil, err
	}
	if err := inherit(v.cpuset.path, path, "cpuset.mems"); err != nil {
		return nil, err
	}
	procs, err := openProcs(path)
	if err != nil {
		return nil, err
	}
	v.cores[cpu] = procs
	return procs, nil
}

func (v *v1) jail(cpu int, number uint32) (group, error) {
	core, err := v.core(cpu)
	if err != nil {
		return nil, err
	}
	name := strconv.FormatUint(uint64(number), 10)
	g := &v1Group{memswap: v.memswap}
	g.files = append(g.files, core)
	for _, t := range []*tree{v.mem, v.pids, v.cpuacct} {
		path := filepath.Join(t.path, name)
		if err := os.Mkdir(path, 0o755); err != nil {
			return nil, errors.Join(err, g.remove())
		}
		g.paths = append(g.paths, path)
		procs, err := openProcs(path)
		if err != nil {
			return nil, errors.Join(err, g.remove())
		}
		g.files = append(g.files, procs)
	}
	return g, nil
}

func (v *v1) close() error {
	var errs []error
	for _, procs := range v.cores {
		errs = append(errs, procs.Close())
	}
	for _, t := range []*tree{v.mem, v.pids, v.cpuacct, v.cpuset} {
		if t != nil {
			errs = append(errs, t.close())
		}
	}
	return errors.Join(errs...)
}

// v1Group is a program's group: paths in the memory, pids and cpuacct hierarchies.
type v1Group struct {
	paths   []string
	files   []*os.File // cgroup.procs: the core's cpuset first, which is not ours to close
	memswap bool
}

func (g *v1Group) procs() []*os.File { return g.files }

func (g *v1Group) limit(memory Bytes, processes int) error {
	bytes := strconv.FormatInt(int64(memory), 10)
	if err := write(filepath.Join(g.paths[0], "memory.limit_in_bytes"), bytes); err != nil {
		return err
	}
	if g.memswap { // memory and swap together: no swap
		if err := write(filepath.Join(g.paths[0], "memory.memsw.limit_in_bytes"), bytes); err != nil {
			return err
		}
	}
	return write(filepath.Join(g.paths[1], "pids.max"), strconv.Itoa(processes))
}

func (g *v1Group) cpu() (time.Duration, error) {
	nanoseconds, err := readNumber(filepath.Join(g.paths[2], "cpuacct.usage"))
	return time.Duration(nanoseconds), err
}

func (g *v1Group) processes() (int, error) {
	n, err := readNumber(filepath.Join(g.paths[1], "pids.current"))
	return int(n), err
}

func (g *v1Group) starved(limit int) bool { return starved(g.paths[1], limit) }

func (g *v1Group) oomKills() (int, error) {
	kills, err := readKey(filepath.Join(g.paths[0], "memory.oom_control"), "oom_kill")
	return int(kills), err
}

// overMemory goes by the peak: memory.failcnt counts nothing on some kernels. Less than slack below the limit, what was asked
// for next did not fit.
func (g *v1Group) overMemory() (bool, error) {
	const slack = int64(MiB)
	peak, err := readNumber(filepath.Join(g.paths[0], "memory.max_usage_in_bytes"))
	if err != nil {
		return false, err
	}
	limit, err := readNumber(filepath.Join(g.paths[0], "memory.limit_in_bytes"))
	return peak > limit-slack, err
}

func (g *v1Group) memory() (Bytes, error) {
	peak, err := readNumber(filepath.Join(g.paths[0], "memory.max_usage_in_bytes"))
	if err != nil {
		return 0, err
	}
	return held(peak, filepath.Join(g.paths[0], "memory.stat"))
}

func (g *v1Group) remove() error {
	var errs []error
	for _, procs := range g.files[1:] {
		procs.Close()
	}
	for _, path := range g.paths {
		errs = append(errs, removeGroup(path))
	}
	return errors.Join(errs...)
}
