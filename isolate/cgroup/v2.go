package cgroup

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate/jailer"
	"judge/isolate/lack"
	"judge/isolate/size"
)

// v2 keeps one tree: a group for each core, which pins, and in it the groups of the programs. Where
// only affinity can pin, the programs' groups are directly in the tree. They serve one program
// after another where the kernel can reset a peak (since Linux 6.12).
type v2 struct {
	tree      *tree
	pins      bool
	again     bool                 // groups are reused
	ancestors ancestorLimits       // groups above that limit the processes of all programs together
	releaser  *jailer.CoreReleaser // nil: the CPUs are not exclusive

	mu    sync.Mutex
	cores map[int]*v2Core // created on first use
}

// v2Core is the common part of the programs on one CPU.
type v2Core struct {
	name string // of its group below the tree; "": the tree itself
	pool groupPool
}

// v2Resting is how many unused sets to keep for each core.
const v2Resting = 6

// v2Controllers are required. The usage in cpu.stat does not need the cpu controller. Where cpuset
// is available as well, it pins programs in addition to their affinity.
var v2Controllers = []string{"memory", "pids"}

const cpusetController = "cpuset"

func openV2(limitedAbove bool) (Controls, error) {
	t, pins, err := v2Tree()
	if err != nil {
		return nil, err
	}
	v := &v2{tree: t, pins: pins, cores: map[int]*v2Core{}}
	if err = v.setUp(); err == nil && limitedAbove {
		v.ancestors, err = openAncestorLimits(t.path)
	}
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

func (v *v2) setUp() error {
	peak, err := os.Stat(filepath.Join(v.tree.path, "memory.peak"))
	if errors.Is(err, os.ErrNotExist) {
		const why = "the kernel does not report the peak memory of control groups"
		return lack.New("memory.peak", why, "use Linux 5.19 or newer")
	}
	if err != nil {
		return err
	}
	v.again = peak.Mode()&0o200 != 0 // a peak that can be written can be reset
	if v.pins {
		if err := enable(v.tree.path, []string{cpusetController}); err != nil {
			return err
		}
	}
	return enable(v.tree.path, v2Controllers)
}

// Version implements Controls.
func (v *v2) Version() string { return "v2" }

// core returns the common part of the programs on a CPU. Where nothing pins, all CPUs have the
// same.
func (v *v2) core(cpu int) (*v2Core, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.pins {
		cpu = -1
	}
	if c := v.cores[cpu]; c != nil {
		return c, nil
	}
	c := &v2Core{}
	if v.again {
		c.pool.max = v2Resting
	}
	if v.pins {
		c.name = "core-" + strconv.Itoa(cpu)
		if err := makeCore(filepath.Join(v.tree.path, c.name), cpu); err != nil {
			return nil, err
		}
	}
	v.cores[cpu] = c
	return c, nil
}

func makeCore(path string, cpu int) error {
	if err := os.Mkdir(path, 0o755); err != nil {
		return err
	}
	if err := write(filepath.Join(path, "cpuset.cpus"), strconv.Itoa(cpu)); err != nil {
		return err
	}
	useNearMemory(path, cpu)
	return enable(path, v2Controllers)
}

// Jail implements Controls.
func (v *v2) Jail(cpu int, number uint32) (Group, error) {
	core, err := v.core(cpu)
	if err != nil {
		return nil, err
	}
	s, err := core.pool.take()
	if err == nil && s == nil {
		s, err = v.newSet(filepath.Join(core.name, strconv.FormatUint(uint64(number), 10)))
	}
	if err != nil {
		return nil, err
	}
	return &v2Group{setGroup: setGroup{s, &core.pool}, of: v}, nil
}

func (v *v2) newSet(name string) (*set, error) {
	groups, err := makeGroups(name, v.tree)
	if err != nil {
		return nil, err
	}
	group, peak := groups[0], unix.O_RDONLY
	if v.again {
		peak = unix.O_RDWR // a reset is valid for reads of the same open file
	}
	s := &set{
		groups: groups, pids: group, enter: make([]controlFile, 1), swap: noFile(),
		spoils: []string{"oom", "oom_kill"},
	}
	err = s.open([]setFile{
		{&s.enter[0], group, ".", unix.O_RDONLY | unix.O_DIRECTORY},
		{&s.processes, group, "pids.max", unix.O_WRONLY},
		{&s.current, group, "pids.current", unix.O_RDONLY},
		{&s.usage, group, "cpu.stat", unix.O_RDONLY},
		{&s.memory, group, "memory.max", unix.O_WRONLY},
		{&s.held, group, "memory.current", unix.O_RDONLY},
		{&s.peak, group, "memory.peak", peak},
		{&s.stat, group, "memory.stat", unix.O_RDONLY},
		{&s.events, group, "memory.events", unix.O_RDONLY},
	})
	if err != nil {
		return nil, err
	}
	err = group.write("memory.oom.group", "1")
	if swap := "memory.swap.max"; err == nil && group.has(swap) { // absent: a kernel without swap
		err = group.write(swap, "0")
	}
	if err != nil {
		return nil, errors.Join(err, s.remove())
	}
	return s, nil
}

// Close implements Controls.
func (v *v2) Close() error {
	v.ancestors.close()
	for _, c := range v.cores {
		c.pool.close()
	}
	var err error
	if v.releaser != nil {
		err = v.releaser.Close()
	}
	return errors.Join(err, v.tree.close())
}

// v2Group is a program's group on cgroup v2.
type v2Group struct {
	setGroup
	of      *v2
	refused int64 // by the groups above, before the program started
}

// Enter implements Group.
func (g *v2Group) Enter() jailer.Cgroups { return jailer.BornIn(g.set.enter[0].fd) }

// Limit implements Group.
func (g *v2Group) Limit(memory size.Bytes, processes int) (err error) {
	if g.refused, err = g.of.ancestors.refused(); err != nil {
		return err
	}
	return g.setGroup.Limit(memory, processes)
}

// CPU implements Group.
func (g *v2Group) CPU() (time.Duration, error) {
	microseconds, err := g.set.usage.key("usage_usec")
	return time.Duration(microseconds) * time.Microsecond, err
}

// Threads implements Group.
func (g *v2Group) Threads() ([]string, error) {
	text, err := g.set.pids.read("cgroup.threads")
	return strings.Fields(text), err
}

// ForkRefused implements Group.
func (g *v2Group) ForkRefused(limit int) bool {
	switch {
	case g.of.ancestors != nil:
		refused, err := g.of.ancestors.refused()
		return err == nil && refused > g.refused
	case g.of.again: // its counters continue from one program to the next
		return false
	default:
		return g.setGroup.ForkRefused(limit)
	}
}

// OverMemory implements Group.
func (g *v2Group) OverMemory() (bool, error) {
	reached, err := g.set.events.key("oom")
	return reached > 0, err
}
