package threads

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Unprompted reports whether a program whose threads all sleep may continue without action from
// outside: because of a timer, of a descriptor that is not a pipe, or because the kernel does not
// show it. Call it between Blocked and Take: then none of this can change.
func Unprompted(ids []string) bool {
	processes, err := processesOf(ids)
	if err != nil {
		return true
	}
	for _, pid := range processes {
		if hasTimers(pid) || hasActiveFiles(pid) {
			return true
		}
	}
	return mayGetAlarm(ids, processes)
}

// processesOf returns the process ids of threads, each once.
func processesOf(ids []string) ([]string, error) {
	var processes []string
	known := map[string]bool{}
	for _, id := range ids {
		pid, err := statusOf(id, "Tgid")
		if err != nil {
			return nil, err
		}
		if !known[pid] {
			known[pid] = true
			processes = append(processes, pid)
		}
	}
	return processes, nil
}

var errNoField = errors.New("no such field")

// statusOf returns a field of proc_pid_status(5).
func statusOf(id, field string) (string, error) {
	text, err := os.ReadFile("/proc/" + id + "/status")
	if err != nil {
		return "", err
	}
	_, value, found := strings.Cut("\n"+string(text), "\n"+field+":")
	if !found {
		return "", errNoField
	}
	value, _, _ = strings.Cut(value, "\n")
	return strings.TrimSpace(value), nil
}

// hasTimers reports whether a process has timers of timer_create(2), armed or not. Without
// CONFIG_CHECKPOINT_RESTORE the file is absent, and the answer is true.
func hasTimers(pid string) bool {
	text, err := os.ReadFile("/proc/" + pid + "/timers")
	return err != nil || len(text) > 0
}

// hasActiveFiles reports whether a process has a descriptor that can become ready without action of
// any program. These are all but pipes, files, the memory devices, and descriptors that only
// threads of the program make ready. A socket is one: its receive timeout does not show.
func hasActiveFiles(pid string) bool {
	dir := "/proc/" + pid + "/fd"
	entries, err := os.ReadDir(dir)
	if err != nil {
		return true
	}
	for _, entry := range entries {
		if isActive(pid, entry.Name()) {
			return true
		}
	}
	return false
}

func isActive(pid, fd string) bool {
	path := "/proc/" + pid + "/fd/" + fd
	target, err := os.Readlink(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false // the directory was read while it was open
	}
	switch {
	case err != nil:
		return true
	case target == eventFD, target == "anon_inode:[eventpoll]":
		return false
	case target == "anon_inode:[timerfd]":
		return !isDisarmed(pid, fd)
	case strings.HasPrefix(target, "anon_inode:"):
		return true
	}
	var stat unix.Stat_t
	if err := unix.Stat(path, &stat); err != nil {
		return true
	}
	switch stat.Mode & unix.S_IFMT {
	case unix.S_IFIFO, unix.S_IFREG, unix.S_IFDIR:
		return false
	case unix.S_IFCHR:
		const memoryDevices = 1 // null, zero, random, ...: Documentation/admin-guide/devices.txt
		return unix.Major(stat.Rdev) != memoryDevices
	default:
		return true
	}
}

// isDisarmed reads the it_value of a timerfd, which is zero if no timer runs: proc_pid_fdinfo(5).
func isDisarmed(pid, fd string) bool {
	text, err := os.ReadFile("/proc/" + pid + "/fdinfo/" + fd)
	return err == nil && strings.Contains(string(text), "it_value: (0, 0)")
}

// mayGetAlarm reports whether alarm(2) or setitimer(2) may wake one of these threads. The kernel
// shows such a timer only in a list for the whole host, without the process. If that list has one,
// or cannot be read, a thread that takes SIGALRM may be woken, and so may a program of several
// processes: one of them may die of the signal, and another may wait for that.
func mayGetAlarm(ids, processes []string) bool {
	if list, err := os.ReadFile("/proc/timer_list"); err == nil && !strings.Contains(string(list), "it_real_fn") {
		return false
	}
	return len(processes) > 1 || slices.ContainsFunc(ids, takesAlarm)
}

// takesAlarm reports whether SIGALRM may wake or end a thread: its process handles the signal, or
// the thread waits for signals. A signal that sigwait(3) waits for shows neither as handled nor as
// blocked. The answer is true if it cannot be read.
func takesAlarm(id string) bool {
	caught, err := statusOf(id, "SigCgt")
	if err != nil {
		return true
	}
	set, err := strconv.ParseUint(caught, 16, 64)
	return err != nil || set&(1<<(unix.SIGALRM-1)) != 0 || waitOf(id).Call == Signal
}
