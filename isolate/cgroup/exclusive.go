package cgroup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"judge/isolate/jailer"
	"judge/isolate/lack"
)

// openExclusive opens control groups whose CPUs no other process of the host may use: a partition
// (Documentation/admin-guide/cgroup-v2.rst, cpuset.cpus.partition). It is directly below the root,
// because only the root can be partitioned on every kernel.
func openExclusive(cpus []int) (Controls, error) {
	h, _, err := v2Mount()
	if err != nil {
		return nil, err
	}
	top := h.Mount
	if anywhere.has(filepath.Join(top, "cgroup.type")) { // the host's root does not have this file
		return nil, exclusiveLack("only a part of the host's groups is visible here", "run outside the container")
	}
	if err := enable(top, append([]string{cpusetController}, v2Controllers...)); err != nil {
		return nil, exclusiveLack(err.Error(), "run as root, on a kernel with the cpuset controller")
	}
	t, err := newTree(top)
	if err != nil {
		return nil, exclusiveLack(err.Error(), "run as root")
	}
	v := &v2{tree: t, pins: true, cores: map[int]*v2Core{}}
	if v.releaser, err = partition(t.path, cpus); err == nil {
		err = v.setUp()
	}
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

func exclusiveLack(why, fix string) error {
	return lack.New("exclusive cores", why, fix).Waivable(lack.OwnCores)
}

// partition reserves CPUs for a group until the returned process is closed or this process ends.
func partition(group string, cpus []int) (*jailer.CoreReleaser, error) {
	var list []string
	for _, cpu := range cpus {
		list = append(list, strconv.Itoa(cpu))
	}
	if err := write(filepath.Join(group, "cpuset.cpus"), strings.Join(list, ",")); err != nil {
		return nil, fmt.Errorf("set up the cpuset: %w", err)
	}
	file, err := os.OpenFile(filepath.Join(group, "cpuset.cpus.partition"), os.O_RDWR, 0)
	if errors.Is(err, unix.ENOENT) {
		return nil, exclusiveLack("this kernel cannot reserve CPUs", "use Linux 5.0 or newer")
	}
	if err != nil {
		return nil, fmt.Errorf("set up the cpuset: %w", err)
	}
	defer file.Close()
	releaser, err := jailer.StartCoreReleaser(file)
	if err != nil {
		return nil, err
	}
	_, err = file.WriteString("root")
	if err == nil { // a refusal may show only here
		var state string
		if state, err = read(file.Name()); err == nil && strings.TrimSpace(state) != "root" {
			err = fmt.Errorf("the kernel reports %q", strings.TrimSpace(state))
		}
	}
	if err != nil {
		const fix = "leave a core to the host, and release these cores from other control groups"
		return nil, errors.Join(exclusiveLack(err.Error(), fix), releaser.Close())
	}
	return releaser, nil
}
