package cgroup

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"judge/isolate/quick"
)

// directory is a control group's directory, relative to an open one. Its files are opened relative
// to that and used by raw system calls: looking up the whole path, and registering an os.File with
// the runtime's poller, each cost more than reading and writing.
type directory struct {
	fd   int    // the open directory
	name string // relative to it; "": the directory itself
}

// anywhere opens files by their full paths.
var anywhere = directory{fd: unix.AT_FDCWD}

func (d directory) open(file string, flags int) (fd int, err error) {
	fd, err = quick.Uninterrupted(func() (int, error) {
		return unix.Openat(d.fd, d.path(file), flags|unix.O_CLOEXEC, 0)
	})
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
	if err := writeControl(fd, value); err != nil {
		return d.failed("write", file, err)
	}
	return nil
}

func (d directory) read(file string) (string, error) {
	fd, err := d.open(file, unix.O_RDONLY)
	if err != nil {
		return "", err
	}
	defer unix.Close(fd)
	text, err := readControl(fd, make([]byte, maxControl))
	if err != nil {
		return "", d.failed("read", file, err)
	}
	return string(text), nil
}

func writeControl(fd int, value string) error { return quick.Pwrite(fd, []byte(value)) }

// Buffer sizes in bytes: maxControl holds any control file; smallControl one with a number or a few
// lines, and fits the stack of a new goroutine.
const (
	maxControl   = 8192
	smallControl = 256
)

// readControl reads a control file. One read returns all of it.
func readControl(fd int, buffer []byte) ([]byte, error) {
	n, err := quick.Pread(fd, buffer)
	if err != nil {
		return nil, err
	}
	return buffer[:n], nil
}

// controlFile is a control file that stays open.
type controlFile struct {
	fd   int
	name string // for errors
}

func (d directory) keep(file string, flags int) (controlFile, error) {
	fd, err := d.open(file, flags)
	return controlFile{fd, d.path(file)}, err
}

func (f controlFile) write(value string) error {
	if err := writeControl(f.fd, value); err != nil {
		return &os.PathError{Op: "write", Path: f.name, Err: err}
	}
	return nil
}

func (f controlFile) number() (int64, error) {
	var buffer [smallControl]byte
	text, err := f.read(buffer[:])
	if err != nil {
		return 0, err
	}
	return parseNumber(f.name, text)
}

// key returns the number after a key, from a short control file with one "key number" per line.
func (f controlFile) key(key string) (int64, error) {
	var buffer [smallControl]byte
	text, err := f.read(buffer[:])
	if err != nil {
		return 0, err
	}
	number, err := findKey(text, key)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", f.name, err)
	}
	return number, nil
}

func (f controlFile) read(buffer []byte) (string, error) {
	text, err := readControl(f.fd, buffer)
	if err != nil {
		return "", &os.PathError{Op: "read", Path: f.name, Err: err}
	}
	return string(text), nil
}

func (f controlFile) close() { quick.Close(f.fd) }

// noFile stands for a control file that this kernel does not have.
func noFile() controlFile { return controlFile{fd: -1} }

func (f controlFile) there() bool { return f.fd >= 0 }

// number reads a control file that holds one number.
func (d directory) number(file string) (int64, error) {
	text, err := d.read(file)
	if err != nil {
		return 0, err
	}
	return parseNumber(d.path(file), text)
}

func parseNumber(file, text string) (int64, error) {
	number, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", file, err)
	}
	return number, nil
}

// key returns the number after a key, from a control file with one "key number" per line.
func (d directory) key(file, key string) (int64, error) {
	text, err := d.read(file)
	if err != nil {
		return 0, err
	}
	number, err := findKey(text, key)
	if err != nil {
		return 0, d.malformed(file, err)
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

// has reports whether a control file exists. Without it the kernel does not have the feature.
func (d directory) has(file string) bool {
	var stat unix.Stat_t
	return !errors.Is(unix.Fstatat(d.fd, d.path(file), &stat, 0), unix.ENOENT)
}

func (d directory) failed(what, file string, err error) error {
	return &os.PathError{Op: what, Path: d.path(file), Err: err}
}

func (d directory) malformed(file string, err error) error {
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
