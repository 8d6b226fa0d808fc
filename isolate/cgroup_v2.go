package isolate

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
)

// v2 keeps one tree: a group for each core, which pins, and in it a fresh group for each program.
type v2 struct {
	tree *tree

	mu    sync.Mutex
	cores map[int]bool // whose group is made
}

// v2Controllers are needed; cpu.stat's usage is there without the cpu controller.
var v2Controllers = [...]string{"cpuset", "memory", "pids"}

func openV2() (controls, error) {
	parent, err := v2Parent()
	if err != nil {
		return nil, err
	}
	t, err := newTree(parent)
	if err != nil {
		return nil, fmt.Errorf("make a control group: %w", err)
	}
	v := &v2{tree: t, cores: map[int]bool{}}
	if err := enable(t.path, v2Controllers[:]); err != nil {
		v.close()
		return nil, err
	}
	return v, nil
}

// v2Parent finds the nearest group, from this process's own upwards, beneath which groups with the needed controllers
// can be made. A group that holds processes cannot hand controllers down, the root apart: cgroups(7), "no internal
// processes".
func v2Parent() (string, error) {
	mounts, own, err := cgroupMounts()
	if err != nil {
		return "", fmt.Errorf("look for control groups: %w", err)
	}
	i := slices.IndexFunc(mounts, func(h hierarchy) bool { return h.controllers == nil })
	if i < 0 {
		return "", &LackError{[]Lack{{"control groups", "no cgroup2 is mounted", "mount -t cgroup2 cgroup2 /sys/fs/cgroup"}}}
	}
	var refused error
	for dir := mounts[i].directory(own[""]); strings.HasPrefix(dir, mounts[i].mount); dir = filepath.Dir(dir) {
		if refused = enable(dir, v2Controllers[:]); refused == nil {
			return dir, nil
		}
	}
	return "", &LackError{[]Lack{{"control groups to divide", refused.Error(),
		"run as root outside of a container, or start the judge in a group of its own: systemd-run --scope -p Delegate=yes judge ..."}}}
}

// enable hands controllers down to the groups beneath a directory.
func enable(dir string, controllers []string) error {
	available, err := os.ReadFile(filepath.Join(dir, "cgroup.controllers"))
	if err != nil {
		return err
	}
	enabled, err := os.ReadFile(filepath.Join(dir, "cgroup.subtree_control"))
	if err != nil {
		return err
	}
	have, on := strings.Fields(string(available)), strings.Fields(string(enabled))
	for _, controller := range controllers {
		if slices.Contains(on, controller) {
			continue
		}
		if !slices.Contains(have, controller) {
			return fmt.Errorf("%s: the controller %s is not available", dir, controller)
		}
		if err := write(filepath.Join(dir, "cgroup.subtree_control"), "+"+controller); err != nil {
			return fmt.Errorf("%s: hand down the controller %s: %w", dir, controller, err)
		}
	}
	return nil
}

func (v *v2) version() string { return "v2" }

// core returns the group of a core, which is made when first needed.
func (v *v2) core(cpu int) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	path := filepath.Join(v.tree.path, "core-"+strconv.Itoa(cpu))
	if v.cores[cpu] {
		return path, nil
	}
	if err := os.Mkdir(path, 0o755); err != nil {
		return "", err
	}
	if err := write(filepath.Join(path, "cpuset.cpus"), strconv.Itoa(cpu)); err != nil {
		return "", err
	}
	if err := enable(path, []string{"memory", "pids"}); err != nil {
		return "", err
	}
	v.cores[cpu] = true
	return path, nil
}

func (v *v2) jail(cpu int, number uint32) (group, error) {
	core, err := v.core(cpu)
	if err != nil {
		return nil, err
	}
	g := &v2Group{path: filepath.Join(core, strconv.FormatUint(uint64(number), 10))}
	if err := os.Mkdir(g.path, 0o755); err != nil {
		return nil, err
	}
	procs, err := openProcs(g.path)
	if err != nil {
		return nil, errors.Join(err, g.remove())
	}
	g.file = procs
	return g, nil
}

func (v *v2) close() error { return v.tree.close() }

// v2Group is a program's group.
type v2Group struct {
	path string
	file *os.File
}

func (g *v2Group) procs() []*os.File { return []*os.File{g.file} }

func (g *v2Group) limit(memory Bytes, processes int) error {
	if err := write(filepath.Join(g.path, "memory.max"), strconv.FormatInt(int64(memory), 10)); err != nil {
		return err
	}
	if err := write(filepath.Join(g.path, "memory.oom.group"), "1"); err != nil {
		return err
	}
	if swap := filepath.Join(g.path, "memory.swap.max"); !absent(swap) { // absent: a kernel without swap
		if err := write(swap, "0"); err != nil {
			return err
		}
	}
	return write(filepath.Join(g.path, "pids.max"), strconv.Itoa(processes))
}

func (g *v2Group) cpu() (time.Duration, error) {
	microseconds, err := readKey(filepath.Join(g.path, "cpu.stat"), "usage_usec")
	return time.Duration(microseconds) * time.Microsecond, err
}

func (g *v2Group) processes() (int, error) {
	n, err := readNumber(filepath.Join(g.path, "pids.current"))
	return int(n), err
}

func (g *v2Group) memory() (Bytes, int, error) {
	peak, err := readNumber(filepath.Join(g.path, "memory.peak")) // Linux 5.19
	if err != nil {
		return 0, 0, err
	}
	held, err := held(peak, filepath.Join(g.path, "memory.stat"))
	if err != nil {
		return 0, 0, err
	}
	kills, err := readKey(filepath.Join(g.path, "memory.events"), "oom_kill")
	return held, int(kills), err
}

func (g *v2Group) remove() error {
	if g.file != nil {
		g.file.Close()
	}
	return removeGroup(g.path)
}
