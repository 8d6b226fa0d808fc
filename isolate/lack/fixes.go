package lack

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Fixes that more than one error names.
const (
	MoreFiles    = "allow more open files: ulimit -n 4096"
	MountCgroup2 = "mount -t cgroup2 cgroup2 /sys/fs/cgroup"
	Delegate     = "systemd-run --user --scope -p Delegate=yes judge ..."
	LimitSwap    = "swapoff -a, or boot with swapaccount=1"
	// Privileged is for a caller whom no setting refuses: most often root in a container.
	Privileged = "run judge as root with all capabilities; " +
		"in a container, run that privileged, as with docker run --privileged"
)

// MountV1 returns the command that mounts a controller of cgroup v1.
func MountV1(controller string) string {
	dir := "/sys/fs/cgroup/" + controller
	return fmt.Sprintf("mkdir -p %s && mount -t cgroup -o %s cgroup %s", dir, controller, dir)
}

// Setting is a sysctl with which a host refuses user namespaces to ordinary users.
type Setting struct {
	Name            string // as sysctl(8) has it
	Refuses, Allows string // values
}

var settings = [...]Setting{
	{"user.max_user_namespaces", "0", "15000"},
	{"kernel.unprivileged_userns_clone", "0", "1"},
	{"kernel.apparmor_restrict_unprivileged_userns", "1", "0"},
}

// Settings returns all settings.
func Settings() []Setting { return slices.Clone(settings[:]) }

// Path returns the setting's file, relative to the host's root directory.
func (s Setting) Path() string { return "proc/sys/" + strings.ReplaceAll(s.Name, ".", "/") }

// Fix returns the command for root that lets users have namespaces.
func (s Setting) Fix() string { return "sysctl -w " + s.Name + "=" + s.Allows }

// RefusingSetting returns the first setting that refuses; false without one. The kernel does not
// name it.
func RefusingSetting(root fs.FS) (Setting, bool) {
	for _, s := range settings {
		value, err := fs.ReadFile(root, s.Path())
		if err == nil && strings.TrimSpace(string(value)) == s.Refuses {
			return s, true
		}
	}
	return Setting{}, false
}
