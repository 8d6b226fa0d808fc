package isolate

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// directory is the directory of a control group, open. Its files are opened beneath it, and by bare system calls: looking up
// the whole path, and entering an os.File into the runtime's poller, each cost more than the reading and writing.
type directory struct {
	fd   int
	name string
}

// anywhere opens files by their paths.
var anywhere = directory{fd: unix.AT_FDCWD}

func openDirectory(parent int, name string) (directory, error) {
	fd, err := directory{fd: parent}.open(name, unix.O_PATH|unix.O_DIRECTORY|unix.O_NOFOLLOW)
	return directory{fd, name}, err
}

func (d directory) close() { unix.Close(d.fd) }

func (d directory) open(file string, flags int) (fd int, err error) {
	fd, err = uninterrupted(func() (int, error) { return unix.Openat(d.fd, file, flags|unix.O_CLOEXEC, 0) })
	if err != nil {
		return -1, d.failed("open", file, err)
	}
	return fd, nil
}

func (d directory) write(file, value string) error {
	fd, err := d.open(file, unix.O_WRONLY)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	if _, err := uninterrupted(func() (int, error) { return unix.Write(fd, []byte(value)) }); err != nil {
		return d.failed("write", file, err)
	}
	return nil
}

// mostControl is more than the longest control file that is read, in bytes.
const mostControl = 8192

func (d directory) read(file string) (string, error) {
	fd, err := d.open(file, unix.O_RDONLY)
	if err != nil {
		return "", err
	}
	defer unix.Close(fd)
	var buffer [mostControl]byte
	// Control files come whole in one read.
	n, err := uninterrupted(func() (int, error) { return unix.Read(fd, buffer[:]) })
	if err != nil {
		return "", d.failed("read", file, err)
	}
	return string(buffer[:n]), nil
}

// number reads a control file that holds one number.
func (d directory) number(file string) (int64, error) {
	text, err := d.read(file)
	if err != nil {
		return 0, err
	}
	number, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0, d.strange(file, err)
	}
	return number, nil
}

// key reads the number behind a key of a control file with a "key number" on each line.
func (d directory) key(file, key string) (int64, error) {
	text, err := d.read(file)
	if err != nil {
		return 0, err
	}
	number, err := findKey(text, key)
	if err != nil {
		return 0, d.strange(file, err)
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

// has reports whether a control file is there; without it the kernel does not have the feature.
func (d directory) has(file string) bool {
	var stat unix.Stat_t
	return !errors.Is(unix.Fstatat(d.fd, file, &stat, 0), unix.ENOENT)
}

func (d directory) failed(what, file string, err error) error {
	return &os.PathError{Op: what, Path: d.path(file), Err: err}
}

func (d directory) strange(file string, err error) error {
	return fmt.Errorf("%s: %w", d.path(file), err)
}

func (d directory) path(file string) string {
	if d.name == "" {
		return file
	}
	return d.name + "/" + file
}

func write(path, value string) error { return anywhere.write(path, value) }

func read(path string) (string, error) { return anywhere.read(path) }

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
