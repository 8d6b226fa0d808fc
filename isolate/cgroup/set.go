package cgroup

import (
	"errors"
	"judge/isolate/size"
	"slices"
	"strconv"
)

// set are the groups that count the memory, the processes and the CPU time of one program at a time, three on v1 and one on v2, with their
// files open.
type set struct {
	groups []directory // one a hierarchy
	pids   directory   // of them, the one that counts processes

	enter                     []controlFile // cgroup.procs, one a hierarchy (v1); the group itself (v2)
	processes, current, usage controlFile   // pids.max, pids.current; cpuacct.usage or cpu.stat
	memory, swap              controlFile   // the limit on memory; that on memory and swap together (v1)
	held, peak, stat, events  controlFile   // memory now, at the most, by kinds; and what has happened for want of it

	spoils []string         // keys of events: a program after which one of them counts anything is the last
	limit  size.Bytes       // on memory; 0: none yet
	room   [maxControl]byte // for what a file of many lines holds; on a new goroutine's stack it would make that grow
}

// makeGroups makes a group of that name in each tree, or none.
func makeGroups(name string, trees ...*tree) ([]directory, error) {
	var groups []directory
	for _, t := range trees {
		group, err := t.makeGroup(name)
		if err != nil {
			return nil, errors.Join(err, removeGroups(groups))
		}
		groups = append(groups, group)
	}
	return groups, nil
}

func removeGroups(groups []directory) error {
	var errs []error
	for _, group := range groups {
		errs = append(errs, removeDirectory(group.fd, group.name))
	}
	return errors.Join(errs...)
}

// setFile is a file of a set that stays open.
type setFile struct {
	file  *controlFile
	of    directory
	name  string
	flags int
}

// open opens files of a set. After an error the set is gone.
func (s *set) open(files []setFile) error {
	var err error
	for _, f := range files {
		var failed error
		*f.file, failed = f.of.keep(f.name, f.flags)
		err = errors.Join(err, failed)
	}
	if err != nil {
		return errors.Join(err, s.remove())
	}
	return nil
}

// limitMemory sets the limit on memory, and on memory and swap together: no swap. The kernel wants the first never above the second.
func (s *set) limitMemory(limit size.Bytes) error {
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

func (s *set) oomKills() (int64, error) { return s.events.key("oom_kill") }

// clean reports whether nothing of a program is left in the groups, and no file counts anything that the next program would be blamed for.
func (s *set) clean() bool {
	if left, err := s.current.number(); err != nil || left > 0 {
		return false
	}
	for _, key := range s.spoils {
		if n, err := s.events.key(key); err != nil || n > 0 {
			return false
		}
	}
	return true
}

// remove removes the groups, which must be empty of processes.
func (s *set) remove() error {
	s.close()
	return removeGroups(s.groups)
}

// close closes the files. One that could not be opened is -1, which is no descriptor.
func (s *set) close() {
	files := []controlFile{s.processes, s.current, s.usage, s.memory, s.swap, s.held, s.peak, s.stat, s.events}
	for _, file := range slices.Concat(s.enter, files) {
		file.close()
	}
}

// setGroup is what the groups of v1 and of v2 have in common.
type setGroup struct {
	set  *set
	pool *groupPool
}

func (g *setGroup) Limit(memory size.Bytes, processes int) error {
	if err := g.set.limitMemory(memory); err != nil {
		return err
	}
	return g.set.processes.write(strconv.Itoa(processes))
}

func (g *setGroup) Processes() (int, error) {
	n, err := g.set.current.number()
	return int(n), err
}

func (g *setGroup) ForkRefused(limit int) bool { return forkRefused(g.set.pids, limit) }

func (g *setGroup) OOMKills() (int, error) {
	kills, err := g.set.oomKills()
	return int(kills), err
}

func (g *setGroup) Held() (size.Bytes, error) {
	peak, err := g.set.peak.number()
	if err != nil {
		return 0, err
	}
	stat, err := g.set.stat.read(g.set.room[:])
	if err != nil {
		return 0, err
	}
	return held(peak, stat)
}

func (g *setGroup) Remove() error { return g.pool.give(g.set) }
