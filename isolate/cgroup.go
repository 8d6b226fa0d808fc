package isolate

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/containerd/cgroups/v3" // knows how a host mounts its control groups
	"golang.org/x/sys/unix"
)

// controls makes the control groups of a pool's jails, on cgroup v1 or v2.
type controls interface {
	version() string
	// jail makes a fresh, empty group for one program on one CPU; number is unique in the pool.
	jail(cpu int, number uint32) (group, error)
	// close removes what is left of the pool's groups, which must be empty of processes.
	close() error
}

// group is the control group of one program and of what it starts. Its limits and its usage are of the program alone:
// the jail's init is not in it.
type group interface {
	procs() []*os.File // cgroup.procs, one a hierarchy
	limit(memory Bytes, processes int) error
	cpu() (time.Duration, error)
	// processes counts those in the group, zombies included.
	processes() (int, error)
	// starved reports whether something other than this limit kept the program from starting a process.
	starved(limit int) bool
	// oomKills is how many processes the OOM killer ended.
	oomKills() (int, error)
	// overMemory reports whether the memory limit was reached: the OOM killer also comes when the whole host has no memory.
	overMemory() (bool, error)
	// memory is the most that the program held.
	memory() (held Bytes, err error)
	// remove removes the group, which must be empty of processes.
	remove() error
}

// openControls chooses by what the host has mounted.
func openControls() (controls, error) {
	switch mode := cgroups.Mode(); mode {
	case cgroups.Unified:
		return openV2()
	case cgroups.Legacy, cgroups.Hybrid:
		return openV1()
	default:
		return nil, &LackError{[]Lack{{"control groups", "nothing is mounted at /sys/fs/cgroup", "mount -t cgroup2 cgroup2 /sys/fs/cgroup"}}}
	}
}

// treePrefix begins the name of a pool's directory in a hierarchy.
const treePrefix = "judge-"

// treeName makes a name that no other pool on this host has.
func treeName() string {
	var random [6]byte
	rand.Read(random[:]) // never fails, see crypto/rand
	return fmt.Sprintf("%s%d-%s", treePrefix, os.Getpid(), hex.EncodeToString(random[:]))
}

// tree is a pool's directory in one hierarchy. A lock on the directory says that the pool lives; the kernel drops it
// with the process, however that ends.
type tree struct {
	path string
	lock *os.File
}

// newTree sweeps the parent and makes a tree in it. Between making and locking the directory another judge's sweep may
// take it for a dead one's: then it tries again under another name.
func newTree(parent string) (*tree, error) {
	sweep(parent)
	const tries = 100
	for try := 1; ; try++ {
		t, err := makeTree(filepath.Join(parent, treeName()))
		swept := errors.Is(err, unix.ENOENT) || errors.Is(err, unix.EWOULDBLOCK)
		if !swept || try == tries {
			return t, err
		}
	}
}

func makeTree(path string) (*tree, error) {
	if err := os.Mkdir(path, 0o755); err != nil {
		return nil, err
	}
	lock, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err = unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB); err == nil {
		_, err = os.Stat(path) // swept before we had the lock?
	}
	if err != nil {
		lock.Close()
		os.Remove(path)
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return &tree{path, lock}, nil
}

func (t *tree) close() error {
	err := removeTree(t.path)
	t.lock.Close()
	return err
}

// sweep removes what judges left that were killed. What cannot be removed stays for the next sweep: it harms nobody.
func sweep(parent string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if !entry.IsDir() || !strings.HasPrefix(entry.Name(), treePrefix) {
			continue
		}
		path := filepath.Join(parent, entry.Name())
		if lock, err := os.Open(path); err == nil {
			if lockDead(lock, entry.Name()) {
				removeTree(path)
			}
			lock.Close()
		}
	}
}

// lockDead takes the lock of a tree whose judge is dead. A process that was being started when its judge was killed holds
// the judge's descriptors, and so the lock, for a moment longer.
func lockDead(lock *os.File, name string) bool {
	const patience = 200 * time.Millisecond
	for start := time.Now(); ; time.Sleep(time.Millisecond) {
		if unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil {
			return true
		}
		var judge int
		if n, _ := fmt.Sscanf(name, treePrefix+"%d-", &judge); n != 1 || unix.Kill(judge, 0) != unix.ESRCH || time.Since(start) > patience {
			return false
		}
	}
}

