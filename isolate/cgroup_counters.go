package isolate

import (
	"errors"

	"golang.org/x/sys/unix"
)

// counters are the groups of v1 that count the processes and the CPU time of one program at a time. Their files stay open.
type counters struct {
	name string
	pids directory

	attachPids, attachCPU controlFile // cgroup.procs
	limit, current, usage controlFile // pids.max, pids.current, cpuacct.usage
}

// takeCounters returns counters without a program; new ones have that name.
func (v *v1) takeCounters(name string) (*counters, error) {
	v.mu.Lock()
	if n := len(v.idle); n > 0 {
		c := v.idle[n-1]
		v.idle = v.idle[:n-1]
		v.mu.Unlock()
		return c, nil
	}
	v.mu.Unlock()
	return v.newCounters(name)
}

func (v *v1) newCounters(name string) (*counters, error) {
	pids, err := v.pids.makeGroup(name)
	if err != nil {
		return nil, err
	}
	cpuacct, err := v.cpuacct.makeGroup(name)
	if err != nil {
		return nil, errors.Join(err, v.pids.removeGroup(name))
	}
	c := &counters{name: name, pids: pids}
	for _, f := range []struct {
		file      *controlFile
		directory directory
		name      string
		flags     int
	}{
		{&c.attachPids, pids, "cgroup.procs", unix.O_WRONLY},
		{&c.attachCPU, cpuacct, "cgroup.procs", unix.O_WRONLY},
		{&c.limit, pids, "pids.max", unix.O_WRONLY},
		{&c.current, pids, "pids.current", unix.O_RDONLY},
		{&c.usage, cpuacct, "cpuacct.usage", unix.O_RDONLY},
	} {
		var failed error
		*f.file, failed = f.directory.keep(f.name, f.flags)
		err = errors.Join(err, failed)
	}
	if err != nil {
		return nil, errors.Join(err, v.removeCounters(c))
	}
	return c, nil
}

// mostIdle is how many counters are kept for programs to come. There may be more for a moment, when the host is busy and the
// jails of many programs wait for their removal.
const mostIdle = 8

// giveCounters takes back the counters of a program that is dead. Should anything of it be left in them, they count for
// nobody else.
func (v *v1) giveCounters(c *counters) error {
	if left, err := c.current.number(); v.fresh || err != nil || left > 0 {
		return v.removeCounters(c)
	}
	v.mu.Lock()
	keep := len(v.idle) < mostIdle
	if keep {
		v.idle = append(v.idle, c)
	}
	v.mu.Unlock()
	if !keep {
		return v.removeCounters(c)
	}
	return nil
}

func (v *v1) removeCounters(c *counters) error {
	c.close()
	return errors.Join(v.pids.removeGroup(c.name), v.cpuacct.removeGroup(c.name))
}

func (c *counters) close() {
	for _, file := range []controlFile{c.attachPids, c.attachCPU, c.limit, c.current, c.usage} {
		file.close() // one that could not be opened is -1, which is no descriptor
	}
}
