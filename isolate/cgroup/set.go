package cgroup

import (
	"errors"
	"judge/isolate/size"
	"slices"
	"strconv"
)

// set is the groups that count memory, processes and CPU time of one program, three on v1 and one
// on v2, with their files open. It serves one program at a time.
type set struct {
	groups []directory // one per hierarchy
	pids   directory   // the one of them that counts processes

	enter                     []controlFile // v1: cgroup.procs, one per hierarchy; v2: the group itself
	processes, current, usage controlFile   // pids.max, pids.current; cpuacct.usage or cpu.stat
	memory, swap              controlFile   // limits on memory, and on memory and swap together (v1)
	held, peak, stat, events  controlFile   // memory in use, its peak, its kinds; events for lack of it

	spoils []string         // keys of events: after a program that raised one of them the set is not reused
	limit  size.Bytes       // on memory; 0: none yet
	room   [maxControl]byte // for files of many lines; too large for the stack of a new goroutine
}

// makeGroups creates a group of that name in each tree. After an error there is none.
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

// open opens files of a set. After an error the set is removed.
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

// limitMemory sets the limit on memory, and the same on memory and swap together, so that there is
// no swap. The kernel requires that the first never exceeds the second.
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

// clean reports whether the groups hold no process, and no event that would be charged to the next
// program.
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

// remove removes the groups, which must hold no process.
func (s *set) remove() error {
	s.close()
	return removeGroups(s.groups)
}

// close closes the files. A file that could not be opened is -1, which is not a descriptor.
func (s *set) close() {
	files := []controlFile{s.processes, s.current, s.usage, s.memory, s.swap, s.held, s.peak, s.stat, s.events}
	for _, file := range slices.Concat(s.enter, files) {
		file.close()
	}
}

// setGroup is the common part of v1Group and v2Group.
type setGroup struct {
	set  *set
	pool *groupPool
}

// Limit implements Group.
func (g *setGroup) Limit(memory size.Bytes, processes int) error {
	if err := g.set.limitMemory(memory); err != nil {
		return err
	}
	return g.set.processes.write(strconv.Itoa(processes))
}

// Processes implements Group.
func (g *setGroup) Processes() (int, error) {
	n, err := g.set.current.number()
	return int(n), err
}

// ForkRefused implements Group, for a set that serves once.
func (g *setGroup) ForkRefused(limit int) bool { return forkRefused(g.set.pids, limit) }

// OOMKills implements Group.
func (g *setGroup) OOMKills() (int, error) {
	kills, err := g.set.oomKills()
	return int(kills), err
}

// Held implements Group.
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

// Remove implements Group.
func (g *setGroup) Remove() error { return g.pool.give(g.set) }
