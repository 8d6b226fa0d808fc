package cgroup

import (
	"fmt"
	"judge/isolate/lack"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// minRoom is how many processes and threads a judge needs: its own, and a jailer, an init and a
// program on a few cores. Without them Go's runtime crashes in the middle of the work.
const minRoom = 32

// CheckRoom checks that the control groups of this process let it start processes. limited reports
// whether any of them has a limit. The error is a *lack.Error when there is too little room.
func CheckRoom() (limited bool, err error) {
	mounts, own, err := Mounts()
	if err != nil {
		return false, fmt.Errorf("find the control groups: %w", err)
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
				why := fmt.Sprintf("%s allows %d more processes, and at least %d are needed", dir, room, minRoom)
				return true, lack.New("room for processes", why, "raise "+filepath.Join(dir, "pids.max"))
			}
			limited = limited || has
		}
	}
	return limited, nil
}

// roomIn returns how many more processes may start in a group; false without a limit.
func roomIn(dir string) (int64, bool) {
	text, err := read(filepath.Join(dir, "pids.max"))
	if err != nil { // the root has no limit
		return 0, false
	}
	limit, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil { // "max"
		return 0, false
	}
	now, err := anywhere.number(filepath.Join(dir, "pids.current"))
	return max(limit-now, 0), err == nil
}

// ancestorLimits is the groups above the jails that limit processes, by their pids.events.local.
// The programs share that room with every process below these groups. It is nil when there is no
// such group, and before Linux 6.11, where the kernel counts a refusal in the group of the process
// that was refused.
type ancestorLimits []controlFile

// openAncestorLimits finds the groups above a directory that limit processes.
func openAncestorLimits(path string) (ancestorLimits, error) {
	var a ancestorLimits
	for dir := filepath.Dir(path); anywhere.has(filepath.Join(dir, "cgroup.controllers")); dir = filepath.Dir(dir) {
		events := filepath.Join(dir, "pids.events.local")
		if _, has := roomIn(dir); !has || !anywhere.has(events) {
			continue
		}
		file, err := anywhere.keep(events, unix.O_RDONLY)
		if err != nil {
			a.close()
			return nil, err
		}
		a = append(a, file)
	}
	return a, nil
}

// refused returns how often a process could not start because one of the groups was full.
func (a ancestorLimits) refused() (int64, error) {
	total := int64(0)
	for _, file := range a {
		n, err := file.key("max")
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

func (a ancestorLimits) close() {
	for _, file := range a {
		file.close()
	}
}

// forkRefused reports whether a program could not start a process although its own limit was not
// reached: a group above stood in the way. The group must be fresh and in the pids hierarchy.
// Without pids.peak (Linux 6.1) the answer is false.
func forkRefused(group directory, limit int) bool {
	peak, err := group.number("pids.peak")
	if err != nil || peak >= int64(limit) {
		return false
	}
	for _, events := range []string{"pids.events", "pids.events.local"} { // depending on the kernel version
		if failed, err := group.key(events, "max"); err == nil && failed > 0 {
			return true
		}
	}
	return false
}
