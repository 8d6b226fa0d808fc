package cgroup

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate/quick"
)

// TreePrefix begins the name of a pool's directory in a hierarchy. The judge's process id follows.
const TreePrefix = "judge-"

// treeName returns a name that no other pool on this host has.
func treeName() string {
	var random [6]byte
	rand.Read(random[:]) // never fails, see crypto/rand
	return fmt.Sprintf("%s%d-%s", TreePrefix, os.Getpid(), hex.EncodeToString(random[:]))
}

// tree is a pool's directory in one hierarchy. A lock on the directory says that the pool is alive.
// The kernel releases it with the process, however that ends.
type tree struct {
	path string
	lock *os.File
}

// newTree sweeps the parent and creates a tree in it. Before the directory is locked, another
// judge's sweep may remove it as abandoned; then newTree tries again under another name.
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
		_, err = os.Stat(path) // was it swept before it was locked?
	}
	if err != nil {
		lock.Close()
		os.Remove(path)
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return &tree{path, lock}, nil
}

// makeGroup creates a group in the tree.
func (t *tree) makeGroup(name string) (directory, error) {
	parent := int(t.lock.Fd())
	if _, err := quick.Uninterrupted(func() (int, error) { return 0, unix.Mkdirat(parent, name, 0o755) }); err != nil {
		return directory{}, &os.PathError{Op: "mkdir", Path: filepath.Join(t.path, name), Err: err}
	}
	return directory{parent, name}, nil
}

func (t *tree) close() error {
	err := removeTree(t.path)
	t.lock.Close()
	return err
}

// sweep removes the directories of judges that were killed. It leaves what it cannot remove for the
// next sweep.
func sweep(parent string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if !entry.IsDir() || !strings.HasPrefix(entry.Name(), TreePrefix) {
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

// lockDead locks a tree whose judge is dead. A process that was being started when its judge was
// killed holds the judge's descriptors, and so the lock, for a moment longer.
func lockDead(lock *os.File, name string) bool {
	const patience = 200 * time.Millisecond
	for start := time.Now(); ; time.Sleep(time.Millisecond) {
		if unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil {
			return true
		}
		var judge int
		n, _ := fmt.Sscanf(name, TreePrefix+"%d-", &judge)
		if n != 1 || unix.Kill(judge, 0) != unix.ESRCH || time.Since(start) > patience {
			return false
		}
	}
}

// removeTree removes a directory of a hierarchy and all below it, deepest first.
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

func removeGroup(path string) error { return removeDirectory(unix.AT_FDCWD, path) }

// removeDirectory removes one directory. After the last process of a group is dead, the kernel may
// need a moment until the group counts as empty.
func removeDirectory(parent int, path string) error {
	const patience = 2 * time.Second
	for start := time.Now(); ; time.Sleep(time.Millisecond) {
		_, err := quick.Uninterrupted(func() (int, error) { return 0, unix.Unlinkat(parent, path, unix.AT_REMOVEDIR) })
		if err == nil || err == unix.ENOENT {
			return nil
		}
		if err != unix.EBUSY || time.Since(start) > patience {
			return fmt.Errorf("remove the control group %s: %w", path, err)
		}
	}
}
