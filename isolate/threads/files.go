package threads

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// File names an open file as stat(2) does.
type File struct{ Device, Inode uint64 }

// FileOf returns the name of a file.
func FileOf(stat unix.Stat_t) File { return File{Device: stat.Dev, Inode: stat.Ino} }

// Holds reports whether the processes of these threads have a file open for reading, and for writing.
func Holds(ids []string, file File) (reads, writes bool) {
	processes, err := processesOf(ids)
	if err != nil {
		return false, false
	}
	for _, pid := range processes {
		entries, err := os.ReadDir("/proc/" + pid + "/fd")
		if err != nil {
			continue
		}
		for _, entry := range entries {
			var stat unix.Stat_t
			err := unix.Stat("/proc/"+pid+"/fd/"+entry.Name(), &stat)
			if err != nil || FileOf(stat) != file {
				continue
			}
			switch accessMode(pid, entry.Name()) {
			case unix.O_RDONLY:
				reads = true
			case unix.O_WRONLY:
				writes = true
			case unix.O_RDWR:
				reads, writes = true, true
			}
		}
	}
	return reads, writes
}

// accessMode returns how a descriptor was opened, from its flags in proc_pid_fdinfo(5); -1 if that cannot be read.
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

// Lives reports whether the program's first process lives: in the jail's pid namespace that is process 2, a child of init. A process that has
// begun to exit does not live any more, although its threads may still be listed: it gets PF_EXITING before its files are closed.
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
