package cgroup

import (
	"cmp"
	"errors"
	"fmt"
	"judge/isolate/lack"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// v2Tree creates a pool's directory. It goes up from this process's own group to the nearest one
// below which groups with the required controllers can be created. pins reports whether cpuset is
// one of them. A group that holds processes cannot enable controllers for its children, except the
// root: cgroups(7), "no internal processes". If its owner may divide the group, its processes are
// moved to a leaf.
func v2Tree() (t *tree, pins bool, err error) {
	h, own, err := v2Mount()
	if err != nil {
		return nil, false, err
	}
	top := h.Mount
	sweep(top) // exclusive cores have their directory here
	var refused error
	for dir := h.Directory(own); atOrBeneath(dir, top); dir = filepath.Dir(dir) {
		t, err := treeIn(dir, top)
		if err == nil {
			return t, enable(dir, []string{cpusetController}) == nil, nil
		}
		refused = cmp.Or(refused, err) // the user can change what the nearest group refuses
	}
	return nil, false, lack.New("a control group for the jails", refused.Error(), delegationFix(refused))
}

// v2Mount returns the v2 hierarchy, and this process's own group in it.
func v2Mount() (h Hierarchy, own string, err error) {
	mounts, owns, err := Mounts()
	if err != nil {
		return Hierarchy{}, "", fmt.Errorf("find the control groups: %w", err)
	}
	i := slices.IndexFunc(mounts, func(h Hierarchy) bool { return h.Controllers == nil })
	if i < 0 {
		return Hierarchy{}, "", lack.New("control groups", "cgroup2 is not mounted", lack.MountCgroup2)
	}
	return mounts[i], owns[""], nil
}

// mayDivide returns a *lack.Error if no group from this process's own upwards is writable.
func mayDivide() error {
	h, own, err := v2Mount()
	if err != nil {
		return err
	}
	var refused error
	for dir := h.Directory(own); atOrBeneath(dir, h.Mount); dir = filepath.Dir(dir) {
		err := unix.Access(dir, unix.W_OK)
		if err == nil {
			return nil
		}
		refused = cmp.Or(refused, error(&os.PathError{Op: "write to", Path: dir, Err: err}))
	}
	return lack.New("a control group for the jails", refused.Error(), delegationFix(refused))
}

func treeIn(dir, top string) (*tree, error) {
	err := enable(dir, v2Controllers)
	if errors.Is(err, unix.EBUSY) && divisible(dir, top) {
		err = divide(dir)
	}
	if err != nil {
		return nil, err
	}
	return newTree(dir)
}

func delegationFix(refused error) string {
	var missing *missingController
	switch {
	case errors.Is(refused, unix.EROFS):
		return "mount the control groups writable; in a container, run it privileged"
	case errors.As(refused, &missing) && os.Getuid() == 0:
		return "boot without cgroup_disable=" + missing.name + ", or start the container with this controller"
	case errors.As(refused, &missing):
		return "sudo systemctl set-property user@$(id -u).service Delegate=yes, " +
			"log in again, and " + lack.Delegate
	case errors.Is(refused, unix.EACCES) || errors.Is(refused, unix.EPERM):
		return lack.Delegate + ", or run as root"
	default:
		return "systemd-run --scope -p Delegate=yes judge ..."
	}
}

// missingController is the error of a group that was not given a controller, and so cannot enable
// it for its children.
type missingController struct{ dir, name string }

// Error names the group and the controller.
func (e *missingController) Error() string {
	return fmt.Sprintf("%s: the controller %s is not available", e.dir, e.name)
}

// leafName is the group for processes that are moved out of the way. It stays after the judge ends,
// as they may still run.
const leafName = "judge.leaf"

// divisible reports whether this process may divide a group: it is all that a container sees,
// systemd has delegated it (systemd's CGROUP_DELEGATION.md), or the group above it is not writable.
func divisible(dir, top string) bool {
	if dir == top || unix.Access(filepath.Join(filepath.Dir(dir), "cgroup.procs"), unix.W_OK) != nil {
		return true
	}
	var value [2]byte
	for _, attribute := range []string{"user.delegate", "trusted.delegate"} {
		if n, err := unix.Getxattr(dir, attribute, value[:]); err == nil && string(value[:n]) == "1" {
			return true
		}
	}
	return false
}

// divide moves a group's processes, this one among them, to a leaf, and enables the controllers.
func divide(dir string) error {
	leaf := filepath.Join(dir, leafName)
	if err := os.Mkdir(leaf, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	const rounds = 100 // others may start processes in the meantime
	for range rounds {
		if err := moveAll(dir, leaf); err != nil {
			return err
		}
		if err := enable(dir, v2Controllers); !errors.Is(err, unix.EBUSY) {
			return err
		}
	}
	return fmt.Errorf("%s: other processes keep entering this control group: %w", dir, unix.EBUSY)
}

func moveAll(from, to string) error {
	pids, err := os.ReadFile(filepath.Join(from, "cgroup.procs"))
	if err != nil {
		return err
	}
	for _, pid := range strings.Fields(string(pids)) {
		if pid == "0" { // in another pid namespace: cgroups(7)
			return fmt.Errorf("%s: cannot move a process of another pid namespace: %w", from, unix.EBUSY)
		}
		if _, err := strconv.Atoi(pid); err != nil {
			return fmt.Errorf("%s/cgroup.procs: malformed line %q", from, pid)
		}
		if err := write(filepath.Join(to, "cgroup.procs"), pid); err != nil && !errors.Is(err, unix.ESRCH) {
			return fmt.Errorf("move process %s: %w", pid, err)
		}
	}
	return nil
}

// enable enables controllers for the groups below a directory.
func enable(dir string, controllers []string) error {
	available, err := os.ReadFile(filepath.Join(dir, "cgroup.controllers"))
	if err != nil {
		return err
	}
	enabled, err := os.ReadFile(filepath.Join(dir, "cgroup.subtree_control"))
	if err != nil {
		return err
	}
	have, on := strings.Fields(string(available)), strings.Fields(string(enabled))
	for _, controller := range controllers {
		if slices.Contains(on, controller) {
			continue
		}
		if !slices.Contains(have, controller) {
			return &missingController{dir, controller}
		}
		if err := write(filepath.Join(dir, "cgroup.subtree_control"), "+"+controller); err != nil {
			return fmt.Errorf("%s: enable the controller %s: %w", dir, controller, err)
		}
	}
	return nil
}
