package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// lockSuffix is the end of the name of a lock file.
const lockSuffix = ".lock"

// lock is a locked lock file. The kernel unlocks it when the process dies, so that a file that is left is no obstacle.
type lock struct {
	place *place
	file  *os.File
}

// acquire locks the place for this process, or returns a *BusyError.
func (p *place) acquire(now time.Time) (*lock, error) {
	var other *BusyError
	for tries := range 5 {
		// A reader that only looks holds the lock for a moment; a grader that ends removes its file before it
		// unlocks it.
		time.Sleep(time.Duration(tries) * 10 * time.Millisecond)
		l, err := p.tryAcquire()
		if err != nil && !errors.As(err, &other) {
			return nil, err
		}
		if l != nil {
			l.write(now)
			return l, nil
		}
	}
	if other == nil {
		other = &BusyError{Path: p.path}
	}
	return nil, other
}

// tryAcquire returns nil if the file that it has locked is no longer the one of that name.
func (p *place) tryAcquire() (*lock, error) {
	file, err := p.openLock()
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		err = busy(p.path, file)
	} else if err != nil {
		err = &fs.PathError{Op: "lock", Path: p.path + lockSuffix, Err: err}
	}
	if err == nil {
		l := &lock{p, file}
		if l.current() {
			return l, nil
		}
	}
	file.Close()
	return nil, err
}

// openLock opens the lock file, or creates it. Its mode does not depend on the umask: nobody else may write to it. A
// link to it could be one to any other file, which would be overwritten.
func (p *place) openLock() (*os.File, error) {
	if _, _, err := p.find(lockSuffix); err != nil {
		return nil, err
	}
	const flags = unix.O_RDWR | unix.O_CREAT | unix.O_NOFOLLOW | unix.O_NONBLOCK | unix.O_NOCTTY | unix.O_CLOEXEC
	fd, err := unix.Open(p.dir.At(p.name+lockSuffix), flags, 0o644)
	if err != nil {
		return nil, unwritable(p.path, &fs.PathError{Op: "open", Path: p.path + lockSuffix, Err: err})
	}
	var stat unix.Stat_t
	if err = unix.Fstat(fd, &stat); err == nil && (stat.Mode&unix.S_IFMT != unix.S_IFREG || stat.Nlink > 1) {
		err = errors.New("not a regular file with one name")
	}
	if err != nil {
		unix.Close(fd)
		return nil, &fs.PathError{Op: "open", Path: p.path + lockSuffix, Err: err}
	}
	return os.NewFile(uintptr(fd), p.path+lockSuffix), nil
}

// current reports whether the locked file still has its name.
func (l *lock) current() bool {
	var own unix.Stat_t
	if unix.Fstat(int(l.file.Fd()), &own) != nil {
		return false
	}
	now, exists, err := l.place.find(lockSuffix)
	return err == nil && exists && now.Ino == own.Ino && now.Dev == own.Dev
}

// write says who holds the lock. A full disk does not matter: the lock is that of the kernel.
func (l *lock) write(now time.Time) {
	content := fmt.Appendf(nil, "%d %s\n", os.Getpid(), now.UTC().Format(time.RFC3339))
	n, _ := l.file.WriteAt(content, 0) //nolint:errcheck // see above
	l.file.Truncate(int64(n))          //nolint:errcheck // see above
}

// release removes the lock file and unlocks it.
func (l *lock) release() error {
	if l.current() {
		l.place.dir.Remove(l.place.name + lockSuffix) //nolint:errcheck // it may stay
	}
	return l.file.Close()
}

// busy returns the error about a file that another process has locked.
func busy(path string, file *os.File) *BusyError {
	e := &BusyError{Path: path}
	content := make([]byte, 64)
	n, _ := file.ReadAt(content, 0) //nolint:errcheck // io.EOF, or there is nothing to say
	var pid int
	var since string
	if _, err := fmt.Sscanf(string(content[:n]), "%d %s", &pid, &since); err != nil || pid <= 0 {
		return e
	}
	if at, err := time.Parse(time.RFC3339, since); err == nil {
		e.PID, e.Since = pid, at
	}
	return e
}

// grading returns a *BusyError if a grader is at work. It creates nothing.
func (p *place) grading() error {
	if _, exists, err := p.find(lockSuffix); err != nil || !exists {
		return err
	}
	file, err := p.dir.Open(p.name + lockSuffix)
	if err != nil {
		return nil //nolint:nilerr // a grader's lock can be read by all: this is another file
	}
	defer file.Close()
	if errors.Is(unix.Flock(int(file.Fd()), unix.LOCK_SH|unix.LOCK_NB), unix.EWOULDBLOCK) {
		return busy(p.path, file)
	}
	return nil
}
