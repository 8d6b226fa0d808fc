package isolate

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// v2 keeps one tree: a group for each core, which pins, and in it a fresh group for each program; where nothing but
// affinity can pin, the programs' groups alone.
type v2 struct {
	tree *tree
	pins bool

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
	if absent(filepath.Join(v.tree.path, "memory.peak")) {
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

// core returns the group of a core, which is made when first needed.
func (v *v2) core(cpu int) (string, error) {
	if !v.pins {
		return v.tree.path, nil
	}
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
	if err := enable(path, v2Controllers); err != nil {
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

func (g *v2Group) starved(limit int) bool { return starved(g.path, limit) }

func (g *v2Group) oomKills() (int, error) {
	kills, err := readKey(filepath.Join(g.path, "memory.events"), "oom_kill")
	return int(kills), err
}

func (g *v2Group) overMemory() (bool, error) {
	reached, err := readKey(filepath.Join(g.path, "memory.events"), "oom")
	return reached > 0, err
}

func (g *v2Group) memory() (Bytes, error) {
	peak, err := readNumber(filepath.Join(g.path, "memory.peak")) // Linux 5.19
	if err != nil {
		return 0, err
	}
	return held(peak, filepath.Join(g.path, "memory.stat"))
}

func (g *v2Group) remove() error {
	if g.file != nil {
		g.file.Close()
	}
	return removeGroup(g.path)
}
