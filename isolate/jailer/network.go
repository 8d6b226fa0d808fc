package jailer

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"

	"judge/isolate/quick"
)

// network is the network namespace of a jailer. All its programs see it, one after another.
type network struct {
	sockets *os.File // /proc/PID/net/unix; nil: a kernel without such sockets
}

// openNetwork opens the namespace that a process is in now.
func openNetwork(pid int) (network, error) {
	sockets, err := os.Open("/proc/" + strconv.Itoa(pid) + "/net/unix")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return network{}, fmt.Errorf("list the sockets of a jail: %w", err)
	}
	return network{sockets}, nil
}

func (n network) close() {
	if n.sockets != nil {
		n.sockets.Close()
	}
}

// empty reports whether there is no socket. The file has a heading, then a line for each.
func (n network) empty() bool {
	if n.sockets == nil {
		return true
	}
	var list [128]byte
	size, err := quick.Pread(int(n.sockets.Fd()), list[:])
	return err == nil && bytes.IndexByte(list[:size], '\n') == size-1
}