// removeTree removes a directory of a hierarchy and those beneath it, deepest first.
func removeTree(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	var errs []error
	for _, entry := range entries {
		if entry.IsDir() {
			errs = append(errs, removeTree(filepath.Join(path, entry.Name())))
		}
	}
	return errors.Join(append(errs, removeGroup(path))...)
}

// removeGroup removes one directory. The kernel may need a moment after the last process of a group is dead until the
// group counts as empty.
func removeGroup(path string) error {
	const patience = 2 * time.Second
	for start := time.Now(); ; time.Sleep(time.Millisecond) {
		_, err := uninterrupted(func() (int, error) { return 0, unix.Rmdir(path) })
		if err == nil || err == unix.ENOENT {
			return nil
		}
		if err != unix.EBUSY || time.Since(start) > patience {
			return fmt.Errorf("remove the control group %s: %w", path, err)
		}
	}
}

// write writes a value to a control file. By bare system calls: an os.File would be entered into the runtime's poller,
// which costs more than the write itself.
func write(path, value string) error {
	fd, err := open(path, unix.O_WRONLY)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	if _, err := uninterrupted(func() (int, error) { return unix.Write(fd, []byte(value)) }); err != nil {
		return &os.PathError{Op: "write", Path: path, Err: err}
	}
	return nil
}

func open(path string, flags int) (fd int, err error) {
	fd, err = uninterrupted(func() (int, error) { return unix.Open(path, flags|unix.O_CLOEXEC, 0) })
	if err != nil {
		return -1, &os.PathError{Op: "open", Path: path, Err: err}
	}
	return fd, nil
}

// uninterrupted makes a system call until no signal ends it. Go's runtime sends itself signals all the time (SIGURG, to
// preempt), and control files like memory.limit_in_bytes give up for one in spite of SA_RESTART.
func uninterrupted(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != unix.EINTR {
			return n, err
		}
	}
}

// mostControl is more than the longest control file that is read, in bytes.
const mostControl = 8192

func read(path string) (string, error) {
	fd, err := open(path, unix.O_RDONLY)
	if err != nil {
		return "", err
	}
	defer unix.Close(fd)
	var buffer [mostControl]byte
	// Control files come whole in one read.
	n, err := uninterrupted(func() (int, error) { return unix.Read(fd, buffer[:]) })
	if err != nil {
		return "", &os.PathError{Op: "read", Path: path, Err: err}
	}
	return string(buffer[:n]), nil
}

// readNumber reads a control file that holds one number.
func readNumber(path string) (int64, error) {
	text, err := read(path)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(strings.TrimSpace(text), 10, 64)
}

// readKey reads the number behind a key of a control file with a "key number" on each line.
func readKey(path, key string) (int64, error) {
	text, err := read(path)
	if err != nil {
		return 0, err
	}
	number, err := findKey(text, key)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", path, err)
	}
	return number, nil
}

func findKey(text, key string) (int64, error) {
	for line := range strings.Lines(text) {
		if number, ok := strings.CutPrefix(line, key+" "); ok {
			return strconv.ParseInt(strings.TrimSpace(number), 10, 64)
		}
	}
	return 0, fmt.Errorf("no line %q", key)
}

// held is the peak of a group's memory without the files that the kernel cached on its account: what a program holds is
// anonymous and shared memory, what it has written to its tmpfs, and kernel memory for it. Cached files are on the
// lists of file pages of memory.stat (tmpfs is on the anonymous ones), and only grow until memory gets short; then they
// make room, and the peak is the limit. So what is left of them at the end is what of the peak was theirs.
// See Documentation/admin-guide/cgroup-v2.rst; the keys are the same on v1.
func held(peak int64, stat string) (Bytes, error) {
	text, err := read(stat)
	if err != nil {
		return 0, err
	}
	for _, list := range []string{"active_file", "inactive_file"} {
		cached, err := findKey(text, list)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", stat, err)
		}
		peak -= cached
	}
	return Bytes(max(peak, 0)), nil
}

// openProcs opens the cgroup.procs file of a group. Not as an os.File that polls: see write.
func openProcs(path string) (*os.File, error) {
	name := filepath.Join(path, "cgroup.procs")
	fd, err := open(name, unix.O_WRONLY)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), name), nil // blocking, so it stays out of the poller
}

// absent reports whether a control file is not there, which means that the kernel does not have the feature.
func absent(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, syscall.ENOENT)
}
