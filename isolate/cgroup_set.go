package isolate

import (
	"errors"
	"slices"
	"strconv"

	"golang.org/x/sys/unix"
)

// set are the groups of v1 that count the memory, the processes and the CPU time of one program at a time. Making and removing them costs
// more than a process does, so they serve one program after the other, and their files stay open.
type set struct {
	name string
	pids directory

	attachMemory, attachPids, attachCPU controlFile // cgroup.procs
	processes, current, usage           controlFile // pids.max, pids.current, cpuacct.usage

	memory, swap           controlFile // memory.limit_in_bytes, memory.memsw.limit_in_bytes
	held, peak, stat, kill controlFile // memory.usage_in_bytes, memory.max_usage_in_bytes, memory.stat, memory.oom_control

	limit Bytes             // on memory; 0: none yet
	room  [mostControl]byte // for what a file of many lines holds; on a new goroutine's stack it would make that grow
}

// How much memory may still be on the account of a dead program's groups when another program gets them: settled is what stays for long,
// some kernel objects; more than carried is too much. What the kernel charges to a program, it charges in batches of that size as well
// (MEMCG_CHARGE_BATCH, 64 pages), so that no peak is known any better.
const (
	settled = 64 * KiB
	carried = 256 * KiB
)

// takeSet returns groups without a program; new ones have that name.
func (v *v1) takeSet(name string) (*set, error) {
	s := v.takeIdle()
	if s == nil {
		return v.newSet(name)
	}
	if err := s.peak.write("0"); err != nil { // forgets the peak of the last program
		return nil, errors.Join(err, v.removeSet(s))
	}
	return s, nil
}

// takeIdle returns the set that has rested for longest of those that have settled, or else the one with the least in it; nil without one.
func (v *v1) takeIdle() *set {
	v.mu.Lock()
	defer v.mu.Unlock()
	best, least := -1, int64(carried)
	for i, s := range v.idle {
		held, err := s.held.number()
		if err != nil || held > least {
			continue
		}
		best, least = i, held
		if held <= int64(settled) {
			break
		}
	}
	if best < 0 {
		return nil
	}
	s := v.idle[best]
	v.idle = slices.Delete(v.idle, best, best+1)
	return s
}

func (v *v1) newSet(name string) (*set, error) {
	s := &set{name: name}
	var directories []directory
	for _, t := range []*tree{v.mem, v.pids, v.cpuacct} {
		d, err := t.makeGroup(name)
		if err != nil {
			return nil, errors.Join(err, v.removeGroups(name, len(directories)))
		}
		directories = append(directories, d)
	}
	memory, pids, cpuacct := directories[0], directories[1], directories[2]
	s.pids = pids
	files := []struct {
		file      *controlFile
		directory directory
		name      string
		flags     int
	}{
		{&s.attachMemory, memory, "cgroup.procs", unix.O_WRONLY},
		{&s.attachPids, pids, "cgroup.procs", unix.O_WRONLY},
		{&s.attachCPU, cpuacct, "cgroup.procs", unix.O_WRONLY},
		{&s.processes, pids, "pids.max", unix.O_WRONLY},
		{&s.current, pids, "pids.current", unix.O_RDONLY},
		{&s.usage, cpuacct, "cpuacct.usage", unix.O_RDONLY},
		{&s.memory, memory, "memory.limit_in_bytes", unix.O_WRONLY},
		{&s.held, memory, "memory.usage_in_bytes", unix.O_RDONLY},
		{&s.peak, memory, "memory.max_usage_in_bytes", unix.O_RDWR},
		{&s.stat, memory, "memory.stat", unix.O_RDONLY},
		{&s.kill, memory, "memory.oom_control", unix.O_RDONLY},
	}
	s.swap = noFile()
	if v.memswap {
		files = append(files, files[6])
		files[len(files)-1].file, files[len(files)-1].name = &s.swap, "memory.memsw.limit_in_bytes"
	}
	var err error
	for _, f := range files {
		var failed error
		*f.file, failed = f.directory.keep(f.name, f.flags)
		err = errors.Join(err, failed)
	}
	if err != nil {
		return nil, errors.Join(err, v.removeSet(s))
	}
	return s, nil
}

// limitMemory sets the limit on memory, and on memory and swap together: no swap. The kernel wants the first never above the second.
func (s *set) limitMemory(limit Bytes) error {
	if limit == s.limit {
		return nil
	}
	order := []controlFile{s.memory, s.swap}
	if s.limit != 0 && limit > s.limit {
		slices.Reverse(order)
	}
	s.limit = 0
	for _, file := range order {
		if !file.there() {
			continue
		}
		if err := file.write(strconv.FormatInt(int64(limit), 10)); err != nil {
			return err
		}
	}
	s.limit = limit
	return nil
}

// mostIdle is how many sets rest for programs to come. At a thousand programs a second each has rested for some milliseconds when it is
// needed again. There may be more for a moment, when the host is busy and the jails of many programs wait for their removal.
const mostIdle = 16

// giveSet takes back the groups of a program that is dead. Should anything of it be left in them, or should memory have run out in them,
// nobody else gets them.
func (v *v1) giveSet(s *set) error {
	left, err := s.current.number()
	if err == nil && left == 0 {
		left, err = s.oomKills()
	}
	if v.fresh || err != nil || left > 0 {
		return v.removeSet(s)
	}
	v.mu.Lock()
	keep := len(v.idle) < mostIdle
	if keep {
		v.idle = append(v.idle, s)
	}
	v.mu.Unlock()
	if !keep {
		return v.removeSet(s)
	}
	return nil
}

func (s *set) oomKills() (int64, error) { return s.kill.key("oom_kill") }

func (v *v1) removeSet(s *set) error {
	s.close()
	return v.removeGroups(s.name, 3)
}

// removeGroups removes the first n groups of a set.
func (v *v1) removeGroups(name string, n int) error {
	var errs []error
	for _, t := range []*tree{v.mem, v.pids, v.cpuacct}[:n] {
		errs = append(errs, t.removeGroup(name))
	}
	return errors.Join(errs...)
}

func (s *set) close() {
	for _, file := range []controlFile{
		s.attachMemory, s.attachPids, s.attachCPU, s.processes, s.current, s.usage, s.memory, s.swap, s.held, s.peak, s.stat, s.kill,
	} {
		file.close() // one that could not be opened is -1, which is no descriptor
	}
}
