package jailer

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// CoreReleaser is a process that ends a partition of the host's cores when this process ends in any
// way, see core_releaser.c.
type CoreReleaser struct {
	process *exec.Cmd
	pipe    *os.File // its end of file is the signal to release
}

// StartCoreReleaser starts a process for a partition, given its open cpuset.cpus.partition.
func StartCoreReleaser(partition *os.File) (*CoreReleaser, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("create a pipe: %w", err)
	}
	defer read.Close()
	process := exec.Command("/proc/self/exe")
	process.Args = []string{"judge-releaser"}
	process.Env = []string{}
	process.Dir = "/"
	process.ExtraFiles = []*os.File{read, partition} // become descriptors 3 and 4
	process.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := process.Start(); err != nil {
		write.Close()
		return nil, fmt.Errorf("start the core releaser: %w", err)
	}
	return &CoreReleaser{process, write}, nil
}

// Close ends the partition and waits for the process.
func (r *CoreReleaser) Close() error {
	r.pipe.Close()
	if err := r.process.Wait(); err != nil {
		return errors.New("cannot give the cores back to the host: " +
			"write member to cpuset.cpus.partition of the control group")
	}
	return nil
}
