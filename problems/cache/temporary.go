package cache

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"judge/problems/safefile"
)

const (
	// TemporaryPrefix begins the names of directories of judges in the directory for temporary files.
	TemporaryPrefix = "judge-program-"
	// temporaryAge is how long a directory may exist before it must have been locked by its judge.
	temporaryAge = time.Minute
)

// Temporary makes an entry that no cache keeps, in the directory for temporary files.
func Temporary(build func(product string) error) (*Entry, error) {
	SweepTemporary()
	fault := func(err error) error {
		return fmt.Errorf("make a directory for a program: %w: set TMPDIR to a directory of yours", err)
	}
	in, err := safefile.Shared(os.TempDir())
	if err != nil {
		return nil, fault(err)
	}
	name := TemporaryPrefix + rand.Text()
	if err := in.Mkdir(name, 0o700); err != nil {
		return nil, errors.Join(fault(err), in.Close())
	}
	lock, err := lockDir(in, name, unix.LOCK_SH)
	if err != nil {
		return nil, errors.Join(fault(err), in.Remove(name), in.Close())
	}
	files, err := fill(in, name, "", build)
	if err != nil {
		if errors.As(err, new(*Error)) {
			err = fmt.Errorf("%w: set TMPDIR to a directory with more room", err)
		}
		return nil, errors.Join(err, (&Entry{lock: lock, in: in, dispose: name, alone: true}).Release())
	}
	entry := newEntry(in, name, lock)
	entry.dispose, entry.alone, entry.files = name, true, files
	return entry, nil
}

// LockDir locks a directory of the user while the file that it returns is open, so that no judge removes it as that of
// a dead one.
func LockDir(path string, how int) (*os.File, error) {
	in, err := safefile.Shared(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return lockDir(in, ".", how)
}

// SweepTemporary removes the directories that killed judges of this user left among the temporary files.
func SweepTemporary() {
	in, err := safefile.Shared(os.TempDir())
	if err != nil {
		return
	}
	defer in.Close()
	names, err := in.List()
	if err != nil {
		return
	}
	for _, name := range names {
		if !strings.HasPrefix(name, TemporaryPrefix) {
			continue
		}
		info, err := in.Lstat(name)
		if err != nil || !info.IsDir() || time.Since(info.ModTime()) < temporaryAge {
			continue
		}
		// Anyone may make a directory of such a name here: only our own are ours to remove.
		if stat, ok := info.Sys().(*syscall.Stat_t); !ok || int(stat.Uid) != os.Geteuid() {
			continue
		}
		if lock, err := lockDir(in, name, unix.LOCK_EX|unix.LOCK_NB); err == nil {
			in.RemoveAll(name) //nolint:errcheck // the next judge tries again
			lock.Close()
		}
	}
}
