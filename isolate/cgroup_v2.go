package isolate

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
)

// v2 keeps one tree: a group for each core, which pins, and in it a fresh group for each program; where nothing but
// affinity can pin, the programs' groups alone.
type v2 struct {
	tree   *tree
	pins   bool
	keeper *jailer.Keeper // nil: the CPUs are not the judge's alone

	mu    sync.Mutex
	cores map[int]bool // whose group is made
}

// v2Controllers are needed; cpu.stat's usage is there without the cpu controller. Where cpuset is handed down as well,
// it pins the programs of a core together with their affinity.
var v2Controllers = []string{"memory", "pids"}

const cpusetController = "cpuset"

func openV2() (controls, error) {
	t, pins, err := v2Tree()
	if err != nil {
		return nil, err
	}
	v := &v2{tree: t, pins: pins, cores: map[int]bool{}}
	if err := v.setUp(); err != nil {
		v.close()
		return nil, err
	}
	return v, nil
}

func (v *v2) setUp() error {
	if !anywhere.has(filepath.Join(v.tree.path, "memory.peak")) {
		return &LackError{[]Lack{{"memory.peak", "the kernel does not tell the most memory that a control group held", "use Linux 5.19 or newer"}}}
	}
	if v.pins {
		if err := enable(v.tree.path, []string{cpusetController}); err != nil {
			return err
		}
	}
	return enable(v.tree.path, v2Controllers)
}

func (v *v2) version() string { return "v2" }

// core returns the name of the group of a core, which is made when first needed.
func (v *v2) core(cpu int) (string, error) {
	if !v.pins {
		return "", nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	name := "core-" + strconv.Itoa(cpu)
	if v.cores[cpu] {
		return name, nil
	}
	path := filepath.Join(v.tree.path, name)
	if err := os.Mkdir(path, 0o755); err != nil {
		return "", err
	}
	if err := write(filepath.Join(path, "cpuset.cpus"), strconv.Itoa(cpu)); err != nil {
		return "", err
	}
	useNearMemory(path, cpu)
	if err := enable(path, v2Controllers); err != nil {
		return "", err
	}
	v.cores[cpu] = true
	return name, nil
}

func (v *v2) jail(cpu int, number uint32) (group, error) {
	core, err := v.core(cpu)
	if err != nil {
		return nil, err
	}
	g := &v2Group{tree: v.tree, name: filepath.Join(core, strconv.FormatUint(uint64(number), 10))}
	if g.directory, err = v.tree.makeGroup(g.name); err != nil {
		return nil, err
	}
	if g.attach, err = g.directory.open("cgroup.procs", unix.O_WRONLY); err != nil {
		return nil, errors.Join(err, v.tree.removeGroup(g.name))
	}
	return g, nil
}

func (v *v2) close() error {
	var err error
	if v.keeper != nil {
		err = v.keeper.Close()
	}
	return errors.Join(err, v.tree.close())
}

// v2Group is a program's group.
type v2Group struct {
	tree      *tree
	name      string // beneath the tree
	directory directory
	attach    int // descriptor of cgroup.procs
}

func (g *v2Group) procs() []int { return []int{g.attach} }

func (g *v2Group) limit(memory Bytes, processes int) error {
	if err := g.directory.write("memory.max", strconv.FormatInt(int64(memory), 10)); err != nil {
		return err
	}
	if err := g.directory.write("memory.oom.group", "1"); err != nil {
		return err
	}
	if swap := "memory.swap.max"; g.directory.has(swap) { // not there: a kernel without swap
		if err := g.directory.write(swap, "0"); err != nil {
			return err
		}
	}
	return g.directory.write("pids.max", strconv.Itoa(processes))
}

func (g *v2Group) cpu() (time.Duration, error) {
	microseconds, err := g.directory.key("cpu.stat", "usage_usec")
	return time.Duration(microseconds) * time.Microsecond, err
}

func (g *v2Group) processes() (int, error) {
	n, err := g.directory.number("pids.current")
	return int(n), err
}

func (g *v2Group) threads() ([]string, error) {
	text, err := g.directory.read("cgroup.threads")
	return strings.Fields(text), err
}

func (g *v2Group) starved(limit int) bool { return starved(g.directory, limit) }

func (g *v2Group) oomKills() (int, error) {
	kills, err := g.directory.key("memory.events", "oom_kill")
	return int(kills), err
}

func (g *v2Group) overMemory() (bool, error) {
	reached, err := g.directory.key("memory.events", "oom")
	return reached > 0, err
}

func (g *v2Group) held() (Bytes, error) {
	peak, err := g.directory.number("memory.peak") // Linux 5.19
	if err != nil {
		return 0, err
	}
	stat, err := g.directory.read("memory.stat")
	if err != nil {
		return 0, err
	}
	return held(peak, stat)
}

func (g *v2Group) remove() error {
	unix.Close(g.attach)
	return g.tree.removeGroup(g.name)
}
