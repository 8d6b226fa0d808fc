package isolate

import (
	"errors"

	"golang.org/x/sys/unix"
)

// counters are the groups of v1 that count the processes and the CPU time of one program at a time.
type counters struct {
	name          string
	pids, cpuacct directory
	attach        [2]int // descriptors of cgroup.procs
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
	c := &counters{name: name}
	var err error
	if c.pids, err = v.pids.makeGroup(name); err != nil {
		return nil, err
	}
	if c.cpuacct, err = v.cpuacct.makeGroup(name); err != nil {
		c.pids.close()
		return nil, errors.Join(err, v.pids.removeGroup(name))
	}
	c.attach = [2]int{-1, -1}
	for i, d := range []directory{c.pids, c.cpuacct} {
		if c.attach[i], err = d.open("cgroup.procs", unix.O_WRONLY); err != nil {
			return nil, errors.Join(err, v.removeCounters(c))
		}
	}
	return c, nil
}

// giveCounters takes back the counters of a program that is dead. Should anything of it be left in them, they count for
// nobody else.
func (v *v1) giveCounters(c *counters) error {
	if left, err := c.processes(); v.fresh || err != nil || left > 0 {
		return v.removeCounters(c)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.idle = append(v.idle, c)
	return nil
}

func (v *v1) removeCounters(c *counters) error {
	c.close()
	return errors.Join(v.pids.removeGroup(c.name), v.cpuacct.removeGroup(c.name))
}

func (c *counters) processes() (int, error) {
	n, err := c.pids.number("pids.current")
	return int(n), err
}

func (c *counters) close() {
	for _, fd := range c.attach {
		unix.Close(fd) // -1, of counters that were never complete, is no descriptor
	}
	c.pids.close()
	c.cpuacct.close()
}
