package threads

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// File identifies an open file, as stat(2) does.
type File struct{ Device, Inode uint64 }

// FileOf returns the identity of a file.
func FileOf(stat unix.Stat_t) File { return File{Device: stat.Dev, Inode: stat.Ino} }

// Access is how a file is open.
type Access struct{ Reads, Writes bool }

// Held is the access to each open file.
type Held map[File]Access

// Add adds the files that the processes of these threads have open.
func (h Held) Add(ids []string) {
	processes, err := processesOf(ids)
	if err != nil {
		return
	}
	for _, pid := range processes {
		entries, err := os.ReadDir("/proc/" + pid + "/fd")
		if err != nil {
			continue
		}
		for _, entry := range entries {
			h.add(pid, entry.Name())
		}
	}
}

func (h Held) add(pid, fd string) {
	var stat unix.Stat_t
	if unix.Stat("/proc/"+pid+"/fd/"+fd, &stat) != nil {
		return
	}
	access := h[FileOf(stat)]
	switch accessMode(pid, fd) {
	case unix.O_RDONLY:
		access.Reads = true
	case unix.O_WRONLY:
		access.Writes = true
	case unix.O_RDWR:
		access = Access{Reads: true, Writes: true}
	}
	h[FileOf(stat)] = access
}

// accessMode returns how a descriptor was opened, from its flags in proc_pid_fdinfo(5), or -1 if
// they cannot be read.
func accessMode(pid, fd string) int {
	text, err := os.ReadFile("/proc/" + pid + "/fdinfo/" + fd)
	if err != nil {
		return -1
	}
	_, value, found := strings.Cut(string(text), "flags:")
	if !found {
		return -1
	}
	value, _, _ = strings.Cut(strings.TrimSpace(value), "\n")
	flags, err := strconv.ParseInt(value, 8, 64)
	if err != nil {
		return -1
	}
	return int(flags) & unix.O_ACCMODE
}

// Lives reports whether the program's first process is alive. In the jail's pid namespace that is
// process 2, a child of init. A process that has begun to exit is not alive, although its threads
// may still be listed: it gets PF_EXITING before its files are closed.
func Lives(ids []string) bool {
	const firstProcess, flagsField, third, exiting = "2", 9, 3, 0x4
	for _, id := range ids {
		spaces, err := statusOf(id, "NStgid")
		if err != nil || spaces[strings.LastIndexAny(spaces, " \t")+1:] != firstProcess {
			continue
		}
		fields := statFields(id)
		if len(fields) <= flagsField-third || strings.ContainsAny(fields[0], "ZX") {
			continue
		}
		if flags, err := strconv.ParseUint(fields[flagsField-third], 10, 64); err == nil && flags&exiting == 0 {
			return true
		}
	}
	return false
}
