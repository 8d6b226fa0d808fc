package cgroup

import (
	"fmt"
	"judge/isolate/lack"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// leastRoom is how many processes and threads a judge needs at the least: its own, and a jailer, an init and a program on
// a few cores. Without them Go's runtime ends the judge in the middle of its work, with a trace.
const minRoom = 32

// CheckRoom checks that the control groups which this process is in let it start processes. It reports whether any of
// them has a limit.
func CheckRoom() (limited bool, err error) {
	mounts, own, err := Mounts()
	if err != nil {
		return false, fmt.Errorf("look for control groups: %w", err)
	}
	for _, h := range mounts {
		group := own[""]
		if h.Controllers != nil {
			if !h.Has("pids") {
				continue
			}
			group = own["pids"]
		}
		for dir := h.Directory(group); atOrBeneath(dir, h.Mount); dir = filepath.Dir(dir) {
			room, has := roomIn(dir)
			if has && room < minRoom {
				return true, lack.New("room for processes", fmt.Sprintf("%s lets %d more be started, and at least %d are needed", dir, room, minRoom),
					"raise "+filepath.Join(dir, "pids.max"))
			}
			limited = limited || has
		}
	}
	return limited, nil
}

// roomIn is how many processes may be started in a group; false where it has no limit.
func roomIn(dir string) (int64, bool) {
	text, err := read(filepath.Join(dir, "pids.max"))
	if err != nil { // the root has none
		return 0, false
	}
	most, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil { // "max"
		return 0, false
	}
	now, err := anywhere.number(filepath.Join(dir, "pids.current"))
	return max(most-now, 0), err == nil
}

// crowd are the groups above the jails that limit processes, by their pids.events.local: the programs share the room in them with everybody
// else beneath. nil: there are none, or the kernel counts a refusal in the group of who was refused (before Linux 6.11).
type ancestorLimits []controlFile

// openCrowd looks at the groups above a directory.
func openAncestorLimits(path string) (ancestorLimits, error) {
	var c ancestorLimits
	for dir := filepath.Dir(path); anywhere.has(filepath.Join(dir, "cgroup.controllers")); dir = filepath.Dir(dir) {
		events := filepath.Join(dir, "pids.events.local")
		if _, has := roomIn(dir); !has || !anywhere.has(events) {
			continue
		}
		file, err := anywhere.keep(events, unix.O_RDONLY)
		if err != nil {
			c.close()
			return nil, err
		}
		c = append(c, file)
	}
	return c, nil
}

// refused is how often somebody could not start a process because one of the groups was full.
func (c ancestorLimits) refused() (int64, error) {
	total := int64(0)
	for _, file := range c {
		n, err := file.key("max")
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

func (c ancestorLimits) close() {
	for _, file := range c {
		file.close()
	}
}

// starved reports whether a program could not start a process although its own limit was not reached: something above its
// group stood in the way, which is no fault of the program's. The group is fresh, in the pids hierarchy. Without pids.peak
// (Linux 6.1) it cannot be told.
func forkRefused(group directory, limit int) bool {
	peak, err := group.number("pids.peak")
	if err != nil || peak >= int64(limit) {
		return false
	}
	for _, events := range []string{"pids.events", "pids.events.local"} { // which counts what depends on kernel and version
		if failed, err := group.key(events, "max"); err == nil && failed > 0 {
			return true
		}
	}
	return false
}
